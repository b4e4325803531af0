//! What to ask next: every missing input, with what it would decide.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::{
    bounds,
    fact::{Missing, Subject},
    protocol::{
        Evaluation, FactSource, MissingKey, RuleId, Trace, join_spans, key, missing_behind,
    },
    sort::sort_by,
    stage::TreatmentStep,
};

/// A missing input, and how much rests on it.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Question {
    /// What is missing.
    pub missing: Missing,
    /// For how many rules it is the only thing missing: 0 or more.
    pub decides: usize,
    /// How many rules it touches: 1 or more.
    pub touches: usize,
    /// The rules that it touches.
    pub rules: Vec<RuleId>,
    /// Whether a safety rule is among them.
    pub safety: bool,
    /// How many more events leave the same open: of 50 such questions the first says so, and the
    /// others are left out.
    pub more_events: Option<usize>,
}

/// Gathers what is missing, rule by rule.
#[derive(Default)]
pub(super) struct Asking {
    found: BTreeMap<MissingKey, Asked>,
}

/// An input that is missing, with the rules that it touches, and those for which it is the only thing
/// missing about something.
struct Asked {
    missing: Missing,
    touches: Vec<RuleId>,
    decides: Vec<RuleId>,
    safety: bool,
}

impl Asking {
    /// Notes what would decide a rule that is open: the inputs behind the traces that are unknown.
    pub(super) fn note<A: FactSource>(
        &mut self,
        evaluation: &Evaluation<'_, A>,
        rule: &RuleId,
        subject: &Subject<'_>,
        safety: bool,
        traces: &[&Trace],
    ) {
        let missing = missing_behind(evaluation, subject, traces);
        let is_only = missing.len() == 1;
        for input in missing {
            let asked = self.found.entry(key(&input)).or_insert_with(|| Asked {
                missing: Missing { spans: Vec::new(), ..input.clone() },
                touches: Vec::new(),
                decides: Vec::new(),
                safety: false,
            });
            asked.safety |= safety;
            join_spans(&mut asked.missing.spans, input.spans);
            note_once(&mut asked.touches, rule);
            if is_only {
                note_once(&mut asked.decides, rule);
            }
        }
    }

    /// The questions: safety first, then those that decide most, then those that touch most.
    pub(super) fn into_questions(self) -> Vec<Question> {
        let asked = self.found.into_values().map(|asked| Question {
            missing: asked.missing,
            decides: asked.decides.len(),
            touches: asked.touches.len(),
            rules: asked.touches,
            safety: asked.safety,
            more_events: None,
        });
        let mut questions: Vec<Question> = asked.collect();
        sort_by(&mut questions, |one, other| {
            let rank = |q: &Question| (q.safety, q.decides, q.touches);
            rank(other).cmp(&rank(one)).then_with(|| one.missing.cmp(&other.missing))
        });
        cut(&mut questions);
        questions
    }
}

/// Of questions that differ by their event alone, leaves out those beyond the limit and counts them
/// in the first: a thousand entries of a vague day ask one thing, and would hide all others.
fn cut(questions: &mut Vec<Question>) {
    let alike = |question: &Question| {
        let Missing { fact, target, topic, event, .. } = &question.missing;
        event.is_some().then(|| (*fact, target.clone(), *topic))
    };
    let mut counts = BTreeMap::new();
    questions.retain(|question| {
        let count = alike(question).map(|key| counts.entry(key).and_modify(plus_one).or_insert(1));
        count.is_none_or(|count| *count <= bounds::EVIDENCE)
    });
    for question in questions {
        let count = alike(question).and_then(|key| counts.remove(&key));
        let more = count.and_then(|count| count.checked_sub(bounds::EVIDENCE));
        question.more_events = more.filter(|more| *more > 0);
    }
}

/// Notes a rule. One rule is asked about its subjects in a row, but for those of the steps, which take
/// turns; so it stands among the last, if at all.
fn note_once(rules: &mut Vec<RuleId>, rule: &RuleId) {
    let mut last = rules.iter().rev().take(TreatmentStep::ALL.len());
    if !last.any(|known| known == rule) {
        rules.push(rule.clone());
    }
}

fn plus_one(count: &mut usize) {
    *count = count.saturating_add(1);
}
