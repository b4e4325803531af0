//! The stated limits of documents. A readable vector cannot hold them, so every package has them
//! as unit tests.
#![cfg(test)]

use mi_core::{ClientRecord, Error, ErrorKind, Protocol, bounds, record::Event, text::Text};
use serde_json::{Value, json};

fn record_with_words(words: &str) -> String {
    json!({ "schema_version": 1, "client": "client-7", "events": [{
        "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
        "by": { "role": "nurse", "id": "n1" }, "body": { "kind": "crisis", "words": words }
    }] })
    .to_string()
}

fn assert_limit<T>(result: Result<T, Error>, path: &str) {
    let error = result.map(|_| ()).unwrap_err();
    assert_eq!((error.kind(), error.problems()[0].path()), (ErrorKind::LimitExceeded, path));
}

#[test]
fn a_text_has_at_most_64_kib() {
    let longest = "é".repeat(bounds::TEXT_BYTES / 2);
    assert_eq!(longest.len(), 64 * 1024);
    assert!(ClientRecord::from_json(&record_with_words(&longest)).is_ok());
    assert!(Text::new(&longest).is_ok());
    let longer = longest + "e";
    assert_limit(ClientRecord::from_json(&record_with_words(&longer)), "/events/0/body/words");
    assert_limit(Text::new(&longer), "");
}

#[test]
fn a_record_has_at_most_a_million_events() {
    let record = |count: usize| {
        let events = "0,".repeat(count);
        format!(
            r#"{{"schema_version":1,"client":"client-7","events":[{}]}}"#,
            events.trim_end_matches(',')
        )
    };
    assert_limit(ClientRecord::from_json(&record(bounds::EVENTS + 1)), "/events");
    let error = ClientRecord::from_json(&record(1000)).unwrap_err();
    assert_eq!((error.kind(), error.problems().len()), (ErrorKind::WrongType, 1000));
}

/// The default protocol with a step that is entered by so many `not` around a fact.
fn protocol_nested(levels: usize) -> String {
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    let rules = document["rules"].as_array_mut().unwrap();
    let engagement = rules.iter_mut().find(|rule| rule["step"] == "engagement").unwrap();
    let fact = engagement["enter"].clone();
    engagement["enter"] = (0..levels).fold(fact, |of, _| json!({ "op": "not", "of": of }));
    document.to_string()
}

#[test]
fn a_document_has_at_most_64_levels() {
    // Around the criterion are the document, the list of rules and the rule; in it the test.
    assert!(Protocol::from_json(&protocol_nested(64 - 5)).is_ok());
    assert_limit(Protocol::from_json(&protocol_nested(65 - 5)), "");

    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert_eq!(ClientRecord::from_json(&nested(64)).unwrap_err().kind(), ErrorKind::WrongType);
    assert_limit(ClientRecord::from_json(&nested(65)), "");
    assert_limit(Event::from_json(&nested(65)), "");
    // Brackets in a text open nothing.
    assert!(ClientRecord::from_json(&record_with_words(&"[{\"\\".repeat(100))).is_ok());
}

#[test]
fn no_depth_of_nesting_is_followed_to_its_end() {
    for open in
        ["[", "{\"events\":", "{\"body\":[", "{\"definitions\":{\"a\":{\"op\":\"not\",\"of\":"]
    {
        let text = open.repeat(100_000);
        assert_limit(ClientRecord::from_json(&text), "");
        assert_limit(Event::from_json(&text), "");
        assert_limit(Protocol::from_json(&text), "");
        assert!(serde_json::from_str::<ClientRecord>(&text).is_err());
    }
}

/// The default protocol with a rule whose criterion is a chain of so many definitions, each of
/// which names the one before it twice.
fn protocol_chained(rule: &str, field: &str, definitions: usize) -> String {
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    let rules = document["rules"].as_array_mut().unwrap();
    let rule = rules.iter_mut().find(|found| found["id"] == rule).unwrap();
    let mut criterion = rule[field].take();
    rule[field] = json!({ "op": "defined", "name": format!("d{definitions}") });
    for index in 1..=definitions {
        document["definitions"][format!("d{index}")] = criterion;
        let named = json!({ "op": "defined", "name": format!("d{index}") });
        criterion = json!({ "op": "any", "of": [named, named] });
    }
    document.to_string()
}

#[test]
fn a_chain_has_at_most_64_definitions_and_steps() {
    assert_limit(Protocol::from_json(&protocol_chained("TS-A2", "enter", 64)), "/definitions");
    // A chain that doubles at each definition is read in no time: each is looked at once.
    let record = ClientRecord::from_json(&record_with_words("none")).unwrap();
    let date: mi_core::CalendarDate = "2026-08-03".parse().unwrap();
    for (rule, field) in [("TS-A2", "enter"), ("SF-60", "trigger")] {
        let protocol = Protocol::from_json(&protocol_chained(rule, field, 58)).unwrap();
        let review = protocol.review(&record.as_of(date));
        assert_eq!(review.events, 1);
        assert!(protocol.render(&review, &protocol.texts("en").unwrap()).starts_with("# Review"));
    }
    assert!(Protocol::from_json(&protocol_chained("TS-A2", "enter", 63)).is_ok());
}
