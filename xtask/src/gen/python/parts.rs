//! The classes of a review's parts in `mi-py`, from the JSON Schemas of reviews and explanations.
#![expect(clippy::indexing_slicing, reason = "a JSON value gives null for what is not there")]

use std::{fmt::Write as _, fs};

use serde_json::{Map, Value};

use super::super::lists::List;
use crate::{Result, run::root};

/// Definitions that are no class of a part: plain values, or classes written by hand.
const OTHERWISE: [&str; 6] =
    ["AppliedTest", "FactTrace", "ObservedValue", "Target", "Trace", "Value"];

/// Attributes that cannot, or should not, have the name of their field.
const RENAMED: [(&str, &str); 1] = [("from", "from_")];

/// What a `repr` shows: identifiers, and codes of what the library concluded. Codes that echo what
/// was recorded stay away, and so does every text, date and number.
const SHOWN: [&str; 13] = [
    "RuleId",
    "Name",
    "Fact",
    "Label",
    "MoveDirection",
    "PlanKind",
    "Severity",
    "Status",
    "TreatmentStep",
    "Verdict",
    "Evidence",
    "EventId",
    "DatedEvent",
];

/// `mi-py/src/parts.rs`.
pub(super) fn module(review: &str, explanation: &str, lists: &[List]) -> Result<String> {
    let (review, explanation): (Value, Value) =
        (serde_json::from_str(review)?, serde_json::from_str(explanation)?);
    let mut definitions = review["$defs"].as_object().ok_or("no definitions")?.clone();
    definitions.extend(explanation["$defs"].as_object().ok_or("no definitions")?.clone());
    definitions.insert("Explanation".into(), explanation);
    let types = Types { definitions: &definitions, lists };
    let mut text = String::from(HEADER);
    for (name, definition) in &definitions {
        if OTHERWISE.contains(&name.as_str()) {
            continue;
        }
        if definition["properties"].is_object() {
            let about = definition["description"].as_str().unwrap_or(name);
            text += &types.class(name, about, definition)?;
        } else if let Some(variants) = definition["oneOf"].as_array()
            && variants.iter().all(|variant| variant["properties"]["kind"].is_object())
        {
            text += &types.union(name, definition, variants)?;
        }
    }
    for path in ["mi-py/src/lib.rs", "mi-py/python/mi_core/__init__.py"] {
        let exports = fs::read_to_string(root().join(path))?;
        let words: Vec<&str> = exports.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let mut classes = text.lines().filter_map(|line| line.trim().split_once(", shows ["));
        if let Some((class, _)) = classes.find(|(class, _)| !words.contains(class)) {
            return Err(format!("{path} does not export {class}").into());
        }
    }
    Ok(text)
}

struct Types<'s> {
    definitions: &'s Map<String, Value>,
    lists: &'s [List],
}

impl Types<'_> {
    fn class(&self, name: &str, about: &str, definition: &Value) -> Result<String> {
        let properties = definition["properties"].as_object().ok_or("no properties")?;
        let required: Vec<&str> = definition["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let optional =
            properties.keys().map(String::as_str).filter(|field| !required.contains(field));
        let order: Vec<&str> = required.iter().copied().chain(optional).collect();
        let mut attributes = String::new();
        let mut shown: Vec<(usize, &str)> = Vec::new();
        for field in order {
            let property = properties.get(field).ok_or("a required field that is not declared")?;
            if property["const"].is_string() {
                continue; // the tag of a union
            }
            let schema = present(property);
            let kind = self.rust(schema)?;
            let list = kind.starts_with('[');
            let kind =
                if required.contains(&field) || list { kind } else { format!("Option<{kind}>") };
            let about = property["description"]
                .as_str()
                .ok_or_else(|| format!("{name}.{field} has no description"))?;
            let attribute =
                RENAMED.iter().find(|(old, _)| *old == field).map_or(field, |(_, new)| *new);
            attributes += &comment(about, "        ");
            let _ = writeln!(attributes, "        {attribute}: {kind} = \"{field}\";");
            let target = reference(schema).or_else(|| reference(&schema["items"]));
            let echoes = name.starts_with("Recorded") || name == "CurrentStep";
            let place = SHOWN.iter().position(|one| target == Some(*one));
            let stays_away = echoes && target == Some("TreatmentStep") || field == "possible";
            if let Some(place) = place.filter(|_| !stays_away) {
                shown.push((place, field));
            }
        }
        shown.sort_by_key(|(place, _)| *place);
        let shown: Vec<String> = shown.iter().map(|(_, field)| format!("\"{field}\"")).collect();
        let (about, shown) = (comment(about, "    "), shown.join(", "));
        Ok(format!("\npart! {{\n{about}    {name}, shows [{shown}] {{\n{attributes}    }}\n}}\n"))
    }

    /// One class for each variant, and the choice among them by its `kind`.
    fn union(&self, name: &str, definition: &Value, variants: &[Value]) -> Result<String> {
        let about = definition["description"].as_str().unwrap_or(name);
        let (mut classes, mut cases, mut arms) = (String::new(), String::new(), String::new());
        for variant in variants {
            let kind = &variant["properties"]["kind"];
            let kind = kind["const"].as_str().ok_or("a kind without its code")?;
            let class = if let Some(other) = reference(variant) {
                other.to_owned()
            } else {
                let class = name.to_owned() + &camel(kind);
                let which = variant["description"].as_str().unwrap_or(kind);
                let about = format!("{}: {}", about.trim_end_matches('.'), lower(which));
                classes += &self.class(&class, &about, variant)?;
                class
            };
            let case = camel(kind);
            let _ = writeln!(cases, "    {case}({class}),");
            let _ =
                writeln!(arms, "            \"{kind}\" => {class}::told(json).map(Self::{case}),");
        }
        let about = comment(about, "");
        Ok(format!(
            "{classes}\n{about}#[derive(IntoPyObject)]\npub(crate) enum {name} {{\n{cases}}}\n\n\
             impl Told for {name} {{\n    type As = Self;\n\n    \
             fn told(json: Option<&str>) -> PyResult<Self> {{\n        \
             match kind(json)?.as_str() {{\n{arms}            _ => Err(foreign()),\n        }}\n    }}\n}}\n"
        ))
    }

    /// The type that `Told` reads a value with this schema as.
    fn rust(&self, schema: &Value) -> Result<String> {
        if let Some(name) = reference(schema) {
            if let Some(list) = self.lists.iter().find(|list| list.name == name) {
                return Ok(list.path.replace(' ', ""));
            }
            let definition = self.definitions.get(name).ok_or("a reference that leads nowhere")?;
            return Ok(match name {
                "CalendarDate" => "mi_core::CalendarDate".into(),
                "Instant" => "mi_core::Instant".into(),
                "PartialDate" => "mi_core::date::PartialDate".into(),
                "Rating" => "mi_core::readiness::Rating".into(),
                "Target" => "mi_core::client::Target".into(),
                _ if definition["type"] == "string"
                    || definition["oneOf"][0]["const"].is_string() =>
                {
                    "String".into()
                }
                _ => name.into(),
            });
        }
        if schema["items"].is_object() {
            return Ok(format!("[{}]", self.rust(&schema["items"])?));
        }
        let is = |wanted: &str| match &schema["type"] {
            Value::Array(several) => several.iter().any(|one| one == wanted),
            one => one == wanted,
        };
        let plain = [("string", "String"), ("integer", "i64"), ("boolean", "bool")];
        let found = plain.iter().find(|(name, _)| is(name));
        Ok(found.ok_or("a schema that no attribute has yet")?.1.into())
    }
}

/// The schema of a value that is there, of one that may be null.
pub(super) fn present(schema: &Value) -> &Value {
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    let mut choices = choices.filter(|choice| choice["type"] != "null");
    choices.next().unwrap_or(schema)
}

pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

pub(super) fn camel(code: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    code.split('_').map(capital).collect()
}

fn lower(sentence: &str) -> String {
    sentence[..1].to_lowercase() + &sentence[1..]
}

/// A text as the lines of a documentation comment.
fn comment(text: &str, indent: &str) -> String {
    text.lines().map(|line| format!("{indent}/// {line}").trim_end().to_owned() + "\n").collect()
}

const HEADER: &str =
    "//! The parts of reviews and explanations. Generated by `cargo xtask gen` from their JSON Schemas.

use pyo3::prelude::*;

use crate::part::{Told, Trace, foreign, kind, part};
";
