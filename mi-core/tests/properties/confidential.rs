//! What people said, did and are called stays out of errors and of `Debug`.
//!
//! Canaries stand in every place of a record: words, codes of a service's own, keys, numbers. No
//! error may repeat one, and no `Debug` of what holds events or findings.

use std::fmt::Debug;

use mi_core::{
    ClientRecord, Error, Protocol,
    fact::Missing,
    record::{Body, Event},
    review::{PlanContext, Standing},
    testing,
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use super::{cases, malformed::pointers, visit};

/// Words that no identifier and no code can be, a code that a service could have, and a number.
const WORDS: &str = "Canary, expected `7f3a` at line 3";
const CODE: &str = "canary_7f3a";
const NUMBER: f64 = 734_197.25;

pub(crate) fn assert_silent(shown: &str) -> Result<(), TestCaseError> {
    for canary in ["anary", "7f3a", "734197", "734_197"] {
        prop_assert!(!shown.contains(canary), "{canary} is repeated: {shown}");
    }
    Ok(())
}

fn assert_silent_debug(value: &impl Debug) -> Result<(), TestCaseError> {
    assert_silent(&format!("{value:?}"))?;
    assert_silent(&format!("{value:#?}"))
}

pub(crate) fn assert_silent_error(error: &Error) -> Result<(), TestCaseError> {
    assert_silent(&format!("{error} {error:?} {error:#?}"))?;
    for problem in error.problems() {
        assert_silent(&format!("{problem} {problem:?}"))?;
        assert_silent(&format!("{} {}", problem.path(), problem.expected()))?;
    }
    Ok(())
}

/// `Debug` of the parts of a body.
fn debug_of_parts(body: &Body) -> String {
    match body {
        Body::UseReport(report) => format!("{:?} {:?}", report.change, report.periods),
        Body::Goal(goal) => format!("{:?} {:?}", goal.limits, goal.words),
        Body::Balance(balance) => format!("{:?}", balance.good_of_staying),
        Body::Observation(observation) => format!("{:?}", observation.value),
        Body::Measure(measure) => format!("{:?} {:?}", measure.total, measure.suicide_item),
        Body::Plan(recorded) => match &*recorded.plan {
            mi_core::plan::Plan::Change(plan) => format!("{plan:?} {:?}", plan.why),
            mi_core::plan::Plan::RelapsePrevention(plan) => {
                format!("{plan:?} {:?} {:?}", plan.high_risk_situations, plan.coping)
            }
            mi_core::plan::Plan::Crisis(plan) => format!("{plan:?} {:?}", plan.professionals),
        },
        Body::Target(of) => {
            format!(
                "{:?} {:?}",
                of.target,
                Missing::of("own_goal".parse().unwrap()).about(of.target.clone())
            )
        }
        _ => String::new(),
    }
}

pub(crate) fn assert_record_is_silent(record: &ClientRecord) -> Result<(), TestCaseError> {
    let protocol = Protocol::dual_diagnosis();
    let snapshot = record.as_of("2026-12-31".parse::<mi_core::CalendarDate>().unwrap());
    let review = protocol.review(&snapshot);
    assert_silent_debug(record)?;
    assert_silent_debug(&snapshot)?;
    assert_silent_debug(&record.events().collect::<Vec<_>>())?;
    for event in record.events() {
        assert_silent_debug(event.body())?;
        assert_silent(&testing::debug_of(event.body()))?;
        assert_silent(&debug_of_parts(event.body()))?;
        if let Body::Balance(balance) = event.body() {
            assert_silent_debug(&protocol.check_balance(balance, Standing::Ambivalent))?;
        }
        if let Body::Plan(recorded) = event.body() {
            assert_silent_debug(&protocol.check_plan(&recorded.plan, &PlanContext::new()))?;
        }
    }
    assert_silent_debug(&review)?;
    assert_silent_debug(&review.safety)?;
    assert_silent_debug(&review.positions)?;
    assert_silent_debug(&review.positions.treatment_stage)?;
    assert_silent_debug(&review.positions.stage_of_change)?;
    assert_silent_debug(&review.positions.level_of_care)?;
    assert_silent_debug(&(&review.discordance, &review.cautions, &review.notes))?;
    assert_silent_debug(&(&review.moves, &review.decisions, &review.plans))?;
    assert_silent_debug(&review.to_ask_next)?;
    assert_silent_debug(&review.definitions)?;
    let explained = protocol.explain(&review, &protocol.texts("en").unwrap());
    assert_silent_debug(&explained)?;
    assert_silent_debug(&(&explained.safety, &explained.positions, &explained.notes))?;
    assert_silent_debug(&(&explained.moves, &explained.plans, &explained.to_ask_next))?;
    assert_silent_debug(&protocol)
}

/// The record with canaries for all its words and all codes of a service's own.
fn with_canaries(record: &ClientRecord) -> Value {
    let mut document: Value = serde_json::from_str(&record.to_json()).unwrap();
    let mut all = Vec::new();
    pointers(&document, "", &mut all);
    for pointer in all {
        let here = document.pointer(&pointer).unwrap().clone();
        if !here.is_string() {
            continue;
        }
        for canary in [WORDS, CODE, "canary.n7f3a"] {
            *document.pointer_mut(&pointer).unwrap() = Value::from(canary);
            let index = pointer.split('/').nth(2).and_then(|part| part.parse::<usize>().ok());
            let event = index.map(|index| document["events"][index].to_string());
            let is_id = ["/id", "/of", "/re_entry_of", "/replaces"];
            let is_id = is_id.iter().any(|end| pointer.ends_with(end));
            if !is_id && event.is_some_and(|event| Event::from_json(&event).is_ok()) {
                break;
            }
            *document.pointer_mut(&pointer).unwrap() = here.clone();
        }
    }
    document
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_debug_repeats_what_a_record_says(record in testing::record()) {
        let document = with_canaries(&record);
        let record = ClientRecord::from_json(&document.to_string()).unwrap();
        assert_record_is_silent(&record)?;
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_error_repeats_its_input(record in testing::record(), index in any::<Index>(), place in 0..5) {
        let mut document: Value = serde_json::from_str(&record.to_json()).unwrap();
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        let pointer: &String = index.get(&all);
        let here = document.pointer_mut(pointer).unwrap();
        match (place, here) {
            (0, here) => *here = Value::from(WORDS),
            (1, here) => *here = Value::from(NUMBER),
            (2, here) => *here = json!([WORDS, { WORDS: NUMBER }]),
            (_, Value::Object(fields)) => drop(fields.insert(WORDS.to_owned(), json!(NUMBER))),
            (_, here) => *here = json!({ WORDS: WORDS, CODE: NUMBER, "kind": WORDS, "id": WORDS }),
        }
        let text = document.to_string();
        if let Err(error) = ClientRecord::from_json(&text) {
            assert_silent_error(&error)?;
        }
        if let Err(error) = serde_json::from_str::<ClientRecord>(&text) {
            assert_silent(&format!("{error} {error:?}"))?;
        }
        for event in document["events"].as_array().into_iter().flatten() {
            if let Err(error) = Event::from_json(&event.to_string()) {
                assert_silent_error(&error)?;
            }
        }
        // Whatever is not JSON.
        for broken in [text.replace(',', WORDS), text + WORDS] {
            assert_silent_error(&ClientRecord::from_json(&broken).unwrap_err())?;
        }
    }

    #[test]
    fn no_error_of_a_protocol_repeats_its_input(index in any::<Index>(), place in 0..4) {
        let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        let pointer: &String = index.get(&all);
        let here = document.pointer_mut(pointer).unwrap();
        match (place, here) {
            (0, here) => *here = Value::from(WORDS),
            (1, here) => *here = Value::from(NUMBER),
            (2, Value::Object(fields)) => drop(fields.insert(WORDS.to_owned(), json!(NUMBER))),
            (_, here) => *here = json!([WORDS, { WORDS: NUMBER, "op": WORDS }]),
        }
        if let Err(error) = Protocol::from_json(&document.to_string()) {
            assert_silent_error(&error)?;
        }
    }
}

#[test]
fn no_number_of_a_service_is_repeated() {
    let error = Protocol::dual_diagnosis().with([(WORDS, 1), ("regular_contact.count", 734_197)]);
    assert_silent_error(&error.unwrap_err()).unwrap();
}

#[test]
fn canaries_are_seen() {
    let mut found = false;
    visit(&json!({ "a": [WORDS] }), &mut |value| found |= value == WORDS);
    assert!(found && assert_silent(WORDS).is_err() && assert_silent(&NUMBER.to_string()).is_err());
}
