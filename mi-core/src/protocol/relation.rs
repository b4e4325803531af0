//! Relations between parameters: numbers that only make sense together.
//!
//! `overdose.urgent_days` above `overdose.attention_days` would be an overdose that is urgent on a
//! day on which it raises nothing. A protocol says how its numbers stand to each other, and every
//! place where numbers are set is held to it.

use super::{
    document::{Document, ParameterUnit},
    name::Name,
};
use crate::{ErrorKind, document::tagged, error::Problem};

tagged! {
    /// How parameters stand to each other, whatever a service sets.
    #[derive(Debug, Eq)]
    pub enum Relation by "op" {
        /// Each is at most the next.
        AtMost = "at_most" {
            /// The parameters.
            of: Vec<Name>,
        },
        /// Each is below the next.
        Below = "below" {
            /// The parameters.
            of: Vec<Name>,
        },
        /// So many things, so many days apart, lie within the days of a window: the count times the
        /// gap is at most the window.
        Fits = "fits" {
            /// How many.
            count: Name,
            /// How many days apart; one a day when absent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            gap: Option<Name>,
            /// The days of the window.
            window: Name,
        },
    }
}

impl Relation {
    /// The parameters of which it speaks, with their pointers below it.
    pub(super) fn parameters(&self) -> Vec<(String, &Name)> {
        match self {
            Self::AtMost { of } | Self::Below { of } => {
                of.iter().enumerate().map(|(index, name)| (format!("/of/{index}"), name)).collect()
            }
            Self::Fits { count, gap, window } => {
                let gap = gap.iter().map(|gap| ("/gap".to_owned(), gap));
                let ends = [("/count".to_owned(), count), ("/window".to_owned(), window)];
                ends.into_iter().chain(gap).collect()
            }
        }
    }

    /// What numbers that break it should have been; nothing for those that keep it.
    pub(super) fn broken(&self, value: impl Fn(&Name) -> Option<i64>) -> Option<String> {
        match self {
            Self::AtMost { of } => {
                let pair = broken_pair(of, |one, next| value(one) > value(next))?;
                Some(format!("{} at most {}", pair.0, pair.1))
            }
            Self::Below { of } => {
                let pair = broken_pair(of, |one, next| value(one) >= value(next))?;
                Some(format!("{} below {}", pair.0, pair.1))
            }
            Self::Fits { count, gap, window } => {
                let apart = gap.as_ref().map_or(Some(1), &value)?;
                let is_broken = value(count)?.saturating_mul(apart) > value(window)?;
                let what = gap.as_ref().map_or_else(String::new, |gap| format!(" times {gap}"));
                is_broken.then(|| format!("{count}{what} at most {window}"))
            }
        }
    }
}

/// The first two neighbors that are out of order.
fn broken_pair(of: &[Name], is_broken: impl Fn(&Name, &Name) -> bool) -> Option<(&Name, &Name)> {
    let mut pairs = of.iter().zip(of.iter().skip(1));
    pairs.find(|(one, next)| is_broken(one, next))
}

/// Checks the relations of a protocol; gives what is wrong.
pub(super) fn check(document: &Document) -> Vec<Problem> {
    let mut found = Vec::new();
    for (index, relation) in document.relations.iter().enumerate() {
        let path = format!("/relations/{index}");
        let parameters = relation.parameters();
        let before = found.len();
        if parameters.len() < 2 {
            found.push(Problem::new(ErrorKind::Inconsistent, &path, "at least two parameters"));
        }
        let mut units: Vec<ParameterUnit> = Vec::new();
        for (below, name) in &parameters {
            if let Some(parameter) = document.parameters.get(name) {
                units.push(parameter.unit);
            } else {
                let expected = "a parameter of this protocol";
                let path = format!("{path}{below}");
                found.push(Problem::new(ErrorKind::UnknownName, path, expected));
            }
        }
        let is_count = matches!(relation, Relation::Fits { .. });
        let fits = |unit: &ParameterUnit| {
            *unit == ParameterUnit::Day || is_count && *unit == ParameterUnit::Count
        };
        if !units.iter().all(|unit| Some(unit) == units.first()) && !units.iter().all(fits) {
            found.push(Problem::new(ErrorKind::WrongUnit, &path, "parameters of one unit"));
        }
        if found.len() > before {
            continue;
        }
        // A number outside its own range is told there.
        let value = |name: &Name| {
            let parameter = document.parameters.get(name)?;
            let range = parameter.minimum..=parameter.maximum;
            Some(parameter.value).filter(|value| range.contains(value))
        };
        if parameters.iter().any(|(_, name)| value(name).is_none()) {
            continue;
        }
        if let Some(expected) = relation.broken(value) {
            found.push(Problem::new(ErrorKind::Inconsistent, &path, expected));
        }
    }
    found
}
