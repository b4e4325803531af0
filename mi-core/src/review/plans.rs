//! Plans and their gaps.

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{ask::Asking, finding::About};
use crate::{
    client::Target,
    fact::Subject,
    plan::{Plan, PlanKind, PlanPart},
    protocol::{
        CompletenessRule, Criterion, Evaluation, FactSource, Protocol, RuleId, RuleKind, Trace,
    },
    record::Event,
    value::Verdict,
};

/// A plan that is expected and missing, or parts that a plan lacks.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlanGap {
    /// The rule.
    pub rule: RuleId,
    /// The plan, with the event that holds it when there is one.
    pub about: About,
    /// Met: it is missing. Unknown: whether it is needed is open.
    pub verdict: Verdict,
    /// The parts that are missing: all that would be needed, when there is no plan.
    pub missing_parts: Vec<PlanPart>,
    /// How it came about, when it depends on something.
    pub trace: Option<Trace>,
}

impl PlanGap {
    /// The kind of plan.
    #[must_use]
    pub fn plan(&self) -> Option<PlanKind> {
        match &self.about {
            About::Plan { plan, .. } => Some(*plan),
            About::Event { .. } | About::ReturnToUse(_) => None,
        }
    }
}

crate::code::opaque!(PlanGap);

/// The rules about one kind of plan.
fn rules_of(
    protocol: &Protocol,
    kind: PlanKind,
) -> impl Iterator<Item = (&RuleId, &CompletenessRule)> {
    protocol.inner().rules().filter_map(move |rule| match &rule.kind {
        RuleKind::Completeness(complete) if complete.plan == kind => Some((&rule.id, complete)),
        _ => None,
    })
}

/// The gaps of a plan that is there: one a rule.
pub(super) fn gaps<A: FactSource>(
    protocol: &Protocol,
    evaluation: &Evaluation<'_, A>,
    plan: &Plan,
    event: Option<&Event>,
    asking: &mut Asking,
) -> Vec<PlanGap> {
    let mut gaps = Vec::new();
    for (id, rule) in rules_of(protocol, plan.kind()) {
        let missing: Vec<PlanPart> =
            rule.parts.iter().copied().filter(|part| !plan.has(*part)).collect();
        if missing.is_empty() {
            continue;
        }
        let trace = rule.when.as_ref().map(|when| evaluation.judge(when, &Subject::PERSON));
        let verdict = trace.as_ref().map_or(Verdict::Met, Trace::verdict);
        if verdict == Verdict::Unmet {
            continue;
        }
        asking.note(evaluation, id, &Subject::PERSON, false, trace.as_ref().as_slice());
        let event = event.map(|event| event.id().clone());
        gaps.push(PlanGap {
            rule: id.clone(),
            about: About::Plan { plan: plan.kind(), event },
            verdict,
            missing_parts: missing,
            trace,
        });
    }
    gaps
}

/// A plan of a kind that is expected and not there: one gap that lists its parts.
pub(super) fn absent<A: FactSource>(
    protocol: &Protocol,
    evaluation: &Evaluation<'_, A>,
    kind: PlanKind,
    targets: &[&Target],
    asking: &mut Asking,
) -> Option<PlanGap> {
    let (id, rule, expected) = rules_of(protocol, kind)
        .find_map(|(id, rule)| Some((id, rule, rule.expected.as_ref()?)))?;
    let (subject, trace) = expected_for(evaluation, expected, targets);
    match trace.verdict() {
        Verdict::Unmet => return None,
        Verdict::Unknown => {
            asking.note(evaluation, id, &subject, false, &[&trace]);
            if rule.shown_when_unknown != Some(true) {
                return None;
            }
        }
        Verdict::Met => {}
    }
    let needed = |rule: &CompletenessRule| {
        let when = rule.when.as_ref().map(|when| evaluation.judge(when, &Subject::PERSON));
        when.is_none_or(|when| when.verdict() != Verdict::Unmet)
    };
    let mut parts = Vec::new();
    for (_, rule) in rules_of(protocol, kind).filter(|(_, rule)| needed(rule)) {
        let more = rule.parts.iter().filter(|part| !parts.contains(*part));
        let more: Vec<PlanPart> = more.copied().collect();
        parts.extend(more);
    }
    Some(PlanGap {
        rule: id.clone(),
        about: About::Plan { plan: kind, event: None },
        verdict: trace.verdict(),
        missing_parts: parts,
        trace: Some(trace),
    })
}

/// A plan is expected when any treated target calls for it: the one that calls loudest.
fn expected_for<'t, A: FactSource>(
    evaluation: &Evaluation<'_, A>,
    expected: &Criterion,
    targets: &[&'t Target],
) -> (Subject<'t>, Trace) {
    let rank = |trace: &Trace| match trace.verdict() {
        Verdict::Met => 0,
        Verdict::Unknown => 1,
        Verdict::Unmet => 2,
    };
    let subjects = targets.iter().map(|target| Subject::about(target));
    let judged = subjects.map(|subject| (subject, evaluation.judge(expected, &subject)));
    judged
        .min_by_key(|(_, trace)| rank(trace))
        .unwrap_or_else(|| (Subject::PERSON, evaluation.judge(expected, &Subject::PERSON)))
}
