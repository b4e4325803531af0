//! Strategies for the values that bodies are made of.

use proptest::{prelude::*, sample::select};

use crate::{
    CalendarDate, Instant,
    client::{Substance, Target},
    date::PartialDate,
    readiness::Rating,
    record::{Author, Role},
    text::{ActorId, Code, Text},
    value::{Amount, DayCount},
};

/// The days from which dates are taken: close together, so that events bear on each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dates {
    /// In days from the beginning of the calendar.
    first: i64,
    days: i64,
}

impl Dates {
    /// The years 2023 to 2026.
    pub(super) const ALL: Self = Self { first: 44_925, days: 1461 };

    /// Some months or years of these.
    pub(super) fn some() -> impl Strategy<Value = Self> {
        (select(&[60, 400, 1461][..]), 0..Self::ALL.days).prop_map(|(days, after)| Self {
            first: Self::ALL.first.saturating_add(after.min(Self::ALL.days.saturating_sub(days))),
            days,
        })
    }

    /// One of the days, or, seldom, the first or last day there is.
    pub(super) fn date(self) -> impl Strategy<Value = CalendarDate> {
        let day = move |days: i64| CalendarDate::MIN.plus_days(self.first.saturating_add(days));
        prop_oneof![
            60 => (0..self.days).prop_map(day),
            1 => Just(CalendarDate::MIN),
            1 => Just(CalendarDate::MAX),
        ]
    }

    /// A date that is known to the day, or, seldom, only to the month or year.
    pub(super) fn partial_date(self) -> impl Strategy<Value = PartialDate> {
        (self.date(), width()).prop_map(|(date, width)| widened(date, width))
    }

    /// The day of an event, and when it was recorded: usually within two weeks.
    pub(super) fn day_and_recording(self) -> impl Strategy<Value = (PartialDate, Instant)> {
        let later = prop_oneof![9 => 0..14_i64, 1 => -400..400_i64];
        (self.date(), width(), later, 0..86_400_000_i64)
            .prop_filter_map("an instant", |(date, width, later, ms)| {
                Some((widened(date, width), at(date.plus_days(later), ms)?))
            })
    }
}

/// A day of the years 2023 to 2026, or, seldom, the first or last day there is.
pub fn date() -> impl Strategy<Value = CalendarDate> {
    Dates::ALL.date()
}

/// A date that is known to the day, or, seldom, only to the month or year.
pub fn partial_date() -> impl Strategy<Value = PartialDate> {
    Dates::ALL.partial_date()
}

/// An instant of one of the days of [`date`].
pub fn instant() -> impl Strategy<Value = Instant> {
    (date(), 0..86_400_000_i64).prop_filter_map("an instant", |(date, ms)| at(date, ms))
}

/// How far a date is known: `YYYY-MM-DD`, and seldom less.
#[derive(Clone, Copy, Debug)]
pub(super) enum Width {
    Day,
    Month,
    Year,
}

fn width() -> impl Strategy<Value = Width> {
    prop_oneof![30 => Just(Width::Day), 2 => Just(Width::Month), 1 => Just(Width::Year)]
}

fn widened(date: CalendarDate, width: Width) -> PartialDate {
    let (year, month, _) = date.year_month_day();
    let text = match width {
        Width::Day => date.to_string(),
        Width::Month => format!("{year:04}-{month:02}"),
        Width::Year => format!("{year:04}"),
    };
    text.parse().unwrap_or_else(|_| date.into())
}

/// A day so many days after another, known as far as a third.
pub(super) fn later(date: PartialDate, days: i64, like: PartialDate) -> PartialDate {
    let width = match like.latest().days_since(like.earliest()) {
        0 => Width::Day,
        1..=31 => Width::Month,
        _ => Width::Year,
    };
    widened(date.earliest().plus_days(days), width)
}

fn at(date: CalendarDate, ms: i64) -> Option<Instant> {
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1000).parse().ok()
}

/// Words: a few plain ones, any characters, and some that are hard to write.
pub fn text() -> impl Strategy<Value = Text> {
    let words = prop_oneof![
        4 => "[a-z]{1,8}( [a-z]{1,8}){0,4}",
        4 => any::<String>(),
        1 => select(&["", " ", "\u{0}\u{7f}\"\\/\u{8}\u{c}\n\r\t", "\u{2028}\u{feff}\u{1f331}", "null"][..])
            .prop_map(str::to_owned),
    ];
    words.prop_filter_map("at most 64 KiB", |words| Text::new(&words).ok())
}

/// A code of a service's own.
pub fn code() -> impl Strategy<Value = Code> {
    "[a-z][a-z0-9_]{0,15}".prop_filter_map("a code", |code| Code::new(&code).ok())
}

/// A substance or class, alcohol and opioids more often than others.
pub fn substance() -> impl Strategy<Value = Substance> {
    let usual: Vec<Substance> =
        ["alcohol", "heroin", "opioid"].into_iter().filter_map(Substance::from_code).collect();
    let any: Vec<Substance> = Substance::all().collect();
    prop_oneof![2 => select(usual), 1 => select(any)]
}

/// A substance, or, less often, a behavior.
pub fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        4 => substance().prop_map(Target::from),
        1 => code().prop_map(|code| Target::Behavior { code }),
    ]
}

/// The client, or anyone else.
pub fn author() -> impl Strategy<Value = Author> {
    let role = prop_oneof![1 => Just(Role::Client), 1 => select(Role::ALL)];
    (role, "[A-Za-z0-9._-]{1,8}").prop_filter_map("an author", |(role, id)| {
        Some(Author { role, id: ActorId::new(&id).ok()? })
    })
}

pub(super) fn rating() -> impl Strategy<Value = Rating> {
    (0..=Rating::MAX.get()).prop_filter_map("a rating", |value| Rating::new(value).ok())
}

/// Whole amounts, tenths, and any number that there can be.
pub(super) fn amount() -> impl Strategy<Value = Amount> {
    let number = prop_oneof![
        4 => (0..400_u16).prop_map(f64::from),
        2 => (0..4000_u16).prop_map(|tenths| f64::from(tenths) / 10.0),
        1 => 0.0..=1e9,
        1 => select(&[0.0, 1e-7, 5e-324, 0.1 + 0.2, 999_999_999.999_999, 1e9][..]),
    ];
    number.prop_filter_map("an amount", |number| Amount::new(number).ok())
}

pub(super) fn day_count(most: i64) -> impl Strategy<Value = DayCount> {
    (0..=most).prop_filter_map("days", |days| DayCount::new(days).ok())
}
