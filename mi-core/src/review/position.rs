//! Where a person is on each axis, and what the evidence supports next.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::{
    client::{ClosingReason, Decision, Driver, Target},
    code::codes,
    date::{CalendarDate, PartialDate},
    fact::Facts,
    protocol::{Evaluation, FactSource, Protocol, RuleId, RuleKind, Trace},
    readiness::{Rating, ReadinessRulers},
    record::{Author, Event},
    sort::{sort_by, sort_by_key},
    stage::{LevelOfCare, Scale, StageOfChange, TreatmentStage, TreatmentStep},
    text::EventId,
    value::Verdict,
};

codes! {
    /// Whether a person has a position on the treatment axis.
    pub enum Status {
        /// Of each treated substance, and of the person.
        Positioned = "positioned",
        /// No episode was ever opened.
        NoEpisode = "no_episode",
        /// No episode is open.
        Closed = "closed",
        /// No substance is treated: the single-diagnosis pathway.
        NotApplicable = "not_applicable",
    }
}

codes! {
    /// What the evidence says of a step.
    pub enum Label {
        /// Met, and a more advanced step is met too.
        Surpassed = "surpassed",
        /// The most advanced step that is met.
        Supported = "supported",
        /// Above that, and open.
        Undecided = "undecided",
        /// Not met.
        NotSupported = "not_supported",
    }
}

codes! {
    /// The direction of a move, against the step recorded before it.
    pub enum MoveDirection {
        /// The first of a new episode after an earlier one.
        ReEntry = "re_entry",
        /// To an earlier step: never a failure.
        Back = "back",
        /// The same step.
        Stay = "stay",
        /// To a later step.
        Forward = "forward",
        /// Forward over a whole stage.
        Skip = "skip",
    }
}

/// Where a person is on the three axes. None is computed from another.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Positions {
    /// The treatment axis.
    pub treatment_stage: TreatmentPositions,
    /// The axis of change, target by target.
    pub stage_of_change: Vec<ChangePosition>,
    /// The level of care, as recorded.
    pub level_of_care: Option<LevelPosition>,
}

/// The treatment axis: of the person, and of each treated substance.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TreatmentPositions {
    /// The person: the lowest floor and the lowest ceiling.
    pub person: PersonPosition,
    /// Each treated substance.
    pub targets: Vec<TargetPosition>,
}

/// The person's position on the treatment axis.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PersonPosition {
    /// Whether there is one.
    pub status: Status,
    /// The lowest floor.
    pub floor: Option<TreatmentStep>,
    /// The lowest ceiling.
    pub ceiling: Option<TreatmentStep>,
    /// Why the episode ended, when it did.
    pub closed_because: Option<ClosingReason>,
}

/// The position of a treated substance on the treatment axis: a range of steps.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TargetPosition {
    /// The substance.
    pub target: Target,
    /// The most advanced step that is met.
    pub floor: TreatmentStep,
    /// The most advanced step that is not ruled out; the floor or a later one.
    pub ceiling: TreatmentStep,
    /// The current step.
    pub current: CurrentStep,
    /// The last day that a report covers.
    pub observed_through: Option<CalendarDate>,
    /// The community days after it that no report covers: 0 or more.
    pub days_not_reported: Option<i64>,
    /// The days in a controlled environment since the last day that surely was one of use with
    /// problems, or else since anything is known of use: 0 or more. They count toward no step
    /// (TS-11).
    pub controlled_days: Option<i64>,
    /// What drives a reduction, by the latest report that says so; it decides nothing (TS-05).
    pub reduction_driver: Option<RecordedDriver>,
}

/// What drives a reduction, as it was recorded.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedDriver {
    /// What drives it.
    pub driver: Driver,
    /// The event.
    pub event: EventId,
    /// Its day.
    pub on: PartialDate,
}

/// The current step, and whether it is the recorded one.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CurrentStep {
    /// The recorded step when it lies between floor and ceiling, else the floor; absent while it is
    /// open which.
    pub step: Option<TreatmentStep>,
    /// The latest rating of the service, on any scale.
    pub recorded: Option<RecordedRating>,
}

/// A rating of the treatment step, as it was recorded.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedRating {
    /// The step, when one was rated.
    pub step: Option<TreatmentStep>,
    /// The stage, when no step was rated.
    pub stage: Option<TreatmentStage>,
    /// The scale, when another than this library's steps.
    pub scale: Option<Scale>,
    /// The event.
    pub event: EventId,
    /// Its day.
    pub on: PartialDate,
    /// Who rated.
    pub by: Author,
    /// Its age in days; the least that it can be, where its day is known only in part.
    pub age_days: i64,
    /// The most that its age can be, where its day is known only in part.
    pub age_days_at_most: Option<i64>,
    /// Whether it is too old to count; absent where that is open.
    pub stale: Option<bool>,
}

/// How old a statement is.
struct Age {
    days: i64,
    days_at_most: Option<i64>,
    stale: Option<bool>,
}

impl Age {
    /// Of an event, which is stale when it is older than so many days.
    fn of(event: &Event, facts: &Facts<'_, '_>, days: i64) -> Self {
        let age = event.on().days_before(facts.today());
        let (least, most) = (age.min().unwrap_or_default(), age.max().unwrap_or_default());
        let stale = match age.is_at_most(days) {
            Verdict::Met => Some(false),
            Verdict::Unmet => Some(true),
            Verdict::Unknown => None,
        };
        Self { days: least, days_at_most: (most > least).then_some(most), stale }
    }
}

/// A step of a treated substance, with what the evidence says of it and why.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Move {
    /// The rule of the step.
    pub rule: RuleId,
    /// The substance.
    pub target: Target,
    /// The step.
    pub step: TreatmentStep,
    /// What the evidence says.
    pub label: Label,
    /// Enter or stay.
    pub verdict: Verdict,
    /// How the criterion to enter came out.
    pub enter: Trace,
    /// How the criterion to stay came out.
    pub stay: Option<Trace>,
}

/// A decision on record to work in another step.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RecordedDecision {
    /// The event.
    pub event: EventId,
    /// Its day.
    pub on: PartialDate,
    /// Who recorded it.
    pub by: Author,
    /// The target, when it is about one.
    pub target: Option<Target>,
    /// The step.
    pub step: TreatmentStep,
    /// The direction, against the step recorded before.
    pub direction: MoveDirection,
    /// What the evidence says of the step now, for the target.
    pub label: Option<Label>,
}

/// Where a person is about one target, by the latest rating or answers.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChangePosition {
    /// The target.
    pub target: Target,
    /// The stages that are possible; one: known.
    pub possible: Vec<StageOfChange>,
    /// The event.
    pub event: Option<EventId>,
    /// Its day.
    pub on: Option<PartialDate>,
    /// Its age in days; the least that it can be, where its day is known only in part.
    pub age_days: Option<i64>,
    /// The most that its age can be, where its day is known only in part.
    pub age_days_at_most: Option<i64>,
    /// Whether it is stale, that is, shown and not used; absent where that is open.
    pub stale: Option<bool>,
    /// Importance, as the client last rated it, 0 to 10.
    pub importance: Option<Rating>,
    /// Confidence, as the client last rated it, 0 to 10.
    pub confidence: Option<Rating>,
    /// Readiness, as the client last rated it, 0 to 10.
    pub readiness: Option<Rating>,
}

/// The level of care, as recorded.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LevelPosition {
    /// The level.
    pub level: LevelOfCare,
    /// The event.
    pub event: EventId,
    /// Its day.
    pub on: PartialDate,
}

crate::code::opaque!(
    Positions,
    TreatmentPositions,
    PersonPosition,
    TargetPosition,
    CurrentStep,
    RecordedRating,
    RecordedDriver,
    Move,
    RecordedDecision,
    ChangePosition,
    LevelPosition,
);

/// The steps of one target: its position, and every verdict.
pub(super) fn of_target<A: FactSource>(
    protocol: &Protocol,
    evaluation: &Evaluation<'_, A>,
    facts: &Facts<'_, '_>,
    target: &Target,
) -> (TargetPosition, Vec<Move>) {
    let place = evaluation.place(target);
    let (floor, ceiling) = place
        .as_ref()
        .map_or((TreatmentStep::PreEngagement, TreatmentStep::PreEngagement), |place| {
            (place.floor, place.ceiling)
        });
    let step = place.as_ref().and_then(|place| match place.current.as_slice() {
        [known] => Some(*known),
        _ => None,
    });
    let substance = target.substance();
    let observed = substance.and_then(|substance| facts.observed_through(substance));
    let driver = substance.and_then(|substance| facts.latest_driver(substance));
    let position = TargetPosition {
        target: target.clone(),
        floor,
        ceiling,
        current: CurrentStep { step, recorded: recorded_rating(facts, target) },
        observed_through: observed.map(|(day, _)| day),
        days_not_reported: observed.map(|(_, days)| days),
        controlled_days: substance
            .and_then(|substance| facts.controlled_days_since_problems(substance)),
        reduction_driver: driver.map(|(event, driver)| RecordedDriver {
            driver,
            event: event.id().clone(),
            on: event.on(),
        }),
    };
    (position, moves_from(protocol, evaluation, target, floor))
}

/// Every step of a target, with what the evidence says of it beside the one that is supported.
fn moves_from<A: FactSource>(
    protocol: &Protocol,
    evaluation: &Evaluation<'_, A>,
    target: &Target,
    floor: TreatmentStep,
) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    for rule in protocol.inner().rules() {
        let RuleKind::Stage(stage) = &rule.kind else { continue };
        let trace = evaluation.step(stage, target);
        let verdict = trace.verdict();
        let label = match verdict {
            _ if stage.step < floor => Label::Surpassed,
            _ if stage.step == floor => Label::Supported,
            Verdict::Unknown => Label::Undecided,
            Verdict::Met | Verdict::Unmet => Label::NotSupported,
        };
        moves.push(Move {
            rule: rule.id.clone(),
            target: target.clone(),
            step: stage.step,
            label,
            verdict,
            enter: trace.enter.clone(),
            stay: trace.stay.clone(),
        });
    }
    sort_by_key(&mut moves, |one| one.step);
    moves
}

/// The latest rating of the service about a target, on any scale.
fn recorded_rating(facts: &Facts<'_, '_>, target: &Target) -> Option<RecordedRating> {
    let ratings = facts.step_ratings(target);
    let recorded = ratings.last()?;
    let age = Age::of(recorded.event, facts, facts.settings.recorded_step_days);
    Some(RecordedRating {
        step: recorded.rating.step,
        stage: recorded.rating.stage,
        scale: recorded.rating.scale,
        event: recorded.event.id().clone(),
        on: recorded.event.on(),
        by: recorded.event.by().clone(),
        age_days: age.days,
        age_days_at_most: age.days_at_most,
        stale: age.stale,
    })
}

/// Why no episode is open after one that was; a death closes all.
pub(super) fn closed_because(facts: &Facts<'_, '_>) -> Option<ClosingReason> {
    let closed = facts.episodes().last().and_then(|episode| episode.closed);
    let reason = closed.map(|(_, reason)| reason);
    if facts.after_death() { Some(ClosingReason::Death) } else { reason }
}

/// The person: the lowest floor and the lowest ceiling.
pub(super) fn person(facts: &Facts<'_, '_>, targets: &[TargetPosition]) -> PersonPosition {
    let closed_because = closed_because(facts);
    let status = match facts.episodes() {
        _ if closed_because.is_some() => Status::Closed,
        [] => Status::NoEpisode,
        _ if targets.is_empty() => Status::NotApplicable,
        _ => Status::Positioned,
    };
    PersonPosition {
        status,
        floor: targets.iter().map(|target| target.floor).min(),
        ceiling: targets.iter().map(|target| target.ceiling).min(),
        closed_because,
    }
}

/// The axis of change: one position for every target that is on record.
pub(super) fn change(facts: &Facts<'_, '_>) -> Vec<ChangePosition> {
    facts.known_targets().into_iter().map(|target| change_of(facts, &target)).collect()
}

fn change_of(facts: &Facts<'_, '_>, target: &Target) -> ChangePosition {
    let seen = facts.latest_stage_of_change(target);
    let rulers = |pick: fn(&ReadinessRulers) -> Option<Rating>| {
        let about = facts.snapshot.of_about::<ReadinessRulers>(target);
        about.rev().find_map(|(_, rulers)| pick(rulers))
    };
    let event = seen.as_ref().map(|seen| seen.event);
    let age = event.map(|event| Age::of(event, facts, facts.settings.stage_stale_days));
    ChangePosition {
        target: target.clone(),
        possible: seen.map_or_else(|| StageOfChange::ALL.to_vec(), |seen| seen.possible),
        event: event.map(|event| event.id().clone()),
        on: event.map(Event::on),
        age_days: age.as_ref().map(|age| age.days),
        age_days_at_most: age.as_ref().and_then(|age| age.days_at_most),
        stale: age.and_then(|age| age.stale),
        importance: rulers(|rulers| rulers.importance),
        confidence: rulers(|rulers| rulers.confidence),
        readiness: rulers(|rulers| rulers.readiness),
    }
}

/// The decisions of the open episode to work in another step.
pub(super) fn decisions(facts: &Facts<'_, '_>, moves: &[Move]) -> Vec<RecordedDecision> {
    let episodes = facts.episodes();
    let Some(episode) = facts.open_episode() else { return Vec::new() };
    let mut decisions: Vec<RecordedDecision> = Vec::new();
    // For each target that a decision is about, the steps that were recorded, in order.
    let mut recorded: BTreeMap<&Option<Target>, Vec<_>> = BTreeMap::new();
    for (event, decision) in facts.snapshot.of::<Decision>() {
        let Decision { about, to_step: Some(step), .. } = decision else { continue };
        if !episode.holds(event.on().earliest()) {
            continue;
        }
        let is_first = !recorded.contains_key(about);
        if is_first {
            let targets = about.iter().chain(facts.treated_targets());
            let ratings = targets.flat_map(|target| facts.step_ratings(target));
            let mut steps: Vec<_> =
                ratings.map(|rating| (rating.event.order(), rating.step())).collect();
            sort_by(&mut steps, |(one, _), (other, _)| one.cmp(other));
            recorded.insert(about, steps);
        }
        let before = recorded.get(about).and_then(|steps| {
            let earlier = steps.partition_point(|(order, _)| *order < event.order());
            steps.get(earlier.checked_sub(1)?).map(|(_, step)| *step)
        });
        let label = about.as_ref().and_then(|target| {
            let found = moves.iter().find(|one| one.target == *target && one.step == *step);
            found.map(|one| one.label)
        });
        decisions.push(RecordedDecision {
            event: event.id().clone(),
            on: event.on(),
            by: event.by().clone(),
            target: about.clone(),
            step: *step,
            direction: direction(before, *step, is_first && episodes.len() > 1),
            label,
        });
    }
    decisions
}

/// How a move to a step is labeled against the step recorded before it.
fn direction(before: Option<TreatmentStep>, to: TreatmentStep, re_enters: bool) -> MoveDirection {
    match before {
        None if re_enters => MoveDirection::ReEntry,
        None => MoveDirection::Forward,
        Some(before) if to < before => MoveDirection::Back,
        Some(before) if to == before => MoveDirection::Stay,
        Some(before) => {
            let over = TreatmentStage::ALL
                .iter()
                .filter(|stage| before.stage() < **stage && **stage < to.stage())
                .count();
            if over > 0 { MoveDirection::Skip } else { MoveDirection::Forward }
        }
    }
}
