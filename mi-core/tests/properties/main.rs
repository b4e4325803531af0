//! What holds for every record, however it came about.
#![cfg(test)]

mod confidential;
mod log;
mod malformed;
mod reviews;

use mi_core::{
    CalendarDate, ClientRecord, Error, Protocol, Review,
    record::{Body, Event, EventId},
};
use proptest::prelude::*;
use serde_json::Value;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn reviewed(record: &ClientRecord, date: CalendarDate) -> Review {
    Protocol::dual_diagnosis().review(&record.as_of(date))
}

/// The record that holds these events and no others.
fn record_of(client: &ClientRecord, events: Vec<Event>) -> Result<ClientRecord, Error> {
    let mut record = ClientRecord::new(client.client().clone());
    record.extend(events)?;
    Ok(record)
}

/// The events to which an event refers.
fn references(event: &Event) -> Vec<&EventId> {
    let in_body = match event.body() {
        Body::Retraction(retraction) => Some(&retraction.of),
        Body::EpisodeOpened(opened) => opened.re_entry_of.as_ref(),
        _ => None,
    };
    event.replaces().into_iter().chain(in_body).collect()
}

fn is_referred_to(record: &ClientRecord, id: &EventId) -> bool {
    record.events().iter().any(|event| references(event).contains(&id))
}

/// Visits every value of a document, the outermost first.
fn visit<'v>(value: &'v Value, see: &mut impl FnMut(&'v Value)) {
    see(value);
    match value {
        Value::Array(list) => list.iter().for_each(|one| visit(one, see)),
        Value::Object(fields) => fields.values().for_each(|one| visit(one, see)),
        _ => {}
    }
}
