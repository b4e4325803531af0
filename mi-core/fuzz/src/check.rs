//! What must hold of every document, whether it is read or refused.

use std::fmt::{Debug, Write as _};

use mi_core::{
    CalendarDate, ClientRecord, Error, ErrorKind, Protocol, bounds,
    protocol::Texts,
    record::{Event, Snapshot},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{CANARY, Document, Kind};

/// What came of a document, the same in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was refused: code and path of every problem.
    Refused(Vec<(String, String)>),
    /// It was read: the SHA-256 of the review that was made with it, as hexadecimal digits.
    Reviewed(String),
}

/// What does not hold.
type Broken = String;

/// Reads a document, and whatever is accepted is reviewed, written, read back and rendered.
///
/// # Errors
/// What does not hold of it.
pub fn check(document: &Document) -> Result<Outcome, Broken> {
    let Document { kind, text, as_of } = document;
    let shipped = Protocol::dual_diagnosis();
    let read = match kind {
        Kind::Record => ClientRecord::from_json(text).map(|record| of_record(&record, *as_of)),
        Kind::Protocol => Protocol::from_json(text).map(|protocol| of_protocol(&protocol, *as_of)),
        Kind::Texts => shipped.read_texts(text).map(|texts| of_texts(texts, *as_of)),
        Kind::Overlay => shipped.with_overlay(text).map(|made| of_protocol(&made, *as_of)),
    };
    match read {
        Ok(checked) => checked.map(Outcome::Reviewed),
        Err(error) => {
            // The words of an overlay are texts, of which a pointer may name what is lacking.
            let is_whole = matches!(kind, Kind::Record);
            of_error(&error, is_whole.then_some(text))?;
            let problem =
                |problem: &mi_core::Problem| (problem.code().to_owned(), problem.path().to_owned());
            Ok(Outcome::Refused(error.problems().iter().map(problem).collect()))
        }
    }
}

fn expect(holds: bool, what: &str) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// An error tells its problems by known codes and in moderation, and repeats nothing.
fn of_error(error: &Error, text: Option<&String>) -> Result<(), Broken> {
    let problems = error.problems();
    expect((1..=bounds::PROBLEMS).contains(&problems.len()), "so many problems")?;
    expect(is_silent(error), "an error repeats its input")?;
    expect(!error.to_string().contains("anary"), "an error repeats its input")?;
    let document = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    for problem in problems {
        expect(!problem.path().contains("anary"), "a path repeats its input")?;
        expect(!problem.expected().is_empty(), "a problem without what was expected")?;
        let is_known = ErrorKind::from_code(problem.code()) == Some(problem.kind());
        expect(is_known, "a code that is not in the list")?;
        let is_placed = problem.position().is_some() == (problem.kind() == ErrorKind::NotJson);
        expect(is_placed, "line and column of a text that is not JSON, and of no other")?;
        let leads = |document: &Value| document.pointer(problem.path()).is_some();
        expect(document.as_ref().is_none_or(leads), "a path that leads nowhere")?;
    }
    Ok(())
}

/// Does its `Debug` keep what people said to itself?
fn is_silent(value: &impl Debug) -> bool {
    let mut shown = String::new();
    let written = write!(shown, "{value:?} {value:#?}");
    written.is_ok() && !shown.contains("anary")
}

fn of_record(record: &ClientRecord, as_of: CalendarDate) -> Result<String, Broken> {
    let written = record.to_json();
    let read = ClientRecord::from_json(&written).map_err(|error| format!("unreadable: {error}"))?;
    expect(read == *record, "a record that is another when it is read back")?;
    expect(read.to_json() == written, "a record that is written in two ways")?;
    let mut backwards = ClientRecord::new(record.client().clone());
    let events: Vec<Event> = record.events().iter().rev().cloned().collect();
    backwards.extend(events).map_err(|error| format!("events refused: {error}"))?;
    expect(backwards == *record, "a record that depends on the order of its events")?;
    expect(is_silent(record), "the Debug of a record tells what it holds")?;
    let protocol = Protocol::dual_diagnosis();
    let texts = protocol.texts("en").map_err(|error| error.to_string())?;
    for later in [-400, 40] {
        review(&protocol, Some(&texts), &record.as_of(as_of.plus_days(later)))?;
    }
    let digest = review(&protocol, Some(&texts), &record.as_of(as_of))?;
    let again = review(&protocol, None, &backwards.as_of(as_of))?;
    expect(digest == again, "a review that depends on the order of events")?;
    Ok(digest)
}

/// Records on which protocols and texts are tried.
fn tried() -> Result<Vec<ClientRecord>, Broken> {
    [
        include_str!("../../examples/records/finding-her-own-reasons.json"),
        include_str!("../../examples/records/two-years.json"),
        r#"{"schema_version":1,"client":"c1","events":[]}"#,
    ]
    .into_iter()
    .map(|text| ClientRecord::from_json(text).map_err(|error| error.to_string()))
    .collect()
}

fn of_protocol(protocol: &Protocol, as_of: CalendarDate) -> Result<String, Broken> {
    let written = protocol.to_json();
    let read = Protocol::from_json(&written).map_err(|error| format!("unreadable: {error}"))?;
    expect(read == *protocol, "a protocol that is another when it is read back")?;
    expect(read.to_json() == written, "a protocol that is written in two ways")?;
    let texts = protocol.texts("en");
    if let Err(error) = &texts {
        of_error(error, None)?;
    }
    let mut digests = Sha256::new();
    for record in tried()? {
        digests.update(review(protocol, texts.as_ref().ok(), &record.as_of(as_of))?);
    }
    // A service may set each number to its least and its most.
    for (name, parameter) in protocol.parameters().iter().take(8) {
        for number in [parameter.minimum, parameter.maximum] {
            match protocol.with([(name.as_str(), number)]) {
                Ok(ours) => {
                    for record in tried()?.iter().take(1) {
                        review(&ours, texts.as_ref().ok(), &record.as_of(as_of))?;
                    }
                }
                Err(error) => of_error(&error, None)?,
            }
        }
    }
    Ok(hex(&digests.finalize()))
}

fn of_texts(texts: Texts, as_of: CalendarDate) -> Result<String, Broken> {
    let shipped = Protocol::dual_diagnosis();
    let mut digests = Sha256::new();
    for record in tried()? {
        digests.update(review(&shipped, Some(&texts), &record.as_of(as_of))?);
    }
    let ours = shipped.with_texts(texts).map_err(|error| format!("texts refused: {error}"))?;
    expect(ours == shipped, "a protocol that is another by its words")?;
    Ok(hex(&digests.finalize()))
}

/// Reviews a snapshot, twice, and puts the review in words; gives its digest.
fn review(
    protocol: &Protocol,
    texts: Option<&Texts>,
    snapshot: &Snapshot<'_>,
) -> Result<String, Broken> {
    let review = protocol.review(snapshot);
    let written = review.to_json();
    expect(protocol.review(snapshot).to_json() == written, "two reviews of one snapshot")?;
    expect(serde_json::from_str::<Value>(&written).is_ok(), "a review that is not JSON")?;
    expect(is_silent(&review), "the Debug of a review tells what it holds")?;
    if let Some(texts) = texts {
        let explained = protocol.explain(&review, texts).to_json();
        expect(serde_json::from_str::<Value>(&explained).is_ok(), "words that are not JSON")?;
        expect(!protocol.render(&review, texts).is_empty(), "an empty page")?;
    }
    Ok(hex(&Sha256::digest(&written)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

// The canary is what the checks above look for.
const _: () = assert!(matches!(CANARY.as_bytes(), [b'C', b'a', b'n', b'a', b'r', b'y', ..]));
