//! The documents' JSON Schemas (draft 2020-12).

use super::Generated;
use crate::Result;
use mi_core::{ClientRecord, Review, protocol::Document};
use schemars::{JsonSchema, generate::SchemaSettings};
use std::path::Path;

pub(super) fn documents(_: &[Generated]) -> Result<Vec<Generated>> {
    Ok(vec![
        schema::<ClientRecord>("record")?,
        schema::<Document>("protocol")?,
        schema::<Review>("review")?,
    ])
}

fn schema<T: JsonSchema>(name: &str) -> Result<Generated> {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let text = serde_json::to_string_pretty(&schema)? + "\n";
    Ok(Generated { path: Path::new("docs/schemas").join(format!("{name}.schema.json")), text })
}
