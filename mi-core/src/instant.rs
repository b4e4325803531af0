//! The moment at which something became known to the record.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Error, ErrorKind,
    date::{CalendarDate, digits},
    document,
};

/// A UTC instant to the millisecond, read as RFC 3339 and written as JavaScript's `toISOString`.
///
/// Digits beyond the third decimal are dropped; a leap second reads as the second before it.
///
/// ```
/// # use mi_core::Instant;
/// let instant: Instant = "2026-08-03T11:10:00+02:00".parse()?;
/// assert_eq!(instant.to_string(), "2026-08-03T09:10:00.000Z");
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

const EXPECTED: &str = "an RFC 3339 instant such as 2026-08-03T09:10:00.000Z";
#[cfg(any(feature = "chrono", feature = "jiff"))]
const EXPECTED_YEARS: &str = "an instant of the years 1900 to 2200 in UTC";
const DAY: i64 = 86_400_000;

impl Instant {
    /// The civil date of this instant in UTC.
    #[must_use]
    pub fn date(self) -> CalendarDate {
        CalendarDate::from_epoch_days(self.0.div_euclid(DAY)).unwrap_or(CalendarDate::MIN)
    }

    /// The milliseconds since 1970 began in UTC.
    #[cfg(any(feature = "chrono", feature = "jiff"))]
    pub(crate) fn epoch_millis(self) -> i64 {
        self.0
    }

    #[cfg(any(feature = "chrono", feature = "jiff"))]
    pub(crate) fn from_epoch_millis(millis: i64) -> Result<Self, Error> {
        let known = CalendarDate::from_epoch_days(millis.div_euclid(DAY));
        known
            .map(|_| Self(millis))
            .ok_or_else(|| Error::new(ErrorKind::InvalidInstant, "", EXPECTED_YEARS))
    }
}

impl FromStr for Instant {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| Error::new(ErrorKind::InvalidInstant, "", EXPECTED))
    }
}

#[expect(clippy::arithmetic_side_effects, reason = "a checked date and two-digit numbers")]
fn parse(text: &str) -> Option<Instant> {
    let date: CalendarDate = text.get(..10)?.parse().ok()?;
    let clock = text.get(10..)?.strip_prefix(['T', 't'])?;
    let (hour, minute, second) =
        (digits(clock.get(..2)?, 2)?, digits(clock.get(3..5)?, 2)?, digits(clock.get(6..8)?, 2)?);
    let separators = clock.get(2..3)? == ":" && clock.get(5..6)? == ":";
    if !separators || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let rest = clock.get(8..)?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let millis = match rest.get(..zone)? {
        "" => 0,
        fraction => {
            let decimals = fraction.strip_prefix('.')?;
            digits(decimals, decimals.len()).filter(|_| (1..=9).contains(&decimals.len()))?;
            digits(format!("{decimals}00").get(..3)?, 3)?
        }
    };
    let clock = hour * 3_600_000 + minute * 60_000 + second.min(59) * 1000 + millis;
    let instant = Instant(date.epoch_days() * DAY + clock - offset(rest.get(zone..)?)?);
    CalendarDate::from_epoch_days(instant.0.div_euclid(DAY)).map(|_| instant)
}

/// The milliseconds that a zone is ahead of UTC.
#[expect(clippy::arithmetic_side_effects, reason = "a checked date and two-digit numbers")]
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (sign, clock) = match zone.strip_prefix('-') {
        Some(clock) => (-1, clock),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute) = (digits(hour, 2)?, digits(minute, 2)?);
    (hour <= 23 && minute <= 59).then_some(sign * (hour * 3_600_000 + minute * 60_000))
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.rem_euclid(DAY);
        let (hour, minute) = (millis / 3_600_000, millis / 60_000 % 60);
        let (second, millis) = (millis / 1000 % 60, millis % 1000);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z", self.date())
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::read_text(deserializer, EXPECTED, str::parse)
    }
}

impl document::Part for Instant {
    fn read(from: &mut document::Source<'_>) -> Result<Self, document::Stop> {
        let text = from.text(EXPECTED)?;
        from.checked(text.parse())
    }

    fn write(&self, to: &mut document::Writer) {
        to.display(self);
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An instant in UTC as RFC 3339 writes it; given back with three decimals, as `toISOString` does.",
            "type": "string",
            "format": "date-time",
        })
    }
}
