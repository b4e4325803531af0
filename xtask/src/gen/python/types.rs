//! The types of documents that are handed in, for type checkers, from their JSON Schemas.
#![expect(clippy::indexing_slicing, reason = "a JSON value gives null for what is not there")]

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::{Map, Value};

use super::{
    super::lists::List,
    docstring,
    parts::{camel, present, reference},
};
use crate::Result;

/// What is handed in, beside a record.
const ROOTS: [&str; 4] = ["Event", "Plan", "DecisionalBalance", "Answers"];

/// `types.py`.
pub(super) fn module(record: &str, arguments: &str, lists: &[List]) -> Result<String> {
    let (record, arguments): (Value, Value) =
        (serde_json::from_str(record)?, serde_json::from_str(arguments)?);
    let mut definitions = Map::new();
    for schema in [&arguments, &record] {
        let more = schema["$defs"].as_object().ok_or("no definitions")?;
        definitions.extend(more.iter().map(|(name, schema)| (name.clone(), schema.clone())));
    }
    let mut types =
        Types { definitions: &definitions, lists, done: BTreeSet::new(), text: String::new() };
    for name in ROOTS {
        types.define(name)?;
    }
    types.object(
        "Record",
        "A record: an append-only log of dated events about one client.",
        &[&record],
    )?;
    let mut names: Vec<&str> = types.done.iter().map(String::as_str).chain(["Record"]).collect();
    names.sort_unstable();
    let names: Vec<String> = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    Ok(HEADER.replace("NAMES", &names.concat()) + &types.text)
}

struct Types<'s> {
    definitions: &'s Map<String, Value>,
    lists: &'s [List],
    done: BTreeSet<String>,
    text: String,
}

impl Types<'_> {
    /// Writes the type of a definition, after those that it mentions, and gives how it is written.
    fn define(&mut self, name: &str) -> Result<String> {
        let definition = self.definitions.get(name).ok_or("a reference that leads nowhere")?;
        if self.done.contains(name) {
            return Ok(name.into());
        }
        let about = definition["description"].as_str().unwrap_or(name);
        if let Some(codes) = codes(definition) {
            let same =
                |list: &&List| list.codes.iter().map(|code| code.text).eq(codes.iter().copied());
            let list = self.lists.iter().find(same).map(|list| format!("codes.{}", list.name));
            let texts = codes.iter().map(|code| format!("Literal[\"{code}\"]"));
            self.alias(name, about, &list.into_iter().chain(texts).collect::<Vec<_>>());
        } else if definition["properties"].is_object() {
            self.object(name, about, &[definition])?;
        } else if let Some(variants) = definition["oneOf"].as_array() {
            self.union(name, about, variants)?;
        } else {
            return self.written(definition);
        }
        self.done.insert(name.into());
        Ok(name.into())
    }

    fn union(&mut self, name: &str, about: &str, variants: &[Value]) -> Result<()> {
        let mut classes = Vec::new();
        for variant in variants {
            let tag = ["kind", "type"]
                .into_iter()
                .find_map(|tag| variant["properties"][tag]["const"].as_str());
            let class = camel(tag.ok_or("a variant without its kind")?) + name;
            let about = variant["description"].as_str().unwrap_or(&class).to_owned();
            let base = reference(variant).and_then(|base| self.definitions.get(base));
            let parts: Vec<&Value> = std::iter::once(variant).chain(base).collect();
            self.object(&class, &about, &parts)?;
            self.done.insert(class.clone());
            classes.push(class);
        }
        self.alias(name, about, &classes);
        Ok(())
    }

    fn alias(&mut self, name: &str, about: &str, choices: &[String]) {
        let about = docstring(first_line(about));
        let _ = write!(
            self.text,
            "\n{name}: TypeAlias = (\n    {}\n)\n{}",
            choices.join("\n    | "),
            about.replace("    \"\"\"", "\"\"\""),
        );
    }

    /// An object with the fields of all these schemas.
    fn object(&mut self, name: &str, about: &str, schemas: &[&Value]) -> Result<()> {
        let (mut fields, mut keywords) = (String::new(), String::new());
        for schema in schemas {
            let required = |field: &str| {
                schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == field))
            };
            for (field, property) in schema["properties"].as_object().ok_or("no properties")? {
                let mut kind = self.written(present(property))?;
                if !required(field) {
                    kind = format!("NotRequired[{kind}]");
                }
                if ["class", "from"].contains(&field.as_str()) {
                    let _ = write!(keywords, "\"{field}\": {kind}, ");
                    continue;
                }
                let _ = writeln!(fields, "    {field}: {kind}");
                if let Some(about) = property["description"].as_str() {
                    fields += &docstring(&about.replace('\n', " "));
                }
            }
        }
        let base = if keywords.is_empty() {
            "TypedDict".to_owned()
        } else {
            // Words of Python can only be keys in this way.
            let (base, keys) = (format!("_{name}Keywords"), keywords.trim_end_matches(", "));
            let _ = write!(self.text, "\n\n{base} = TypedDict(\"{base}\", {{{keys}}})\n");
            base
        };
        let _ = write!(
            self.text,
            "\n\nclass {name}({base}):\n{}\n{fields}\n",
            docstring(first_line(about))
        );
        Ok(())
    }

    /// How a schema is written as a type.
    fn written(&mut self, schema: &Value) -> Result<String> {
        if let Some(name) = reference(schema) {
            return self.define(name);
        }
        if schema["items"].is_object() {
            return Ok(format!("Sequence[{}]", self.written(&schema["items"])?));
        }
        if schema["const"].is_string() || schema["const"].is_number() {
            return Ok(format!("Literal[{}]", schema["const"]));
        }
        let is = |wanted: &str| match &schema["type"] {
            Value::Array(several) => several.iter().any(|one| one == wanted),
            one => one == wanted,
        };
        let plain =
            [("string", "str"), ("integer", "int"), ("number", "float"), ("boolean", "bool")];
        let found = plain.iter().find(|(name, _)| is(name));
        Ok(found.ok_or("a schema that has no type yet")?.1.into())
    }
}

/// The codes of a closed list, as an `enum` or as one constant each.
fn codes(schema: &Value) -> Option<Vec<&str>> {
    if let Some(codes) = schema["enum"].as_array() {
        return codes.iter().map(Value::as_str).collect();
    }
    schema["oneOf"].as_array()?.iter().map(|one| one["const"].as_str()).collect()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

const HEADER: &str = r#""""The documents that are handed in, for type checkers. Generated by `cargo xtask gen`.

An event is an `Event`, and its body one of many, told apart by `kind`:

>>> from mi_core.types import Event
>>> event: Event = {
...     "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
...     "by": {"role": "nurse", "id": "n1"},
...     "body": {"kind": "contact", "outcome": "kept"},
... }

They describe JSON, where a date is a text. Functions take any other mapping as well, in which dates
may be `datetime.date`; what is wrong with an input, the library says when it reads it.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypeAlias, TypedDict

from . import codes

__all__ = [
NAMES]
"#;
