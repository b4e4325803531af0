//! A problem on its way through serde: what serde says of a failure, without its words on the input.

use std::fmt;

use serde::de::{Error, Expected, IgnoredAny, Unexpected};

use crate::{ErrorKind, bounds, error::Problem};

/// The prefix by which a problem of one of our own types travels through errors that are only text.
const MARK: &str = "mi!";

/// A [`Problem`], boxed so that what succeeds stays small.
#[derive(Debug)]
pub(super) struct Fault(Box<Problem>);

impl Fault {
    #[cold]
    fn new(kind: ErrorKind, path: impl Into<String>, expected: impl Into<String>) -> Self {
        Self(Box::new(Problem::new(kind, path, expected)))
    }

    /// A text that is not JSON: only the whole document tells where.
    #[cold]
    pub(super) fn not_json() -> Self {
        Self::new(ErrorKind::NotJson, "", "JSON text")
    }

    /// A text that is not the list or object that begins with `opening`, or no JSON.
    #[cold]
    pub(super) fn unread(text: &str, opening: char, expected: &dyn Expected) -> Self {
        if !text.starts_with(opening) && serde_json::from_str::<IgnoredAny>(text).is_ok() {
            Self::wrong_type(expected)
        } else {
            Self::not_json()
        }
    }

    #[cold]
    pub(super) fn out_of_range(expected: &dyn Expected) -> Self {
        Self::new(ErrorKind::OutOfRange, "", in_words(expected))
    }

    /// A list or object that holds more than a document of ours can mean.
    #[cold]
    pub(super) fn too_many(what: &str) -> Self {
        let expected = format!("at most {} {what}", bounds::ENTRIES);
        Self::new(ErrorKind::LimitExceeded, "", expected)
    }

    /// A field that an object of these fields does not have.
    #[cold]
    pub(super) fn unknown_field_of(fields: &[&str]) -> Self {
        Self::new(ErrorKind::UnknownField, "", one_of(fields))
    }

    #[cold]
    pub(super) fn wrong_type(expected: &dyn Expected) -> Self {
        Self::new(ErrorKind::WrongType, "", in_words(expected))
    }

    /// The same fault, seen from the object or list that has it at `key`.
    #[cold]
    pub(super) fn below(self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self(Box::new(self.0.below(&format!("/{key}"))))
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        *fault.0
    }
}

impl Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let mut parts = message.strip_prefix(MARK).unwrap_or_default().splitn(3, ' ');
        let kind = parts.next().and_then(ErrorKind::from_code).unwrap_or(ErrorKind::InvalidText);
        let path = parts.next().unwrap_or_default();
        Self::new(kind, path, parts.next().unwrap_or("another text"))
    }

    #[cold]
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::wrong_type(expected)
    }

    #[cold]
    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::out_of_range(expected)
    }

    #[cold]
    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(ErrorKind::UnknownCode, "", one_of(expected))
    }

    #[cold]
    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown_field_of(expected)
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self::new(ErrorKind::MissingField, "", format!("the field {field}"))
    }

    #[cold]
    fn duplicate_field(field: &'static str) -> Self {
        Self::new(ErrorKind::DuplicateField, "", format!("the field {field} once"))
    }
}

/// One of our own problems, as the error of any deserializer.
#[cold]
pub(crate) fn marked<E: Error>(error: crate::Error) -> E {
    let problem = error.into_problems().into_iter().next();
    problem.map_or_else(
        || E::custom("invalid"),
        |problem| {
            let (code, path, expected) = (problem.code(), problem.path(), problem.expected());
            E::custom(format_args!("{MARK}{code} {path} {expected}"))
        },
    )
}

fn one_of(names: &[&str]) -> String {
    match names {
        [] => "no field here".to_owned(),
        [name] => (*name).to_owned(),
        [one, other] => format!("{one} or {other}"),
        names => format!("one of {}", names.join(", ")),
    }
}

/// What serde expects, without the names that types have in Rust.
fn in_words(expected: &dyn Expected) -> String {
    match expected.to_string().as_str() {
        "i64" => "a whole number".to_owned(),
        "f64" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        words => words.replace('`', ""),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Fault {}
