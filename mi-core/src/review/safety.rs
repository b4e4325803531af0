//! Safety flags: run first, apart from every stage, and never cleared by what is missing.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::ask::Asking;
use crate::{
    client::{SafetyAssessment, Topic},
    date::PartialDate,
    fact::{Facts, Subject},
    protocol::{
        Action, Evaluation, FactSource, Name, Protocol, RuleId, RuleKind, SafetyRule, Severity,
        Trace, Who,
    },
    sort::sort_by_key,
    text::EventId,
    value::Verdict,
};

/// Something that must not be missed. Its severity is the urgency of the action, never a risk.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flag {
    pub(super) rule: RuleId,
    pub(super) severity: Severity,
    /// Whether the urgency is open, so that it stands at attention at least.
    pub(super) open: bool,
    pub(super) action: Action,
    pub(super) who: Who,
    pub(super) events: Vec<EventId>,
    pub(super) assessment: Option<Assessment>,
    pub(super) trigger: Trace,
    pub(super) modifier: Option<Trace>,
    pub(super) levels: Vec<LevelTrace>,
}

/// How one level of a flag came out.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelTrace {
    /// The urgency.
    pub severity: Severity,
    /// What became of its condition.
    pub verdict: Verdict,
    /// How it came out, when it has a condition.
    pub when: Option<Trace>,
}

/// The latest assessment of what a flag is about: shown beside it, erasing nothing.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment {
    /// What was assessed.
    pub of: Topic,
    /// The event.
    pub event: EventId,
    /// Its day.
    pub on: PartialDate,
    /// Whether it records the matter as settled.
    pub settled: Option<bool>,
}

impl Flag {
    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.rule.as_str()
    }

    /// The urgency of the action.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether the urgency is open for want of an answer; it then stands at attention at least.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// What to do.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Who does it.
    #[must_use]
    pub fn who(&self) -> Who {
        self.who
    }

    /// The events on which it rests.
    #[must_use]
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// The latest assessment of the matter.
    #[must_use]
    pub fn assessment(&self) -> Option<&Assessment> {
        self.assessment.as_ref()
    }

    /// How the trigger came out.
    #[must_use]
    pub fn trigger(&self) -> &Trace {
        &self.trigger
    }

    /// How the modifier came out.
    #[must_use]
    pub fn modifier(&self) -> Option<&Trace> {
        self.modifier.as_ref()
    }

    /// How the levels came out, in the order written.
    #[must_use]
    pub fn levels(&self) -> &[LevelTrace] {
        &self.levels
    }
}

crate::code::opaque!(Flag, LevelTrace, Assessment);

/// Runs all safety rules, in order; gives the flags, the most urgent first.
pub(super) fn flags<A: FactSource>(
    protocol: &Protocol,
    evaluation: &Evaluation<'_, A>,
    facts: &Facts<'_, '_>,
    asking: &mut Asking,
) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for rule in protocol.inner().rules() {
        let RuleKind::Safety(safety) = &rule.kind else { continue };
        if let Some(flag) = raise(evaluation, facts, &rule.id, safety, asking) {
            evaluation.note_raised(&rule.id, flag.severity, &flag.events);
            flags.push(flag);
        }
    }
    sort_by_key(&mut flags, |flag| std::cmp::Reverse(flag.severity));
    flags
}

fn raise<A: FactSource>(
    evaluation: &Evaluation<'_, A>,
    facts: &Facts<'_, '_>,
    id: &RuleId,
    rule: &SafetyRule,
    asking: &mut Asking,
) -> Option<Flag> {
    let subject = Subject::SAFETY;
    let trigger = evaluation.judge(&rule.trigger, &subject);
    let modifier = rule.modifier.as_ref().map(|modifier| evaluation.judge(modifier, &subject));
    let levels: Vec<LevelTrace> = rule
        .levels
        .iter()
        .map(|level| {
            let when = level.when.as_ref().map(|when| evaluation.judge(when, &subject));
            let verdict = when.as_ref().map_or(Verdict::Met, Trace::verdict);
            LevelTrace { severity: level.severity, verdict, when }
        })
        .collect();
    let qualified = modifier.as_ref().map_or(Verdict::Met, Trace::verdict);
    match trigger.verdict() {
        Verdict::Unmet => return None,
        Verdict::Unknown => {
            if qualified != Verdict::Unmet {
                asking.note(evaluation, id, &subject, true, &[&trigger]);
            }
            return None;
        }
        Verdict::Met => {}
    }
    let applies = rule
        .levels
        .iter()
        .zip(&levels)
        .filter(|(_, trace)| trace.verdict == Verdict::Met)
        .max_by_key(|(level, _)| level.severity)
        .map(|(level, _)| (level.severity, level.action, level.who));
    let any_open = levels.iter().any(|level| level.verdict == Verdict::Unknown);
    let open = rule
        .open
        .as_ref()
        .map(|open| (open.severity.unwrap_or(Severity::Attention), open.action, open.who));
    let (is_open, (severity, action, who)) = match (qualified, applies) {
        (Verdict::Unmet, _) => return None,
        (Verdict::Met, Some(level)) => (false, level),
        (Verdict::Met, None) if !any_open => return None,
        // What qualifies it is not known: at attention at least, and what to ask.
        (Verdict::Met, None) | (Verdict::Unknown, _) => (true, open?),
    };
    let mut traces: Vec<&Trace> = modifier.iter().collect();
    let above = levels.iter().filter(|level| is_open || level.severity > severity);
    traces.extend(above.filter_map(|level| level.when.as_ref()));
    asking.note(evaluation, id, &subject, true, &traces);
    let reached =
        levels.iter().find(|level| level.severity == severity && level.verdict == Verdict::Met);
    let basis = [Some(&trigger), modifier.as_ref(), reached.and_then(|level| level.when.as_ref())];
    let mut behind = Behind::default();
    for trace in basis.into_iter().flatten() {
        behind.collect(evaluation, trace, &subject);
    }
    let assessment = rule.assessment.and_then(|topic| assessment(facts, topic));
    Some(Flag {
        rule: id.clone(),
        severity,
        open: is_open,
        action,
        who,
        events: behind.events,
        assessment,
        trigger,
        modifier,
        levels,
    })
}

fn assessment(facts: &Facts<'_, '_>, topic: Topic) -> Option<Assessment> {
    let about = |(_, assessment): &(_, &SafetyAssessment)| assessment.of == topic;
    let (event, assessment) = facts.snapshot.of::<SafetyAssessment>().rev().find(about)?;
    let SafetyAssessment { of, settled, .. } = *assessment;
    Some(Assessment { of, event: event.id().clone(), on: event.on(), settled })
}

/// The events behind the parts on which verdicts rest, through definitions too.
#[derive(Default)]
struct Behind {
    events: Vec<EventId>,
    /// The events and definitions that were seen: once each, however often they are named.
    seen: BTreeSet<EventId>,
    followed: BTreeSet<Name>,
}

impl Behind {
    fn collect<A: FactSource>(
        &mut self,
        evaluation: &Evaluation<'_, A>,
        trace: &Trace,
        subject: &Subject<'_>,
    ) {
        let mut definitions = Vec::new();
        trace.visit_basis(&mut |part| match part {
            Trace::Fact(_) | Trace::Step { .. } => self.add(part.events()),
            Trace::Raised { rule, verdict: Verdict::Met, .. } => {
                self.add(&evaluation.raised_on(rule));
            }
            Trace::Defined { name, .. } if self.followed.insert(name.clone()) => {
                definitions.push(name.clone());
            }
            _ => {}
        });
        for name in definitions {
            evaluation.behind(&name, subject, &mut |trace| {
                self.collect(evaluation, trace, subject);
            });
        }
    }

    fn add(&mut self, more: &[EventId]) {
        self.events.extend(more.iter().filter(|id| self.seen.insert((*id).clone())).cloned());
    }
}
