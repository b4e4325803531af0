//! Civil dates, dates that are known only in part, and spans of days.

use std::{fmt, str::FromStr};

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Error, ErrorKind, bounds, document,
    value::{Range, Verdict},
};

/// A day of the civil calendar, from 1900-01-01 to 2200-12-31, without a time zone.
///
/// ```
/// # use mi_core::CalendarDate;
/// let day: CalendarDate = "2026-11-22".parse()?;
/// assert_eq!(day.plus_days(10).to_string(), "2026-12-02");
/// assert_eq!(day.days_since("2026-05-23".parse()?), 183);
/// assert!("2026-02-30".parse::<CalendarDate>().is_err());
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate(i32);

/// The day from which days are counted.
const EPOCH: civil::Date = civil::date(1970, 1, 1);
const EXPECTED_DAY: &str = "a date YYYY-MM-DD of the years 1900 to 2200";
const EXPECTED_PARTIAL: &str = "a date YYYY-MM-DD, YYYY-MM or YYYY of the years 1900 to 2200";

impl CalendarDate {
    /// The first day that a date can be, 1900-01-01.
    pub const MIN: CalendarDate = CalendarDate(-25_567);
    /// The last day that a date can be, 2200-12-31.
    pub const MAX: CalendarDate = CalendarDate(84_370);

    /// The day of a year, month (1–12) and day of the month (1–31).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDate`] for a day that the calendar does not have, or outside 1900–2200.
    pub fn new(year: i64, month: i64, day: i64) -> Result<Self, Error> {
        civil_date(year, month, day)
            .map(Self::from_civil)
            .ok_or_else(|| Error::new(ErrorKind::InvalidDate, "", EXPECTED_DAY))
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn year_month_day(self) -> (i16, i8, i8) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    /// The days from `earlier` to this day; negative when this day comes first.
    #[must_use]
    pub fn days_since(self, earlier: CalendarDate) -> i64 {
        i64::from(self.0).saturating_sub(i64::from(earlier.0))
    }

    /// The day so many days later (earlier, when negative), at most the first or last day there is.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let day = i64::from(self.0).saturating_add(days);
        let day = day.clamp(i64::from(Self::MIN.0), i64::from(Self::MAX.0));
        Self(i32::try_from(day).unwrap_or(self.0))
    }

    // Hours and not jiff's spans of days: those can fail, and the words of their errors alone
    // would be a tenth of the npm package.
    fn from_civil(date: civil::Date) -> Self {
        Self(i32::try_from(date.duration_since(EPOCH).as_hours() / 24).unwrap_or_default())
    }

    pub(crate) fn civil(self) -> civil::Date {
        EPOCH.saturating_add(jiff::SignedDuration::from_hours(i64::from(self.0).saturating_mul(24)))
    }

    /// The days since 1970-01-01.
    pub(crate) fn epoch_days(self) -> i64 {
        i64::from(self.0)
    }

    pub(crate) fn from_epoch_days(days: i64) -> Option<Self> {
        let date = Self(i32::try_from(days).ok()?);
        (Self::MIN..=Self::MAX).contains(&date).then_some(date)
    }
}

fn civil_date(year: i64, month: i64, day: i64) -> Option<civil::Date> {
    if !bounds::YEARS.contains(&year) {
        return None;
    }
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    civil::Date::new(year, month, day).ok()
}

/// The number that a few digits write.
pub(crate) fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| i64::from(digit & 15))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

impl FromStr for CalendarDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.parse::<PartialDate>() {
            Ok(date) => {
                date.exact().ok_or_else(|| Error::new(ErrorKind::InvalidDate, "", EXPECTED_DAY))
            }
            Err(_) => Err(Error::new(ErrorKind::InvalidDate, "", EXPECTED_DAY)),
        }
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl CalendarDate {
    /// Writes the day as documents do, without the detours of `fmt`.
    pub(crate) fn write_to(self, text: &mut String) {
        PartialDate::from(self).write_to(text);
    }
}

impl fmt::Debug for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A date that is known to the day, or only to the month (`2025-09`) or the year (`2025`).
///
/// It sorts by its earliest day. Whatever rests on it is an interval of days: see [`earliest`] and
/// [`latest`].
///
/// [`earliest`]: PartialDate::earliest
/// [`latest`]: PartialDate::latest
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    earliest: CalendarDate,
    latest: CalendarDate,
}

impl PartialDate {
    /// Any span of days, of which documents can write none but months and years.
    #[cfg(test)]
    pub(crate) fn between(earliest: CalendarDate, latest: CalendarDate) -> Self {
        Self { earliest, latest }
    }

    /// The first day that it can be.
    #[must_use]
    pub fn earliest(self) -> CalendarDate {
        self.earliest
    }

    /// The last day that it can be.
    #[must_use]
    pub fn latest(self) -> CalendarDate {
        self.latest
    }

    /// How many days before `today` it was. It has come: what it may still be after today is left
    /// out, so that `2026-11` as of 22 November was 0 to 21 days ago.
    pub(crate) fn days_before(self, today: CalendarDate) -> Range {
        let latest = self.latest.min(today);
        Range::between(today.days_since(latest), today.days_since(self.earliest))
    }

    /// Is it one of the last so many days, today included?
    pub(crate) fn is_in_last(self, days: i64, today: CalendarDate) -> Verdict {
        self.days_before(today).is_at_least(days).not()
    }

    /// Does it lie on or after another?
    pub(crate) fn is_on_or_after(self, other: Self) -> Verdict {
        if self.earliest >= other.latest {
            Verdict::Met
        } else if self.latest < other.earliest {
            Verdict::Unmet
        } else {
            Verdict::Unknown
        }
    }

    /// The days between this day and another, whichever comes first, where both have come by today.
    pub(crate) fn days_apart(self, other: Self, today: CalendarDate) -> Range {
        let [last, other_last] = [self.latest, other.latest].map(|latest| latest.min(today));
        let after = self.earliest.days_since(other_last);
        let before = other.earliest.days_since(last);
        let most = last.days_since(other.earliest);
        let most = most.max(other_last.days_since(self.earliest));
        Range::between(after.max(before).max(0), most)
    }

    /// The day, when it is known.
    #[must_use]
    pub fn exact(self) -> Option<CalendarDate> {
        (self.earliest == self.latest).then_some(self.earliest)
    }
}

impl From<CalendarDate> for PartialDate {
    fn from(day: CalendarDate) -> Self {
        Self { earliest: day, latest: day }
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| Error::new(ErrorKind::InvalidDate, "", EXPECTED_PARTIAL))
    }
}

fn parse(text: &str) -> Option<PartialDate> {
    let (earliest, latest) = match text.as_bytes() {
        year if year.len() == 4 => {
            let year = number(year)?;
            (civil_date(year, 1, 1)?, civil_date(year, 12, 31)?)
        }
        [year @ .., b'-', m, n] if year.len() == 4 => {
            let first = civil_date(number(year)?, number(&[*m, *n])?, 1)?;
            (first, first.last_of_month())
        }
        [year @ .., b'-', m, n, b'-', d, e] if year.len() == 4 => {
            let day = civil_date(number(year)?, number(&[*m, *n])?, number(&[*d, *e])?)?;
            return Some(CalendarDate::from_civil(day).into());
        }
        _ => return None,
    };
    Some(PartialDate {
        earliest: CalendarDate::from_civil(earliest),
        latest: CalendarDate::from_civil(latest),
    })
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.earliest.year_month_day();
        match self.latest.days_since(self.earliest) {
            0 => write!(f, "{year:04}-{month:02}-{day:02}"),
            1..=31 => write!(f, "{year:04}-{month:02}"),
            _ => write!(f, "{year:04}"),
        }
    }
}

impl PartialDate {
    fn write_to(self, text: &mut String) {
        let (year, month, day) = self.earliest.year_month_day();
        let days = self.latest.days_since(self.earliest);
        document::push_digits(text, year.into(), 4);
        if days <= 31 {
            text.push('-');
            document::push_digits(text, month.into(), 2);
        }
        if days == 0 {
            text.push('-');
            document::push_digits(text, day.into(), 2);
        }
    }
}

/// Reading and writing as text, the same for both kinds of date.
macro_rules! as_text {
    ($name:ident, $expected:expr, $about:literal, $pattern:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                document::read_text(deserializer, $expected, str::parse)
            }
        }

        impl document::Part for $name {
            fn read(from: &mut document::Source<'_>) -> Result<Self, document::Stop> {
                let text = from.text($expected)?;
                from.checked(text.parse())
            }

            fn write(&self, to: &mut document::Writer) {
                to.quoted(|text| self.write_to(text));
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "description": $about, "type": "string", "pattern": $pattern })
            }
        }
    };
}
as_text!(
    CalendarDate,
    EXPECTED_DAY,
    "A day, YYYY-MM-DD, of the years 1900 to 2200.",
    "^\\d{4}-\\d{2}-\\d{2}$"
);
as_text!(
    PartialDate,
    EXPECTED_PARTIAL,
    "A date that is known to the day, YYYY-MM-DD, or only to the month, YYYY-MM, or year, YYYY.",
    "^\\d{4}(-\\d{2}(-\\d{2})?)?$"
);

/// A span of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// The first day.
    pub from: CalendarDate,
    /// The last day.
    pub to: CalendarDate,
}

impl Span {
    /// The days of the span; 1 when it begins and ends on one day.
    #[must_use]
    pub fn days(self) -> i64 {
        self.to.days_since(self.from).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_last_day_are_those_of_the_stated_years() {
        assert_eq!(CalendarDate::new(1900, 1, 1), Ok(CalendarDate::MIN));
        assert_eq!(CalendarDate::new(2200, 12, 31), Ok(CalendarDate::MAX));
        assert_eq!(CalendarDate::MAX.plus_days(1), CalendarDate::MAX);
    }
}
