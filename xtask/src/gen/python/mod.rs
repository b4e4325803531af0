//! What of the Python package follows from the core: code lists, exceptions, types of documents.

mod codes;
mod errors;
mod parts;
mod reference;
mod types;

use super::{Generated, lists};
use crate::Result;
pub(super) use reference::page;

const FOLDER: &str = "mi-py/python/mi_core";

pub(super) fn modules(files: &[Generated]) -> Result<Vec<Generated>> {
    let lists = lists::all();
    let kinds = lists.iter().find(|list| list.name == "ErrorKind").ok_or("no ErrorKind")?;
    let review = schema(files, "review")?;
    let (record, arguments) = (schema(files, "record")?, super::types::arguments()?);
    let mut modules = vec![
        Generated {
            path: "mi-py/src/parts.rs".into(),
            text: parts::module(review, schema(files, "explanation")?, &lists)?,
        },
        file("codes.py", codes::runtime(&lists)),
        file("codes.pyi", codes::stub(&lists)),
        file("errors.py", errors::exceptions(kinds)),
        file("types.py", types::module(record, &arguments, &lists)?),
    ];
    for schema in files.iter().filter(|file| file.path.starts_with("docs/schemas")) {
        let name = schema.path.file_name().unwrap_or_default().to_string_lossy();
        modules.push(file(&format!("schemas/{name}"), schema.text.clone()));
    }
    Ok(modules)
}

/// The JSON Schema of a document, as it was made before.
fn schema<'f>(files: &'f [Generated], name: &str) -> Result<&'f str> {
    let path = format!("docs/schemas/{name}.schema.json");
    let found = files.iter().find(|file| file.path.as_os_str() == path.as_str());
    Ok(&found.ok_or("schemas are made first")?.text)
}

fn file(name: &str, text: String) -> Generated {
    Generated { path: format!("{FOLDER}/{name}").into(), text }
}

/// A docstring of at most 100 columns.
fn docstring(text: &str) -> String {
    if text.chars().count() <= 90 {
        return format!("    \"\"\"{text}\"\"\"\n");
    }
    let (mut lines, mut line) = (String::new(), String::from("    \"\"\""));
    for word in text.split(' ') {
        let longer = format!("{line}{word} ");
        if longer.trim_end().chars().count() <= 100 {
            line = longer;
        } else {
            lines = lines + line.trim_end() + "\n";
            line = format!("    {word} ");
        }
    }
    format!("{lines}{}\n    \"\"\"\n", line.trim_end())
}
