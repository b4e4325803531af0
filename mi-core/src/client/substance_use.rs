//! What was used, when, and with what consequences.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::Substance;
use crate::{
    code::{codes, opaque},
    date::PartialDate,
    document::tagged,
    value::{Count, Quantity},
};

tagged! {
    /// What use there was in a period.
    #[derive(Copy)]
    pub enum Use by "kind" {
        /// Use on no day.
        None = "none" {},
        /// Use on every day.
        Daily = "daily" {},
        /// A pattern of so many days a week, 1–6, held throughout.
        Weekly = "weekly" {
            /// Days a week.
            days: Count,
        },
        /// So many days in the period; which ones is not known.
        Count = "count" {
            /// Days in the period.
            days: Count,
        },
    }
}

/// Use over a span of days.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

codes! {
    /// How use compares with before.
    pub enum Direction {
        /// Less than before.
        Less = "less",
        /// The same as before.
        Unchanged = "unchanged",
        /// More than before.
        More = "more",
    }
}

/// A comparison with the time before, where no level before change is known.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

codes! {
    /// What a statement of coverage is about.
    pub enum CoverageOf {
        /// Days of use.
        Use = "use",
    }
}

/// Says that every day of use in a span is reported: a day without a report had none.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// A non-fatal overdose: a day of use with problems.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Overdose {
    /// The substance or class.
    pub substance: Substance,
}

codes! {
    /// How a return to use is classed.
    pub enum ReturnClass {
        /// A day or two, without problems.
        Lapse = "lapse",
        /// Three to six days, without problems.
        ExtendedLapse = "extended_lapse",
        /// A week or more, or with problems.
        Relapse = "relapse",
    }
}

/// A return to use as someone judged it: days of use from the first to the last.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LearningReview {
    /// The substance or class.
    pub substance: Substance,
    /// A day of the return to use that was reviewed, usually its first.
    pub from: PartialDate,
    /// What became of the plan.
    pub plan: PlanOutcome,
}

opaque!(Use, Period, Comparison, UseReport, Coverage, Overdose, ReturnToUse, LearningReview);
