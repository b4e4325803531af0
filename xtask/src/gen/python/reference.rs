//! The book's reference of the Python package, from the stub of its compiled module.

use std::fmt::Write as _;

use super::super::Generated;
use crate::Result;

/// `docs/book/src/python.md`.
pub(in super::super) fn page(files: &[Generated]) -> Result<Vec<Generated>> {
    let stub = files.iter().find(|file| file.path.ends_with("_mi_core.pyi"));
    let text = written(&read(&stub.ok_or("stubs are made first")?.text));
    Ok(vec![Generated { path: "docs/book/src/python.md".into(), text }])
}

/// A class, or what is in it.
#[derive(Default)]
struct Item {
    name: String,
    /// `(record, *, as_of)` of a method, `int` of an attribute.
    shape: String,
    is_attribute: bool,
    about: Vec<String>,
    members: Vec<Item>,
}

/// Reads the shape in which the stub is written: four spaces a level, a `def` a line.
fn read(stub: &str) -> Vec<Item> {
    let mut classes: Vec<Item> = Vec::new();
    let (mut is_property, mut in_text) = (false, false);
    for line in stub.lines() {
        let code = line.trim();
        if code == "\"\"\"" {
            in_text = !in_text;
        } else if in_text {
            if let Some(class) = classes.last_mut() {
                let level = if class.members.is_empty() { 4 } else { 8 };
                let item =
                    class.members.last_mut().map_or(&mut class.about, |inner| &mut inner.about);
                item.push(line.get(level..).unwrap_or_default().to_owned());
            }
        } else if let Some(class) = line.strip_prefix("class ") {
            let name = class.trim_end_matches(':').to_owned();
            classes.push(Item { name, ..Item::default() });
        } else if code == "@property" {
            is_property = true;
        } else if let (Some(class), Some(function)) =
            (classes.last_mut(), code.strip_prefix("def "))
        {
            class.members.push(member(function, is_property));
            is_property = false;
        }
    }
    for class in &mut classes {
        class.members.retain(|member| member.name == "__new__" || !member.name.starts_with('_'));
    }
    classes
}

fn member(function: &str, is_attribute: bool) -> Item {
    let function = function.trim_end_matches(" ...").trim_end_matches(':');
    let (name, rest) = function.split_once('(').unwrap_or((function, ""));
    let (arguments, returned) = rest.rsplit_once(") -> ").unwrap_or((rest, "None"));
    let shape = if is_attribute {
        returned.to_owned()
    } else {
        let own = ["cls, ", "self, ", "/, ", "/", "self"];
        let mut arguments = arguments;
        for word in own {
            arguments = arguments.strip_prefix(word).unwrap_or(arguments);
        }
        let arguments = arguments.trim_end_matches(", /");
        format!("({arguments}) -> {returned}")
    };
    Item { name: name.to_owned(), shape, is_attribute, ..Item::default() }
}

fn written(classes: &[Item]) -> String {
    let mut page = String::from(HEADER);
    for class in classes {
        let _ = write!(page, "\n## {}\n\n{}", class.name, prose(&class.about));
        let (attributes, methods): (Vec<&Item>, Vec<&Item>) =
            class.members.iter().partition(|member| member.is_attribute);
        if !attributes.is_empty() {
            page += "\n| attribute | type | meaning |\n| --- | --- | --- |\n";
        }
        for Item { name, shape, about, .. } in attributes {
            let (shape, about) = (shape.replace('|', "\\|"), about.join(" "));
            let _ = writeln!(page, "| `{name}` | `{shape}` | {} |", about.replace('|', "\\|"));
        }
        for Item { name, shape, about, .. } in methods {
            let name = if name == "__new__" { &class.name } else { name };
            let _ = write!(page, "\n**`{name}{shape}`**\n\n{}", prose(about));
        }
    }
    page
}

/// A docstring as Markdown: its examples are fenced.
fn prose(lines: &[String]) -> String {
    let (mut text, mut in_example) = (String::new(), false);
    for line in lines.iter().map(String::as_str).chain([""]) {
        if line.starts_with(">>> ") && !in_example {
            text += "```python\n";
            in_example = true;
        } else if line.is_empty() && in_example {
            text += "```\n";
            in_example = false;
        }
        text = text + line + "\n";
    }
    text.trim_end().to_owned() + "\n"
}

const HEADER: &str = "# The Python package

`pip install mi-core`, `import mi_core as mi`. This page is generated from the package's stubs.

- **Codes** are in `mi_core.codes`: texts, each list an enumeration. Lists that the field orders \
  compare and sort in it (`max(flag.severity for flag in review.safety)` is the most urgent); all \
  others refuse `<`. In pandas, `pd.Categorical(values, categories=list(mi.Severity), ordered=True)` \
  keeps the order, and without `ordered` it groups codes that have none.
- **Errors** are in `mi_core.errors`, all of them `MiError`, with a path for each problem.
- **Types of events**, for type checkers, are in `mi_core.types`.
- **JSON Schemas** are in `mi_core.schemas`: `schemas.load(\"record\")`.

Parts are immutable, compare by what they say, and can be pickled. A `repr` shows identifiers and \
codes, never what a record says. In a notebook a review shows itself in words.
";
