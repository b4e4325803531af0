//! What the schemas need beyond validity, so that a form made of them reads well and writes nothing
//! that nobody said.

use super::lists::snake;
use schemars::{
    Schema,
    transform::{Transform, transform_subschemas},
};
use serde_json::{Map, Value, json};

/// Leaves out `null`: the library reads it as absent and never writes it. A form that is offered
/// both would have to choose between them for a field that nobody touched.
#[derive(Clone, Debug)]
pub(super) struct AsWritten;

impl Transform for AsWritten {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(object) = schema.as_object_mut() {
            without_null(object);
        }
        transform_subschemas(self, schema);
    }
}

fn without_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            schema.shift_remove("anyOf");
            for (key, value) in only {
                schema.entry(key).or_insert(value);
            }
        }
    }
}

/// Names every type, field, choice and code in plain words, and gives definitions in the order of
/// their names and a union's tag before the fields that depend on it.
#[derive(Clone, Debug)]
pub(super) struct Titles;

impl Transform for Titles {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(schema) = schema.as_object_mut() {
            name_parts(schema);
        }
        transform_subschemas(self, schema);
    }
}

fn name_parts(schema: &mut Map<String, Value>) {
    // The derive names a document after its type; what stands in it has no title yet.
    if let (Some(_), Some(Value::String(title))) = (schema.get("$schema"), schema.get("title")) {
        let title = words(&snake(title));
        schema.insert("title".into(), title.into());
    }
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        definitions.sort_keys();
        for (name, definition) in definitions {
            entitle(definition, &words(&snake(name)));
        }
    }
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        if let Some(place) = fields.values().position(|field| field.get("const").is_some()) {
            let tag = fields.keys().nth(place).cloned().unwrap_or_default();
            if let Some(field) = fields.shift_remove(&tag) {
                fields.shift_insert(0, tag, field);
            }
        }
        for (name, field) in fields {
            entitle(field, &words(name));
        }
    }
    if let Some(Value::Array(codes)) = schema.shift_remove("enum") {
        schema.insert("oneOf".into(), codes.iter().map(|code| json!({ "const": code })).collect());
    }
    if let Some(Value::Array(choices)) = schema.get_mut("oneOf") {
        for choice in choices {
            if let Some(code) = code(choice).map(words) {
                entitle(choice, &code);
            }
        }
    }
}

/// The code that a choice stands for: its own, or that of its tag.
fn code(choice: &Value) -> Option<&str> {
    let own = choice.get("const");
    let tag = || {
        let fields = choice.get("properties")?.as_object()?;
        fields.values().find_map(|field| field.get("const"))
    };
    own.or_else(tag)?.as_str()
}

/// Puts a title in front.
fn entitle(schema: &mut Value, title: &str) {
    if let Some(schema) = schema.as_object_mut() {
        schema.shift_remove("title");
        schema.shift_insert(0, "title".into(), title.into());
    }
}

/// Words and whole codes that are not written as the others.
const SPELLED: &[(&str, &str)] = &[
    ("16_17", "16 or 17"),
    ("bbv", "BBV"),
    ("doi", "DOI"),
    ("ghb", "GHB"),
    ("id", "ID"),
    ("mdma", "MDMA"),
    ("sats", "SATS"),
    ("sats_r_2003", "SATS-R 2003"),
    ("sha256", "SHA-256"),
    ("url", "URL"),
    ("z_drug", "Z-drug"),
];

/// `contact_log` as `Contact log`.
fn words(name: &str) -> String {
    let spelled = |part| SPELLED.iter().find(|(code, _)| *code == part).map(|(_, words)| *words);
    let each = || name.split('_').map(|word| spelled(word).unwrap_or(word)).collect::<Vec<_>>();
    let words = spelled(name).map_or_else(|| each().join(" "), str::to_owned);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
