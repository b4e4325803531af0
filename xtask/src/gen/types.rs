//! The documents' TypeScript types, from their JSON Schemas.

use super::{Generated, schemas};
use crate::{
    Result,
    run::{node, output},
};
use mi_core::{
    ErrorKind,
    balance::DecisionalBalance,
    record::Event,
    review::Standing,
    stage::{AnsweredStage, Answers},
    value::Truth,
};

pub(super) fn typescript(files: &[Generated]) -> Result<Vec<Generated>> {
    let schemas: Vec<&str> = files
        .iter()
        .filter(|file| file.path.to_string_lossy().ends_with(".schema.json"))
        .map(|file| file.text.as_str())
        .collect();
    let schemas = format!("[{},{}]", schemas.join(","), arguments()?);
    let text = output(&mut node("scripts/document-types.js"), &schemas)
        .map_err(|error| format!("TypeScript types (`npm ci` in mi-wasm first): {error}"))?;
    Ok(vec![Generated { path: "mi-wasm/types/documents.d.ts".into(), text }])
}

/// What functions take or throw that is not a part of a document.
pub(super) fn arguments() -> Result<String> {
    let mut generator = schemas::generator(false)?;
    generator.subschema_for::<AnsweredStage>();
    generator.subschema_for::<Answers>();
    generator.subschema_for::<DecisionalBalance>();
    generator.subschema_for::<ErrorKind>();
    generator.subschema_for::<Event>();
    generator.subschema_for::<Standing>();
    generator.subschema_for::<Truth>();
    let definitions = generator.take_definitions(true);
    Ok(serde_json::to_string(&serde_json::json!({ "$defs": definitions }))?)
}
