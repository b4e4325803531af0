//! What a fact says, as a phrase.

use super::words::Words;
use crate::{
    fact::Fact,
    protocol::{FactTrace, fill, list_of},
    value::{Measured, Range, Value},
};

impl Words<'_> {
    /// A fact with its value, as a phrase.
    pub(super) fn seen(&self, seen: &FactTrace) -> String {
        let (fact, arguments) = (seen.fact, &seen.arguments);
        let text = self.texts.fact(fact);
        let name = text.map_or(fact.code(), |text| text.name.as_str());
        let target = arguments.substance.map(|substance| self.code("substance", substance.code()));
        let topic = arguments.topic.map(|topic| self.code("topic", topic.code()));
        let plan = arguments.plan.map(|plan| self.code("plan_kind", plan.code()));
        let days = arguments.days.map(|days| days.to_string());
        let name = fill(
            name,
            &[
                ("target", target.as_deref().unwrap_or_default()),
                ("topic", topic.as_deref().unwrap_or_default()),
                ("days", days.as_deref().unwrap_or_default()),
                ("plan", plan.as_deref().unwrap_or_default()),
            ],
        );
        format!("{name}: {}", self.value(fact, &seen.saw))
    }

    fn value(&self, fact: Fact, value: &Value) -> String {
        match value {
            Value::Truth(truth) => self.code("truth", truth.code()),
            Value::Code(possible) => {
                let list = list_of(fact);
                let words: Vec<String> =
                    possible.iter().map(|code| self.code(list, code)).collect();
                self.either(&words)
            }
            Value::Quantity(unit, range) => {
                let number = self.range(*range);
                let one = *range == Range::exactly(1);
                let unit = match unit {
                    Measured::Day if one => self.word("unit.day.one", &[]),
                    Measured::Count if one => self.word("unit.count.one", &[]),
                    unit => self.code("parameter_unit", unit.code()),
                };
                format!("{number} {unit}").trim_end().to_owned()
            }
            Value::Own(_) => self.word("value.own", &[]),
        }
    }

    pub(super) fn range(&self, range: Range) -> String {
        let text = |number: Option<i64>| number.map(|number| number.to_string());
        match (text(range.min()), text(range.max())) {
            (None, _) => self.word("value.never", &[]),
            (Some(min), None) => self.word("value.at_least", &[("min", &min)]),
            (Some(min), Some(max)) if min == max => self.word("value.exactly", &[("min", &min)]),
            (Some(min), Some(max)) => self.word("value.between", &[("min", &min), ("max", &max)]),
        }
    }
}
