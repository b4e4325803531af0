//! The log: reading, writing, order, withdrawal, digests.

use std::collections::BTreeSet;

use mi_core::{
    CalendarDate, ClientRecord, Protocol,
    record::{AsOf, Body, Event},
    testing,
};
use proptest::{option, prelude::*, sample::Index, strategy::ValueTree, test_runner::TestRunner};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{cases, free_event, record_and_day, record_of, reviewed, without};

#[test]
fn every_kind_of_event_is_made() {
    let mut runner = TestRunner::deterministic();
    let mut kinds = BTreeSet::from(["retraction"]); // only a record has something to withdraw
    for _ in 0..2000 {
        kinds.insert(testing::body().new_tree(&mut runner).unwrap().current().kind());
    }
    assert_eq!(kinds, Body::KINDS.iter().copied().collect());
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn writing_what_was_read_is_the_identity(record in testing::record()) {
        let text = record.to_json();
        let again = ClientRecord::from_json(&text).unwrap();
        prop_assert_eq!(&again.to_json(), &text);
        prop_assert!(again == record);
        for event in record.events() {
            let again = Event::from_json(&event.to_json()).unwrap();
            prop_assert!(again == *event && again.sha256() == event.sha256());
        }
    }

    #[test]
    fn the_order_in_which_events_come_does_not_matter(
        (record, shuffled) in testing::record().prop_flat_map(|record| {
            let events = Just(record.events().cloned().collect::<Vec<_>>()).prop_shuffle();
            (Just(record), events)
        }),
        split in any::<Index>(),
        date in testing::date(),
    ) {
        let again = record_of(&record, shuffled.clone()).unwrap();
        prop_assert_eq!(again.to_json(), record.to_json());
        prop_assert_eq!(again.as_of(date).sha256(), record.as_of(date).sha256());
        prop_assert_eq!(reviewed(&again, date).to_json(), reviewed(&record, date).to_json());

        // In two parts, of which the first holds whatever it refers to.
        let (first, rest) = shuffled.split_at(split.index(shuffled.len().max(1)));
        if let Ok(mut parts) = record_of(&record, first.to_vec()) {
            parts.extend(rest.to_vec()).unwrap();
            prop_assert_eq!(parts.to_json(), record.to_json());
        }
    }

    #[test]
    fn the_same_events_again_change_nothing(record in testing::record()) {
        let mut twice = record.clone();
        twice.extend(record.events().cloned().collect::<Vec<_>>()).unwrap();
        for event in record.events() {
            twice.append(event.clone()).unwrap();
        }
        prop_assert!(twice == record);
    }

    #[test]
    fn a_retracted_event_might_as_well_never_have_been(
        (record, date) in record_and_day(),
        index in any::<Index>(),
    ) {
        let Some(event) = free_event(&record, index) else { return Ok(()) };
        let without = without(&record, event);

        let retraction = json!({
            "id": "withdrawn", "on": date, "recorded": event.recorded(),
            "by": { "role": "nurse", "id": "n1" },
            "body": { "kind": "retraction", "of": event.id(), "reason": "of another client" }
        });
        let mut retracted = record.clone();
        retracted.append(Event::from_json(&retraction.to_string()).unwrap()).unwrap();
        let (then, never) = (retracted.as_of(date), without.as_of(date));
        prop_assert_eq!(then.events(), never.events());
        prop_assert_eq!(then.sha256(), never.sha256());
        prop_assert_eq!(reviewed(&retracted, date).to_json(), reviewed(&without, date).to_json());
    }

    /// Corrections that were made apart from each other, and corrections of these, count once.
    #[test]
    fn of_an_event_and_what_replaces_it_one_stands(
        record in testing::record(),
        known_by in option::of(testing::instant()),
    ) {
        let as_of = AsOf::on(CalendarDate::MAX).known_by(known_by);
        let is_known = |event: &&Event| known_by.is_none_or(|by| event.recorded() <= by);
        let known: Vec<&Event> = record.events().filter(is_known).collect();
        let snapshot = record.as_of(as_of);
        let stands = |event: &Event| snapshot.events().iter().any(|one| one.id() == event.id());
        let replaced_by = |event: &Event| -> Vec<&Event> {
            known.iter().filter(|one| one.replaces() == Some(event.id())).copied().collect()
        };
        let is_retraction = |event: &Event| matches!(event.body(), Body::Retraction(_));
        let is_retracted = |event: &Event| {
            known.iter().any(|one| {
                matches!(one.body(), Body::Retraction(retraction) if retraction.of == *event.id())
            })
        };
        for event in known.iter().filter(|event| event.replaces().is_none()) {
            let mut family = vec![*event];
            let mut place = 0;
            while let Some(member) = family.get(place) {
                family.extend(replaced_by(member));
                place = place.saturating_add(1);
            }
            if family.iter().any(|member| is_retracted(member) || is_retraction(member)) {
                continue;
            }
            let standing: Vec<&Event> = family.iter().copied().filter(|one| stands(one)).collect();
            prop_assert_eq!(standing.len(), 1, "of {:?} stand {:?}", family, standing);
        }
    }

    #[test]
    fn the_canonical_form_is_that_of_rfc_8785(record in testing::record()) {
        for event in record.events() {
            let canonical = serde_json_canonicalizer::to_vec(event).unwrap();
            prop_assert_eq!(&Sha256::digest(canonical)[..], &event.sha256()[..]);
        }
    }
}

#[test]
fn the_canonical_form_of_a_protocol_is_that_of_rfc_8785() {
    let protocol = Protocol::dual_diagnosis();
    let canonical = serde_json_canonicalizer::to_vec(protocol.document()).unwrap();
    assert_eq!(Sha256::digest(canonical)[..], protocol.sha256()[..]);
}
