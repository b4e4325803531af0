//! Free text: the words of a person, and the wording of what this library says.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::{Error, ErrorKind, bounds, code::identifier, document};

identifier! {
    /// The pseudonymous identifier of a client, given by the host. It is never a name.
    pub struct ClientId, "[A-Za-z0-9._-]",
    |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

identifier! {
    /// The identifier of an event, given by the host and unique in its record.
    pub struct EventId, "[A-Za-z0-9._-]",
    |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

identifier! {
    /// The pseudonymous identifier of someone who speaks or acts.
    pub struct ActorId, "[A-Za-z0-9._-]",
    |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

identifier! {
    /// A code of a list that grows, such as a behavior, a diagnosis or a measure.
    pub struct Code, "[a-z0-9_.-]",
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-')
}

/// Words, usually the client's own, of at most 64 KiB. They are kept as they were said, and neither
/// errors nor `Debug` ever show them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(Box<str>);

const EXPECTED: &str = "a text of at most 65536 bytes";

impl Text {
    /// Words of at most 64 KiB.
    ///
    /// # Errors
    /// [`ErrorKind::LimitExceeded`] beyond that.
    pub fn new(words: &str) -> Result<Self, Error> {
        if words.len() > bounds::TEXT_BYTES {
            return Err(Error::new(ErrorKind::LimitExceeded, "", EXPECTED));
        }
        Ok(Self(words.into()))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(..)")
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::read_text(deserializer, EXPECTED, Self::new)
    }
}

impl document::Part for Text {
    fn read(from: &mut document::Source<'_>) -> Result<Self, document::Stop> {
        let words = from.text(EXPECTED)?;
        from.checked(Self::new(&words))
    }

    fn write(&self, to: &mut document::Writer) {
        to.words(&self.0);
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Words, usually the client's own, of at most 65536 bytes of UTF-8.",
            "type": "string",
        })
    }
}

/// A sentence or name that this library says: 1 to 2,048 bytes on one line, and not blank.
///
/// A place such as `{target}` in it is filled with a value when it is written out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Wording(Box<str>);

const EXPECTED_WORDING: &str = "words on one line, of at most 2048 bytes";

impl Wording {
    /// A sentence or name.
    ///
    /// # Errors
    /// [`ErrorKind::LimitExceeded`] beyond 2,048 bytes, [`ErrorKind::InvalidText`] for one that is
    /// blank or has a line break or another control character.
    pub fn new(words: &str) -> Result<Self, Error> {
        if words.len() > bounds::WORDING_BYTES {
            return Err(Error::new(ErrorKind::LimitExceeded, "", EXPECTED_WORDING));
        }
        if words.trim().is_empty() || words.contains(char::is_control) {
            return Err(Error::new(ErrorKind::InvalidText, "", EXPECTED_WORDING));
        }
        Ok(Self(words.into()))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wording(..)")
    }
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::read_text(deserializer, EXPECTED_WORDING, Self::new)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Wording {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Wording".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A sentence or name on one line, of 1 to 2048 bytes of UTF-8. A place such \
                as `{target}` is filled with a value.",
            "type": "string",
            "minLength": 1,
        })
    }
}
