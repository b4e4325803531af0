//! The documents' JSON Schemas (draft 2020-12), so that a program can make forms of them.

use super::{
    Generated,
    form::{AsWritten, Titles},
};
use crate::Result;
use mi_core::{
    ClientRecord, Protocol, Review,
    protocol::{Document, Overlay, TextsDocument},
    review::Explanation,
};
use schemars::{
    JsonSchema, Schema, SchemaGenerator,
    generate::SchemaSettings,
    transform::{Transform, transform_subschemas},
};
use std::path::Path;

pub(super) fn documents(_: &[Generated]) -> Result<Vec<Generated>> {
    Ok(vec![
        document::<ClientRecord>("record")?,
        document::<Document>("protocol")?,
        document::<Overlay>("overlay")?,
        document::<TextsDocument>("texts")?,
        document::<Review>("review")?,
        document::<Explanation>("explanation")?,
    ])
}

fn document<T: JsonSchema>(name: &str) -> Result<Generated> {
    let schema = generator(name == "record")?.into_root_schema_for::<T>();
    let text = serde_json::to_string_pretty(&schema)? + "\n";
    Ok(Generated { path: Path::new("docs/schemas").join(format!("{name}.schema.json")), text })
}

/// What makes the schemas of one document.
pub(super) fn generator(is_record: bool) -> Result<SchemaGenerator> {
    let titles = Titles { texts: Protocol::dual_diagnosis().texts("en")?, is_record };
    let settings = SchemaSettings::draft2020_12().with_transform(InPlainWords);
    Ok(settings.with_transform(AsWritten).with_transform(titles).into_generator())
}

/// Takes what only Rust's readers need out of descriptions: examples and links to items.
#[derive(Clone, Debug)]
struct InPlainWords;

impl Transform for InPlainWords {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(text) = schema.get("description").and_then(|text| text.as_str()) {
            let outside_of_examples: String = text.split("```").step_by(2).collect();
            let text = outside_of_examples.replace("[`", "`").replace("`]", "`");
            schema.insert("description".into(), text.trim().into());
        }
        transform_subschemas(self, schema);
    }
}
