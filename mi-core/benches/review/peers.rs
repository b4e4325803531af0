//! What others need to read the same text: structs as one would write them with serde, without any
//! check, and a tree of values.
//!
//! They take what this library refuses (a misspelt key, a day that no calendar has, an unknown
//! code), and neither knows two events of one id.

#![expect(dead_code, reason = "what is read is all that is measured")]

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct Record<'t> {
    pub(crate) schema_version: i64,
    pub(crate) client: &'t str,
    #[serde(borrow)]
    pub(crate) events: Vec<Event<'t>>,
}

#[derive(Deserialize)]
pub(crate) struct Event<'t> {
    pub(crate) id: &'t str,
    pub(crate) on: &'t str,
    pub(crate) recorded: &'t str,
    pub(crate) by: Author<'t>,
    pub(crate) replaces: Option<&'t str>,
    #[serde(borrow)]
    pub(crate) body: Body<'t>,
}

#[derive(Deserialize)]
pub(crate) struct Author<'t> {
    pub(crate) role: &'t str,
    pub(crate) id: &'t str,
}

/// The fields of the kinds that the bench's records have, all in one.
#[derive(Deserialize)]
pub(crate) struct Body<'t> {
    pub(crate) kind: &'t str,
    pub(crate) substance: Option<&'t str>,
    pub(crate) baseline: Option<bool>,
    pub(crate) periods: Option<Vec<Period<'t>>>,
    pub(crate) outcome: Option<&'t str>,
    pub(crate) discussed: Option<Vec<Target<'t>>>,
    pub(crate) target: Option<Target<'t>>,
    pub(crate) treated: Option<bool>,
    pub(crate) aim: Option<&'t str>,
    pub(crate) limits: Option<Limits>,
    pub(crate) result: Option<&'t str>,
    pub(crate) contact_log: Option<&'t str>,
}

#[derive(Deserialize)]
pub(crate) struct Period<'t> {
    pub(crate) from: &'t str,
    pub(crate) to: &'t str,
    #[serde(borrow)]
    pub(crate) r#use: Use<'t>,
    pub(crate) problems: Option<bool>,
    pub(crate) per_use_day: Option<Quantity<'t>>,
}

#[derive(Deserialize)]
pub(crate) struct Use<'t> {
    pub(crate) kind: &'t str,
    pub(crate) days: Option<Count>,
}

#[derive(Deserialize)]
pub(crate) struct Count {
    pub(crate) min: i64,
    pub(crate) max: i64,
}

#[derive(Deserialize)]
pub(crate) struct Quantity<'t> {
    pub(crate) amount: f64,
    pub(crate) unit: &'t str,
}

#[derive(Deserialize)]
pub(crate) struct Target<'t> {
    pub(crate) kind: &'t str,
    pub(crate) code: &'t str,
}

#[derive(Deserialize)]
pub(crate) struct Limits {
    pub(crate) days_in_seven: Option<i64>,
}

pub(crate) fn structs(text: &str) -> Record<'_> {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}
