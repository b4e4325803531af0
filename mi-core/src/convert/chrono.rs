//! Civil dates and UTC date-times of chrono 0.4.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::{CalendarDate, Error, Instant};

/// The same day of the civil calendar; every day of ours is one of chrono's.
///
/// ```
/// # use mi_core::CalendarDate;
/// let day: CalendarDate = "2026-11-22".parse()?;
/// assert_eq!(Some(day.into()), chrono::NaiveDate::from_ymd_opt(2026, 11, 22));
/// # Ok::<(), mi_core::Error>(())
/// ```
impl From<CalendarDate> for NaiveDate {
    fn from(day: CalendarDate) -> Self {
        let (year, month, day) = day.year_month_day();
        let (month, day) = (month.unsigned_abs().into(), day.unsigned_abs().into());
        // chrono's calendar is ours and reaches over 262,000 years, so the default never stands in.
        Self::from_ymd_opt(year.into(), month, day).unwrap_or_default()
    }
}

/// The same day of the civil calendar.
///
/// # Errors
/// [`ErrorKind::InvalidDate`](crate::ErrorKind::InvalidDate) outside the years 1900 to 2200.
///
/// ```
/// # use mi_core::CalendarDate;
/// let date: chrono::NaiveDate = "2026-11-22".parse().unwrap();
/// assert_eq!(CalendarDate::try_from(date)?.to_string(), "2026-11-22");
/// assert!(CalendarDate::try_from(chrono::NaiveDate::MAX).is_err());
/// # Ok::<(), mi_core::Error>(())
/// ```
impl TryFrom<NaiveDate> for CalendarDate {
    type Error = Error;

    fn try_from(date: NaiveDate) -> Result<Self, Error> {
        Self::new(date.year().into(), date.month().into(), date.day().into())
    }
}

/// The same instant, to the millisecond; every instant of ours is one of chrono's.
///
/// ```
/// # use mi_core::Instant;
/// let instant: Instant = "2026-08-03T09:10:00.250Z".parse()?;
/// let time: chrono::DateTime<chrono::Utc> = instant.into();
/// assert_eq!(time.timestamp_millis(), 1_785_748_200_250);
/// # Ok::<(), mi_core::Error>(())
/// ```
impl From<Instant> for DateTime<Utc> {
    fn from(instant: Instant) -> Self {
        // chrono's date-times reach over 262,000 years, so the default never stands in.
        Self::from_timestamp_millis(instant.epoch_millis()).unwrap_or_default()
    }
}

/// The instant, without what is finer than a millisecond: its last begun millisecond, also before
/// 1970. A leap second is the second before it, as it is in a text.
///
/// # Errors
/// [`ErrorKind::InvalidInstant`](crate::ErrorKind::InvalidInstant) outside the years 1900 to 2200.
///
/// ```
/// # use mi_core::Instant;
/// use chrono::{DateTime, Utc};
///
/// let time: DateTime<Utc> = "2026-08-03T09:10:00.250999Z".parse().unwrap();
/// assert_eq!(Instant::try_from(time)?.to_string(), "2026-08-03T09:10:00.250Z");
/// # Ok::<(), mi_core::Error>(())
/// ```
impl TryFrom<DateTime<Utc>> for Instant {
    type Error = Error;

    fn try_from(time: DateTime<Utc>) -> Result<Self, Error> {
        // chrono counts a leap second as the milliseconds 1000 to 1999 of the second before it;
        // what is left of a thousand keeps 23:59:60.5 on its own day.
        let millis = i64::from(time.timestamp_subsec_millis() % 1000);
        Self::from_epoch_millis(time.timestamp().saturating_mul(1000).saturating_add(millis))
    }
}

#[cfg(test)]
mod tests {
    use chrono::SecondsFormat;

    use super::*;
    use crate::ErrorKind;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_and_its_first_and_last_instant_go_there_and_back() {
        let mut day = CalendarDate::MIN;
        loop {
            let date = NaiveDate::from(day);
            assert_eq!(date.to_string(), day.to_string());
            assert_eq!(CalendarDate::try_from(date), Ok(day));
            for clock in ["00:00:00.000Z", "23:59:59.999Z"] {
                let instant: Instant = format!("{day}T{clock}").parse().unwrap();
                let time = DateTime::<Utc>::from(instant);
                let text = time.to_rfc3339_opts(SecondsFormat::Millis, true);
                assert_eq!(text, instant.to_string());
                assert_eq!(Instant::try_from(time), Ok(instant));
            }
            if day == CalendarDate::MAX {
                break;
            }
            day = day.plus_days(1);
        }
    }

    #[test]
    fn what_lies_outside_the_stated_years_is_refused() {
        let outside = ["1899-12-31", "2201-01-01"].map(|text| text.parse::<NaiveDate>().unwrap());
        for date in [NaiveDate::MIN, NaiveDate::MAX].into_iter().chain(outside) {
            let kind = CalendarDate::try_from(date).unwrap_err().kind();
            assert_eq!(kind, ErrorKind::InvalidDate, "{date}");
        }
        let outside = ["1899-12-31T23:59:59.999999999Z", "2201-01-01T00:00:00Z"].map(time);
        let ends = [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC];
        for time in ends.into_iter().chain(outside) {
            let kind = Instant::try_from(time).unwrap_err().kind();
            assert_eq!(kind, ErrorKind::InvalidInstant, "{time}");
        }
    }

    #[test]
    fn a_date_time_is_the_instant_that_its_text_reads() {
        let texts = [
            "1969-12-31T23:59:59.9999Z",
            "1900-01-01T00:00:00.0001Z",
            "2016-12-31T23:59:60.5Z", // a leap second
            "2026-08-03T09:10:00.250999Z",
        ];
        for text in texts {
            assert_eq!(Instant::try_from(time(text)), text.parse(), "{text}");
        }
    }
}
