//! The documents' TypeScript types, from their JSON Schemas.

use super::Generated;
use crate::{
    Result,
    run::{node, output},
};

pub(super) fn typescript(files: &[Generated]) -> Result<Vec<Generated>> {
    let schemas: Vec<&str> = files
        .iter()
        .filter(|file| file.path.to_string_lossy().ends_with(".schema.json"))
        .map(|file| file.text.as_str())
        .collect();
    let text = output(&mut node("scripts/document-types.js"), &format!("[{}]", schemas.join(",")))
        .map_err(|error| format!("TypeScript types (`npm ci` in mi-wasm first): {error}"))?;
    Ok(vec![Generated { path: "mi-wasm/types/documents.d.ts".into(), text }])
}
