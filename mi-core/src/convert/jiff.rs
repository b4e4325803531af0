//! Civil dates and timestamps of jiff 1.

use jiff::{Timestamp, civil};

use crate::{CalendarDate, Error, Instant};

/// The same day of the civil calendar; every day of ours is one of jiff's.
///
/// ```
/// # use mi_core::CalendarDate;
/// let day: CalendarDate = "2026-11-22".parse()?;
/// assert_eq!(jiff::civil::Date::from(day), jiff::civil::date(2026, 11, 22));
/// # Ok::<(), mi_core::Error>(())
/// ```
impl From<CalendarDate> for civil::Date {
    fn from(day: CalendarDate) -> Self {
        day.civil()
    }
}

/// The same day of the civil calendar.
///
/// # Errors
/// [`ErrorKind::InvalidDate`](crate::ErrorKind::InvalidDate) outside the years 1900 to 2200.
///
/// ```
/// # use mi_core::CalendarDate;
/// use jiff::civil::date;
///
/// assert_eq!(CalendarDate::try_from(date(2026, 11, 22))?.to_string(), "2026-11-22");
/// assert!(CalendarDate::try_from(date(1899, 12, 31)).is_err());
/// # Ok::<(), mi_core::Error>(())
/// ```
impl TryFrom<civil::Date> for CalendarDate {
    type Error = Error;

    fn try_from(date: civil::Date) -> Result<Self, Error> {
        Self::new(date.year().into(), date.month().into(), date.day().into())
    }
}

/// The same instant, to the millisecond; every instant of ours is one of jiff's.
///
/// ```
/// # use mi_core::Instant;
/// let instant: Instant = "2026-08-03T09:10:00.250Z".parse()?;
/// assert_eq!(jiff::Timestamp::from(instant).as_millisecond(), 1_785_748_200_250);
/// # Ok::<(), mi_core::Error>(())
/// ```
impl From<Instant> for Timestamp {
    fn from(instant: Instant) -> Self {
        // jiff's timestamps reach from the year -9999 to 9999, so the default never stands in.
        Self::from_millisecond(instant.epoch_millis()).unwrap_or_default()
    }
}

/// The instant, without what is finer than a millisecond: its last begun millisecond, also before
/// 1970.
///
/// # Errors
/// [`ErrorKind::InvalidInstant`](crate::ErrorKind::InvalidInstant) outside the years 1900 to 2200
/// in UTC.
///
/// ```
/// # use mi_core::Instant;
/// let timestamp = jiff::Timestamp::constant(1_785_748_200, 250_999_999);
/// assert_eq!(Instant::try_from(timestamp)?.to_string(), "2026-08-03T09:10:00.250Z");
/// # Ok::<(), mi_core::Error>(())
/// ```
impl TryFrom<Timestamp> for Instant {
    type Error = Error;

    fn try_from(timestamp: Timestamp) -> Result<Self, Error> {
        // Rounded down and not toward zero as `as_millisecond` does, because that would make an
        // instant of 1969 a millisecond later than its text reads.
        let millis = timestamp.as_nanosecond().div_euclid(1_000_000);
        Self::from_epoch_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn every_day_and_its_first_and_last_instant_go_there_and_back() {
        let mut day = CalendarDate::MIN;
        loop {
            let date = civil::Date::from(day);
            assert_eq!(date.to_string(), day.to_string());
            assert_eq!(CalendarDate::try_from(date), Ok(day));
            for clock in ["00:00:00.000Z", "23:59:59.999Z"] {
                let instant: Instant = format!("{day}T{clock}").parse().unwrap();
                let timestamp = Timestamp::from(instant);
                assert_eq!(format!("{timestamp:.3}"), instant.to_string());
                assert_eq!(Instant::try_from(timestamp), Ok(instant));
            }
            if day == CalendarDate::MAX {
                break;
            }
            day = day.plus_days(1);
        }
    }

    #[test]
    fn what_lies_outside_the_stated_years_is_refused() {
        for date in [civil::Date::MIN, civil::date(1899, 12, 31), civil::date(2201, 1, 1)] {
            let kind = CalendarDate::try_from(date).unwrap_err().kind();
            assert_eq!(kind, ErrorKind::InvalidDate, "{date}");
        }
        let outside = ["1899-12-31T23:59:59.999999999Z", "2201-01-01T00:00:00Z"];
        let outside = outside.map(|text| text.parse::<Timestamp>().unwrap());
        for timestamp in [Timestamp::MIN, Timestamp::MAX].into_iter().chain(outside) {
            let kind = Instant::try_from(timestamp).unwrap_err().kind();
            assert_eq!(kind, ErrorKind::InvalidInstant, "{timestamp}");
        }
    }

    #[test]
    fn a_timestamp_is_the_instant_that_its_text_reads() {
        for text in [
            "1969-12-31T23:59:59.9999Z",
            "1900-01-01T00:00:00.0001Z",
            "2026-08-03T09:10:00.250999Z",
        ] {
            let timestamp: Timestamp = text.parse().unwrap();
            assert_eq!(Instant::try_from(timestamp), text.parse(), "{text}");
        }
    }
}
