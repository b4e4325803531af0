//! Where a person is on each axis, and what the evidence supports next.

use mi_core::{
    CalendarDate,
    client::{ClosingReason, Driver, Target as CoreTarget},
    date::PartialDate as CorePartialDate,
    protocol::{RuleId, Trace},
    readiness::Rating,
    record::Author as CoreAuthor,
    review::{self as core, Label, MoveDirection, Status},
    stage::{LevelOfCare, Scale, StageOfChange, TreatmentStage, TreatmentStep},
    text::EventId,
    value::Verdict,
};

use crate::part::part;

part! {
    /// Where a person is on the three axes. None is computed from another.
    Positions(core::Positions) {
        /// The treatment axis.
        treatment_stage: core::TreatmentPositions = treatment_stage;
        /// The axis of change, target by target.
        stage_of_change: [core::ChangePosition] = stage_of_change;
        /// The level of care, as recorded.
        level_of_care: Option<core::LevelPosition> = level_of_care;
    }
}

part! {
    /// The treatment axis: of the person, and of each treated substance.
    TreatmentPositions(core::TreatmentPositions) {
        /// The person: the lowest floor and the lowest ceiling.
        person: core::PersonPosition = person;
        /// Each treated substance.
        targets: [core::TargetPosition] = targets;
    }
}

part! {
    /// The person's position on the treatment axis.
    PersonPosition(core::PersonPosition) {
        /// Whether there is one.
        status: Status = status;
        /// The lowest floor.
        floor: Option<TreatmentStep> = floor;
        /// The lowest ceiling.
        ceiling: Option<TreatmentStep> = ceiling;
        /// Why the episode ended, when it did.
        closed_because: Option<ClosingReason> = closed_because;
    }
}

part! {
    /// The position of a treated substance on the treatment axis: a range of steps.
    TargetPosition(core::TargetPosition) {
        /// The substance.
        target: CoreTarget = target;
        /// The most advanced step that is met.
        floor: TreatmentStep = floor;
        /// The most advanced step that is not ruled out.
        ceiling: TreatmentStep = ceiling;
        /// The current step.
        current: core::CurrentStep = current;
        /// The last day that a report covers.
        observed_through: Option<CalendarDate> = observed_through;
        /// The community days after it that no report covers.
        days_not_reported: Option<i64> = days_not_reported;
        /// The days in a controlled environment since the last day that surely was one of use with
        /// problems, or else since anything is known of use. They count toward no step (TS-11).
        controlled_days: Option<i64> = controlled_days;
        /// What drives a reduction, by the latest report that says so; it decides nothing (TS-05).
        reduction_driver: Option<core::RecordedDriver> = reduction_driver;
    }
}

part! {
    /// What drives a reduction, as it was recorded.
    RecordedDriver(core::RecordedDriver) {
        /// What drives it.
        driver: Driver = driver;
        /// The event.
        event: EventId = event;
        /// Its day.
        on: CorePartialDate = on;
    }
}

part! {
    /// The current step, and whether it is the recorded one.
    CurrentStep(core::CurrentStep) {
        /// The recorded step when it lies between floor and ceiling, else the floor.
        step: TreatmentStep = step;
        /// The latest rating of the service, on any scale.
        recorded: Option<core::RecordedRating> = recorded;
    }
}

part! {
    /// A rating of the treatment step, as it was recorded.
    RecordedRating(core::RecordedRating) {
        /// The step, when one was rated.
        step: Option<TreatmentStep> = step;
        /// The stage, when no step was rated.
        stage: Option<TreatmentStage> = stage;
        /// The scale, when another than this library's steps.
        scale: Option<Scale> = scale;
        /// The event.
        event: EventId = event;
        /// Its day.
        on: CorePartialDate = on;
        /// Who rated.
        by: CoreAuthor = by;
        /// Its age in days.
        age_days: i64 = age_days;
        /// Whether it is too old to count.
        stale: bool = stale;
    }
}

part! {
    /// A step of a treated substance, with what the evidence says of it and why.
    Move(core::Move) {
        /// The rule of the step.
        rule: RuleId = rule;
        /// The substance.
        target: CoreTarget = target;
        /// The step.
        step: TreatmentStep = step;
        /// What the evidence says.
        label: Label = label;
        /// Enter or stay.
        verdict: Verdict = verdict;
        /// How the criterion to enter came out.
        enter: Trace = enter;
        /// How the criterion to stay came out.
        stay: Option<Trace> = stay;
    }
}

part! {
    /// A decision on record to work in another step.
    RecordedDecision(core::RecordedDecision) {
        /// The event.
        event: EventId = event;
        /// Its day.
        on: CorePartialDate = on;
        /// Who recorded it.
        by: CoreAuthor = by;
        /// The target, when it is about one.
        target: Option<CoreTarget> = target;
        /// The step.
        step: TreatmentStep = step;
        /// The direction, against the step recorded before.
        direction: MoveDirection = direction;
        /// What the evidence says of the step now, for the target.
        label: Option<Label> = label;
    }
}

part! {
    /// Where a person is about one target, by the latest rating or answers.
    ChangePosition(core::ChangePosition) {
        /// The target.
        target: CoreTarget = target;
        /// The stages that are possible; one: known.
        possible: [StageOfChange] = possible;
        /// The event.
        event: Option<EventId> = event;
        /// Its day.
        on: Option<CorePartialDate> = on;
        /// Its age in days.
        age_days: Option<i64> = age_days;
        /// Whether it is stale: shown, and not used.
        stale: Option<bool> = stale;
        /// Importance, as the client last rated it, 0 to 10.
        importance: Option<Rating> = importance;
        /// Confidence, as the client last rated it, 0 to 10.
        confidence: Option<Rating> = confidence;
        /// Readiness, as the client last rated it, 0 to 10.
        readiness: Option<Rating> = readiness;
    }
}

part! {
    /// The level of care, as recorded.
    LevelPosition(core::LevelPosition) {
        /// The level.
        level: LevelOfCare = level;
        /// The event.
        event: EventId = event;
        /// Its day.
        on: CorePartialDate = on;
    }
}
