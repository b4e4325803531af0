//! How much a review lists: at most [`bounds::EVIDENCE`] of what one part of it rests on or misses,
//! and the count of the rest. A record of many partly dated reports would otherwise stand once more
//! in every trace that reads them.

use super::Review;
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
        let found = [&mut self.discordance, &mut self.cautions, &mut self.notes];
        found.into_iter().flatten().for_each(|finding| cut_trace(&mut finding.trace));
        self.plans.iter_mut().filter_map(|gap| gap.trace.as_mut()).for_each(cut_trace);
        self.definitions.iter_mut().for_each(|defined| cut_trace(&mut defined.trace));
        self.to_ask_next.iter_mut().for_each(|question| cut_missing(&mut question.missing));
    }
}

fn cut_trace(trace: &mut Trace) {
    if let Trace::Fact(fact) = trace {
        fact.more_events = cut(&mut fact.events);
        fact.more_missing = cut(&mut fact.missing);
        fact.missing.iter_mut().for_each(cut_missing);
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
