//! The catalogue of substances, and the targets that a person may want to change.

use std::{fmt, sync::LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Error, ErrorKind,
    document::{Part, Source, Stop, Writer, read_part, read_text},
    sort::sort_by,
    text::Code,
};

/// A substance, or a class of substances, of the catalogue in `content/substances.json`.
///
/// ```
/// # use mi_core::client::Substance;
/// let heroin: Substance = "heroin".parse()?;
/// assert!(heroin.is_in("opioid".parse()?));
/// assert!("opiod".parse::<Substance>().is_err());
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Substance(u8);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    class: Option<String>,
    #[serde(default)]
    look_alikes: Vec<String>,
}

/// The class of each entry of the catalogue.
static CLASSES: LazyLock<Vec<Option<Substance>>> = LazyLock::new(|| {
    let class = |entry: &Entry| entry.class.as_deref().and_then(Substance::from_code);
    CATALOGUE.iter().map(class).collect()
});

/// The catalogue, sorted by code, so that substances sort as their codes do.
static CATALOGUE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let text = include_str!("../../content/substances.json");
    let mut entries: Vec<Entry> = read_part(text).unwrap_or_default();
    sort_by(&mut entries, |one, other| one.code.cmp(&other.code));
    entries
});

impl Substance {
    /// Every substance and class of the catalogue, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).take(CATALOGUE.len()).map(Self)
    }

    /// The substance with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let index = CATALOGUE.binary_search_by(|entry| entry.code.as_str().cmp(code)).ok()?;
        u8::try_from(index).ok().map(Self)
    }

    /// The code, as documents write it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.entry().map_or("", |entry| &entry.code)
    }

    /// Is this the substance or class `class`, or a member of it?
    #[must_use]
    pub fn is_in(self, class: Substance) -> bool {
        self == class || CLASSES.get(usize::from(self.0)) == Some(&Some(class))
    }

    /// Can a medicine of this substance, taken as prescribed, give a positive test for `tested`?
    #[must_use]
    pub fn explains(self, tested: Substance) -> bool {
        self == tested
            || tested
                .entry()
                .is_some_and(|entry| entry.look_alikes.iter().any(|c| c == self.code()))
    }

    /// A substance that facts speak of by name; a test asserts that the catalogue has them all.
    fn named(code: &'static str) -> Self {
        Self::from_code(code).unwrap_or(Self(u8::MAX)) // which no other is in
    }

    pub(crate) fn alcohol() -> Self {
        Self::named("alcohol")
    }

    /// The class of opioids.
    pub(crate) fn opioid() -> Self {
        Self::named("opioid")
    }

    /// The class of benzodiazepines.
    pub(crate) fn benzodiazepine() -> Self {
        Self::named("benzodiazepine")
    }

    /// The class of all other sedatives but alcohol.
    pub(crate) fn sedative() -> Self {
        Self::named("sedative")
    }

    pub(crate) fn gabapentinoid() -> Self {
        Self::named("gabapentinoid")
    }

    fn entry(self) -> Option<&'static Entry> {
        CATALOGUE.get(usize::from(self.0))
    }
}

impl std::str::FromStr for Substance {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        Self::from_code(code).ok_or_else(|| Error::new(ErrorKind::UnknownCode, "", EXPECTED))
    }
}

const EXPECTED: &str = "the code of a substance of the catalogue";

impl fmt::Display for Substance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Substance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Substance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Substance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, EXPECTED, str::parse)
    }
}

impl Part for Substance {
    fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
        let code = from.text(EXPECTED)?;
        from.checked(code.parse())
    }

    fn write(&self, to: &mut Writer) {
        to.code(self.code());
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Substance {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Substance".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes: Vec<&str> = Substance::all().map(Substance::code).collect();
        schemars::json_schema!({
            "description": "A substance, or a class of substances, of the catalogue.",
            "type": "string",
            "enum": codes,
        })
    }
}

/// What a person may want to change: the use of a substance, or a behavior such as taking a
/// medicine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Part)]
#[part(tag = "kind", shown, sampled)]
pub enum Target {
    /// The use of a substance or of a class of substances.
    Substance {
        /// The substance or class.
        code: Substance,
    },
    /// A behavior, such as taking a medicine every day; a code of the service's own.
    Behavior {
        /// The behavior.
        code: Code,
    },
}

impl Target {
    /// The substance, when the target is one.
    #[must_use]
    pub fn substance(&self) -> Option<Substance> {
        match self {
            Target::Substance { code } => Some(*code),
            Target::Behavior { .. } => None,
        }
    }

    /// The code of the substance or behavior.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Target::Substance { code } => code.code(),
            Target::Behavior { code } => code.as_str(),
        }
    }
}

/// A behavior is coded by the service, and what it does not want in its logs may be in the code.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Substance { code } => f.debug_struct("Substance").field("code", code).finish(),
            Target::Behavior { .. } => f.debug_struct("Behavior").finish_non_exhaustive(),
        }
    }
}

impl From<Substance> for Target {
    fn from(code: Substance) -> Self {
        Target::Substance { code }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_has_what_facts_speak_of_by_name() {
        let [alcohol, opioid] = [Substance::alcohol(), Substance::opioid()];
        let [benzodiazepine, sedative] = [Substance::benzodiazepine(), Substance::sedative()];
        let gabapentinoid = Substance::gabapentinoid();
        for substance in [alcohol, opioid, benzodiazepine, sedative, gabapentinoid] {
            assert!(Substance::all().any(|other| other == substance));
        }
        assert!(gabapentinoid.is_in(sedative) && !alcohol.is_in(sedative));
        let unknown = Substance::named("no_such_substance");
        assert!(Substance::all().all(|other| !other.is_in(unknown) && !unknown.is_in(other)));
    }
}
