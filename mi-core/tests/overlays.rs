//! An overlay is a protocol as a difference: what it changes is listed, and nothing is off silently.
#![cfg(test)]

use mi_core::{CalendarDate, ClientRecord, Protocol, Review, protocol::RuleKind};
use serde_json::{Value, json};

fn overlay(parts: &Value) -> Value {
    let mut overlay = json!({ "schema_version": 1, "id": "acme", "version": "1",
        "extends": { "id": "dual-diagnosis", "version": "1.0.0" } });
    overlay.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    overlay
}

fn with(parts: &Value) -> Protocol {
    Protocol::dual_diagnosis().with_overlay(&overlay(parts).to_string()).unwrap()
}

fn review_by(protocol: &Protocol) -> Review {
    let record = include_str!("../examples/records/finding-her-own-reasons.json");
    let day: CalendarDate = "2026-01-26".parse().unwrap();
    protocol.review(&ClientRecord::from_json(record).unwrap().as_of(day))
}

fn flags(review: &Review) -> Vec<&str> {
    review.safety.iter().map(|flag| flag.rule.as_str()).collect()
}

#[test]
fn a_safety_rule_that_is_off_is_told_and_leaves_the_others_as_they_were() {
    assert_eq!(flags(&review_by(&Protocol::dual_diagnosis())), ["SF-20", "SF-60"]);
    let reason = "Held by the crisis team.";
    let ours = with(&json!({ "off": [{ "rule": "SF-20", "by": "Director", "reason": reason }] }));
    let review = review_by(&ours);
    // SF-60 asks about suicide because SF-20 stands: it still does.
    assert_eq!(flags(&review), ["SF-60"]);
    assert!(
        review
            .to_ask_next
            .iter()
            .all(|question| !question.rules.iter().any(|rule| rule.as_str() == "SF-20"))
    );
    let off = &review.protocol.off[0];
    assert_eq!(
        (off.rule.as_str(), off.by.as_str(), off.reason.as_str()),
        ("SF-20", "Director", reason)
    );
    let page = ours.render(&review, &ours.texts("en").unwrap());
    assert!(page.contains("SF-20 is off: Held by the crisis team. (Director)"), "{page}");
    assert!(page.contains("acme 1 is dual-diagnosis 1.0.0"), "{page}");
}

#[test]
fn a_review_claims_safety_only_while_a_safety_rule_is_in_force() {
    let shipped = Protocol::dual_diagnosis();
    let rules = shipped.document().rules.iter();
    let safety = rules.filter(|rule| matches!(rule.kind, RuleKind::Safety(_)));
    let off: Vec<Value> =
        safety.map(|rule| json!({ "rule": rule.id, "by": "A", "reason": "B" })).collect();
    let covers = |review: &Review| serde_json::to_value(&review.covers).unwrap();
    assert!(covers(&review_by(&shipped)).as_array().unwrap().contains(&json!("safety")));
    let review = review_by(&with(&json!({ "off": off })));
    assert!(!covers(&review).as_array().unwrap().contains(&json!("safety")));
}

#[test]
fn an_overlay_survives_writing_and_reading() {
    let ours = with(&json!({ "numbers": { "lapse.days": 3 }, "reviewed_by": "Board",
        "off": [{ "rule": "SC-10", "by": "A", "reason": "B" }] }));
    let again = Protocol::from_json(&ours.to_json()).unwrap();
    assert_eq!(ours, again);
    assert!(review_by(&again).to_json() == review_by(&ours).to_json());
    assert!(again.texts("en").is_ok());
    // Another overlay, and numbers, over the first.
    let second = json!({ "schema_version": 1, "id": "ward", "version": "1",
        "extends": { "id": "acme", "version": "1" }, "numbers": { "relapse.days": 8 } });
    let both = ours.with_overlay(&second.to_string()).unwrap().with([("note.days", 2)]).unwrap();
    assert_eq!(both.document().overlays.len(), 2);
    assert_eq!(both.overrides().len(), 3);
    assert_eq!(both.document().off.len(), 1);
}

#[test]
fn a_replaced_rule_is_never_said_in_the_words_of_the_old_one() {
    let shipped = Protocol::dual_diagnosis();
    let rule = shipped.rule("SC-10").unwrap();
    let mut rule = serde_json::to_value(rule).unwrap();
    rule["version"] = json!(2);
    let texts =
        json!({ "en": { "rules": { "SC-10": { "sentence": "Ask again about {target}." } } } });
    let ours = with(&json!({ "rules": [rule], "texts": texts }));
    let words = ours.texts("en").unwrap();
    let sentence = words.rule(&"SC-10".parse().unwrap()).unwrap().sentence.as_str();
    assert_eq!(sentence, "Ask again about {target}.");
    // Read back without its words it has none, rather than those of another rule.
    assert!(Protocol::from_json(&ours.to_json()).unwrap().texts("en").is_err());
}
