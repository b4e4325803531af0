//! What a review finds: flags, findings, gaps of plans, questions.

use mi_core::{
    CalendarDate,
    client::{ReturnClass, Substance, Target as CoreTarget, Topic},
    date::{PartialDate as CorePartialDate, Span as CoreSpan},
    fact::{self, Fact},
    plan::{PlanKind, PlanPart},
    protocol::{self, Action, Name, RuleId, Severity, Trace, Who},
    record::Role,
    review as core,
    stage::{PreparationNote, StageOfChange},
    text::EventId,
    value::{Truth, Verdict},
};
use pyo3::prelude::*;

use crate::{
    convert::{Plain, Shown, json},
    part::part,
};

part! {
    /// Something that must not be missed. Its severity is the urgency of the action, never a risk.
    Flag(core::Flag) {
        /// The rule.
        rule: RuleId = rule;
        /// The urgency of the action.
        severity: Severity = severity;
        /// The urgencies that it could have by what is recorded, from the least: one, unless a level
        /// above it is open. Where what qualifies it is open too, it may also come to nothing.
        possible: [Severity] = possible;
        /// Whether the urgency stands for want of an answer; it is then at attention at least.
        open: bool = open;
        /// What has been done.
        state: core::FlagState = state;
        /// What to do.
        action: Action = action;
        /// Who does it.
        who: Who = who;
        /// The events on which it rests, at most 50: the newest that raised it, then all others from
        /// the newest.
        events: [core::DatedEvent] = events;
        /// How many more there are, where they are more than 50.
        more_events: Option<usize> = more_events;
        /// The latest assessment of the matter.
        assessment: Option<core::Assessment> = assessment;
        /// How the trigger came out.
        trigger: Trace = trigger;
        /// How the modifier came out.
        modifier: Option<Trace> = modifier;
        /// How the levels came out, in the order written.
        levels: [core::LevelTrace] = levels;
    }
}

part! {
    /// An event on which a flag rests: what was recorded, about which day, and who said it.
    DatedEvent(core::DatedEvent) {
        /// The event.
        event: EventId = event;
        /// Its kind.
        kind: &'static str = kind;
        /// Its day.
        on: CorePartialDate = on;
        /// The role of who said or did it.
        role: Role = role;
    }
}

part! {
    /// How one level of a flag came out.
    LevelTrace(core::LevelTrace) {
        /// The urgency.
        severity: Severity = severity;
        /// What became of its condition.
        verdict: Verdict = verdict;
        /// How it came out, when it has a condition.
        when: Option<Trace> = when;
    }
}

part! {
    /// The latest assessment of what a flag is about: shown beside it, erasing nothing.
    Assessment(core::Assessment) {
        /// What was assessed.
        of: Topic = of;
        /// The event.
        event: EventId = event;
        /// Its day.
        on: CorePartialDate = on;
        /// Whether it records the matter as settled.
        settled: Option<bool> = settled;
    }
}

part! {
    /// A finding. Its rule, its target and what it is about are the same in every review.
    Finding(core::Finding) {
        /// The rule.
        rule: RuleId = rule;
        /// The target, when it is about one.
        target: Option<CoreTarget> = target;
        /// What it speaks of.
        about: Option<core::About> = about;
        /// Met, or unknown.
        verdict: Verdict = verdict;
        /// How it came about.
        trace: Trace = trace;
        /// How many earlier findings of this rule about this target are left out, where there are
        /// more than 50: the first that stands says so.
        more: Option<usize> = more;
    }
}

part! {
    /// A plan that is expected and missing, or parts that a plan lacks.
    PlanGap(core::PlanGap) {
        /// The rule.
        rule: RuleId = rule;
        /// The plan.
        about: core::About = about;
        /// Met: it is missing. Unknown: whether it is needed is open.
        verdict: Verdict = verdict;
        /// The parts that are missing: all that would be needed, when there is no plan.
        missing_parts: [PlanPart] = missing_parts;
        /// How it came about, when it depends on something.
        trace: Option<Trace> = trace;
    }
}

part! {
    /// The stage of change that follows from answers.
    AnsweredStage(mi_core::stage::AnsweredStage) {
        /// The stages that are still possible, from the first to the last; never none.
        possible: [StageOfChange] = possible();
        /// The stage, when only one is possible.
        known: Option<StageOfChange> = known();
        /// What is to be said beside a preparation.
        note: Option<PreparationNote> = note();
    }
}

/// What a finding speaks of.
#[derive(IntoPyObject)]
pub(crate) enum About {
    Event(AboutEvent),
    ReturnToUse(ReturnFound),
    Plan(AboutPlan),
}

impl Shown for core::About {
    type As = About;

    fn shown(&self) -> About {
        match self {
            core::About::Event { id } => About::Event(AboutEvent { id: id.clone() }),
            core::About::ReturnToUse(found) => About::ReturnToUse(ReturnFound(found.clone())),
            core::About::Plan { plan, event } => {
                About::Plan(AboutPlan { plan: *plan, event: event.clone() })
            }
        }
    }
}

/// An event that a finding speaks of.
#[pyclass(frozen, eq, module = "mi_core")]
#[derive(Clone, PartialEq)]
pub(crate) struct AboutEvent {
    id: EventId,
}

impl AboutEvent {
    fn core(&self) -> core::About {
        core::About::Event { id: self.id.clone() }
    }
}

#[pymethods]
impl AboutEvent {
    /// The event.
    #[getter]
    fn id(&self) -> &str {
        self.id.as_str()
    }

    /// Write it as plain values, as in the JSON of a review.
    fn to_dict(&self) -> Plain {
        Plain::of(&self.core())
    }

    /// Write it as JSON.
    fn to_json(&self) -> String {
        json(&self.core())
    }

    fn __repr__(&self) -> &'static str {
        "AboutEvent(...)"
    }
}

/// A plan that a finding speaks of.
#[pyclass(frozen, eq, module = "mi_core")]
#[derive(Clone, PartialEq)]
pub(crate) struct AboutPlan {
    plan: PlanKind,
    event: Option<EventId>,
}

impl AboutPlan {
    fn core(&self) -> core::About {
        core::About::Plan { plan: self.plan, event: self.event.clone() }
    }
}

#[pymethods]
impl AboutPlan {
    /// The kind of plan.
    #[getter]
    fn plan(&self) -> <PlanKind as Shown>::As {
        self.plan.shown()
    }

    /// The event that holds it, when there is one.
    #[getter]
    fn event(&self) -> Option<String> {
        self.event.shown()
    }

    /// Write it as plain values, as in the JSON of a review.
    fn to_dict(&self) -> Plain {
        Plain::of(&self.core())
    }

    /// Write it as JSON.
    fn to_json(&self) -> String {
        json(&self.core())
    }

    fn __repr__(&self) -> &'static str {
        "AboutPlan(...)"
    }
}

part! {
    /// A return to use, as the days reported show it, with what was recorded beside.
    ReturnFound(core::ReturnFound as core::About::ReturnToUse) {
        /// The substance.
        substance: Substance = substance;
        /// Its first day.
        first: CalendarDate = first;
        /// Its last day.
        last: CalendarDate = last;
        /// The fewest days that it can have; fewer than from its first to its last where its days
        /// are known only in part.
        least_days: i64 = least_days;
        /// The most days that it can have.
        most_days: i64 = most_days;
        /// Whether there were problems.
        problems: Truth = problems;
        /// Whether the days before it are known to be in keeping with the goal.
        start_observed: bool = start_observed;
        /// Whether it was against the client's own goal of that time.
        against_goal: Truth = against_goal;
        /// The classes that are still possible.
        possible: [ReturnClass] = possible;
        /// The class as it was recorded.
        recorded: Option<ReturnClass> = recorded;
        /// The event of its learning review.
        reviewed_by: Option<EventId> = reviewed_by;
    }
}

part! {
    /// A missing input, and how much rests on it.
    Question(core::Question) {
        /// What is missing.
        missing: fact::Missing = missing;
        /// For how many rules it is the only thing missing.
        decides: usize = decides;
        /// How many rules it touches.
        touches: usize = touches;
        /// The rules.
        rules: [RuleId] = rules;
        /// Whether a safety rule is among them.
        safety: bool = safety;
        /// How many more events leave the same open: of 50 such questions the first says so, and the
        /// others are left out.
        more_events: Option<usize> = more_events;
    }
}

part! {
    /// What a fact is missing.
    Missing(fact::Missing) {
        /// The fact that it would inform.
        fact: Fact = fact;
        /// The target, where the fact is about one.
        target: Option<CoreTarget> = target;
        /// The topic to ask about, where it is an answer that is missing.
        topic: Option<Topic> = topic;
        /// The spans of days that no event covers, at most 50.
        spans: [CoreSpan] = spans;
        /// How many more spans there are, where they are more than 50.
        more_spans: Option<usize> = more_spans;
        /// The event that leaves something open.
        event: Option<EventId> = event;
    }
}

part! {
    /// The trace of a definition, for one target where it is about one.
    DefinitionTrace(protocol::DefinitionTrace) {
        /// Its name.
        name: Name = name;
        /// The target, when it is about one.
        target: Option<CoreTarget> = target;
        /// Its trace.
        trace: Trace = trace;
    }
}
