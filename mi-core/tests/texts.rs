//! Words are documents of their own: another language needs no Rust, and lacks nothing.
#![cfg(test)]

use std::{collections::BTreeSet, fs};

use mi_core::{CalendarDate, ClientRecord, Protocol, client::Substance, protocol::Texts};
use serde_json::Value;

/// A language that exists only here: every word of the English backwards, its places as they are.
fn backwards(text: &str) -> String {
    let mut turned = String::new();
    for part in text.split_inclusive('}') {
        let (words, place) = part.find('{').map_or((part, ""), |at| part.split_at(at));
        turned.extend(words.chars().rev());
        turned.push_str(place);
    }
    turned
}

fn turn(value: &mut Value) {
    match value {
        Value::String(text) => *text = backwards(text),
        Value::Object(fields) => fields.values_mut().for_each(turn),
        _ => {}
    }
}

fn second_language(protocol: &Protocol) -> Texts {
    let english = protocol.texts("en").unwrap().to_json();
    let mut texts: Value = serde_json::from_str(&english).unwrap();
    turn(&mut texts);
    texts["language"] = "x-backwards".into();
    protocol.read_texts(&texts.to_string()).unwrap()
}

fn worked_case() -> (ClientRecord, CalendarDate) {
    let record = include_str!("../examples/records/two-years.json");
    (ClientRecord::from_json(record).unwrap(), "2026-11-20".parse().unwrap())
}

#[test]
fn a_second_language_is_one_document() {
    let protocol = Protocol::dual_diagnosis();
    let texts = second_language(&protocol);
    let both = protocol.with_texts(texts.clone()).unwrap();
    let (record, day) = worked_case();
    let review = both.review(&record.as_of(day));
    let page = both.render(&review, &both.texts("x-backwards").unwrap());
    let english = both.render(&review, &both.texts("en").unwrap());
    assert!(page.contains(&backwards("Where things stand")), "{page}");
    assert_eq!(page.lines().count(), english.lines().count());
    for heading in english.lines().filter_map(|line| line.strip_prefix("## ")) {
        assert!(!page.contains(heading), "{heading} is still English");
    }
    assert_eq!(
        both.languages().map(|one| one.to_string()).collect::<Vec<_>>(),
        ["x-backwards", "en"]
    );
}

#[test]
fn words_change_nothing_that_decides() {
    let protocol = Protocol::dual_diagnosis();
    let both = protocol.with_texts(second_language(&protocol)).unwrap();
    assert_eq!(protocol.sha256(), both.sha256());
    let texts = both.texts("x-backwards").unwrap();
    assert_ne!(texts.sha256(), protocol.texts("en").unwrap().sha256());
    let again = protocol.read_texts(&texts.to_json()).unwrap();
    assert_eq!(again.sha256(), texts.sha256());
}

#[test]
fn a_page_says_which_rules_and_which_words() {
    let protocol = Protocol::dual_diagnosis();
    let (record, day) = worked_case();
    let review = protocol.review(&record.as_of(day));
    let texts = protocol.texts("en").unwrap();
    let page = protocol.render(&review, &texts);
    let foot = page.lines().last().unwrap();
    for identity in [protocol.sha256(), texts.sha256()] {
        let shown: Vec<String> =
            identity.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        assert!(foot.contains(&shown.concat()), "{foot}");
    }
}

#[test]
fn a_protocol_of_other_rules_has_no_words_until_they_are_handed_in() {
    let mut document: Value = serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap();
    document["id"] = "of-a-service".into();
    let protocol = Protocol::from_json(&document.to_string()).unwrap();
    assert!(protocol.texts("en").is_err());
    let english = Protocol::dual_diagnosis().texts("en").unwrap();
    assert!(protocol.with_texts(english).unwrap().texts("en").is_ok());
}

/// `UnderSixteen` as `under_sixteen`.
fn snake(camel: &str) -> String {
    let mut snake = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Every field and every kind that a schema names.
fn named(schema: &Value, fields: &mut BTreeSet<String>, kinds: &mut BTreeSet<String>) {
    match schema {
        Value::Object(parts) => {
            if let Some(Value::Object(properties)) = parts.get("properties") {
                fields.extend(properties.keys().cloned());
                kinds.extend(
                    properties.get("kind").and_then(|kind| kind["const"].as_str()).map(Into::into),
                );
            }
            parts.values().for_each(|part| named(part, fields, kinds));
        }
        Value::Array(parts) => parts.iter().for_each(|part| named(part, fields, kinds)),
        _ => {}
    }
}

#[test]
fn every_kind_field_and_code_of_a_record_has_a_name() {
    let texts = Protocol::dual_diagnosis().texts("en").unwrap();
    let schema = fs::read_to_string("../docs/schemas/record.schema.json").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let mut fields = BTreeSet::new();
    named(&schema, &mut fields, &mut BTreeSet::new());
    let unnamed: Vec<_> = fields.iter().filter(|field| texts.field(field).is_none()).collect();
    assert!(unnamed.is_empty(), "fields without a name: {unnamed:?}");
    let spare: Vec<_> = texts
        .document()
        .fields
        .iter()
        .filter(|(name, _)| !fields.contains(name.as_str()))
        .collect();
    assert!(spare.is_empty(), "names of no field: {spare:?}");
    let mut kinds = BTreeSet::new();
    named(&schema["$defs"]["Body"], &mut BTreeSet::new(), &mut kinds);
    assert!(kinds.len() > 40);
    for kind in kinds {
        assert!(texts.kind(&kind).is_some(), "the kind {kind} has no name");
    }
    let mut codes = 0;
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        for choice in definition["oneOf"].as_array().into_iter().flatten() {
            let (list, Some(code)) = (snake(name), choice["const"].as_str()) else { continue };
            codes += 1;
            assert!(texts.code(&list, code).is_some(), "{code} of {list} has no name");
        }
    }
    assert!(codes > 200);
    assert!(Substance::all().all(|one| texts.code("substance", one.code()).is_some()));
}
