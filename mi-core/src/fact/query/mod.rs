//! Questions to events, as rows of content ask them.
//!
//! Half of the facts ask the same five things: which events, in what window, how many, since when,
//! and what does silence mean. A row of `content/facts.json` says these, and one reader answers it.
//! A row has no joins, no arithmetic and no conditions: what needs more is a function of Rust, with
//! a row of its own in [`super::vocabulary`].
//!
//! The names of a row become places when it is loaded, so that no event is searched for a name.

mod answer;
#[cfg(test)]
mod dated;
mod row;
pub(super) mod take;
#[cfg(test)]
mod tests;

pub(super) use row::QueryRow;

use super::{Argument, Scope, ValueKind};
use crate::{client::Topic, code::codes, record::Role};

codes! {
    /// What a question takes from the events that it finds.
    pub(super) enum Take {
        /// Whether there is any.
        Any = "any",
        /// How many there are.
        Count = "count",
        /// On how many days they are.
        Days = "days",
        /// How many days ago the last of them was.
        DaysSinceLast = "days_since_last",
        /// What a field of the latest of them says.
        Latest = "latest",
    }
}

codes! {
    /// What it means that nothing is recorded.
    pub(super) enum Silence {
        /// That there was nothing, where the contact log of the open episode is complete.
        Vouched = "vouched",
        /// That there was nothing, where the answer on a topic says so.
        Asked = "asked",
        /// That it is not known.
        Unknown = "unknown",
        /// That there was nothing: it is of the service's own noting.
        Nothing = "nothing",
    }
}

codes! {
    /// From when on events count that come after others.
    pub(super) enum From {
        /// From the day after the last of the others.
        NextDay = "next_day",
        /// From the day of the last of the others.
        SameDay = "same_day",
        /// After the last of the others: on its day, when it was recorded later.
        LaterRecorded = "later_recorded",
    }
}

codes! {
    /// Which target of an event is the one that is asked about.
    pub(super) enum TargetMatch {
        /// The same.
        Same = "same",
        /// The same substance, or a member of the class.
        Member = "member",
    }
}

codes! {
    /// A stretch of the record.
    pub(super) enum Stretch {
        /// The episode that is open now.
        OpenEpisode = "open_episode",
    }
}

/// A question, its names found.
pub(super) struct Query {
    events: Vec<Selector>,
    when: When,
    unless_later: Vec<Selector>,
    take: Take,
    kind: ValueKind,
    silence: Silence,
    asked: Option<(Topic, Vec<Selector>)>,
}

struct Selector {
    kind: usize,
    by: Option<Vec<Role>>,
    filters: Vec<(usize, Condition)>,
    only_for: Vec<(Argument, Vec<String>)>,
    /// The field that the take `latest` reads.
    field: Option<usize>,
    /// The fields in which an event and a later one that takes it back agree.
    agree: Vec<usize>,
}

enum Condition {
    Is(Vec<&'static str>),
    IsNot(Vec<&'static str>),
    Argument(Argument),
    Target(TargetMatch),
    Above(f64),
    Present(bool),
}

#[derive(Default)]
struct When {
    in_open_episode: bool,
    last: Option<Number>,
    within: Option<Number>,
    since: Option<(Vec<Selector>, From)>,
}

#[derive(Clone, Copy)]
enum Number {
    Days,
    /// The place of a parameter among those that rows name.
    Parameter(usize),
}

impl Query {
    /// The kind of value that the take gives.
    pub(super) fn kind(&self) -> ValueKind {
        self.kind
    }

    /// The arguments that the question takes. About a person, a target is asked for as a substance.
    pub(super) fn arguments(&self, scope: Scope) -> Vec<Argument> {
        let asked = self.asked.iter().flat_map(|(_, or)| or);
        let since = self.when.since.iter().flat_map(|(events, _)| events);
        let all = self.events.iter().chain(&self.unless_later).chain(asked).chain(since);
        let mut taken = Vec::new();
        for selector in all {
            taken.extend(selector.only_for.iter().map(|(argument, _)| *argument));
            taken.extend(selector.filters.iter().filter_map(|(_, condition)| match condition {
                Condition::Argument(argument) => Some(*argument),
                Condition::Target(_) if scope == Scope::Person => Some(Argument::Substance),
                _ => None,
            }));
        }
        let numbers = [self.when.last, self.when.within];
        if numbers.iter().flatten().any(|number| matches!(number, Number::Days)) {
            taken.push(Argument::Days);
        }
        Argument::ALL.iter().filter(|argument| taken.contains(argument)).copied().collect()
    }
}
