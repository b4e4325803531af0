//! A record and a protocol that stay parsed, for forms that ask at every keystroke.

use crate::boundary::{Thrown, give, protocol, texts};
use mi_core::{
    CalendarDate, ClientRecord, Instant, JsonText, Protocol, Review,
    protocol::{Numbers, Texts},
    read_arguments,
    record::{AsOf, Event},
    review::Explanation,
};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

/// A record and a protocol.
#[wasm_bindgen]
#[derive(Debug)]
pub struct OpenRecord {
    record: ClientRecord,
    protocol: Protocol,
    /// The words that were handed in.
    texts: Option<Texts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenArguments<'t> {
    #[serde(borrow)]
    record: JsonText<'t>,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
    #[serde(borrow)]
    texts: Option<JsonText<'t>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppendArguments<'t> {
    #[serde(borrow)]
    event: JsonText<'t>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AsOfArguments {
    as_of: CalendarDate,
    known_by: Option<Instant>,
}

/// Reads a record and a protocol.
#[wasm_bindgen(js_name = openRecord)]
pub fn open_record(arguments: &str) -> Result<OpenRecord, Thrown> {
    let arguments: OpenArguments<'_> = read_arguments(arguments)?;
    let protocol = protocol(arguments.protocol, arguments.overlay, arguments.numbers)?;
    let given = arguments.texts.is_some();
    let texts = given.then(|| texts(&protocol, arguments.texts)).transpose()?;
    let record = ClientRecord::from_json(&arguments.record.document()?)?;
    Ok(OpenRecord { record, protocol, texts })
}

#[wasm_bindgen]
impl OpenRecord {
    /// Adds one event.
    pub fn append(&mut self, arguments: &str) -> Result<(), Thrown> {
        let AppendArguments { event } = read_arguments(arguments)?;
        Ok(self.record.append(Event::from_json(&event.document()?)?)?)
    }

    /// Reviews the record.
    pub fn review(&self, arguments: &str) -> Result<String, Thrown> {
        Ok(self.review_of(arguments)?.to_json())
    }

    /// Reviews the record, in words part by part.
    pub fn explain(&self, arguments: &str) -> Result<String, Thrown> {
        Ok(self.explained(arguments)?.to_json())
    }

    /// Reviews the record, as a page.
    pub fn render(&self, arguments: &str) -> Result<String, Thrown> {
        Ok(give(&self.explained(arguments)?.to_markdown()))
    }

    /// Writes the record.
    #[wasm_bindgen(js_name = toJSON)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.record.to_json()
    }

    fn explained(&self, arguments: &str) -> Result<Explanation, Thrown> {
        let review = self.review_of(arguments)?;
        let texts = self.texts.clone().map_or_else(|| self.protocol.texts("en"), Ok)?;
        Ok(self.protocol.explain(&review, &texts))
    }

    fn review_of(&self, arguments: &str) -> Result<Review, Thrown> {
        let AsOfArguments { as_of, known_by } = read_arguments(arguments)?;
        Ok(self.protocol.review(&self.record.as_of(AsOf::on(as_of).known_by(known_by))))
    }
}
