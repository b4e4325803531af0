//! Values that may be partly known, and the three-valued logic over them; amounts, counts, and the
//! values of a service's own data.

mod amount;
mod own;

use serde::{Serialize, Serializer, ser::SerializeStruct};

pub use amount::{Amount, Count, DayCount, Quantity, Unit};
pub use own::{ObservedValue, YesNoUnsure};

use crate::code::codes;

codes! {
    /// Whether something is so. Unknown is not no.
    pub enum Truth {
        /// It is so.
        Yes = "yes",
        /// It is not so.
        No = "no",
        /// Nothing that is recorded decides it.
        Unknown = "unknown",
    }
}

codes! {
    /// What became of a condition.
    pub enum Verdict {
        /// It holds.
        Met = "met",
        /// It does not hold.
        Unmet = "unmet",
        /// What is recorded leaves it open.
        Unknown = "unknown",
    }
}

impl Verdict {
    /// Both hold (Kleene).
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unmet, _) | (_, Self::Unmet) => Self::Unmet,
            (Self::Met, Self::Met) => Self::Met,
            _ => Self::Unknown,
        }
    }

    /// At least one holds (Kleene).
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// It does not hold (Kleene).
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "reads beside `and` and `or`")]
    pub fn not(self) -> Self {
        match self {
            Self::Met => Self::Unmet,
            Self::Unmet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<Verdict> for Truth {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Yes,
            Verdict::Unmet => Self::No,
            Verdict::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Met } else { Self::Unmet }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

codes! {
    /// The unit of a quantity.
    pub enum Measured {
        /// Days.
        Day = "day",
        /// A count of contacts, attempts or occasions.
        Count = "count",
        /// Whole percent.
        Percent = "percent",
        /// Grams of pure alcohol a day.
        GramADay = "gram_a_day",
    }
}

/// A whole number that is known to lie in a range. It may be open-ended, and it may be without
/// limit: the days since something that never happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    min: i64,
    max: i64,
}

/// Stands for "without limit".
const WITHOUT_LIMIT: i64 = i64::MAX;

impl Range {
    /// Exactly this many.
    #[must_use]
    pub fn exactly(value: i64) -> Self {
        Self { min: value, max: value }
    }

    /// From the one to the other, in either order.
    #[must_use]
    pub fn between(one: i64, other: i64) -> Self {
        Self { min: one.min(other), max: one.max(other) }
    }

    /// This many or more, to no end.
    #[must_use]
    pub fn at_least(min: i64) -> Self {
        Self { min, max: WITHOUT_LIMIT }
    }

    /// From `min` to `max`, or without end.
    #[must_use]
    pub fn from_to(min: i64, max: Option<i64>) -> Self {
        max.map_or(Self::at_least(min), |max| Self::between(min, max))
    }

    /// More than any number: known to be without limit.
    #[must_use]
    pub fn without_limit() -> Self {
        Self::exactly(WITHOUT_LIMIT)
    }

    /// The least that it can be; `None` when it is known to be without limit.
    #[must_use]
    pub fn min(self) -> Option<i64> {
        (self.min < WITHOUT_LIMIT).then_some(self.min)
    }

    /// The most that it can be; `None` when there is no end.
    #[must_use]
    pub fn max(self) -> Option<i64> {
        (self.max < WITHOUT_LIMIT).then_some(self.max)
    }

    /// Is it a number at all, and not known to be without limit? Of the days since something: did it
    /// happen?
    #[must_use]
    pub fn has_limit(self) -> Verdict {
        self.is_at_most(WITHOUT_LIMIT.saturating_sub(1))
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Is it `limit` or more?
    #[must_use]
    pub fn is_at_least(self, limit: i64) -> Verdict {
        if self.min >= limit {
            Verdict::Met
        } else if self.max < limit {
            Verdict::Unmet
        } else {
            Verdict::Unknown
        }
    }

    /// Is it `limit` or less?
    #[must_use]
    pub fn is_at_most(self, limit: i64) -> Verdict {
        if self.max <= limit {
            Verdict::Met
        } else if self.min > limit {
            Verdict::Unmet
        } else {
            Verdict::Unknown
        }
    }
}

/// What a record says about a fact.
///
/// In JSON it is tagged by `type`: `{"type": "quantity", "unit": "day", "min": 161, "max": 190}`.
/// An absent `max` is open-ended; `"without_limit": true` stands for days since what never happened.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Yes, no or unknown.
    Truth(Truth),
    /// The codes that are still possible, in the order of their list; one: known.
    Code(Vec<&'static str>),
    /// A whole number in a range.
    Quantity(Measured, Range),
    /// A value of the service's own, or nothing recorded.
    Own(Option<ObservedValue>),
}

impl Value {
    /// Does it leave nothing open?
    #[must_use]
    pub fn is_known(&self) -> bool {
        match self {
            Self::Truth(truth) => *truth != Truth::Unknown,
            Self::Code(possible) => possible.len() == 1,
            Self::Quantity(_, range) => range.min == range.max,
            Self::Own(value) => value.is_some(),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Value", 4)?;
        match self {
            Self::Truth(value) => {
                out.serialize_field("type", "truth")?;
                out.serialize_field("value", value)?;
            }
            Self::Code(possible) => {
                out.serialize_field("type", "code")?;
                out.serialize_field("possible", possible)?;
            }
            Self::Quantity(unit, range) => {
                out.serialize_field("type", "quantity")?;
                out.serialize_field("unit", unit)?;
                match (range.min(), range.max()) {
                    (None, _) => out.serialize_field("without_limit", &true)?,
                    (Some(min), max) => {
                        out.serialize_field("min", &min)?;
                        if let Some(max) = max {
                            out.serialize_field("max", &max)?;
                        }
                    }
                }
            }
            Self::Own(value) => {
                out.serialize_field("type", "own")?;
                if let Some(value) = value {
                    out.serialize_field("value", value)?;
                }
            }
        }
        out.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let truth = generator.subschema_for::<Truth>();
        let unit = generator.subschema_for::<Measured>();
        let own = generator.subschema_for::<ObservedValue>();
        schemars::json_schema!({
            "description": "What a record says about a fact.",
            "oneOf": [
                {
                    "description": "Yes, no or unknown.",
                    "type": "object",
                    "properties": { "type": { "type": "string", "const": "truth" }, "value": truth },
                    "required": ["type", "value"],
                    "additionalProperties": false,
                },
                {
                    "description": "The codes that are still possible; one: known.",
                    "type": "object",
                    "properties": {
                        "type": { "type": "string", "const": "code" },
                        "possible": { "type": "array", "items": { "type": "string" } },
                    },
                    "required": ["type", "possible"],
                    "additionalProperties": false,
                },
                {
                    "description": "A whole number from `min` to `max`, open-ended without `max`; \
                        or without limit, as the days since something that never happened.",
                    "type": "object",
                    "properties": {
                        "type": { "type": "string", "const": "quantity" },
                        "unit": unit,
                        "min": { "type": "integer" },
                        "max": { "type": "integer" },
                        "without_limit": { "type": "boolean", "const": true },
                    },
                    "required": ["type", "unit"],
                    "additionalProperties": false,
                },
                {
                    "description": "A value of the service's own, or nothing recorded.",
                    "type": "object",
                    "properties": { "type": { "type": "string", "const": "own" }, "value": own },
                    "required": ["type"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

crate::code::opaque!(Value);
