//! The treatment axis: what the service is doing with a person.

use crate::{
    client::{Body, Target},
    code::codes,
    document::{Check, Faults},
};

codes! {
    /// One of the four stages of treatment. "Persuasion" names a stage, not a method.
    pub ordered enum TreatmentStage {
        /// Engagement: regular contact and a working relationship.
        Engagement = "engagement",
        /// Persuasion: the person's own reasons for change.
        Persuasion = "persuasion",
        /// Active treatment: change under way.
        ActiveTreatment = "active_treatment",
        /// Relapse prevention: keeping what was gained.
        RelapsePrevention = "relapse_prevention",
    }
}

codes! {
    /// A step of a treatment stage, from the first to the last.
    pub ordered enum TreatmentStep {
        /// An episode is open, no contact yet.
        PreEngagement = "pre_engagement",
        /// Contact, not yet regular.
        Engagement = "engagement",
        /// Regular contact, and use can be talked about.
        EarlyPersuasion = "early_persuasion",
        /// Use reduced for a month.
        LatePersuasion = "late_persuasion",
        /// Reduced, with a goal of the person's own.
        EarlyActiveTreatment = "early_active_treatment",
        /// The problem acknowledged, a month without problematic use.
        LateActiveTreatment = "late_active_treatment",
        /// Six months without problematic use.
        RelapsePrevention = "relapse_prevention",
    }
}

impl TreatmentStep {
    /// The stage to which the step belongs.
    #[must_use]
    pub fn stage(self) -> TreatmentStage {
        match self {
            Self::PreEngagement | Self::Engagement => TreatmentStage::Engagement,
            Self::EarlyPersuasion | Self::LatePersuasion => TreatmentStage::Persuasion,
            Self::EarlyActiveTreatment | Self::LateActiveTreatment => {
                TreatmentStage::ActiveTreatment
            }
            Self::RelapsePrevention => TreatmentStage::RelapsePrevention,
        }
    }
}

impl TreatmentStage {
    /// The first step of the stage: a rating without a step counts as this one.
    #[must_use]
    pub fn first_step(self) -> TreatmentStep {
        match self {
            Self::Engagement => TreatmentStep::PreEngagement,
            Self::Persuasion => TreatmentStep::EarlyPersuasion,
            Self::ActiveTreatment => TreatmentStep::EarlyActiveTreatment,
            Self::RelapsePrevention => TreatmentStep::RelapsePrevention,
        }
    }
}

codes! {
    /// A published scale of treatment stages; its ratings are shown and not compared.
    pub enum Scale {
        /// The scale of 1995.
        Sats1995 = "sats_1995",
        /// The revised scale of 2003.
        SatsR2003 = "sats_r_2003",
    }
}

/// A rating of the treatment stage by someone of the service.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "treatment_stage_rating", category = SubstanceUse, check)]
pub struct TreatmentStageRating {
    /// The step.
    pub step: Option<TreatmentStep>,
    /// The stage, when no step was rated.
    pub stage: Option<TreatmentStage>,
    /// The target, when it is about one; else all that are treated on that day.
    pub target: Option<Target>,
    /// The scale, when another than this library's steps.
    pub scale: Option<Scale>,
}

impl Check for TreatmentStageRating {
    fn check(&self, faults: &mut Faults) {
        faults.expect(self.step.is_some() != self.stage.is_some(), "", "either a step or a stage");
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        match (self.step, self.stage) {
            (Some(_), _) => Self { stage: None, ..self },
            (None, Some(_)) => self,
            (None, None) => Self { step: Some(TreatmentStep::Engagement), ..self },
        }
    }
}
