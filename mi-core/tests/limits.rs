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
fn a_chain_that_doubles_at_each_definition_is_read_in_no_time() {
    assert_limit(Protocol::from_json(&protocol_chained("TS-A2", "enter", 64)), "/definitions");
    let record = ClientRecord::from_json(&record_with_words("none")).unwrap();
    let date: mi_core::CalendarDate = "2026-08-03".parse().unwrap();
    for (rule, field) in [("TS-A2", "enter"), ("SF-60", "trigger")] {
        let protocol = Protocol::from_json(&protocol_chained(rule, field, 27)).unwrap();
        let review = protocol.review(&record.as_of(date));
        assert_eq!(review.events, 1);
        assert!(protocol.render(&review, &protocol.texts("en").unwrap()).starts_with("# Review"));
    }
}

/// The default protocol with a safety rule that leads through definitions, each nested so often
/// around the next: `deep` names and nested parts on one path.
fn deep_protocol(deep: usize, nested: usize) -> String {
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    let mut part = json!({ "op": "fact", "fact": "dual", "test": { "op": "is", "value": "yes" } });
    // The trigger and the fact are the ends of the path.
    for place in 1..deep.saturating_sub(1) {
        part = if place.is_multiple_of(nested.saturating_add(1)) {
            let name = format!("deep_{place}");
            document["definitions"][&name] = part;
            json!({ "op": "defined", "name": name })
        } else {
            json!({ "op": "not", "of": part })
        };
    }
    document["definitions"]["deep"] = part;
    let rule = json!({ "id": "ACME-1", "version": 1, "evidence": "default",
        "source_check": "unchecked", "sources": [], "kind": "safety",
        "trigger": { "op": "defined", "name": "deep" },
        "levels": [{ "severity": "note", "action": "ask", "who": "team_member" }] });
    document["rules"].as_array_mut().unwrap().push(rule);
    document.to_string()
}

#[test]
fn a_path_through_names_and_nested_parts_has_at_most_64() {
    for nested in [0, 1, 7, 30] {
        let longest = deep_protocol(bounds::CRITERION_DEPTH, nested);
        assert!(Protocol::from_json(&longest).is_ok(), "nested {nested}");
        let longer = deep_protocol(bounds::CRITERION_DEPTH + 1, nested);
        let error = Protocol::from_json(&longer).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "nested {nested}: {error}");
    }
}

#[test]
fn evaluation_at_the_longest_path_needs_half_a_mebibyte_of_stack() {
    let record = include_str!("../examples/records/two-years.json");
    for nested in [1, 30] {
        let protocol = deep_protocol(bounds::CRITERION_DEPTH, nested);
        let review = move || {
            let record = ClientRecord::from_json(record).unwrap();
            let day = "2026-11-20".parse::<mi_core::CalendarDate>().unwrap();
            let protocol = Protocol::from_json(&protocol).unwrap();
            let english = Protocol::dual_diagnosis().texts("en").unwrap();
            let review = protocol.review(&record.as_of(day));
            (review.to_json().len(), protocol.render(&review, &english).len())
        };
        let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(review).unwrap();
        let (review, page) = thread.join().unwrap();
        assert!(review > 0 && page > 0);
    }
}

#[test]
fn an_error_tells_a_thousand_problems_of_a_protocol_and_of_numbers() {
    let names: Vec<String> = (0..5_000).map(|number| format!("spare.{number}")).collect();
    let numbers = names.iter().map(|name| (name.as_str(), 1));
    let error = Protocol::dual_diagnosis().with(numbers).unwrap_err();
    assert_eq!(error.problems().len(), bounds::PROBLEMS);
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    for name in &names {
        document["sources"][name] = json!({ "citation": "Nobody, nowhere, never." });
    }
    let error = Protocol::from_json(&document.to_string()).unwrap_err();
    assert_eq!(error.problems().len(), bounds::PROBLEMS);
}

/// A record of so many events that differ by nothing but their id and a vague day.
fn many(count: usize, body: &Value) -> ClientRecord {
    let event = |id: &str, on: &str, role: &str, body: &Value| {
        json!({ "id": id, "on": on, "recorded": "2026-06-01T09:00:00.000Z",
            "by": { "role": role, "id": "n1" }, "body": body })
    };
    let alcohol = json!({ "kind": "substance", "code": "alcohol" });
    let opened = json!({ "kind": "episode_opened", "contact_log": "complete" });
    let target = json!({ "kind": "target", "target": alcohol, "treated": true });
    let opioids = json!({ "kind": "asked", "topic": "opioid_use_ever", "answer": "yes" });
    let mut events = vec![
        event("o", "2020-01-01", "nurse", &opened),
        event("t", "2020-01-01", "nurse", &target),
        event("a", "2020-01-01", "client", &opioids),
    ];
    let days = ["2026-05", "2026", "2026-04", "2025"].iter().cycle();
    let vague =
        days.zip(0..count).map(|(on, place)| event(&format!("e{place}"), on, "nurse", body));
    events.extend(vague);
    let document = json!({ "schema_version": 1, "client": "client-7", "events": events });
    ClientRecord::from_json(&document.to_string()).unwrap()
}

/// The longest list of a review that is no list of days, steps, targets or rules.
fn longest(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(longest).max().unwrap_or(0).max(list.len()),
        Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn a_review_of_many_vague_events_lists_fifty_of_what_it_rests_on() {
    let bodies = [
        json!({ "kind": "use_report", "substance": "alcohol", "periods": [
            { "from": "2026-05", "to": "2026-05", "use": { "kind": "daily" }, "problems": true }] }),
        json!({ "kind": "overdose", "substance": "heroin" }),
        json!({ "kind": "setting", "setting": "custody", "moment": "discharge" }),
        json!({ "kind": "contact", "outcome": "kept" }),
        json!({ "kind": "test", "substance": "alcohol", "result": "positive" }),
    ];
    let date: mi_core::CalendarDate = "2026-06-20".parse().unwrap();
    let protocol = Protocol::dual_diagnosis();
    let texts = protocol.texts("en").unwrap();
    for body in bodies {
        let size = |count: usize| {
            let review = protocol.review(&many(count, &body).as_of(date));
            let written = review.to_json();
            let page = protocol.render(&review, &texts);
            let longest = longest(&serde_json::from_str(&written).unwrap());
            assert!(longest <= 2 * bounds::EVIDENCE, "{}: a list of {longest}", body["kind"]);
            (written.len(), page.len())
        };
        let (few, many) = (size(300), size(900));
        let grows = |few: usize, many: usize| many > few + few / 50;
        assert!(!grows(few.0, many.0), "{}: a review of {few:?}, {many:?}", body["kind"]);
        assert!(!grows(few.1, many.1), "{}: a page of {few:?}, {many:?}", body["kind"]);
    }
}

#[test]
fn what_a_review_leaves_out_is_counted() {
    let overdose = json!({ "kind": "overdose", "substance": "heroin" });
    let date: mi_core::CalendarDate = "2026-06-20".parse().unwrap();
    let review = Protocol::dual_diagnosis().review(&many(120, &overdose).as_of(date));
    let flag = review.safety.iter().find(|flag| flag.rule == "SF-07").unwrap();
    // It rests on each that can be the last: half of them are of May or of some day of 2026.
    assert_eq!((flag.events.len(), flag.more_events), (bounds::EVIDENCE, Some(10)));
}
