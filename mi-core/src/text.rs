//! Free text: the words of a person.

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
