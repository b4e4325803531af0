//! What was seen of a fact, on which events it rests, and what is missing to know it.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::Fact;
use crate::{
    client::{Substance, Target, Topic},
    code::Coded,
    date::Span,
    record::Event,
    text::EventId,
    value::{Measured, Range, Truth, Value},
};

/// An input that would decide an open value: of which fact, about what, and when.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Missing {
    /// The fact that it would inform.
    pub fact: Fact,
    /// The target, where the fact is about one.
    pub target: Option<Target>,
    /// The topic to ask about, where it is an answer that is missing.
    pub topic: Option<Topic>,
    /// The days that it is about: spans that no event covers, or the first days of returns to use.
    /// A review lists at most 50.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub spans: Vec<Span>,
    /// How many more spans there are, where they are more than 50.
    pub more_spans: Option<usize>,
    /// The event that leaves something open.
    pub event: Option<EventId>,
}

impl Missing {
    /// Of this fact, about the person.
    #[must_use]
    pub fn of(fact: Fact) -> Self {
        Self { fact, target: None, topic: None, spans: Vec::new(), more_spans: None, event: None }
    }

    /// About this target.
    #[must_use]
    pub fn about(self, target: impl Into<Option<Target>>) -> Self {
        Self { target: target.into(), ..self }
    }

    /// About this substance.
    #[must_use]
    pub fn about_substance(self, substance: Substance) -> Self {
        self.about(Target::from(substance))
    }

    /// An answer on this topic.
    #[must_use]
    pub fn on_topic(self, topic: Topic) -> Self {
        Self { topic: Some(topic), ..self }
    }

    /// For these days.
    #[must_use]
    pub fn for_days(self, spans: Vec<Span>) -> Self {
        Self { spans, ..self }
    }

    /// Left open by this event.
    #[must_use]
    pub fn by_event(self, event: &Event) -> Self {
        Self { event: Some(event.id().clone()), ..self }
    }
}

/// A value, with the events that decide it and what is missing where it is open.
///
/// The events are those that decide the value, not all that were looked at: for a run of days the
/// one that begins it and the latest report.
#[derive(Clone, PartialEq)]
pub struct Observed {
    /// The value.
    pub value: Value,
    /// The events that decide it, in order, each once.
    pub events: Vec<EventId>,
    /// What would decide it, where it is open.
    pub missing: Vec<Missing>,
}

impl Observed {
    fn new(value: Value) -> Self {
        Self { value, events: Vec::new(), missing: Vec::new() }
    }

    pub(crate) fn truth(truth: impl Into<Truth>) -> Self {
        Self::new(Value::Truth(truth.into()))
    }

    /// The codes of a list that are possible, each once, in the order of the list.
    pub(crate) fn codes<C: Coded>(possible: impl IntoIterator<Item = C>) -> Self {
        let possible: Vec<&str> = possible.into_iter().map(Coded::code).collect();
        Self::coded(C::CODES, |code| possible.contains(&code))
    }

    /// Any code of a list.
    pub(crate) fn any_code<C: Coded>() -> Self {
        Self::coded(C::CODES, |_| true)
    }

    /// Those of the codes that are possible.
    pub(super) fn coded(codes: &[&'static str], is_possible: impl Fn(&str) -> bool) -> Self {
        let possible = codes.iter().copied().filter(|code| is_possible(code));
        Self::new(Value::Code(possible.collect()))
    }

    pub(crate) fn days(range: Range) -> Self {
        Self::new(Value::Quantity(Measured::Day, range))
    }

    pub(crate) fn quantity(unit: Measured, range: Range) -> Self {
        Self::new(Value::Quantity(unit, range))
    }

    pub(crate) fn own(value: Option<crate::value::ObservedValue>) -> Self {
        Self::new(Value::Own(value))
    }

    /// Rests on this event too.
    pub(crate) fn on(mut self, event: &Event) -> Self {
        if !self.events.contains(event.id()) {
            self.events.push(event.id().clone());
        }
        self
    }

    /// Rests on these events too.
    pub(crate) fn on_all<'e>(self, events: impl IntoIterator<Item = &'e Event>) -> Self {
        self.naming(events.into_iter().map(Event::id))
    }

    /// Names these events too, each once: they can be many, so they are looked up.
    fn naming<'e>(mut self, events: impl IntoIterator<Item = &'e EventId>) -> Self {
        let mut seen = BTreeSet::new();
        seen.extend(self.events.iter().cloned());
        self.events.extend(events.into_iter().filter(|id| seen.insert((*id).clone())).cloned());
        self
    }

    /// Open for want of this input.
    pub(crate) fn missing(mut self, missing: Missing) -> Self {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
        self
    }

    /// Names this input, unless the value is known without it.
    pub(crate) fn missing_if_open(self, missing: Missing) -> Self {
        if self.value.is_known() { self } else { self.missing(missing) }
    }

    /// Rests on what another value rests on.
    pub(crate) fn resting_on(self, other: &Observed) -> Self {
        self.naming(&other.events)
    }

    /// Open for want of what another value misses, unless it is known all the same.
    pub(crate) fn open_like(self, other: &Observed) -> Self {
        other.missing.iter().cloned().fold(self, Self::missing_if_open)
    }

    /// The quantity; anything, where the value is none.
    pub(crate) fn range(&self) -> Range {
        match self.value {
            Value::Quantity(_, range) => range,
            Value::Truth(_) | Value::Code(_) | Value::Own(_) => Range::at_least(0),
        }
    }

    /// Is the code still possible?
    pub(crate) fn could_be(&self, code: &str) -> bool {
        matches!(&self.value, Value::Code(possible) if possible.contains(&code))
    }

    /// Whether it is so; unknown, where the value is no truth.
    pub(crate) fn verdict(&self) -> crate::value::Verdict {
        match self.value {
            Value::Truth(Truth::Yes) => crate::value::Verdict::Met,
            Value::Truth(Truth::No) => crate::value::Verdict::Unmet,
            _ => crate::value::Verdict::Unknown,
        }
    }
}

crate::code::opaque!(Observed);
