//! What crosses the border: JSON text both ways, and errors as the text of their problems.

use mi_core::{
    Error, JsonText, Protocol,
    protocol::{Numbers, Texts},
};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// An error of the core on its way to JavaScript, where `call.js` makes a `MiError` of its text.
#[derive(Debug)]
pub struct Thrown(Error);

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Thrown> for JsValue {
    fn from(Thrown(error): Thrown) -> Self {
        #[derive(Serialize)]
        struct Problem<'e> {
            path: &'e str,
            code: &'e str,
            expected: &'e str,
            #[serde(skip_serializing_if = "Option::is_none")]
            line: Option<usize>,
            #[serde(skip_serializing_if = "Option::is_none")]
            column: Option<usize>,
        }
        let problems = error.problems().iter().map(|problem| Problem {
            path: problem.path(),
            code: problem.code(),
            expected: problem.expected(),
            line: problem.position().map(|(line, _)| line),
            column: problem.position().map(|(_, column)| column),
        });
        give(&(error.to_string(), problems.collect::<Vec<_>>())).into()
    }
}

/// A result.
pub(crate) fn give<T: Serialize + ?Sized>(value: &T) -> String {
    // The core's types have string keys and finite numbers: writing them to memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// A protocol with a service's overlay and numbers; the core's own default where none is handed in.
pub(crate) fn protocol(
    document: Option<JsonText<'_>>,
    overlay: Option<JsonText<'_>>,
    numbers: Option<Numbers>,
) -> Result<Protocol, Error> {
    let mut protocol = match document {
        Some(document) => Protocol::from_json(&document.document()?)?,
        None => Protocol::dual_diagnosis(),
    };
    if let Some(overlay) = overlay {
        protocol = protocol.with_overlay(&overlay.document()?)?;
    }
    match numbers {
        Some(numbers) => protocol.with_numbers(&numbers),
        None => Ok(protocol),
    }
}

/// Texts of a protocol; its English where none are handed in.
pub(crate) fn texts(protocol: &Protocol, document: Option<JsonText<'_>>) -> Result<Texts, Error> {
    match document {
        Some(document) => protocol.read_texts(&document.document()?),
        None => protocol.texts("en"),
    }
}
