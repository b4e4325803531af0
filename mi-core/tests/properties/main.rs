//! What holds for every record, however it came about.
#![cfg(test)]

mod confidential;
mod every_text;
mod facts;
mod inputs;
mod learning;
mod log;
mod malformed;
mod probes;
mod readers;
mod refinement;
mod reviews;
mod safety;

use std::env;

use mi_core::{
    CalendarDate, ClientRecord, Error, Protocol, Review,
    record::{Body, Event},
    testing,
    text::EventId,
};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

/// So many cases, or as many as `PROPTEST_CASES` asks for.
fn cases(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases, ..usual } }
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
    record.events().any(|event| references(event).contains(&id))
}

/// An event to which no other refers, if there is one.
fn free_event(record: &ClientRecord, index: Index) -> Option<&Event> {
    let events = record.events();
    let free: Vec<&Event> = events.filter(|event| !is_referred_to(record, event.id())).collect();
    (!free.is_empty()).then(|| *index.get(&free))
}

/// The record without an event.
fn without(record: &ClientRecord, event: &Event) -> ClientRecord {
    let mut events = record.events().cloned().collect::<Vec<_>>();
    events.retain(|one| one.id() != event.id());
    record_of(record, events).unwrap()
}

/// A record, and a day on which something just happened or not long ago.
fn record_and_day() -> impl Strategy<Value = (ClientRecord, CalendarDate)> {
    (testing::record(), any::<Index>(), 0..90_i64, testing::date()).prop_map(
        |(record, index, later, date)| {
            let events: Vec<&Event> = record.events().collect();
            let some = (!events.is_empty()).then(|| *index.get(&events));
            let day = some.map_or(date, |event| event.on().latest().plus_days(later));
            (record, day)
        },
    )
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
