//! JavaScript bindings for `mi-core`: each function takes the JSON text of one object and gives
//! JSON text. `js/` makes plain objects of them, `types/` says which.
#![expect(clippy::missing_errors_doc, reason = "the functions are documented in types/index.d.ts")]

mod boundary;
mod forms;
mod open_record;

use boundary::{Thrown, give, protocol, texts};
use mi_core::{
    CalendarDate, ClientRecord, Error, Instant, JsonText, Protocol, Review,
    protocol::Numbers,
    read_arguments,
    record::AsOf,
    review::{Explanation, ProtocolUsed},
};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

pub use forms::{check_balance, check_plan, stage_of_change};
pub use open_record::{OpenRecord, open_record};

/// The version of this package; the crate and the Python package carry the same one.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    mi_core::VERSION.to_owned()
}

/// What a review takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewArguments<'t> {
    #[serde(borrow)]
    record: JsonText<'t>,
    as_of: CalendarDate,
    known_by: Option<Instant>,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
}

impl ReviewArguments<'_> {
    fn review(self) -> Result<(Protocol, Review), Error> {
        let protocol = protocol(self.protocol, self.overlay, self.numbers)?;
        let record = ClientRecord::from_json(&self.record.document()?)?;
        let review = protocol.review(&record.as_of(AsOf::on(self.as_of).known_by(self.known_by)));
        Ok((protocol, review))
    }
}

/// Reviews a record.
#[wasm_bindgen]
pub fn review(arguments: &str) -> Result<String, Thrown> {
    let (_, review) = read_arguments::<ReviewArguments<'_>>(arguments)?.review()?;
    Ok(review.to_json())
}

/// What a review in words takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RenderArguments<'t> {
    #[serde(borrow)]
    record: JsonText<'t>,
    as_of: CalendarDate,
    known_by: Option<Instant>,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
    #[serde(borrow)]
    texts: Option<JsonText<'t>>,
}

impl RenderArguments<'_> {
    fn explain(self) -> Result<Explanation, Error> {
        let Self { record, as_of, known_by, protocol, overlay, numbers, texts: words } = self;
        let asked = ReviewArguments { record, as_of, known_by, protocol, overlay, numbers };
        let (protocol, review) = asked.review()?;
        Ok(protocol.explain(&review, &texts(&protocol, words)?))
    }
}

/// Reviews a record, in words part by part.
#[wasm_bindgen]
pub fn explain(arguments: &str) -> Result<String, Thrown> {
    Ok(read_arguments::<RenderArguments<'_>>(arguments)?.explain()?.to_json())
}

/// Reviews a record, as a page.
#[wasm_bindgen]
pub fn render(arguments: &str) -> Result<String, Thrown> {
    Ok(give(&read_arguments::<RenderArguments<'_>>(arguments)?.explain()?.to_markdown()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextsArguments<'t> {
    #[serde(borrow)]
    texts: Option<JsonText<'t>>,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
}

/// Reads texts of a protocol and gives them back.
#[wasm_bindgen(js_name = readTexts)]
pub fn read_texts(arguments: &str) -> Result<String, Thrown> {
    let arguments: TextsArguments<'_> = read_arguments(arguments)?;
    let protocol = protocol(arguments.protocol, arguments.overlay, arguments.numbers)?;
    Ok(texts(&protocol, arguments.texts)?.to_json())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordArguments<'t> {
    #[serde(borrow)]
    record: JsonText<'t>,
}

/// Reads a record and gives it back, its events in order.
#[wasm_bindgen(js_name = readRecord)]
pub fn read_record(arguments: &str) -> Result<String, Thrown> {
    let RecordArguments { record } = read_arguments(arguments)?;
    Ok(ClientRecord::from_json(&record.document()?)?.to_json())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProtocolArguments<'t> {
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
}

/// Reads a protocol and gives it back, with the service's own numbers.
#[wasm_bindgen(js_name = readProtocol)]
pub fn read_protocol(arguments: &str) -> Result<String, Thrown> {
    let arguments: ProtocolArguments<'_> = read_arguments(arguments)?;
    Ok(protocol(arguments.protocol, arguments.overlay, arguments.numbers)?.to_json())
}

/// Says which protocol it is, as a review does.
#[wasm_bindgen(js_name = describeProtocol)]
pub fn describe_protocol(arguments: &str) -> Result<String, Thrown> {
    let arguments: ProtocolArguments<'_> = read_arguments(arguments)?;
    Ok(give(&ProtocolUsed::of(&protocol(
        arguments.protocol,
        arguments.overlay,
        arguments.numbers,
    )?)))
}
