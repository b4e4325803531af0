//! Strategies for property tests: events and records, each valid and few of them usual.
//!
//! Behind the feature `testing`. They are what this library tests itself with; use them to test
//! code that takes records, and let [proptest](https://docs.rs/proptest) find the smallest record
//! that breaks it.
//!
//! ```
//! use mi_core::{ClientRecord, Protocol, testing};
//! use proptest::prelude::*;
//!
//! proptest!(|(record in testing::record(), date in testing::date())| {
//!     let review = Protocol::dual_diagnosis().review(&record.as_of(date));
//!     prop_assert_eq!(&review.client, record.client());
//! });
//! ```
//!
//! Dates lie in the years 2023 to 2026, a few are known only to the month or year, and a few lie at
//! the ends of the calendar. Those of one record often lie close together. Most records begin as records do, with an episode and a treated
//! substance; what follows is of any kind, in any order, and nothing in it has to make clinical
//! sense. Some events replace or withdraw others.

mod body;
mod samples;
mod value;

use proptest::{collection::vec, option, prelude::*, sample, sample::Index};

use body::body_within;
pub use body::{balance, body, debug_of, plan};
pub(crate) use samples::{Sample, count_within, in_order};
pub(crate) use value::Dates;
pub use value::{author, code, date, instant, partial_date, substance, target, text};

use crate::{
    ClientRecord, Error, Instant,
    client::{
        Concern, ConcernStatus, ContactLog, Domain, EpisodeOpened, Retraction, TreatmentTarget,
    },
    date::PartialDate,
    record::{Author, Body, Event},
    text::{EventId, Text},
};

/// What the quick reader makes of the text of a record, where it takes it, and what the careful one
/// does, which reads every text that the quick one leaves.
pub fn read_both_ways(
    text: &str,
) -> (Option<Result<ClientRecord, Error>>, Result<ClientRecord, Error>) {
    ClientRecord::read_both_ways(text)
}

/// What an event says and who says it, before it has a place in a record.
#[derive(Clone, Debug)]
struct Draft {
    on: PartialDate,
    recorded: Instant,
    by: Author,
    body: Body,
}

/// How an event refers to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Link {
    Replace,
    Retract,
    ReEnter,
}

/// An event of any kind that refers to no other.
pub fn event() -> impl Strategy<Value = Event> {
    ("[A-Za-z0-9._-]{1,12}", draft(Dates::ALL))
        .prop_filter_map("an event", |(id, draft)| made(&id, draft, None).ok())
}

/// A record of no events to some dozens.
pub fn record() -> impl Strategy<Value = ClientRecord> {
    let link = (sample::select(vec![Link::Replace, Link::Retract, Link::ReEnter]), any::<Index>());
    let parts = Dates::some().prop_flat_map(move |dates| {
        let rest = vec((draft(dates), option::weighted(0.2, link.clone())), 0..40);
        ("[a-z0-9-]{1,12}", option::weighted(0.8, beginning(dates)), rest)
    });
    parts.prop_filter_map("a record", |(client, beginning, rest)| {
        let beginning = beginning.into_iter().flatten().map(|draft| (draft, None));
        let mut events: Vec<Event> = Vec::new();
        for (draft, link) in beginning.chain(rest) {
            let link = link.and_then(|(link, index)| Some((link, earlier(&events, link, index)?)));
            events.push(made(&format!("e{}", events.len()), draft, link).ok()?);
        }
        let mut record = ClientRecord::new(client.parse().ok()?);
        record.extend(events).ok()?;
        Some(record)
    })
}

/// One of the events to which there can be such a link.
fn earlier(events: &[Event], link: Link, index: Index) -> Option<EventId> {
    let is_opening = |event: &&Event| matches!(event.body(), Body::EpisodeOpened(_));
    let possible: Vec<&Event> =
        events.iter().filter(|event| link != Link::ReEnter || is_opening(event)).collect();
    (!possible.is_empty()).then(|| index.get(&possible).id().clone())
}

fn draft(dates: Dates) -> impl Strategy<Value = Draft> {
    (dates.day_and_recording(), author(), body_within(dates))
        .prop_map(|((on, recorded), by, body)| Draft { on, recorded, by, body })
}

/// How most records begin: an episode, a concern about a substance, and the substance treated.
fn beginning(dates: Dates) -> impl Strategy<Value = Vec<Draft>> {
    let log = sample::select(ContactLog::ALL);
    let parts = (dates.day_and_recording(), author(), substance(), log);
    parts.prop_map(|((on, recorded), by, substance, contact_log)| {
        let draft = |body: Body| Draft { on, recorded, by: by.clone(), body };
        vec![
            draft(EpisodeOpened { contact_log, re_entry_of: None }.into()),
            draft(
                Concern {
                    domain: Domain::SubstanceUse,
                    substance: Some(substance),
                    code: None,
                    status: ConcernStatus::Diagnosed,
                    severity: None,
                }
                .into(),
            ),
            draft(TreatmentTarget { target: substance.into(), treated: true }.into()),
        ]
    })
}

fn made(id: &str, draft: Draft, link: Option<(Link, EventId)>) -> Result<Event, Error> {
    let Draft { on, recorded, by, body } = draft;
    let event = |body: Body| Event::new(EventId::new(id)?, on, recorded, by, body);
    match link {
        None => event(body),
        Some((Link::Replace, earlier)) => event(body)?.replacing(earlier),
        Some((Link::Retract, of)) => {
            event(Retraction { of, reason: Text::new("of another client")? }.into())
        }
        Some((Link::ReEnter, of)) => {
            event(EpisodeOpened { contact_log: ContactLog::Partial, re_entry_of: Some(of) }.into())
        }
    }
}
