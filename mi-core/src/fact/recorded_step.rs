//! The treatment step as the service recorded it.

use super::{Facts, Observed, query::take};
use crate::{
    client::{Target, TreatmentTarget},
    code::Coded,
    date::CalendarDate,
    record::Event,
    stage::{Scale, TreatmentStageRating, TreatmentStep},
    value::{Range, Verdict},
};

/// A rating of the treatment step of one target.
#[derive(Clone, Copy)]
pub(crate) struct RecordedStep<'r> {
    pub(crate) event: &'r Event,
    pub(crate) rating: &'r TreatmentStageRating,
    /// Whether it is about the target.
    is_about: Verdict,
}

/// A step of the treatment axis, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step(Option<TreatmentStep>);

impl Step {
    pub(crate) const NONE: Self = Self(None);
}

impl From<TreatmentStep> for Step {
    fn from(step: TreatmentStep) -> Self {
        Self(Some(step))
    }
}

impl Coded for Step {
    const CODES: &'static [&'static str] = &[
        "pre_engagement",
        "engagement",
        "early_persuasion",
        "late_persuasion",
        "early_active_treatment",
        "late_active_treatment",
        "relapse_prevention",
        "none",
    ];

    fn code(self) -> &'static str {
        self.0.map_or("none", TreatmentStep::code)
    }
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
    /// Ratings of the treatment step of a target that can be of the open episode, on any scale, in
    /// order.
    pub(crate) fn step_ratings(&self, target: &Target) -> Vec<RecordedStep<'r>> {
        let Some(episode) = self.open_episode() else { return Vec::new() };
        let stated = self.snapshot.of_about::<TreatmentTarget>(target);
        let stated: Vec<(CalendarDate, bool)> =
            stated.map(|(event, stated)| (event.on().earliest(), stated.treated)).collect();
        let is_treated_on = |day: CalendarDate| {
            let before = stated.partition_point(|(from, _)| *from <= day);
            let last = before.checked_sub(1).and_then(|place| stated.get(place));
            Verdict::from(last.is_some_and(|(_, treated)| *treated))
        };
        let is_about = |event: &Event, rating: &TreatmentStageRating| match &rating.target {
            Some(rated) => (rated == target).into(),
            None => is_treated_on(event.on().latest().min(self.today())),
        };
        let ratings = self.snapshot.of::<TreatmentStageRating>();
        let ratings = ratings.filter(|(event, _)| event.on().latest() >= episode.first_day());
        let about = ratings.map(|(event, rating)| RecordedStep {
            event,
            rating,
            is_about: is_about(event, rating),
        });
        about.filter(|one| one.is_about != Verdict::Unmet).collect()
    }

    /// The ratings that can be the one that counts: the latest on these steps that is not stale.
    /// `None` among them where it can be that none does.
    pub(crate) fn recorded_ratings(&self, target: &Target) -> Vec<Option<RecordedStep<'r>>> {
        let today = self.today();
        let stale_from = today.plus_days(self.settings.recorded_step_days.saturating_neg());
        let opened = self.open_episode().map(|episode| episode.opened.on());
        let mut ratings = self.step_ratings(target);
        ratings.retain(|recorded| recorded.rating.scale != Some(Scale::SatsR2003));
        let first = opened.map_or(stale_from, |on| on.earliest().max(stale_from));
        let surely = opened.map_or(stale_from, |on| on.latest().min(today).max(stale_from));
        let is_certain = |one: &RecordedStep<'r>| {
            one.is_about == Verdict::Met && one.event.on().earliest() >= surely
        };
        let may_be_none = !ratings.iter().any(is_certain);
        // One that may be about another target can leave an earlier one the latest.
        let about = ratings.iter().filter(|one| one.is_about == Verdict::Met);
        let latest: Vec<&Event> = take::latest(today, about.map(|one| one.event)).collect();
        let last_to_begin = latest.iter().map(|event| take::first_moment(event)).max();
        let can_count = |one: &RecordedStep<'r>| {
            let last = take::last_moment(one.event, today);
            last.0 >= first && last_to_begin.is_none_or(|begun| last >= begun)
        };
        let possible = ratings.into_iter().filter(can_count).map(Some);
        possible.chain(may_be_none.then_some(None)).collect()
    }

    /// The step by the rating that counts. Without a target none is recorded: steps are of substances
    /// that are treated.
    pub(super) fn recorded_step(&self, target: Option<&Target>) -> Observed {
        let Some(target) = target else { return Observed::codes([Step::NONE]) };
        let ratings = self.recorded_ratings(target);
        let step = |one: &Option<RecordedStep<'r>>| {
            one.map_or(Step::NONE, |recorded| Step::from(recorded.step()))
        };
        Observed::codes(ratings.iter().map(step))
            .on_all(ratings.iter().flatten().map(|recorded| recorded.event))
    }

    /// The days since an event, a range when its date is known only in part.
    pub(crate) fn days_since(&self, event: &Event) -> Range {
        let since = |day| self.today().days_since(day).max(0);
        Range::between(since(event.on().earliest()), since(event.on().latest()))
    }
}
