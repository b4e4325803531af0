//! The strategy of each type: what `#[derive(Part)]` combines for the fields of an object.

use proptest::{
    collection::vec,
    option,
    prelude::*,
    strategy::{BoxedStrategy, LazyJust},
};

use super::value::{
    Dates, amount, author, code, day_count, later, rating, substance, target, text,
};
use crate::{
    CalendarDate,
    client::{Substance, Target},
    date::PartialDate,
    readiness::Rating,
    record::Author,
    text::{Code, EventId, Text},
    value::{Amount, Count, DayCount},
};

/// A type that has a strategy of its own.
pub(crate) trait Sample: Sized + std::fmt::Debug + 'static {
    /// Values of it, about these days.
    fn sample(dates: Dates) -> BoxedStrategy<Self>;

    /// One, or none.
    fn sample_option(dates: Dates) -> BoxedStrategy<Option<Self>>
    where
        Self: Clone,
    {
        option::of(Self::sample(dates)).boxed()
    }
}

impl<T: Sample + Clone> Sample for Option<T> {
    fn sample(dates: Dates) -> BoxedStrategy<Self> {
        T::sample_option(dates)
    }
}

impl<T: Sample> Sample for Box<T> {
    fn sample(dates: Dates) -> BoxedStrategy<Self> {
        T::sample(dates).prop_map(Self::new).boxed()
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(dates: Dates) -> BoxedStrategy<Self> {
        vec(T::sample(dates), 0..4).boxed()
    }
}

impl Sample for EventId {
    fn sample(_: Dates) -> BoxedStrategy<Self> {
        let id = "[A-Za-z0-9._-]{1,12}".prop_filter_map("an id", |id| EventId::new(&id).ok());
        id.boxed()
    }

    /// A body by itself refers to no event: what there is to refer to, only a record knows.
    fn sample_option(_: Dates) -> BoxedStrategy<Option<Self>> {
        LazyJust::new(|| None).boxed()
    }
}

/// Types of which a function makes values.
macro_rules! sampled {
    ($($type:ty: $dates:pat => $strategy:expr;)+) => {
        $(impl Sample for $type {
            fn sample($dates: Dates) -> BoxedStrategy<Self> {
                $strategy.boxed()
            }
        })+
    };
}

sampled! {
    Author: _ => author();
    Target: _ => target();
    bool: _ => any::<bool>();
    Text: _ => text();
    Code: _ => code();
    Substance: _ => substance();
    Rating: _ => rating();
    Amount: _ => amount();
    DayCount: _ => day_count(LONGEST);
    CalendarDate: dates => dates.date();
    PartialDate: dates => dates.partial_date();
}

/// The longest span of days that is made, four months.
const LONGEST: i64 = 120;

/// Two dates in order, and not too far apart.
pub(crate) fn in_order(from: PartialDate, to: PartialDate) -> (PartialDate, PartialDate) {
    let days = to.earliest().days_since(from.earliest()).rem_euclid(LONGEST);
    (from, later(from, days, to))
}

/// The nearest count that lies within limits.
pub(crate) fn count_within(count: Count, least: i64, most: i64) -> Count {
    let (one, other) = (count.min.get().clamp(least, most), count.max.get().clamp(least, most));
    Count::new(one.min(other), one.max(other)).unwrap_or(count)
}
