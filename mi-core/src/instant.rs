//! The moment at which something became known to the record.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Error, ErrorKind,
    date::{CalendarDate, number},
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
    let clock = text.as_bytes().get(10..)?;
    let [b'T' | b't', _, _, b':', _, _, b':', _, _, rest @ ..] = clock else { return None };
    let two_digits = |at: usize| number(clock.get(at..at + 2)?);
    let (hour, minute, second) = (two_digits(1)?, two_digits(4)?, two_digits(7)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = rest.iter().position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'))?;
    let (fraction, zone) = rest.split_at_checked(zone)?;
    let millis = match fraction {
        [] => 0,
        [b'.', decimals @ ..] if (1..=9).contains(&decimals.len()) => {
            number(decimals)?;
            let mut thousandths = [b'0'; 3];
            thousandths.iter_mut().zip(decimals).for_each(|(place, digit)| *place = *digit);
            number(&thousandths)?
        }
        _ => return None,
    };
    let clock = hour * 3_600_000 + minute * 60_000 + second.min(59) * 1000 + millis;
    let instant = Instant(date.epoch_days() * DAY + clock - offset(zone)?);
    CalendarDate::from_epoch_days(instant.0.div_euclid(DAY)).map(|_| instant)
}

/// The milliseconds that a zone is ahead of UTC.
#[expect(clippy::arithmetic_side_effects, reason = "a checked date and two-digit numbers")]
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, clock) = match zone {
        [b'Z' | b'z'] => return Some(0),
        [b'-', clock @ ..] => (-1, clock),
        [b'+', clock @ ..] => (1, clock),
        _ => return None,
    };
    let [_, _, b':', _, _] = clock else { return None };
    let (hour, minute) = (number(clock.get(..2)?)?, number(clock.get(3..)?)?);
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
        let millis = self.0.rem_euclid(DAY);
        to.quoted(|text| {
            self.date().write_to(text);
            for (before, unit, count, width) in [
                ('T', 3_600_000, 24, 2),
                (':', 60_000, 60, 2),
                (':', 1000, 60, 2),
                ('.', 1, 1000, 3),
            ] {
                text.push(before);
                document::push_digits(text, millis.div_euclid(unit).rem_euclid(count), width);
            }
            text.push('Z');
        });
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
