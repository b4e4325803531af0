//! The client's own view: goals, acknowledgement, ambivalence, decisions.

use super::{Body, Target};
use crate::{
    code::codes,
    date::CalendarDate,
    document::{Check, Faults, Part},
    stage::TreatmentStep,
    text::Text,
    value::YesNoUnsure,
    value::{DayCount, Quantity},
};

codes! {
    /// What a person aims at with a target.
    pub enum Aim {
        /// No use.
        Abstinence = "abstinence",
        /// Use within limits, without problems.
        ControlledUse = "controlled_use",
        /// Less use.
        Reduction = "reduction",
        /// Safer use.
        SaferUse = "safer_use",
        /// Not decided.
        Undecided = "undecided",
        /// A goal about something else.
        Other = "other",
        /// No goal: withdrawn, or asked and has none.
        None = "none",
    }
}

/// The limits of a goal of controlled use.
#[derive(Clone, PartialEq, Part)]
#[part(check)]
pub struct Limits {
    /// The most days of use in any seven.
    pub days_in_seven: Option<DayCount>,
    /// The most on a day of use.
    pub per_day: Option<Quantity>,
}

impl Check for Limits {
    fn check(&self, faults: &mut Faults) {
        let fits = self.days_in_seven.is_none_or(|days| days.get() <= 7);
        faults.expect(fits, "/days_in_seven", "at most 7 days");
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        let days = self.days_in_seven.and_then(|days| DayCount::new(days.get() % 8).ok());
        Self { days_in_seven: days, ..self }
    }
}

/// A goal. It is the client's own when the client states it; anyone else's stands apart.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "goal", category = SubstanceUse, check)]
pub struct Goal {
    /// The target, when the goal is about one.
    pub target: Option<Target>,
    /// What is aimed at.
    pub aim: Aim,
    /// The limits of controlled use.
    pub limits: Option<Limits>,
    /// The day from which a confirmed goal is in force; the day of the event when absent.
    pub in_force_from: Option<CalendarDate>,
    /// The goal in the person's words.
    pub words: Option<Text>,
}

impl Check for Goal {
    fn check(&self, faults: &mut Faults) {
        if let Some(limits) = &self.limits {
            faults.check_below("/limits", limits);
        }
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        self
    }
}

/// Whether the person says that use is or was a problem.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "acknowledgement", category = SubstanceUse)]
pub struct Acknowledgement {
    /// The target.
    pub target: Target,
    /// What the person says.
    pub problem: YesNoUnsure,
}

/// Two sides of one matter, in the person's words. It is normal and never counts against anyone.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "ambivalence", category = SubstanceUse)]
pub struct Ambivalence {
    /// The target.
    pub target: Target,
    /// What speaks for a change.
    pub for_change: Option<Text>,
    /// What speaks against it.
    pub against_change: Option<Text>,
}

codes! {
    /// What was decided.
    pub enum Choice {
        /// To change.
        Change = "change",
        /// Not to change now.
        NoChange = "no_change",
        /// To leave it open.
        Undecided = "undecided",
        /// To work in a treatment step from now on.
        TreatmentStep = "treatment_step",
        /// To go over to monitoring of the recovery.
        RecoveryMonitoring = "recovery_monitoring",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// What the client thinks of a decision or plan.
    pub enum ClientView {
        /// Agrees.
        Agrees = "agrees",
        /// Disagrees.
        Disagrees = "disagrees",
        /// Was not asked yet.
        NotAsked = "not_asked",
    }
}

/// A decision, with the client's view of it.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "decision", category = SubstanceUse)]
pub struct Decision {
    /// The target, when it is about one.
    pub about: Option<Target>,
    /// What was decided.
    pub choice: Choice,
    /// The client's view.
    pub client_view: ClientView,
    /// The treatment step to work in from now on.
    pub to_step: Option<TreatmentStep>,
    /// The decision, or the reason for it, in words.
    pub words: Option<Text>,
}
