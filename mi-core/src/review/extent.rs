//! How much a review lists: at most [`bounds::EVIDENCE`] of what one part of it rests on or misses,
//! and as many findings of one rule about one target, with the count of the rest. A record of many
//! partly dated reports would otherwise stand once more in every trace that reads them.

use std::collections::BTreeMap;

use super::{Finding, Review};
use crate::{bounds, fact::Missing, protocol::Trace};

impl Review {
    /// Leaves out what is beyond the limit, and counts it.
    pub(super) fn cut(&mut self) {
        for flag in &mut self.safety {
            cut_trace(&mut flag.trigger);
            flag.modifier.iter_mut().for_each(cut_trace);
            flag.levels.iter_mut().filter_map(|level| level.when.as_mut()).for_each(cut_trace);
        }
        for one in &mut self.moves {
            cut_trace(&mut one.enter);
            one.stay.iter_mut().for_each(cut_trace);
        }
        for findings in [&mut self.discordance, &mut self.cautions, &mut self.notes] {
            cut_findings(findings);
            for finding in findings {
                cut_trace(&mut finding.trace);
            }
        }
        self.plans.iter_mut().filter_map(|gap| gap.trace.as_mut()).for_each(cut_trace);
        self.definitions.iter_mut().for_each(|defined| cut_trace(&mut defined.trace));
        self.to_ask_next.iter_mut().for_each(|question| cut_missing(&mut question.missing));
    }
}

/// Of the findings of one rule about one target, leaves out the earliest beyond the limit.
fn cut_findings(findings: &mut Vec<Finding>) {
    if findings.len() <= bounds::EVIDENCE {
        return;
    }
    let alike = |finding: &Finding| (finding.rule.clone(), finding.target.clone());
    let mut left_out: BTreeMap<_, usize> = BTreeMap::new();
    for finding in findings.iter() {
        let count = left_out.entry(alike(finding)).or_default();
        *count = count.saturating_add(1);
    }
    for count in left_out.values_mut() {
        *count = count.saturating_sub(bounds::EVIDENCE);
    }
    let mut passed = left_out.clone();
    findings.retain(|finding| match passed.get_mut(&alike(finding)) {
        Some(more) if *more > 0 => {
            *more = more.saturating_sub(1);
            false
        }
        _ => true,
    });
    for finding in findings {
        finding.more = left_out.remove(&alike(finding)).filter(|more| *more > 0);
    }
}

fn cut_trace(trace: &mut Trace) {
    if let Trace::Fact(fact) = trace {
        fact.more_events = cut(&mut fact.events);
        fact.more_missing = cut(&mut fact.missing);
        fact.missing.iter_mut().for_each(cut_missing);
    }
    if let Trace::Step { events, more_events, missing, more_missing, .. } = trace {
        *more_events = cut(events);
        *more_missing = cut(missing);
        missing.iter_mut().for_each(cut_missing);
    }
    trace.parts_mut().iter_mut().for_each(cut_trace);
}

fn cut_missing(missing: &mut Missing) {
    missing.more_spans = cut(&mut missing.spans);
}

/// Keeps the first of a list, and gives the count of those left out.
fn cut<T>(list: &mut Vec<T>) -> Option<usize> {
    let more = list.len().checked_sub(bounds::EVIDENCE).filter(|more| *more > 0);
    list.truncate(bounds::EVIDENCE);
    more
}
