//! Limits where nobody can mean more, and work that grows with what there is and no faster.
//!
//! Where work grows with the square of something, these tests take minutes instead of moments.
#![cfg(test)]

use mi_core::{CalendarDate, ClientRecord, Error, ErrorKind, Protocol, bounds};
use serde_json::{Value, json};

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap()
}

fn event(place: usize, on: &str, body: &Value) -> Value {
    let minute = place % 60;
    json!({ "id": format!("e{place}"), "on": on, "recorded": format!("{on}T09:{minute:02}:00.000Z"),
        "by": { "role": "nurse", "id": "n1" }, "body": body })
}

fn record(bodies: impl IntoIterator<Item = Value>) -> Result<ClientRecord, Error> {
    let opened = json!({ "kind": "episode_opened", "contact_log": "complete" });
    let bodies = [opened].into_iter().chain(bodies).enumerate();
    let events: Vec<Value> =
        bodies.map(|(place, body)| event(place, "2026-01-01", &body)).collect();
    let document = json!({ "schema_version": 1, "client": "client-7", "events": events });
    ClientRecord::from_json(&document.to_string())
}

fn behavior(number: usize) -> Value {
    json!({ "kind": "behavior", "code": format!("b{number}") })
}

#[track_caller]
fn assert_limit<T>(result: Result<T, Error>, path: &str) {
    let error = result.map(|_| ()).unwrap_err();
    let found: Vec<_> = error.problems().iter().map(|found| (found.kind(), found.path())).collect();
    assert_eq!(found, [(ErrorKind::LimitExceeded, path)]);
}

#[test]
fn a_record_speaks_of_at_most_a_thousand_targets() {
    let target = |number| json!({ "kind": "target", "target": behavior(number), "treated": true });
    let most = bounds::TARGETS;
    let full = record((0..most).map(target)).unwrap();
    assert_limit(record((0..=most).map(target)), "/events/1001/body/target");
    let one_more = json!({ "kind": "contact", "outcome": "kept",
        "discussed": [behavior(0), behavior(most)] });
    let another = event(5_000, "2026-01-02", &one_more).to_string();
    let mut record = full.clone();
    assert_limit(record.extend_from_json(&format!("[{another}]")), "/0/body/discussed/1");
    assert!(record == full);
    let known = json!({ "kind": "contact", "outcome": "kept", "discussed": [behavior(0)] });
    let known = event(5_000, "2026-01-02", &known).to_string();
    record.extend_from_json(&format!("[{known}]")).unwrap();
}

#[test]
fn a_period_of_use_is_no_longer_than_a_life() {
    let period = |from: &str, to: &str| {
        let used = json!({ "kind": "daily" });
        record([json!({ "kind": "use_report", "substance": "alcohol",
            "periods": [{ "from": from, "to": to, "use": used }] })])
    };
    assert!(period("1906-01-01", "2025-12-31").is_ok());
    assert_limit(period("1906-01-01", "2026-01-01"), "/events/1/body/periods/0/to");
    assert_limit(period("1905", "2026"), "/events/1/body/periods/0/to");
    let covered = json!({ "kind": "coverage", "of": "use", "substance": "alcohol",
        "from": "1900-01-01", "to": "2026-01-01" });
    assert_limit(record([covered]), "/events/1/body/to");
}

#[test]
fn days_of_use_are_looked_at_for_120_years_and_open_before() {
    let report = |from: &str, to: &str| {
        json!({ "kind": "use_report", "substance": "alcohol", "periods": [
            { "from": from, "to": to, "use": { "kind": "daily" }, "problems": true }] })
    };
    let protocol = Protocol::dual_diagnosis();
    let review = |bodies: Vec<Value>, date: &str| {
        let record = record(bodies).unwrap();
        let review = protocol.review(&record.as_of(day(date)));
        serde_json::from_str::<Value>(&review.to_json()).unwrap()
    };
    let alcohol = json!({ "kind": "substance", "code": "alcohol" });
    let target = json!({ "kind": "target", "target": alcohol, "treated": true });
    // What was said of 1990 says nothing of 2199: nothing is known of its use, and nothing is claimed.
    let nothing = review(vec![target.clone()], "2199-12-31");
    let long_ago = review(vec![target.clone(), report("1990-01-01", "1990-12-31")], "2199-12-31");
    assert_eq!(long_ago["positions"]["treatment_stage"], nothing["positions"]["treatment_stage"]);
    // Of a period that began longer ago the days since then count.
    let cut = review(vec![target.clone(), report("2070-01-01", "2189-12-31")], "2199-12-31");
    let whole = review(vec![target, report("2080-01-01", "2189-12-31")], "2199-12-31");
    let positions = |review: &Value| review["positions"]["treatment_stage"].clone();
    assert_eq!(positions(&cut), positions(&whole));
}

#[test]
fn a_list_is_counted_before_anything_is_kept_of_it() {
    let zeros = "0,".repeat(bounds::EVENTS);
    let events = format!("[{zeros}0]");
    let mut record = ClientRecord::new("client-7".parse().unwrap());
    assert_limit(record.extend_from_json(&events), "");
    let many = "\"a\",".repeat(bounds::ENTRIES) + "\"a\"";
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    document["rules"][0]["sources"] = serde_json::from_str(&format!("[{many}]")).unwrap();
    assert_limit(Protocol::from_json(&document.to_string()), "/rules/0/sources");
    let names = (0..=bounds::ENTRIES).map(|number| (format!("n{number}"), json!(0)));
    document["rules"][0]["sources"] = json!([]);
    document["definitions"] = Value::Object(names.collect());
    assert_limit(Protocol::from_json(&document.to_string()), "/definitions");
}

/// The default protocol with one definition of so many facts, and so many rules that name it.
fn protocol_of(facts: usize, rules: usize) -> Result<Protocol, Error> {
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    let mut parts = Vec::new();
    for number in 0..facts {
        let fact = json!({ "op": "fact", "fact": "observation", "code": format!("acme.c{number}"),
            "test": { "op": "is", "value": "yes" } });
        parts.push(fact);
    }
    document["definitions"]["many"] = json!({ "op": "any", "of": parts });
    for number in 0..rules {
        let rule = json!({ "id": format!("ACME-{number}"), "version": 1, "kind": "note",
            "per": "person", "when": { "op": "defined", "name": "many" }, "evidence": "default",
            "source_check": "unchecked", "sources": [], "shown_when_unknown": true });
        document["rules"].as_array_mut().unwrap().push(rule);
    }
    Protocol::from_json(&document.to_string())
}

#[test]
fn a_rule_leads_to_at_most_a_thousand_parts_of_criteria() {
    // The name and the `any` are parts as well.
    let most = bounds::CRITERION_PARTS - 2;
    assert!(protocol_of(most, 1).is_ok());
    let index = Protocol::dual_diagnosis().document().rules.len();
    assert_limit(protocol_of(most + 1, 1), &format!("/rules/{index}"));
}

#[test]
fn thousands_of_rules_that_name_one_definition_are_read_and_reviewed_in_moments() {
    let protocol = protocol_of(bounds::CRITERION_PARTS - 2, 2_000).unwrap();
    let review = protocol.review(&record([]).unwrap().as_of(day("2026-08-20")));
    assert!(review.notes.len() >= 2_000);
    // Each of the definition's inputs touches each rule, and each rule is found by its id.
    assert!(review.to_ask_next.iter().any(|question| question.touches >= 2_000));
    assert!(protocol.rule("ACME-1999").is_some());
}

#[test]
fn a_thousand_targets_with_all_that_can_be_said_of_them_are_reviewed_in_moments() {
    let mut bodies = Vec::new();
    for number in 0..bounds::TARGETS {
        let target = behavior(number);
        bodies.extend([
            json!({ "kind": "target", "target": target, "treated": true }),
            json!({ "kind": "ambivalence", "target": target }),
            json!({ "kind": "stage_of_change_rating", "target": target, "stage": "contemplation",
                "basis": "judgment" }),
            json!({ "kind": "ruler", "target": target, "importance": 7 }),
            json!({ "kind": "balance", "target": target, "purpose": "evoke_change",
                "form": "neutral_grid", "good_of_staying": [{ "words": "calm" }] }),
            json!({ "kind": "goal", "target": target, "aim": "abstinence", "words": "none" }),
        ]);
    }
    let ratings = |number: usize| {
        json!({ "kind": "stage_of_change_rating", "target": behavior(number % bounds::TARGETS),
            "stage": "preparation", "basis": "judgment" })
    };
    bodies.extend((0..20_000).map(ratings));
    let record = record(bodies).unwrap();
    let review = Protocol::dual_diagnosis().review(&record.as_of(day("2026-08-20")));
    assert_eq!(review.positions.stage_of_change.len(), bounds::TARGETS);
}

/// The longest list of a document.
fn longest(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(longest).max().unwrap_or(0).max(list.len()),
        Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0),
        _ => 0,
    }
}

/// One event of every kind and more, as the vectors give them.
fn given_bodies() -> Vec<Value> {
    let mut bodies: Vec<Value> = Vec::new();
    let suites = ["acceptance", "safety", "safety-rules", "facts"];
    for suite in suites {
        let path = format!("{}/../tests/vectors/{suite}.json", env!("CARGO_MANIFEST_DIR"));
        let suite: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let given = suite["given"].as_object().unwrap().values();
        for event in given.flat_map(|events| events.as_array().unwrap()) {
            let kind = &event["body"]["kind"];
            let of_kind = bodies.iter().filter(|body| body["kind"] == *kind).count();
            if of_kind < 3 && event["replaces"].is_null() && *kind != "retraction" {
                bodies.push(event["body"].clone());
            }
        }
    }
    bodies
}

#[test]
fn no_part_of_a_review_lists_all_of_many_vague_events() {
    let protocol = Protocol::dual_diagnosis();
    let texts = protocol.texts("en").unwrap();
    for body in given_bodies() {
        let alcohol = json!({ "kind": "substance", "code": "alcohol" });
        let target = json!({ "kind": "target", "target": alcohol, "treated": true });
        let mut events = vec![event(0, "2026-01-01", &target)];
        events.extend((1..150).map(|place| {
            let mut event = event(place, "2026-03-01", &body);
            event["on"] = json!(["2026-03", "2026"][place % 2]);
            event
        }));
        let opened = json!({ "kind": "episode_opened", "contact_log": "partial" });
        events.push(event(500, "2026-01-01", &opened));
        let document = json!({ "schema_version": 1, "client": "client-7", "events": events });
        let record = ClientRecord::from_json(&document.to_string()).unwrap();
        let review = protocol.review(&record.as_of(day("2026-03-20")));
        let written: Value = serde_json::from_str(&review.to_json()).unwrap();
        let found = longest(&written);
        assert!(found <= 2 * bounds::EVIDENCE, "{}: a list of {found}", body["kind"]);
        let explained = protocol.explain(&review, &texts).to_json();
        let found = longest(&serde_json::from_str(&explained).unwrap());
        assert!(found <= 3 * bounds::EVIDENCE, "{}: words for {found}", body["kind"]);
    }
}
