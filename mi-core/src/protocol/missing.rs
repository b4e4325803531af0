//! What is missing behind traces that are open.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    evaluate::{Evaluation, FactSource},
    name::Name,
    trace::Trace,
};
use crate::{
    client::{Target, Topic},
    date::Span,
    fact::{Fact, Missing, Subject},
    sort::sort_by_key,
    text::EventId,
    value::Verdict,
};

/// What tells one missing input from another: all but its days.
pub(crate) type MissingKey = (Fact, Option<Target>, Option<Topic>, Option<EventId>);

pub(crate) fn key(missing: &Missing) -> MissingKey {
    (missing.fact, missing.target.clone(), missing.topic, missing.event.clone())
}

/// The inputs that leave traces open, each once.
pub(crate) fn missing_behind<A: FactSource>(
    evaluation: &Evaluation<'_, A>,
    subject: &Subject<'_>,
    traces: &[&Trace],
) -> Vec<Missing> {
    let mut missing: BTreeMap<MissingKey, Missing> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for trace in traces {
        gather(evaluation, trace, subject, &mut seen, &mut missing);
    }
    missing.into_values().collect()
}

fn gather<A: FactSource>(
    evaluation: &Evaluation<'_, A>,
    trace: &Trace,
    subject: &Subject<'_>,
    seen: &mut BTreeSet<Name>,
    missing: &mut BTreeMap<MissingKey, Missing>,
) {
    if trace.verdict() != Verdict::Unknown {
        return;
    }
    match trace {
        Trace::Fact(_) | Trace::Step { .. } => {
            for input in trace.missing() {
                match missing.get_mut(&key(input)) {
                    Some(known) => join_spans(&mut known.spans, input.spans.clone()),
                    None => drop(missing.insert(key(input), input.clone())),
                }
            }
        }
        Trace::Defined { name, .. } => {
            if seen.insert(name.clone()) {
                evaluation.behind(name, subject, &mut |trace| {
                    gather(evaluation, trace, subject, seen, missing);
                });
            }
        }
        _ => {
            let parts = trace.parts().iter();
            parts.for_each(|part| gather(evaluation, part, subject, seen, missing));
        }
    }
}

/// The days of both, as spans that neither overlap nor touch.
pub(crate) fn join_spans(spans: &mut Vec<Span>, more: Vec<Span>) {
    spans.extend(more);
    sort_by_key(spans, |span| *span);
    spans.dedup_by(|later, earlier| {
        let touches = later.from <= earlier.to.plus_days(1);
        if touches {
            earlier.to = earlier.to.max(later.to);
        }
        touches
    });
}
