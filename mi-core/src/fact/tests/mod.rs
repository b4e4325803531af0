//! The facts of use against tables of cases, and against versions written straight from their
//! definitions.
#![expect(clippy::arithmetic_side_effects, reason = "small numbers of test cases")]

mod levels;
mod properties;
mod reduction;
mod returns;
mod substance_use;

use super::{
    Facts, Observed,
    case::{Case, substance},
};
use crate::{CalendarDate, client::Substance, value::Value};

/// What is told of use and of stays.
impl Case {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// An open episode whose contact log is complete.
    pub(super) fn opened(on: &str) -> Self {
        Self::new().staff(on, r#"{"kind":"episode_opened","contact_log":"complete"}"#)
    }

    /// A report of alcohol, made on the last day of the period.
    pub(super) fn alcohol(self, from: &str, to: &str, used: &str) -> Self {
        let body = format!(
            r#"{{"kind":"use_report","substance":"alcohol","periods":[{}]}}"#,
            period(from, to, used)
        );
        self.client(to, &body)
    }

    /// Every day of use of alcohol in the span is reported.
    pub(super) fn covered(self, from: &str, to: &str) -> Self {
        let body = format!(
            r#"{{"kind":"coverage","of":"use","substance":"alcohol","from":"{from}","to":"{to}"}}"#
        );
        self.client(to, &body)
    }

    /// The level before change.
    pub(super) fn baseline(self, from: &str, to: &str, used: &str) -> Self {
        let body = format!(
            r#"{{"kind":"use_report","substance":"alcohol","baseline":true,"periods":[{}]}}"#,
            period(from, to, used)
        );
        self.client(to, &body)
    }

    pub(super) fn stay(self, setting: &str, from: &str, to: &str) -> Self {
        let body = |moment: &str| {
            format!(r#"{{"kind":"setting","setting":"{setting}","moment":"{moment}"}}"#)
        };
        let admitted = self.staff(from, &body("admission"));
        if to.is_empty() { admitted } else { admitted.staff(to, &body("discharge")) }
    }

    pub(super) fn reversed(&self) -> Self {
        Self { events: self.events.iter().rev().cloned().collect() }
    }

    /// The least and the most of a quantity as of a day.
    pub(super) fn range(
        &self,
        on: &str,
        question: impl FnOnce(&Facts<'_, '_>) -> Observed,
    ) -> (i64, Option<i64>) {
        range(&self.ask(on, question))
    }
}

/// A period: a kind of use with what else is said, as JSON members.
pub(super) fn period(from: &str, to: &str, used: &str) -> String {
    let (kind, rest) = used.split_once(',').map_or((used, ""), |(kind, rest)| (kind, rest));
    let words: Vec<&str> = kind.split(' ').collect();
    let used = match words[..] {
        [kind, min, max] => format!(r#"{{"kind":"{kind}","days":{{"min":{min},"max":{max}}}}}"#),
        _ => format!(r#"{{"kind":"{kind}"}}"#),
    };
    let rest = if rest.is_empty() { String::new() } else { format!(",{rest}") };
    format!(r#"{{"from":"{from}","to":"{to}","use":{used}{rest}}}"#)
}

pub(super) fn range(seen: &Observed) -> (i64, Option<i64>) {
    match &seen.value {
        Value::Quantity(_, range) => (range.min().unwrap_or(i64::MAX), range.max()),
        _ => panic!("a quantity"),
    }
}

pub(super) fn alcohol() -> Substance {
    "alcohol".parse().unwrap()
}

pub(super) fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

pub(super) const PROBLEMS: &str = r#","problems":true"#;
pub(super) const NO_PROBLEMS: &str = r#","problems":false"#;

/// Grams of alcohol on a day of use.
pub(super) fn grams(amount: i64) -> String {
    format!(r#","per_use_day":{{"amount":{amount},"unit":"gram_ethanol"}}"#)
}
