//! Records for tests, written as they are told.

use serde_json::{Value as Json, json};

use super::{Fact, Facts, Observed, Question, Settings, Subject};
use crate::{
    client::{Substance, Target},
    record::ClientRecord,
    value::Value,
};

/// A record that is told event by event.
#[derive(Clone, Default)]
pub(super) struct Case {
    events: Vec<Json>,
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

impl Case {
    /// An event, recorded after those that were told before it.
    pub(super) fn told(mut self, role: &str, on: &str, body: Json) -> Self {
        let number = self.events.len();
        let (minute, second) = (number / 60, number % 60);
        let mut event = json!({
            "id": format!("e{}", number.saturating_add(1)), "on": on,
            "recorded": format!("2030-01-01T00:{minute:02}:{second:02}Z"),
            "by": { "role": role, "id": "x" },
        });
        event["body"] = body;
        self.events.push(event);
        self
    }

    pub(super) fn staff(self, on: &str, body: Json) -> Self {
        self.told("nurse", on, body)
    }

    pub(super) fn client(self, on: &str, body: Json) -> Self {
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

    /// The bodies of the events, for the message of an assertion.
    pub(super) fn told_so_far(&self) -> String {
        let line = |event: &Json| format!("{} {}", event["on"], event["body"]);
        self.events.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What a fact is as of a day.
    pub(super) fn seen(
        &self,
        as_of: &str,
        fact: impl FnOnce(&Facts<'_, '_>) -> Observed,
    ) -> Observed {
        let document = json!({ "schema_version": 1, "client": "c", "events": self.events });
        let record = ClientRecord::from_json(&document.to_string()).unwrap();
        let snapshot = record.as_of(as_of.parse::<crate::record::AsOf>().unwrap());
        let settings = settings();
        let seen = fact(&Facts::new(&snapshot, &settings));
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

/// The numbers of the default protocol that the facts of these tests read.
const SETTINGS: &[(&str, i64)] = &[
    ("observation.tail_days", 31),
    ("observation.gap_days", 14),
    ("stage_of_change.soon_days", 30),
    ("stage_of_change.maintenance_days", 183),
    ("stage_of_change.stale_days", 90),
    ("stage_of_change.near_days", 14),
    ("stage_of_change.ratings_days", 14),
    ("ambivalence.days", 90),
    ("age.days", 365),
    ("pregnancy.days_from_start", 301),
    ("pregnancy.days_from_recording", 280),
    ("agonist.missed_days", 5),
    ("left_setting.contact_days", 30),
    ("tolerance_reduced.days", 14),
    ("tolerance_reduced.use_days", 8),
    ("tolerance_reduced.clear_days", 3),
    ("tolerance_reduced.discharge_days", 365),
    ("tolerance_reduced.hospital_days", 28),
    ("tolerance_reduced.agonist_days", 365),
    ("opioid_use_resumed.days", 14),
    ("antagonist.attention_days", 120),
    ("antagonist_injection.end_days", 141),
    ("alcohol_daily.observed_days", 7),
    ("alcohol_daily.reached_days", 5),
    ("alcohol_daily.last_days", 14),
    ("stop_planned.due_days", 30),
    ("stop_planned.overdue_days", 7),
    ("stop_planned.goal_days", 30),
    ("stop_planned.clear_days", 14),
    ("stopping.days", 10),
    ("days_a_week.days", 28),
    ("not_asked_since_discharge.days", 30),
    ("acute_state.days", 14),
];

fn settings() -> Settings {
    let known = |name: &str| SETTINGS.iter().find(|(known, _)| *known == name);
    Settings::new(|name| Some(known(name).map_or(0, |(_, value)| *value))).unwrap()
}
