//! What the schemas need beyond validity, so that a form made of them reads well and writes nothing
//! that nobody said.

use super::lists::snake;
use mi_core::protocol::Texts;
use schemars::{
    Schema,
    transform::{Transform, transform_subschemas},
};
use serde_json::{Map, Value, json};

/// Leaves out `null`, because the library reads it as absent and never writes it: a form that is
/// offered both would have to choose between them for a field that nobody touched. Nor is there a
/// default, since an absent field says the same. And it makes a list of codes a list of choices,
/// since only those have room for a title.
#[derive(Clone, Debug)]
pub(super) struct AsWritten;

impl Transform for AsWritten {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(object) = schema.as_object_mut() {
            without_null(object);
            object.shift_remove("default");
            if let Some(Value::Array(codes)) = object.shift_remove("enum") {
                let choices = codes.iter().map(|code| json!({ "const": code }));
                object.insert("oneOf".into(), choices.collect());
            }
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

/// Gives every type, field, choice and code a title, definitions in the order of their names, and a
/// union's tag before the fields that depend on it.
///
/// The words are those that ship with the protocol: of kinds and codes everywhere, of fields for a
/// record, because in another document a field of the same name is another one.
#[derive(Clone)]
pub(super) struct Titles {
    pub(super) texts: Texts,
    pub(super) is_record: bool,
}

impl Transform for Titles {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(schema) = schema.as_object_mut() {
            name_document(schema);
            self.name_definitions(schema);
            self.name_fields(schema);
            self.name_choices(schema, None);
        }
        transform_subschemas(self, schema);
    }
}

impl Titles {
    fn name_definitions(&self, schema: &mut Map<String, Value>) {
        let Some(Value::Object(definitions)) = schema.get_mut("$defs") else { return };
        definitions.sort_keys();
        for (name, definition) in definitions {
            let list = snake(name);
            if let Some(definition) = definition.as_object_mut() {
                self.name_choices(definition, Some(&list));
            }
            entitle(definition, &words(&list));
        }
    }

    fn name_fields(&self, schema: &mut Map<String, Value>) {
        let Some(Value::Object(fields)) = schema.get_mut("properties") else { return };
        if let Some(place) = fields.values().position(|field| field.get("const").is_some()) {
            let tag = fields.keys().nth(place).cloned().unwrap_or_default();
            if let Some(field) = fields.shift_remove(&tag) {
                fields.shift_insert(0, tag, field);
            }
        }
        for (name, field) in fields {
            let known = self.texts.field(name).filter(|_| self.is_record);
            entitle(field, &known.map_or_else(|| words(name), capitalized));
        }
    }

    /// Names the choices of a list of codes or of a union, where they have no title yet.
    fn name_choices(&self, schema: &mut Map<String, Value>, list: Option<&str>) {
        let Some(Value::Array(choices)) = schema.get_mut("oneOf") else { return };
        for choice in choices.iter_mut().filter(|choice| choice.get("title").is_none()) {
            let Some(code) = code(choice) else { continue };
            let known = match list {
                Some("body") => self.texts.kind(code),
                Some(list) => self.texts.code(list, code),
                None => None,
            };
            let title = known.map_or_else(|| words(code), capitalized);
            entitle(choice, &title);
        }
    }
}

/// The derive names a document after its type; what stands in it has no title yet.
fn name_document(schema: &mut Map<String, Value>) {
    if let (Some(_), Some(Value::String(title))) = (schema.get("$schema"), schema.get("title")) {
        let title = words(&snake(title));
        schema.insert("title".into(), title.into());
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

/// Words and codes of no text that are not written as the others.
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
    capitalized(&spelled(name).map_or_else(|| each().join(" "), str::to_owned))
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
