//! The axis of change: where a person is about one target.

use crate::{
    client::{Body, Target},
    code::codes,
    date::PartialDate,
};

codes! {
    /// Where a person is about one target. Recurrence is an event, not a stage.
    pub ordered enum StageOfChange {
        /// No intention to change within six months.
        Precontemplation = "precontemplation",
        /// Intends to change within six months.
        Contemplation = "contemplation",
        /// Intends to change within thirty days.
        Preparation = "preparation",
        /// Changed, for less than six months.
        Action = "action",
        /// Changed, for six months or more.
        Maintenance = "maintenance",
    }
}

codes! {
    /// On what a rating rests.
    pub enum Basis {
        /// What the person intends.
        Intent = "intent",
        /// What the person does.
        Behavior = "behavior",
        /// A published instrument.
        Instrument = "instrument",
        /// Clinical judgment.
        Judgment = "judgment",
    }
}

codes! {
    /// An answer; an absent one is unknown.
    pub enum YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

/// A rating of the stage of change about one target.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "stage_of_change_rating", category = SubstanceUse)]
pub struct StageOfChangeRating {
    /// The target.
    pub target: Target,
    /// The stage.
    pub stage: StageOfChange,
    /// On what it rests.
    pub basis: Basis,
    /// The first day of the change, which counts.
    pub changed_on: Option<PartialDate>,
}

/// Answers from which the stage of change about one target follows. An absent answer is unknown.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "stage_of_change_answers", category = SubstanceUse)]
pub struct StageOfChangeAnswers {
    /// The target.
    pub target: Target,
    /// Has the person changed?
    pub changed: Option<YesNo>,
    /// The first day of the change, which counts.
    pub changed_on: Option<PartialDate>,
    /// Does the person intend to change within six months?
    pub intends_within_six_months: Option<YesNo>,
    /// Within thirty days?
    pub intends_within_thirty_days: Option<YesNo>,
    /// Was there a small step or an attempt in the last year?
    pub attempt_in_last_year: Option<YesNo>,
}
