//! Amounts and counts.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Error, ErrorKind, bounds,
    code::codes,
    document::{self, Part, marked},
};

/// A finite, non-negative number such as grams a day: 0 to a thousand million.
///
/// A whole number is written without a decimal point, so that the text is the same in every language.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Amount(f64);

const EXPECTED: &str = "a number from 0 to 1000000000";

impl Amount {
    /// An amount.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] below zero, above a thousand million, or not finite.
    pub fn new(value: f64) -> Result<Self, Error> {
        if (0.0..=bounds::AMOUNT).contains(&value) {
            Ok(Self(value.abs())) // -0 becomes 0: one value, one text
        } else {
            Err(Error::new(ErrorKind::OutOfRange, "", EXPECTED))
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// The number, when it is a whole one.
    fn whole(self) -> Option<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^9")]
        let whole = self.0.trunc() as i64;
        (self.0.fract() <= 0.0).then_some(whole)
    }

    /// The number in millionths, rounded to the nearest: exact for what people write down.
    pub(crate) fn millionths(self) -> i128 {
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^15, far inside i128")]
        let millionths = (self.0 * 1e6).round() as i128;
        millionths
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(marked)
    }
}

impl Part for Amount {
    fn read(from: &mut document::Source<'_>) -> Result<Self, document::Stop> {
        let number = from.float()?;
        from.checked(Self::new(number))
    }

    fn write(&self, to: &mut document::Writer) {
        match self.whole() {
            Some(whole) => to.whole(whole),
            None => to.fraction(self.0),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A number from 0 to a thousand million.",
            "type": "number",
            "minimum": 0,
            "maximum": 1_000_000_000,
        })
    }
}

codes! {
    /// The unit of an amount. Different units are never converted into each other.
    pub enum Unit {
        /// Grams of pure alcohol.
        GramEthanol = "gram_ethanol",
        /// Grams of the substance.
        Gram = "gram",
        /// Milligrams of the substance.
        Milligram = "milligram",
        /// Tablets, capsules or other single doses.
        UnitDose = "unit_dose",
        /// Injections.
        Injection = "injection",
        /// Money spent, in the currency of the service.
        Money = "money",
        /// Another unit of the service's own, the same throughout.
        Other = "other",
    }
}

/// An amount with its unit.
#[derive(Clone, Copy, PartialEq, Part)]
pub struct Quantity {
    /// How much.
    pub amount: Amount,
    /// Of what unit.
    pub unit: Unit,
}

/// A number of days that is known exactly (`min` equals `max`) or to lie in a range.
#[derive(Clone, Copy, PartialEq, Eq, Part)]
pub struct Count {
    /// The fewest days that it can be.
    pub min: DayCount,
    /// The most days that it can be.
    pub max: DayCount,
}

impl Count {
    /// A number of days from `min` to `max`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a negative number of days, [`ErrorKind::Inconsistent`] when
    /// `min` is above `max`.
    pub fn new(min: i64, max: i64) -> Result<Self, Error> {
        let count = Self { min: DayCount::new(min)?, max: DayCount::new(max)? };
        if min > max {
            return Err(Error::new(ErrorKind::Inconsistent, "", "min at most max"));
        }
        Ok(count)
    }
}

/// A number of days, 0 to 150 000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct DayCount(i64);

impl DayCount {
    /// A number of days.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] outside 0 to 150 000.
    pub fn new(days: i64) -> Result<Self, Error> {
        if bounds::DAYS.contains(&days) {
            Ok(Self(days))
        } else {
            Err(Error::new(ErrorKind::OutOfRange, "", "a whole number from 0 to 150000"))
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for DayCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::read_integer(deserializer, Self::new)
    }
}

impl Part for DayCount {
    fn read(from: &mut document::Source<'_>) -> Result<Self, document::Stop> {
        let days = from.whole()?;
        from.checked(Self::new(days))
    }

    fn write(&self, to: &mut document::Writer) {
        to.whole(self.0);
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DayCount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DayCount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A whole number of days, 0 to 150 000.",
            "type": "integer",
            "minimum": 0,
            "maximum": 150_000,
        })
    }
}

crate::code::opaque!(Amount, DayCount);
