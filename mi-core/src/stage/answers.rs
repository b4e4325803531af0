//! The stage of change that follows from a few answers, with or without a record.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{StageOfChange, StageOfChangeAnswers, YesNo};
use crate::{
    Error,
    code::codes,
    code::opaque,
    date::{CalendarDate, PartialDate},
    document::{self, Part},
    sort::sort_by_key,
    value::{Range, Verdict},
};

/// The numbers that draw the boundaries between stages of change. A protocol has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageLimits {
    /// An intent to change soon is for so many days.
    pub soon_days: i64,
    /// A change held for so many days is maintenance; an intent to change is for as many.
    pub maintenance_days: i64,
    /// A change held for a number of days this close to maintenance is near the boundary.
    pub near_days: i64,
}

codes! {
    /// What is to be said beside a preparation.
    pub enum PreparationNote {
        /// No small step or attempt in the last year.
        NoAttemptYet = "no_attempt_yet",
        /// Attempts in the last year were not asked about.
        AttemptNotAsked = "attempt_not_asked",
    }
}

codes! {
    /// Where a day lies from the boundaries of earlier answers.
    pub enum Boundary {
        /// Well before any.
        Clear = "clear",
        /// Close to where a change becomes maintenance.
        Near = "near",
        /// Past one: the answers do not reach this far.
        Passed = "passed",
    }
}

/// Answers to the questions on the stage of change, and the day on which they were given.
///
/// A question that was not answered is unknown and leaves open what rests on it:
///
/// | changed | for days | within six months | within thirty days | possible |
/// | --- | --- | --- | --- | --- |
/// | yes | fewer than [`maintenance_days`](StageLimits::maintenance_days) | | | action |
/// | yes | as many, or more | | | maintenance |
/// | yes | unknown | | | action, maintenance |
/// | no | | no | | precontemplation |
/// | no | | yes | no | contemplation |
/// | no | | yes | yes | preparation; without an attempt in the last year, with a note |
/// | no | | yes | unknown | contemplation, preparation |
/// | no | | unknown | | precontemplation, contemplation, preparation |
/// | unknown | | | | all five |
///
/// ```
/// # use mi_core::{CalendarDate, stage::{Answers, StageLimits, StageOfChange, YesNo}};
/// # let limits = StageLimits { soon_days: 30, maintenance_days: 183, near_days: 14 };
/// let today: CalendarDate = "2026-11-22".parse()?;
/// let stage = Answers::on(today).changed(YesNo::No).intends_within_six_months(YesNo::No).stage(&limits);
/// assert_eq!(stage.known(), Some(StageOfChange::Precontemplation));
///
/// let stage = Answers::on(today).changed(YesNo::Yes).stage(&limits);
/// assert_eq!(stage.possible(), [StageOfChange::Action, StageOfChange::Maintenance]);
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Part)]
pub struct Answers {
    on: PartialDate,
    changed: Option<YesNo>,
    changed_on: Option<PartialDate>,
    intends_within_six_months: Option<YesNo>,
    intends_within_thirty_days: Option<YesNo>,
    attempt_in_last_year: Option<YesNo>,
}

impl Answers {
    /// Reads answers: their day `on`, and those that were given.
    ///
    /// # Errors
    /// Whatever is wrong with the text, by pointer and code.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        document::read(text)
    }

    /// No answers yet, on this day.
    #[must_use]
    pub fn on(day: impl Into<PartialDate>) -> Self {
        Self {
            on: day.into(),
            changed: None,
            changed_on: None,
            intends_within_six_months: None,
            intends_within_thirty_days: None,
            attempt_in_last_year: None,
        }
    }

    /// The answers of a record, given on this day.
    #[must_use]
    pub fn recorded(answers: &StageOfChangeAnswers, on: PartialDate) -> Self {
        Self {
            on,
            changed: answers.changed,
            changed_on: answers.changed_on,
            intends_within_six_months: answers.intends_within_six_months,
            intends_within_thirty_days: answers.intends_within_thirty_days,
            attempt_in_last_year: answers.attempt_in_last_year,
        }
    }

    /// Has the person changed?
    #[must_use]
    pub fn changed(self, answer: impl Into<Option<YesNo>>) -> Self {
        Self { changed: answer.into(), ..self }
    }

    /// The first day of the change, which counts.
    #[must_use]
    pub fn changed_on(self, day: impl Into<PartialDate>) -> Self {
        Self { changed_on: Some(day.into()), ..self }
    }

    /// Does the person intend to change within six months?
    #[must_use]
    pub fn intends_within_six_months(self, answer: impl Into<Option<YesNo>>) -> Self {
        Self { intends_within_six_months: answer.into(), ..self }
    }

    /// Does the person intend to change within thirty days?
    #[must_use]
    pub fn intends_within_thirty_days(self, answer: impl Into<Option<YesNo>>) -> Self {
        Self { intends_within_thirty_days: answer.into(), ..self }
    }

    /// Was there a small step or an attempt in the last year?
    #[must_use]
    pub fn attempt_in_last_year(self, answer: impl Into<Option<YesNo>>) -> Self {
        Self { attempt_in_last_year: answer.into(), ..self }
    }

    /// The stages that the answers leave possible, as of the day on which they were given.
    #[must_use]
    pub fn stage(&self, limits: &StageLimits) -> AnsweredStage {
        let possible = match self.changed {
            Some(YesNo::Yes) => self.stages_of_change_made(limits),
            Some(YesNo::No) => self.stages_of_intent(),
            None => StageOfChange::ALL,
        };
        let note = self.attempt_note().filter(|_| possible == [StageOfChange::Preparation]);
        AnsweredStage { possible, note }
    }

    /// What is to be said if this is a preparation.
    pub(crate) fn attempt_note(&self) -> Option<PreparationNote> {
        match self.attempt_in_last_year {
            Some(YesNo::Yes) => None,
            Some(YesNo::No) => Some(PreparationNote::NoAttemptYet),
            None => Some(PreparationNote::AttemptNotAsked),
        }
    }

    fn stages_of_change_made(&self, limits: &StageLimits) -> &'static [StageOfChange] {
        use StageOfChange::{Action, Maintenance};
        let held = self.changed_on.map(|since| days_held(since, self.on));
        match held.map(|held| held.is_at_least(limits.maintenance_days)) {
            Some(Verdict::Unmet) => &[Action],
            Some(Verdict::Met) => &[Maintenance],
            Some(Verdict::Unknown) | None => &[Action, Maintenance],
        }
    }

    fn stages_of_intent(&self) -> &'static [StageOfChange] {
        use StageOfChange::{Contemplation, Precontemplation, Preparation};
        match (self.intends_within_six_months, self.intends_within_thirty_days) {
            (Some(YesNo::No), _) => &[Precontemplation],
            (Some(YesNo::Yes), Some(YesNo::No)) => &[Contemplation],
            (Some(YesNo::Yes), Some(YesNo::Yes)) => &[Preparation],
            (Some(YesNo::Yes), None) => &[Contemplation, Preparation],
            (None, _) => &[Precontemplation, Contemplation, Preparation],
        }
    }

    /// Where a later day lies from the boundaries of these answers: all that is possible.
    ///
    /// The stage is never carried past a boundary; this says that it is time to ask again.
    #[must_use]
    pub fn boundary(&self, limits: &StageLimits, as_of: CalendarDate) -> Vec<Boundary> {
        match (self.changed, self.changed_on) {
            (Some(YesNo::Yes), Some(since)) => boundary_of_change(since, self.on, limits, as_of),
            (Some(YesNo::Yes), None) => Boundary::ALL.to_vec(),
            (Some(YesNo::No), _) => self.boundary_of_intent(limits, as_of),
            (None, _) => vec![Boundary::Clear],
        }
    }

    fn boundary_of_intent(&self, limits: &StageLimits, as_of: CalendarDate) -> Vec<Boundary> {
        let reach = match (self.intends_within_six_months, self.intends_within_thirty_days) {
            (Some(YesNo::No), _) => None,
            (_, Some(YesNo::Yes)) => Some(limits.soon_days),
            (Some(YesNo::Yes), _) => Some(limits.maintenance_days),
            (None, _) => None,
        };
        let age = days_between(self.on, as_of.into());
        let passed = reach.map_or(Verdict::Unmet, |days| age.is_at_most(days).not());
        possible(passed, Verdict::Unmet)
    }
}

/// Where a day lies from the boundary of a change that was told, or rated, on another.
///
/// A change that is dated to a month or a year is tried on each of its days, since then and now
/// depend on the same day.
pub(crate) fn boundary_of_change(
    since: PartialDate,
    told: PartialDate,
    limits: &StageLimits,
    as_of: CalendarDate,
) -> Vec<Boundary> {
    let least = limits.maintenance_days.saturating_sub(limits.near_days);
    let most = limits.maintenance_days.saturating_add(limits.near_days);
    let held = |days: Range| days.is_at_least(limits.maintenance_days);
    let close = |days: Range| days.is_at_least(least).and(days.is_at_most(most));
    let later = since.latest().days_since(since.earliest());
    let by_day = (0..=later).flat_map(|later| {
        let first = since.earliest().plus_days(later).into();
        let (then, now) = (days_held(first, told), days_held(first, as_of.into()));
        possible(held(then).not().and(held(now)), close(then).or(close(now)))
    });
    let mut found: Vec<Boundary> = by_day.collect();
    sort_by_key(&mut found, |boundary| *boundary);
    found.dedup();
    found
}

fn possible(passed: Verdict, near: Verdict) -> Vec<Boundary> {
    let mut possible = Vec::new();
    if passed != Verdict::Met && near != Verdict::Met {
        possible.push(Boundary::Clear);
    }
    if passed != Verdict::Met && near != Verdict::Unmet {
        possible.push(Boundary::Near);
    }
    if passed != Verdict::Unmet {
        possible.push(Boundary::Passed);
    }
    possible
}

/// The days from the first day of a change to another day, both counted.
fn days_held(since: PartialDate, day: PartialDate) -> Range {
    let held = |from: CalendarDate, to: CalendarDate| to.days_since(from).saturating_add(1);
    Range::between(held(since.latest(), day.earliest()), held(since.earliest(), day.latest()))
}

fn days_between(from: PartialDate, to: PartialDate) -> Range {
    Range::between(to.earliest().days_since(from.latest()), to.latest().days_since(from.earliest()))
}

/// What answers say about the stage of change.
#[skip_serializing_none]
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnsweredStage {
    possible: &'static [StageOfChange],
    note: Option<PreparationNote>,
}

impl AnsweredStage {
    /// The stages that are still possible, from the first to the last; never none.
    #[must_use]
    pub fn possible(&self) -> &'static [StageOfChange] {
        self.possible
    }

    /// The stage, when only one is possible.
    #[must_use]
    pub fn known(&self) -> Option<StageOfChange> {
        match self.possible {
            [stage] => Some(*stage),
            _ => None,
        }
    }

    /// What is to be said beside a preparation.
    #[must_use]
    pub fn note(&self) -> Option<PreparationNote> {
        self.note
    }
}

opaque!(AnsweredStage);

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: StageLimits = StageLimits { soon_days: 30, maintenance_days: 183, near_days: 14 };

    fn day(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    fn on_a_day() -> Answers {
        Answers::on(day("2026-11-22"))
    }

    #[test]
    fn a_boundary_is_near_or_passed_and_never_crossed() {
        use Boundary::{Clear, Near, Passed};
        let intends = on_a_day().changed(YesNo::No).intends_within_six_months(YesNo::Yes);
        let soon = intends.intends_within_thirty_days(YesNo::Yes);
        let changed = |on| on_a_day().changed(YesNo::Yes).changed_on(day(on));
        let november = Answers::on(day("2026-11"))
            .changed(YesNo::No)
            .intends_within_six_months(YesNo::Yes)
            .intends_within_thirty_days(YesNo::Yes);
        for (about, answers, as_of, expected) in [
            ("30 days", soon, "2026-12-22", vec![Clear]),
            ("31 days", soon, "2026-12-23", vec![Passed]),
            ("no intent to change soon", intends, "2026-12-23", vec![Clear]),
            ("183 days of an intent", intends, "2027-05-24", vec![Clear]),
            ("184 days of an intent", intends, "2027-05-25", vec![Passed]),
            ("the end of November and 30 days", november, "2026-12-01", vec![Clear]),
            ("between", november, "2026-12-30", vec![Clear, Passed]),
            ("31 days after the end of November", november, "2026-12-31", vec![Passed]),
            ("no intent", on_a_day().changed(YesNo::No), "2027-11-22", vec![Clear]),
            ("not asked", on_a_day(), "2027-11-22", vec![Clear]),
            ("day 168", changed("2026-11-22"), "2027-05-08", vec![Clear]),
            ("day 169", changed("2026-11-22"), "2027-05-09", vec![Near]),
            ("day 182", changed("2026-11-22"), "2027-05-22", vec![Near]),
            ("day 183", changed("2026-11-22"), "2027-05-23", vec![Passed]),
            ("197 days when told", changed("2026-05-10"), "2027-05-23", vec![Near]),
            ("198 days when told", changed("2026-05-09"), "2027-05-23", vec![Clear]),
            ("no day", on_a_day().changed(YesNo::Yes), "2026-11-22", vec![Clear, Near, Passed]),
        ] {
            assert_eq!(answers.boundary(&LIMITS, as_of.parse().unwrap()), expected, "{about}");
        }
    }
}
