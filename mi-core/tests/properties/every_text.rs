//! One record that fills every field that holds words: none of them is in an error or in `Debug`.

use std::{collections::BTreeSet, fs, path::PathBuf};

use mi_core::{ClientRecord, record::Event};
use serde_json::{Value, json};

use super::{
    confidential::{assert_record_is_silent, assert_silent, assert_silent_error},
    malformed::pointers,
};

fn shared(path: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn document() -> Value {
    shared("tests/data/every-text.json")
}

/// Whether a value is of the kind that one of several schemas describes.
fn is_of_kind(schema: &Value, value: &Value) -> bool {
    let properties = schema["properties"].as_object();
    properties
        .into_iter()
        .flatten()
        .all(|(name, of)| of["const"].is_null() || of["const"] == value[name])
}

/// Notes every place of a schema that describes words in a value.
fn find_words(schema: &Value, at: &str, value: &Value, all: &Value, found: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        if name == "#/$defs/Text" {
            assert!(value.as_str().unwrap().starts_with("Canary 7f3a"), "{at}: {value}");
            found.insert(at.to_owned());
        }
        let at = name.trim_start_matches('#');
        return find_words(all.pointer(at).unwrap(), at, value, all, found);
    }
    for several in ["oneOf", "anyOf"] {
        for (index, schema) in schema[several].as_array().into_iter().flatten().enumerate() {
            if schema["type"] != "null" && is_of_kind(schema, value) {
                find_words(schema, &format!("{at}/{several}/{index}"), value, all, found);
            }
        }
    }
    for (name, value) in value.as_object().into_iter().flatten() {
        if let Some(schema) = schema["properties"].get(name) {
            find_words(schema, &format!("{at}/properties/{name}"), value, all, found);
        }
    }
    for value in value.as_array().into_iter().flatten() {
        find_words(&schema["items"], &format!("{at}/items"), value, all, found);
    }
}

#[test]
fn every_field_for_words_is_filled() {
    let schema = shared("docs/schemas/record.schema.json");
    let mut places = Vec::new();
    pointers(&schema, "", &mut places);
    let words =
        |at: &&String| at.ends_with("/$ref") && *schema.pointer(at).unwrap() == "#/$defs/Text";
    let places = places.iter().filter(words).map(|at| at.trim_end_matches("/$ref").to_owned());
    let mut filled = BTreeSet::new();
    find_words(&schema, "", &document(), &schema, &mut filled);
    assert_eq!(filled, places.collect(), "tests/data/every-text.json leaves a field out");
    assert!(filled.len() > 30);
}

#[test]
fn no_debug_repeats_any_field_for_words() {
    let record = ClientRecord::from_json(&document().to_string()).unwrap();
    assert_record_is_silent(&record).unwrap();
}

#[test]
fn no_error_repeats_any_field_for_words() {
    let document = document();
    let mut errors = 0;
    let mut check = |document: &Value| {
        if let Err(error) = ClientRecord::from_json(&document.to_string()) {
            errors += 1;
            assert_silent_error(&error).unwrap();
        }
    };
    let mut all = Vec::new();
    pointers(&document, "", &mut all);
    for pointer in &all {
        let here = document.pointer(pointer).unwrap();
        let mut wrong = vec![json!(734_197.25), json!([here]), json!({ "Canary 7f3a": here })];
        if here.is_object() {
            let mut more = here.clone();
            more["Canary 7f3a"] = here.clone();
            wrong.push(more);
        }
        for change in wrong {
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).unwrap() = change;
            check(&changed);
        }
    }
    assert!(errors > 1000, "{errors} errors");

    let record = ClientRecord::from_json(&document.to_string()).unwrap();
    for event in document["events"].as_array().unwrap() {
        // An id that is taken; a reference that leads nowhere; a kind that its fields do not fit.
        let mut other = event.clone();
        other["recorded"] = json!("2026-12-31T09:00:00Z");
        let other = Event::from_json(&other.to_string()).unwrap();
        assert_silent_error(&record.clone().append(other).unwrap_err()).unwrap();
        let mut other = event.clone();
        other["id"] = json!("another");
        other["replaces"] = json!("nothing");
        let refused = Event::from_json(&other.to_string())
            .and_then(|other| record.clone().append(other))
            .unwrap_err();
        assert_silent_error(&refused).unwrap();
        let mut other = event.clone();
        other["body"]["kind"] =
            json!(if event["body"]["kind"] == "sex" { "crisis" } else { "sex" });
        assert_silent_error(&Event::from_json(&other.to_string()).unwrap_err()).unwrap();
        let text = event.to_string();
        assert_silent_error(&Event::from_json(&text[..text.len() - 2]).unwrap_err()).unwrap();
        let error = serde_json::from_str::<Event>(&other.to_string()).unwrap_err();
        assert_silent(&format!("{error} {error:?}")).unwrap();
    }
}
