//! A service's own numbers: the shortest form of an overlay.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use super::{document::Document, name::Name, relation::Relation};
use crate::{
    Error, ErrorKind, JsonText,
    document::{marked, read_part},
    error::Problem,
};

/// A service's own numbers, by the names of parameters.
///
/// A number is told in an error by its name only where the protocol has a parameter of that name:
/// whatever else stands there is the caller's.
#[derive(Clone, Default)]
pub struct Numbers(BTreeMap<String, Result<i64, Problem>>);

impl Numbers {
    /// The names, whether a protocol has parameters of them or not.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The pointer to the number that a problem is about, where it is about one of these.
    pub(super) fn place(&self, found: &Problem, relations: &[Relation]) -> Option<String> {
        let mut steps = found.path().split('/').skip(1);
        let (part, name) = (steps.next()?, steps.next()?);
        let name = match part {
            "parameters" => self.names().find(|own| *own == name)?,
            "relations" => {
                let relation = relations.get(name.parse::<usize>().ok()?)?;
                let concerned = relation.parameters();
                let is_own = |own: &&str| concerned.iter().any(|(_, name)| name.as_str() == *own);
                self.names().find(is_own)?
            }
            _ => return None,
        };
        Some(format!("/numbers/{name}"))
    }
}

impl<'n> FromIterator<(&'n str, i64)> for Numbers {
    fn from_iter<I: IntoIterator<Item = (&'n str, i64)>>(numbers: I) -> Self {
        Self(numbers.into_iter().map(|(name, number)| (name.to_owned(), Ok(number))).collect())
    }
}

/// Sets numbers in a protocol; gives what is wrong with them.
pub(super) fn set(document: &mut Document, numbers: &Numbers) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, number) in &numbers.0 {
        if let Err(problem) = set_one(document, name, number) {
            problems.push(problem);
        }
    }
    problems
}

fn set_one(
    document: &mut Document,
    name: &str,
    number: &Result<i64, Problem>,
) -> Result<(), Problem> {
    let parameter = Name::new(name)
        .map_err(|_| Problem::new(ErrorKind::InvalidText, "/numbers", "the name of a parameter"))?;
    let Some(found) = document.parameters.get_mut(&parameter) else {
        let expected = "the name of a parameter of the protocol";
        return Err(Problem::new(ErrorKind::UnknownName, "/numbers", expected));
    };
    let path = format!("/numbers/{parameter}");
    let value = number.clone().map_err(|problem| problem.below(&path))?;
    if !(found.minimum..=found.maximum).contains(&value) {
        let expected = format!("a whole number from {} to {}", found.minimum, found.maximum);
        return Err(Problem::new(ErrorKind::OutOfRange, path, expected));
    }
    let default = found.default.unwrap_or(found.value);
    found.value = value;
    found.default = (value != default).then_some(default);
    Ok(())
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Numbers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Numbers, A::Error> {
                let mut numbers = BTreeMap::new();
                // The value stays text here: its problem would have the key in its path.
                while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                    let text: JsonText<'de> = map.next_value()?;
                    let number = read_part::<i64>(text.as_str());
                    if numbers.insert(name.into_owned(), number).is_some() {
                        let expected = "each name once";
                        return Err(marked(Error::new(ErrorKind::DuplicateField, "", expected)));
                    }
                }
                Ok(Numbers(numbers))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let numbers =
            self.0.iter().filter_map(|(name, number)| Some((name, number.as_ref().ok()?)));
        serializer.collect_map(numbers)
    }
}

impl PartialEq for Numbers {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Numbers {
    fn schema_name() -> Cow<'static, str> {
        "Numbers".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object", "additionalProperties": generator.subschema_for::<i64>()
        })
    }
}

crate::code::opaque!(Numbers);
