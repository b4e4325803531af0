//! Reviews: they never fail, and they explain themselves.

use mi_core::{ClientRecord, Protocol, record::AsOf, testing};
use proptest::{option, prelude::*};
use serde_json::Value;

use super::{cases, record_and_day, reviewed, visit};

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_record_has_a_review_on_every_day(
        (record, date) in record_and_day(),
        known_by in option::of(testing::instant()),
    ) {
        let protocol = Protocol::dual_diagnosis();
        let review = protocol.review(&record.as_of(AsOf::on(date).known_by(known_by)));
        prop_assert!(!protocol.render(&review, &protocol.texts("en").unwrap()).is_empty());

        // The same input gives the same bytes.
        let again = ClientRecord::from_json(&record.to_json()).unwrap();
        let again = protocol.review(&again.as_of(AsOf::on(date).known_by(known_by)));
        prop_assert_eq!(again.to_json(), review.to_json());

        for position in &review.positions.treatment_stage.targets {
            prop_assert!(position.floor <= position.ceiling);
        }
        let person = &review.positions.treatment_stage.person;
        prop_assert!(person.floor <= person.ceiling);
    }

    #[test]
    fn what_is_not_decided_names_what_is_missing((record, date) in record_and_day()) {
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
    fn no_number_predicts_anything((record, date) in record_and_day()) {
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
