//! The protocol as a document: parameters, definitions, rules, sources.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IntoDeserializer, MapAccess, Visitor},
};
use serde_with::skip_serializing_none;

use super::{
    criterion::Criterion,
    name::Name,
    overlay::{OverlayUsed, RuleOff},
    relation::Relation,
    rule::{Evidence, Rule, SourceCheck},
};
use crate::{
    Error, ErrorKind,
    code::codes,
    document::{self, Fields, marked},
    text::{Text, Wording},
};

/// The version of the protocol format that this library reads and writes.
const SCHEMA_VERSION: i64 = 1;

/// The version of the engine for which protocols of this format are written.
pub(crate) const ENGINE: i64 = 1;

codes! {
    /// The unit of a parameter.
    pub enum ParameterUnit {
        /// Days.
        Day = "day",
        /// Contacts, attempts, occasions, ranks or use days.
        Count = "count",
        /// Whole percent.
        Percent = "percent",
        /// Grams of pure alcohol a day.
        GramADay = "gram_a_day",
    }
}

/// A number of a protocol, with its range and what it rests on.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parameter {
    /// The number.
    pub value: i64,
    /// The number of the protocol, where `value` is a service's own.
    pub default: Option<i64>,
    /// Its unit.
    pub unit: ParameterUnit,
    /// The least that a service may set.
    pub minimum: i64,
    /// The most that a service may set.
    pub maximum: i64,
    /// On what it rests.
    pub evidence: Evidence,
    /// How far its sources were checked.
    pub source_check: SourceCheck,
    /// Its sources; none for a `default`.
    pub sources: Vec<Name>,
}

/// A source, as it is cited.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The citation.
    pub citation: Wording,
    /// The DOI, when it has one.
    pub doi: Option<Text>,
    /// Where it can be read.
    pub url: Option<Text>,
    /// What was seen of it.
    pub note: Option<Wording>,
}

/// The whole document: all that decides. Its words are [`Texts`](super::Texts), apart.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Protocol"))]
pub struct Document {
    /// The version of the format.
    pub schema_version: i64,
    /// The identifier of the protocol.
    pub id: Name,
    /// Its version.
    pub version: Name,
    /// The version of the engine for which it is written.
    pub engine: i64,
    /// Its numbers.
    pub parameters: Named<Name, Parameter>,
    /// How its numbers stand to each other, whatever a service sets.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Its definitions.
    pub definitions: Named<Name, Criterion>,
    /// Its rules, in the order in which they are evaluated and shown.
    pub rules: Vec<Rule>,
    /// Its sources.
    pub sources: Named<Name, Source>,
    /// The rules that a service has turned off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<RuleOff>,
    /// The overlays that made it of another protocol, in the order in which they were laid over it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<OverlayUsed>,
}

impl Document {
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        document::read_with(text, |text| Self::of(&Fields::of(text)?))
    }

    /// Reads the two files in which a shipped protocol is kept.
    pub(super) fn join(protocol: &str, sources: &str) -> Result<Self, Error> {
        let mut fields = Fields::of(protocol)?;
        fields.put("sources", sources);
        Self::of(&fields)
    }

    fn of(fields: &Fields<'_>) -> Result<Self, Error> {
        document::check_version(fields, SCHEMA_VERSION)?;
        // Read before all that a later engine may have brought.
        let engine: i64 = fields.field("engine")?;
        let expected = || format!("engine {ENGINE}");
        match engine.cmp(&ENGINE) {
            Ordering::Greater => Err(Error::new(ErrorKind::NewerSchema, "/engine", expected())),
            Ordering::Less => Err(Error::new(ErrorKind::OutOfRange, "/engine", expected())),
            Ordering::Equal => Ok(fields.read(&[])?),
        }
    }
}

/// A map that is written as an object and refuses a key that stands twice.
#[derive(Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Named<K: Ord, V>(BTreeMap<K, V>);

impl<K: Ord, V> Default for Named<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, V> Named<K, V> {
    /// Does it hold nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    /// Is there a value of this key?
    #[must_use]
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    /// Keys and values, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter()
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        self.0.insert(key, value);
    }

    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Named<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
            type Value = BTreeMap<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                // The key is read as text first: a wrong one is then told at this object, as a
                // path through it would repeat it.
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    let key = K::deserialize(key.into_deserializer())?;
                    if entries.insert(key, map.next_value()?).is_some() {
                        let expected = "each name once";
                        return Err(marked(Error::new(ErrorKind::DuplicateField, "", expected)));
                    }
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Entries(PhantomData)).map(Self)
    }
}

#[cfg(feature = "schema")]
impl<K: Ord, V: schemars::JsonSchema> schemars::JsonSchema for Named<K, V> {
    fn schema_name() -> Cow<'static, str> {
        format!("NamedOf{}", V::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object", "additionalProperties": generator.subschema_for::<V>()
        })
    }
}

impl<K: Ord, V> fmt::Debug for Named<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Named({} entries)", self.0.len())
    }
}

crate::code::opaque!(Parameter, Source, Document);
