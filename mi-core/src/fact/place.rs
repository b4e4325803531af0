//! A fact, as its place in the vocabulary; and what a row says of its value.

#[cfg(feature = "schema")]
use std::borrow::Cow;
use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, ErrorKind, code::codes, document, value::Measured};

/// A fact: something that a record says, or leaves open.
///
/// ```
/// # use mi_core::fact::{Fact, ValueKind};
/// let gap: Fact = "days_since_overdose".parse()?;
/// assert!(matches!(gap.kind(), ValueKind::Quantity(unit) if unit.code() == "day"));
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact(pub(super) u16);

/// The kind of a fact's value, with its codes or unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Yes, no or unknown; tested by `is`.
    Truth,
    /// One of these codes; tested by `one_of`.
    Code(&'static [&'static str]),
    /// A whole number of this unit; tested by `at_least` and `at_most`.
    Quantity(Measured),
    /// A value of the service's own; tested by the test that fits it.
    Own,
}

codes! {
    /// What a fact is asked about.
    pub enum Scope {
        /// The person.
        Person = "person",
        /// One target of the person; a protocol may name a substance instead.
        Target = "target",
        /// One return to use.
        ReturnToUse = "return_to_use",
        /// One decisional balance.
        Balance = "balance",
    }
}

impl PartialOrd for Fact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fact {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl FromStr for Fact {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        Self::from_code(code).ok_or_else(|| {
            let codes: Vec<&str> = Self::all().map(Self::code).collect();
            Error::new(ErrorKind::UnknownFact, "", format!("one of {}", codes.join(", ")))
        })
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::read_text(deserializer, "a code", str::parse)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Fact {
    fn schema_name() -> Cow<'static, str> {
        "Fact".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes: Vec<&str> = Self::all().map(Self::code).collect();
        let meanings = Self::all().map(|one| format!("\n- `{one}`: {}", one.definition()));
        schemars::json_schema!({
            "description": format!("{}\n{}", Self::ABOUT, meanings.collect::<String>()),
            "type": "string",
            "enum": codes,
        })
    }
}
