//! What was used, when, and with what consequences.

use super::{Body, Substance};
use crate::{
    bounds,
    code::codes,
    date::PartialDate,
    document::{Check, Faults, Part},
    value::{Count, Quantity},
};

/// What use there was in a period.
#[derive(Clone, Copy, PartialEq, Part)]
#[part(tag = "kind")]
pub enum Use {
    /// Use on no day.
    None {},
    /// Use on every day.
    Daily {},
    /// A pattern of so many days a week, 1–6, held throughout.
    Weekly {
        /// Days a week.
        days: Count,
    },
    /// So many days in the period; which ones is not known.
    Count {
        /// Days in the period.
        days: Count,
    },
}

const ORDER: &str = "an end that is not before the beginning";

/// Expects days in order, and no more of them than a life has.
fn check_span(from: PartialDate, to: PartialDate, faults: &mut Faults) {
    let longest = to.latest().days_since(from.earliest()).saturating_add(1);
    faults.expect(longest > 0, "/to", ORDER);
    faults.limit(longest <= bounds::LIFETIME, "/to", "at most 120 years after the beginning");
}

/// Use over a span of days.
#[derive(Clone, PartialEq, Part)]
#[part(check)]
pub struct Period {
    /// The first day.
    pub from: PartialDate,
    /// The last day.
    pub to: PartialDate,
    /// What use there was.
    pub r#use: Use,
    /// Whether the use went with problems, as long as it goes on; absent when not judged.
    pub problems: Option<bool>,
    /// With `count`: on how many of its days the use went with problems.
    pub problem_days: Option<Count>,
    /// How much on a day of use.
    pub per_use_day: Option<Quantity>,
}

impl Check for Period {
    fn check(&self, faults: &mut Faults) {
        let longest = self.to.latest().days_since(self.from.earliest()).saturating_add(1);
        let within = |count: Count, most: i64| count.min <= count.max && count.max.get() <= most;
        check_span(self.from, self.to, faults);
        match self.r#use {
            Use::None {} | Use::Daily {} => {}
            Use::Weekly { days } => faults.expect(
                within(days, *bounds::DAYS_A_WEEK.end())
                    && bounds::DAYS_A_WEEK.contains(&days.min.get()),
                "/use/days",
                "1 to 6 days a week, min at most max",
            ),
            Use::Count { days } => faults.expect(
                within(days, longest),
                "/use/days",
                "at most the days of the period, min at most max",
            ),
        }
        match (self.problem_days, self.r#use) {
            (None, _) => {}
            (Some(problem), Use::Count { days }) => faults.expect(
                within(problem, days.max.get()),
                "/problem_days",
                "at most the days of use, min at most max",
            ),
            (Some(_), _) => {
                faults.expect(false, "/problem_days", "problem_days only with a count of days");
            }
        }
        faults.expect(
            !matches!(self.r#use, Use::None {}) || self.per_use_day.is_none(),
            "/per_use_day",
            "no amount where there was no use",
        );
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        use crate::testing::{count_within, in_order};
        let (from, to) = in_order(self.from, self.to);
        let longest = to.latest().days_since(from.earliest()).saturating_add(1);
        let (r#use, problem_days) = match self.r#use {
            Use::Weekly { days } => (Use::Weekly { days: count_within(days, 1, 6) }, None),
            Use::Count { days } => {
                let days = count_within(days, 0, longest);
                let within = |problem| count_within(problem, 0, days.max.get());
                (Use::Count { days }, self.problem_days.map(within))
            }
            other => (other, None),
        };
        let per_use_day = self.per_use_day.filter(|_| !matches!(r#use, Use::None {}));
        Self { from, to, r#use, problem_days, per_use_day, ..self }
    }
}

codes! {
    /// How use compares with before.
    pub ordered enum Direction {
        /// Less than before.
        Less = "less",
        /// The same as before.
        Unchanged = "unchanged",
        /// More than before.
        More = "more",
    }
}

/// A comparison with the time before, where no level before change is known.
#[derive(Clone, PartialEq, Part)]
pub struct Comparison {
    /// How use compares.
    pub direction: Direction,
    /// Since when.
    pub since: Option<PartialDate>,
}

codes! {
    /// What drives a reduction.
    pub enum Driver {
        /// The person's own choice.
        OwnChoice = "own_choice",
        /// Circumstances, such as money or availability.
        Circumstance = "circumstance",
        /// Control from outside, such as a court or supervised medicine.
        OutsideControl = "outside_control",
        /// A place without access.
        ControlledEnvironment = "controlled_environment",
    }
}

/// What someone reports about the use of a substance.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "use_report", category = SubstanceUse, check)]
pub struct UseReport {
    /// The substance or class.
    pub substance: Substance,
    /// Marks the level before change.
    pub baseline: Option<bool>,
    /// How use compares with before.
    pub change: Option<Comparison>,
    /// What drives a reduction.
    pub driver: Option<Driver>,
    /// What use there was, period by period.
    pub periods: Vec<Period>,
}

impl Check for UseReport {
    fn check(&self, faults: &mut Faults) {
        for (index, period) in self.periods.iter().enumerate() {
            faults.check_below(&format!("/periods/{index}"), period);
        }
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        self
    }
}

codes! {
    /// What a statement of coverage is about.
    pub enum CoverageOf {
        /// Days of use.
        Use = "use",
    }
}

/// Says that every day of use in a span is reported: a day without a report had none.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "coverage", category = SubstanceUse, check)]
pub struct Coverage {
    /// What is covered.
    pub of: CoverageOf,
    /// The substance or class.
    pub substance: Substance,
    /// The first day.
    pub from: PartialDate,
    /// The last day.
    pub to: PartialDate,
}

impl Check for Coverage {
    fn check(&self, faults: &mut Faults) {
        check_span(self.from, self.to, faults);
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        let (from, to) = crate::testing::in_order(self.from, self.to);
        Self { from, to, ..self }
    }
}

/// A non-fatal overdose: a day of use with problems.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "overdose", category = SubstanceUse)]
pub struct Overdose {
    /// The substance or class.
    pub substance: Substance,
}

codes! {
    /// How a return to use is classed.
    pub ordered enum ReturnClass {
        /// A day or two, without problems.
        Lapse = "lapse",
        /// Three to six days, without problems.
        ExtendedLapse = "extended_lapse",
        /// A week or more, or with problems.
        Relapse = "relapse",
    }
}

/// A return to use as someone judged it: days of use from the first to the last.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "return_to_use", category = SubstanceUse, check)]
pub struct ReturnToUse {
    /// The substance or class.
    pub substance: Substance,
    /// The first day.
    pub from: PartialDate,
    /// The last day.
    pub to: PartialDate,
    /// The class, as judged.
    pub class: ReturnClass,
    /// Whether the use went with problems; absent when not judged.
    pub problems: Option<bool>,
}

impl Check for ReturnToUse {
    fn check(&self, faults: &mut Faults) {
        check_span(self.from, self.to, faults);
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        let (from, to) = crate::testing::in_order(self.from, self.to);
        Self { from, to, ..self }
    }
}

codes! {
    /// What a learning review did with the plan.
    pub enum PlanOutcome {
        /// The plan was confirmed.
        Confirmed = "confirmed",
        /// The plan was changed.
        Changed = "changed",
    }
}

/// The review of a return to use: what came before, what helped, what to change.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "learning_review", category = SubstanceUse)]
pub struct LearningReview {
    /// The substance or class.
    pub substance: Substance,
    /// A day of the return to use that was reviewed, usually its first.
    pub from: PartialDate,
    /// What became of the plan.
    pub plan: PlanOutcome,
}
