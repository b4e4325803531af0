//! Reviews: they never fail, they explain themselves, and safety is never lost on the way.

use mi_core::{
    ClientRecord, Protocol,
    record::{AsOf, Event},
    review::Flag,
    testing,
};
use proptest::{option, prelude::*, sample::Index};
use serde_json::Value;

use super::{cases, is_referred_to, record_of, references, reviewed, visit};

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_record_has_a_review_on_every_day(
        record in testing::record(),
        date in testing::date(),
        known_by in option::of(testing::instant()),
    ) {
        let protocol = Protocol::dual_diagnosis();
        let review = protocol.review(&record.as_of(AsOf::on(date).known_by(known_by)));
        prop_assert!(!protocol.render(&review).is_empty());

        // The same input gives the same bytes.
        let again = ClientRecord::from_json(&record.to_json()).unwrap();
        let again = protocol.review(&again.as_of(AsOf::on(date).known_by(known_by)));
        prop_assert_eq!(again.to_json(), review.to_json());

        for position in review.treatment_stage().targets() {
            prop_assert!(position.floor() <= position.ceiling());
        }
        let person = &review.treatment_stage().person;
        prop_assert!(person.floor <= person.ceiling);
    }

    #[test]
    fn what_is_not_decided_names_what_is_missing(record in testing::record(), date in testing::date()) {
        let review: Value = serde_json::from_str(&reviewed(&record, date).to_json()).unwrap();
        let mut silent = Vec::new();
        visit(&review, &mut |part| {
            let is_open_fact = part["verdict"] == "unknown" && part.get("saw").is_some();
            if is_open_fact && part["missing"].as_array().is_none_or(Vec::is_empty) {
                silent.push(part["fact"].clone());
            }
        });
        prop_assert!(silent.is_empty(), "open, and nothing is missing: {silent:?}");

        let asks_for = |rule: &Value| {
            let questions = review["to_ask_next"].as_array().unwrap();
            questions.iter().any(|question| question["rules"].as_array().unwrap().contains(rule))
        };
        for step in review["moves"].as_array().unwrap() {
            prop_assert!(
                step["label"] != "undecided" || asks_for(&step["rule"]),
                "{} is open, and nothing is asked", step["rule"]
            );
        }
    }

    #[test]
    fn no_number_predicts_anything(record in testing::record(), date in testing::date()) {
        let review: Value = serde_json::from_str(&reviewed(&record, date).to_json()).unwrap();
        let mut found = Vec::new();
        visit(&review, &mut |part| {
            for (key, value) in part.as_object().into_iter().flatten() {
                let predicts = ["risk", "score", "probability", "likelihood", "success", "chance"];
                if value.is_number() && predicts.iter().any(|word| key.contains(word)) {
                    found.push(key.clone());
                }
            }
        });
        prop_assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_flag_is_not_lowered_by_removing_what_it_does_not_rest_on(
        record in testing::record(),
        index in any::<Index>(),
        date in testing::date(),
    ) {
        prop_assume!(!record.events().is_empty());
        let event: &Event = index.get(record.events());
        prop_assume!(references(event).is_empty() && !is_referred_to(&record, event.id()));
        let mut events = record.events().to_vec();
        events.retain(|one| one.id() != event.id());
        let less = record_of(&record, events).unwrap();

        let (before, after) = (reviewed(&record, date), reviewed(&less, date));
        for flag in before.safety() {
            if flag.events().contains(event.id()) {
                continue;
            }
            let same = |other: &&Flag| other.rule() == flag.rule();
            let still = after.safety().iter().find(same);
            prop_assert!(
                still.is_some_and(|still| still.severity() >= flag.severity()),
                "{} is lowered without {} ({})", flag.rule(), event.id(), event.body().kind()
            );
        }
    }
}

#[test]
fn a_protocol_with_nothing_is_the_protocol() {
    let protocol = Protocol::dual_diagnosis();
    let same = protocol.with([]).unwrap();
    assert!(same == protocol && same.overrides().is_empty());
    assert_eq!(same.to_json(), protocol.to_json());
    assert_eq!(same.sha256(), protocol.sha256());
    // Nor is a number that is set to what it is.
    let value = protocol.document().parameters.iter().next().map(|(name, one)| (name, one.value));
    let (name, value) = value.unwrap();
    assert!(protocol.with([(name.as_str(), value)]).unwrap() == protocol);
}
