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
    /// It was read: the SHA-256, as hexadecimal digits, of the canonical form of the review of a
    /// record on its day, of a worked record by a protocol, or of the page of that in other words.
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
    let events: Vec<Event> = record.events().rev().cloned().collect();
    backwards.extend(events).map_err(|error| format!("events refused: {error}"))?;
    expect(backwards == *record, "a record that depends on the order of its events")?;
    expect(is_silent(record), "the Debug of a record tells what it holds")?;
    let protocol = Protocol::dual_diagnosis();
    let texts = protocol.texts("en").map_err(|error| error.to_string())?;
    for later in [-400, 40] {
        review(&protocol, Some(&texts), &record.as_of(as_of.plus_days(later)))?;
    }
    let made = review(&protocol, Some(&texts), &record.as_of(as_of))?;
    let again = review(&protocol, None, &backwards.as_of(as_of))?;
    expect(made == again, "a review that depends on the order of events")?;
    digest(&made)
}

/// Records on which protocols and texts are tried.
fn tried() -> Result<[ClientRecord; 3], Broken> {
    let read =
        |text| ClientRecord::from_json(text).map_err(|error| format!("a worked record: {error}"));
    Ok([
        read(include_str!("../../examples/records/two-years.json"))?,
        read(include_str!("../../examples/records/finding-her-own-reasons.json"))?,
        read(r#"{"schema_version":1,"client":"c1","events":[]}"#)?,
    ])
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
    let mut reviews = Vec::new();
    let records = tried()?;
    let [worked, ..] = &records;
    for record in &records {
        reviews.push(review(protocol, texts.as_ref().ok(), &record.as_of(as_of))?);
    }
    // A service may set each number to its least and its most: of a few, other ones each day.
    let day = usize::from(as_of.year_month_day().2.unsigned_abs());
    for (name, parameter) in protocol.parameters().iter().skip(day).take(2) {
        for number in [parameter.minimum, parameter.maximum] {
            match protocol.with([(name.as_str(), number)]) {
                Ok(ours) => drop(review(&ours, None, &worked.as_of(as_of))?),
                Err(error) => of_error(&error, None)?,
            }
        }
    }
    reviews.first().map_or_else(|| Ok(String::new()), |review| digest(review))
}

fn of_texts(texts: Texts, as_of: CalendarDate) -> Result<String, Broken> {
    let shipped = Protocol::dual_diagnosis();
    let mut pages = Vec::new();
    for record in tried()? {
        review(&shipped, Some(&texts), &record.as_of(as_of))?;
        pages.push(shipped.render(&shipped.review(&record.as_of(as_of)), &texts));
    }
    let ours = shipped.with_texts(texts).map_err(|error| format!("texts refused: {error}"))?;
    expect(ours == shipped, "a protocol that is another by its words")?;
    Ok(pages.first().map(|page| hex(&Sha256::digest(page))).unwrap_or_default())
}

/// The digest of a review that is the same in every language.
fn digest(written: &str) -> Result<String, Broken> {
    let canonical = serde_json::from_str::<Value>(written)
        .and_then(|review| serde_json_canonicalizer::to_vec(&review));
    canonical.map(|text| hex(&Sha256::digest(text))).map_err(|error| error.to_string())
}

/// Reviews a snapshot, twice, and puts the review in words; gives it as JSON.
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
    Ok(written)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

// The canary is what the checks above look for.
const _: () = assert!(matches!(CANARY.as_bytes(), [b'C', b'a', b'n', b'a', b'r', b'y', ..]));
