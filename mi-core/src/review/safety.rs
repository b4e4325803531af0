//! Safety rules: run first, apart from every stage, and never cleared by what is missing.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    ask::Asking,
    flag::{Assessment, DatedEvent, Flag, FlagState, LevelTrace},
};
use crate::{
    bounds,
    client::{SafetyAssessment, Topic},
    fact::{Facts, Subject},
    protocol::{
        Action, Evaluation, FactSource, Name, Protocol, RuleId, RuleKind, SafetyRule, Severity,
        Trace, Who,
    },
    record::Event,
    sort::sort_by_key,
    text::EventId,
    value::Verdict,
};

/// Runs all safety rules, in order; gives the flags, the most urgent first.
pub(super) fn flags<A: FactSource>(
    protocol: &Protocol,
    evaluation: &Evaluation<'_, A>,
    facts: &Facts<'_, '_>,
    asking: &mut Asking,
) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    let mut unasked = Asking::default();
    for rule in protocol.inner().all_rules() {
        let RuleKind::Safety(safety) = &rule.kind else { continue };
        // A rule that is off shows and asks nothing, but those that read it read it as before.
        let is_off = protocol.inner().is_off(&rule.id);
        let asking = if is_off { &mut unasked } else { &mut *asking };
        let judged = Judged::new(evaluation, safety);
        let Some(urgency) = judged.urgency(safety) else {
            judged.ask_for_the_trigger(evaluation, &rule.id, asking);
            continue;
        };
        judged.ask_for_the_urgency(evaluation, &rule.id, &urgency, asking);
        let behind = judged.behind(evaluation, &urgency);
        evaluation.note_raised(&rule.id, urgency.severity, &behind.events);
        if !is_off {
            flags.push(judged.into_flag(facts, rule.id.clone(), safety, &urgency, &behind));
        }
    }
    sort_by_key(&mut flags, |flag| Reverse(flag.severity));
    flags
}

/// How the criteria of a safety rule came out.
struct Judged {
    trigger: Trace,
    modifier: Option<Trace>,
    levels: Vec<LevelTrace>,
}

/// How soon to do what, and who.
struct Urgency {
    severity: Severity,
    action: Action,
    who: Who,
    /// Whether it stands for want of an answer.
    open: bool,
}

impl Judged {
    fn new<A: FactSource>(evaluation: &Evaluation<'_, A>, rule: &SafetyRule) -> Self {
        let judge = |criterion| evaluation.judge(criterion, &Subject::SAFETY);
        let levels = rule.levels.iter().map(|level| {
            let when = level.when.as_ref().map(judge);
            let verdict = when.as_ref().map_or(Verdict::Met, Trace::verdict);
            LevelTrace { severity: level.severity, verdict, when }
        });
        Self {
            trigger: judge(&rule.trigger),
            modifier: rule.modifier.as_ref().map(judge),
            levels: levels.collect(),
        }
    }

    fn qualified(&self) -> Verdict {
        self.modifier.as_ref().map_or(Verdict::Met, Trace::verdict)
    }

    /// The highest level that is met; or, because what qualifies it is not known, what the rule
    /// says of an open urgency. None where the rule is not raised.
    fn urgency(&self, rule: &SafetyRule) -> Option<Urgency> {
        if self.trigger.verdict() != Verdict::Met {
            return None;
        }
        let met = rule.levels.iter().zip(&self.levels);
        let met = met.filter(|(_, trace)| trace.verdict == Verdict::Met);
        let highest = met.max_by_key(|(level, _)| level.severity).map(|(level, _)| Urgency {
            severity: level.severity,
            action: level.action,
            who: level.who,
            open: false,
        });
        let any_open = self.levels.iter().any(|level| level.verdict == Verdict::Unknown);
        match (self.qualified(), highest) {
            (Verdict::Unmet, _) => None,
            (Verdict::Met, Some(highest)) => Some(highest),
            (Verdict::Met, None) if !any_open => None,
            // At attention at least, and what to ask.
            (Verdict::Met, None) | (Verdict::Unknown, _) => {
                let open = rule.open.as_ref()?;
                Some(Urgency {
                    severity: open.severity.unwrap_or(Severity::Attention),
                    action: open.action,
                    who: open.who,
                    open: true,
                })
            }
        }
    }

    /// The urgencies that it could have: the highest level that is met, and each above it that is
    /// open.
    fn possible(&self) -> Vec<Severity> {
        let that_are = |verdict| self.levels.iter().filter(move |level| level.verdict == verdict);
        let highest = that_are(Verdict::Met).map(|level| level.severity).max();
        let open = that_are(Verdict::Unknown).map(|level| level.severity);
        let open = open.filter(|severity| highest.is_none_or(|highest| *severity > highest));
        let possible: BTreeSet<Severity> = highest.into_iter().chain(open).collect();
        possible.into_iter().collect()
    }

    /// An unknown trigger raises nothing, and is asked for unless what qualifies it is ruled out.
    fn ask_for_the_trigger<A: FactSource>(
        &self,
        evaluation: &Evaluation<'_, A>,
        rule: &RuleId,
        asking: &mut Asking,
    ) {
        let is_open = self.trigger.verdict() == Verdict::Unknown;
        if is_open && self.qualified() != Verdict::Unmet {
            asking.note(evaluation, rule, &Subject::SAFETY, true, &[&self.trigger]);
        }
    }

    /// Asks for what qualifies the flag and for each level that could still raise it.
    fn ask_for_the_urgency<A: FactSource>(
        &self,
        evaluation: &Evaluation<'_, A>,
        rule: &RuleId,
        urgency: &Urgency,
        asking: &mut Asking,
    ) {
        let above = |level: &&LevelTrace| urgency.open || level.severity > urgency.severity;
        let levels = self.levels.iter().filter(above).filter_map(|level| level.when.as_ref());
        let traces: Vec<&Trace> = self.modifier.iter().chain(levels).collect();
        asking.note(evaluation, rule, &Subject::SAFETY, true, &traces);
    }

    /// The events behind the trigger, the modifier and the level that is reached.
    fn behind<A: FactSource>(&self, evaluation: &Evaluation<'_, A>, urgency: &Urgency) -> Behind {
        let is_reached = |level: &&LevelTrace| {
            level.severity == urgency.severity && level.verdict == Verdict::Met
        };
        let reached = self.levels.iter().find(is_reached);
        let mut behind = Behind::default();
        behind.collect(evaluation, &self.trigger);
        behind.raised_by = behind.events.len();
        let qualifying = self.modifier.iter().chain(reached.and_then(|level| level.when.as_ref()));
        qualifying.for_each(|trace| behind.collect(evaluation, trace));
        behind
    }

    fn into_flag(
        self,
        facts: &Facts<'_, '_>,
        id: RuleId,
        rule: &SafetyRule,
        urgency: &Urgency,
        behind: &Behind,
    ) -> Flag {
        let assessed = rule.assessment.and_then(|topic| latest_assessment(facts, topic));
        let find = |ids: &[EventId]| -> Vec<&Event> {
            ids.iter().filter_map(|id| facts.snapshot.event(id)).collect()
        };
        let raised_by = find(behind.raised_by());
        Flag {
            rule: id,
            severity: urgency.severity,
            possible: self.possible(),
            open: urgency.open,
            state: state(assessed, &raised_by),
            action: urgency.action,
            who: urgency.who,
            events: dated(&raised_by, find(&behind.events)),
            more_events: behind.events.len().checked_sub(bounds::EVIDENCE).filter(|more| *more > 0),
            assessment: assessed.map(|(event, assessment)| Assessment {
                of: assessment.of,
                event: event.id().clone(),
                on: event.on(),
                settled: assessment.settled,
            }),
            trigger: self.trigger,
            modifier: self.modifier,
            levels: self.levels,
        }
    }
}

type Assessed<'r> = (&'r Event, &'r SafetyAssessment);

fn latest_assessment<'r>(facts: &Facts<'_, 'r>, topic: Topic) -> Option<Assessed<'r>> {
    let is_about = |(_, assessment): &Assessed<'r>| assessment.of == topic;
    facts.snapshot.of::<SafetyAssessment>().rev().find(is_about)
}

/// What has been done. An assessment counts when it came after every day that what raised the flag
/// can be, and was recorded after it: one of 5 May says nothing of an overdose of "May".
fn state(assessed: Option<Assessed<'_>>, raised_by: &[&Event]) -> FlagState {
    let Some((assessment, body)) = assessed else { return FlagState::NothingRecorded };
    let came_after = |event: &&Event| {
        assessment.on().earliest() >= event.on().latest()
            && assessment.recorded() >= event.recorded()
    };
    match body.settled {
        _ if !raised_by.iter().all(came_after) => FlagState::AssessedBefore,
        Some(true) => FlagState::Settled,
        Some(false) | None => FlagState::Assessed,
    }
}

/// The newest of the events that raised a flag, then all others from the newest.
fn dated(raised_by: &[&Event], mut events: Vec<&Event>) -> Vec<DatedEvent> {
    let first = raised_by.iter().max_by_key(|event| event.order());
    let is_first = |event: &Event| first.is_some_and(|first| first.id() == event.id());
    sort_by_key(&mut events, |event| (!is_first(event), Reverse(event.order())));
    events.into_iter().take(bounds::EVIDENCE).map(DatedEvent::from).collect()
}

/// The events behind the parts on which verdicts rest, through definitions too.
#[derive(Default)]
struct Behind {
    events: Vec<EventId>,
    /// How many of them, the first, raised the flag.
    raised_by: usize,
    /// The events and definitions that were seen: once each, however often they are named.
    seen: BTreeSet<EventId>,
    followed: BTreeSet<Name>,
}

impl Behind {
    fn raised_by(&self) -> &[EventId] {
        self.events.get(..self.raised_by).unwrap_or_default()
    }

    fn collect<A: FactSource>(&mut self, evaluation: &Evaluation<'_, A>, trace: &Trace) {
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
            evaluation
                .behind(&name, &Subject::SAFETY, &mut |trace| self.collect(evaluation, trace));
        }
    }

    fn add(&mut self, more: &[EventId]) {
        self.events.extend(more.iter().filter(|id| self.seen.insert((*id).clone())).cloned());
    }
}
