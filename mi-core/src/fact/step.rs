//! The treatment step and the level of care as the service recorded them.

use std::collections::BTreeMap;

use super::{Fact, Facts, Missing, Observed};
use crate::{
    client::{Target, TreatmentTarget},
    date::CalendarDate,
    record::Event,
    stage::{LevelOfCareRecorded, Scale, TreatmentStageRating, TreatmentStep},
    value::Range,
};

/// A rating of the treatment step of one target.
#[derive(Clone, Copy)]
pub(crate) struct RecordedStep<'r> {
    pub(crate) event: &'r Event,
    pub(crate) rating: &'r TreatmentStageRating,
}

impl RecordedStep<'_> {
    /// The step; a stage without one counts as its first.
    pub(crate) fn step(&self) -> TreatmentStep {
        let by_stage = || self.rating.stage.map(crate::stage::TreatmentStage::first_step);
        self.rating.step.or_else(by_stage).unwrap_or(TreatmentStep::PreEngagement)
    }

    /// Does it lie within the range: at the level of stages, when no step was rated?
    pub(crate) fn is_within(&self, floor: TreatmentStep, ceiling: TreatmentStep) -> bool {
        match self.rating.stage {
            Some(stage) => (floor.stage()..=ceiling.stage()).contains(&stage),
            None => (floor..=ceiling).contains(&self.step()),
        }
    }
}

impl<'r> Facts<'_, 'r> {
    /// The targets that are on record, with whether they are treated now, in order.
    pub(crate) fn targets(&self) -> Vec<(&'r Target, bool)> {
        let mut places: BTreeMap<&Target, usize> = BTreeMap::new();
        let mut targets: Vec<(&Target, bool)> = Vec::new();
        for (_, stated) in self.snapshot.of::<TreatmentTarget>() {
            let place = *places.entry(&stated.target).or_insert(targets.len());
            match targets.get_mut(place) {
                Some((_, treated)) => *treated = stated.treated,
                None => targets.push((&stated.target, stated.treated)),
            }
        }
        targets
    }

    /// The substances that are treated now, in order.
    pub(crate) fn treated_targets(&self) -> Vec<&'r Target> {
        let treated = |(target, treated): (&'r Target, bool)| {
            (treated && target.substance().is_some()).then_some(target)
        };
        self.targets().into_iter().filter_map(treated).collect()
    }

    /// Ratings of the treatment step of a target in the open episode, on any scale, in order.
    pub(crate) fn step_ratings(&self, target: &Target) -> Vec<RecordedStep<'r>> {
        let Some(episode) = self.open_episode() else { return Vec::new() };
        let stated = self.snapshot.of_about::<TreatmentTarget>(target);
        let stated: Vec<(CalendarDate, bool)> =
            stated.map(|(event, stated)| (event.on().earliest(), stated.treated)).collect();
        let is_treated_on = |day: CalendarDate| {
            let before = stated.partition_point(|(from, _)| *from <= day);
            let last = before.checked_sub(1).and_then(|place| stated.get(place));
            last.is_some_and(|(_, treated)| *treated)
        };
        let is_about = |event: &Event, rating: &TreatmentStageRating| match &rating.target {
            Some(rated) => rated == target,
            None => is_treated_on(event.on().latest()),
        };
        self.snapshot
            .of::<TreatmentStageRating>()
            .filter(|(event, rating)| {
                episode.holds(event.on().earliest()) && is_about(event, rating)
            })
            .map(|(event, rating)| RecordedStep { event, rating })
            .collect()
    }

    /// The rating that counts: the latest on these steps that is not stale.
    pub(crate) fn current_rating(&self, target: &Target) -> Option<RecordedStep<'r>> {
        let last = self
            .step_ratings(target)
            .into_iter()
            .rfind(|recorded| recorded.rating.scale != Some(Scale::SatsR2003))?;
        let age = self.today().days_since(last.event.on().earliest());
        (age <= self.settings.recorded_step_days).then_some(last)
    }

    pub(super) fn recorded_step(&self, target: &Target) -> Observed {
        match self.current_rating(target) {
            Some(recorded) => Observed::code(vec![recorded.step().code()]).on(recorded.event),
            None => Observed::code(vec!["none"]),
        }
    }

    /// The level of care now, with the event that says so.
    pub(crate) fn recorded_level(&self) -> Option<(&'r Event, &'r LevelOfCareRecorded)> {
        self.snapshot.of::<LevelOfCareRecorded>().last()
    }

    pub(super) fn level_of_care(&self) -> Observed {
        match self.recorded_level() {
            Some((event, recorded)) => Observed::code(vec![recorded.level.code()]).on(event),
            None => Observed::code(crate::stage::LevelOfCare::CODES.to_vec())
                .missing(Missing::of(Fact::LevelOfCare)),
        }
    }

    pub(super) fn days_since_unexplained_level_change(&self) -> Observed {
        let mut before = None;
        let mut change = None;
        for (event, recorded) in self.snapshot.of::<LevelOfCareRecorded>() {
            let changed = before.is_some_and(|before| before != recorded.level);
            if changed && recorded.reason.is_none() {
                change = Some(event);
            }
            before = Some(recorded.level);
        }
        match change {
            Some(event) => Observed::days(self.days_since(event)).on(event),
            None => Observed::days(Range::without_limit()),
        }
    }

    /// The days since an event, a range when its date is known only in part.
    pub(crate) fn days_since(&self, event: &Event) -> Range {
        let since = |day| self.today().days_since(day).max(0);
        Range::between(since(event.on().earliest()), since(event.on().latest()))
    }
}
