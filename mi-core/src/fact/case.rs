//! Records for tests, written as they are told, and the numbers of the protocol that ships.

use std::sync::LazyLock;

use serde_json::{Value as Json, json};

use super::{Fact, Facts, Observed, Question, Settings, Subject};
use crate::{
    client::{Substance, Target},
    date::PartialDate,
    record::{AsOf, ClientRecord, Event},
    value::Value,
};

/// A record that is told event by event.
#[derive(Clone, Default)]
pub(super) struct Case {
    pub(super) events: Vec<Event>,
}

pub(super) fn case() -> Case {
    Case::default()
}

pub(super) fn substance(code: &str) -> Substance {
    code.parse().unwrap()
}

pub(super) fn target(code: &str) -> Target {
    substance(code).into()
}

/// What an event says: JSON, or the text of it.
pub(super) trait Body {
    fn json(self) -> Json;
}

impl Body for Json {
    fn json(self) -> Json {
        self
    }
}

impl Body for &str {
    fn json(self) -> Json {
        serde_json::from_str(self).unwrap()
    }
}

impl Body for &String {
    fn json(self) -> Json {
        self.as_str().json()
    }
}

impl Case {
    /// An event, recorded on the first day that it can be of, after those of that day that were
    /// told before it.
    pub(super) fn told(mut self, role: &str, on: &str, body: impl Body) -> Self {
        let number = self.events.len().saturating_add(1);
        let day: PartialDate = on.parse().unwrap();
        let (hour, minute, second) = (number / 3600, number / 60 % 60, number % 60);
        let event = json!({
            "id": format!("e{number}"), "on": on,
            "recorded": format!("{}T{hour:02}:{minute:02}:{second:02}Z", day.earliest()),
            "by": { "role": role, "id": "x" },
            "body": body.json(),
        });
        self.events.push(Event::from_json(&event.to_string()).unwrap());
        self
    }

    pub(super) fn staff(self, on: &str, body: impl Body) -> Self {
        self.told("nurse", on, body)
    }

    pub(super) fn client(self, on: &str, body: impl Body) -> Self {
        self.told("client", on, body)
    }

    pub(super) fn asked(self, on: &str, topic: &str, answer: &str) -> Self {
        self.staff(on, json!({ "kind": "asked", "topic": topic, "answer": answer }))
    }

    /// A report of one period: `used` is `none`, `daily`, or a pattern of days a week.
    pub(super) fn used(self, substance: &str, from: &str, to: &str, used: &str) -> Self {
        let used = match used.parse::<i64>() {
            Ok(days) => json!({ "kind": "weekly", "days": { "min": days, "max": days } }),
            Err(_) => json!({ "kind": used }),
        };
        let period = json!({ "from": from, "to": to, "use": used });
        self.client(
            to,
            json!({ "kind": "use_report", "substance": substance, "periods": [period] }),
        )
    }

    pub(super) fn record(&self) -> ClientRecord {
        let mut record = ClientRecord::new("client-7".parse().unwrap());
        record.extend(self.events.iter().cloned()).unwrap();
        record
    }

    /// What the events say, for the message of an assertion.
    pub(super) fn told_so_far(&self) -> String {
        let lines = self.events.iter().map(|event| serde_json::to_string(event).unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Asks a question as of a day.
    pub(super) fn ask<T>(&self, as_of: &str, question: impl FnOnce(&Facts<'_, '_>) -> T) -> T {
        let record = self.record();
        let snapshot = record.as_of(as_of.parse::<AsOf>().unwrap());
        question(&Facts::new(&snapshot, settings()))
    }

    /// What a fact is as of a day.
    pub(super) fn seen(
        &self,
        as_of: &str,
        fact: impl FnOnce(&Facts<'_, '_>) -> Observed,
    ) -> Observed {
        let seen = self.ask(as_of, fact);
        assert!(
            seen.value.is_known() || !seen.missing.is_empty() || is_open(&seen.value),
            "an open value names what is missing"
        );
        seen
    }

    /// What a fact is that is asked for by its code, about alcohol where it is about a target.
    pub(super) fn asks(&self, as_of: &str, code: &str, arguments: &Json) -> Observed {
        let arguments = serde_json::from_value(arguments.clone()).unwrap();
        let alcohol = target("alcohol");
        let subject = Subject::about(&alcohol);
        let fact = Fact::from_code(code).unwrap();
        self.seen(as_of, |facts| facts.read(&Question::new(fact, &arguments, &subject)))
    }

    /// The same, in short.
    pub(super) fn answers(&self, as_of: &str, code: &str, arguments: &Json) -> String {
        short(&self.asks(as_of, code, arguments).value)
    }

    /// The same, in short: `yes`, `on|stopped`, `3`, `3..9`, `3..`, `never`.
    pub(super) fn says(
        &self,
        as_of: &str,
        fact: impl FnOnce(&Facts<'_, '_>) -> Observed,
    ) -> String {
        short(&self.seen(as_of, fact).value)
    }
}

/// A quantity between two numbers is exact about what is known only in part.
fn is_open(value: &Value) -> bool {
    matches!(value, Value::Quantity(_, range) if range.max().is_some())
}

pub(super) fn short(value: &Value) -> String {
    match value {
        Value::Truth(truth) => truth.to_string(),
        Value::Code(possible) => possible.join("|"),
        Value::Quantity(_, range) => match (range.min(), range.max()) {
            (None, _) => "never".to_owned(),
            (Some(min), None) => format!("{min}.."),
            (Some(min), Some(max)) if min == max => min.to_string(),
            (Some(min), Some(max)) => format!("{min}..{max}"),
        },
        Value::Own(value) => serde_json::to_string(value).unwrap(),
    }
}

/// The events on which a fact rests.
pub(super) fn events(seen: &Observed) -> Vec<&str> {
    seen.events.iter().map(crate::text::EventId::as_str).collect()
}

/// The numbers of the protocol that ships, from its own text.
pub(super) fn settings() -> &'static Settings {
    static SHIPPED: LazyLock<Settings> = LazyLock::new(|| {
        let protocol = include_str!("../../content/protocols/dual-diagnosis/1.0.0/protocol.json");
        let protocol: Json = serde_json::from_str(protocol).unwrap();
        Settings::new(|name| protocol["parameters"][name]["value"].as_i64()).unwrap()
    });
    &SHIPPED
}
