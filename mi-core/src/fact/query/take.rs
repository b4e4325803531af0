//! What a question takes from the events that it finds: exact, whatever is known of their days.
//!
//! An event that is dated in part can have been on any day of a span. Each take is the range, or
//! the set, of what it can be over all ways to date the events: no wider, and no narrower. A visible
//! event has come, so that no day after today is one of its days.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    date::CalendarDate,
    instant::Instant,
    record::Event,
    text::EventId,
    value::{Range, Verdict},
};

/// A day, and which of two events of one day came first: the one that was recorded first.
pub(in crate::fact) type Moment<'e> = (CalendarDate, Instant, &'e EventId);

/// The first moment at which an event can have been.
pub(in crate::fact) fn first_moment(event: &Event) -> Moment<'_> {
    (event.on().earliest(), event.recorded(), event.id())
}

/// The last moment at which an event can have been: what comes after today has not come.
pub(in crate::fact) fn last_moment(event: &Event, today: CalendarDate) -> Moment<'_> {
    (event.on().latest().min(today), event.recorded(), event.id())
}

/// Whether one event came after another: on a later day, or recorded later on the same.
pub(in crate::fact) fn came_after(later: &Event, earlier: &Event, today: CalendarDate) -> Verdict {
    if first_moment(later) > last_moment(earlier, today) {
        Verdict::Met
    } else if last_moment(later, today) < first_moment(earlier) {
        Verdict::Unmet
    } else {
        Verdict::Unknown
    }
}

/// An event that counts, or may count.
#[derive(Clone, Copy)]
pub(in crate::fact) struct Found<'r> {
    pub(in crate::fact) event: &'r Event,
    /// Whether it counts on whichever of its days it was; never unmet.
    pub(in crate::fact) counts: Verdict,
    /// The first day on which it can count.
    pub(in crate::fact) from: CalendarDate,
    /// The last day on which it can count.
    pub(in crate::fact) to: CalendarDate,
}

impl<'r> Found<'r> {
    /// An event that is given with whether it counts; `None` when it does not.
    pub(in crate::fact) fn of(
        event: &'r Event,
        counts: Verdict,
        today: CalendarDate,
    ) -> Option<Self> {
        let (from, to) = (event.on().earliest(), event.on().latest().min(today));
        (counts != Verdict::Unmet).then_some(Self { event, counts, from, to })
    }

    pub(in crate::fact) fn is_certain(&self) -> bool {
        self.counts == Verdict::Met
    }
}

/// Whether there is any.
pub(in crate::fact) fn any(found: &[Found<'_>]) -> Verdict {
    found.iter().fold(Verdict::Unmet, |any, one| any.or(one.counts))
}

/// How many there are.
pub(in crate::fact) fn count(found: &[Found<'_>]) -> Range {
    let certain = found.iter().filter(|one| one.is_certain()).count();
    Range::between(number(certain), number(found.len()))
}

/// On how many days they are.
pub(in crate::fact) fn days(found: &[Found<'_>]) -> Range {
    Range::between(fewest_days(found), most_days(found))
}

/// The fewest days that can hold all events that count for certain: a day is needed for the event
/// that ends first, and then serves every event that can be on it.
fn fewest_days(found: &[Found<'_>]) -> i64 {
    let mut certain: Vec<(CalendarDate, CalendarDate)> =
        found.iter().filter(|one| one.is_certain()).map(|one| (one.to, one.from)).collect();
    certain.sort_unstable();
    let (mut days, mut last) = (0_i64, None);
    for (to, from) in certain {
        if last.is_none_or(|last| last < from) {
            days = days.saturating_add(1);
            last = Some(to);
        }
    }
    days
}

/// The most days that the events can take, each one of its own: every day goes to the event that
/// can be on it and ends first.
fn most_days(found: &[Found<'_>]) -> i64 {
    let mut spans: Vec<(CalendarDate, CalendarDate)> =
        found.iter().map(|one| (one.from, one.to)).collect();
    spans.sort_unstable();
    let mut spans = spans.into_iter().peekable();
    let mut waiting: BinaryHeap<Reverse<CalendarDate>> = BinaryHeap::new();
    let (mut days, mut day) = (0_i64, CalendarDate::MIN);
    loop {
        if waiting.is_empty() {
            let Some((from, _)) = spans.peek() else { return days };
            day = day.max(*from);
        }
        while let Some((_, to)) = spans.next_if(|(from, _)| *from <= day) {
            waiting.push(Reverse(to));
        }
        while waiting.peek().is_some_and(|Reverse(to)| *to < day) {
            waiting.pop();
        }
        if waiting.pop().is_some() {
            days = days.saturating_add(1);
            if day == CalendarDate::MAX {
                return days;
            }
            day = day.plus_days(1);
        }
    }
}

/// Days since the last of them; `None` when there can be none, open-ended when there may be none.
pub(in crate::fact) fn days_since_last(today: CalendarDate, found: &[Found<'_>]) -> Option<Range> {
    let least = found.iter().map(|one| today.days_since(one.to)).min()?;
    let certain = found.iter().filter(|one| one.is_certain());
    let most = certain.map(|one| today.days_since(one.event.on().earliest())).min();
    Some(Range::from_to(least, most))
}

/// Of the events from which the days since the last were taken, those that may be it.
pub(in crate::fact) fn that_may_be_last<'f, 'r>(
    today: CalendarDate,
    found: &'f [Found<'r>],
    days: Range,
) -> impl Iterator<Item = &'r Event> + 'f {
    let is_exact = days.min() == days.max();
    let may_be = move |one: &&Found<'_>| {
        let least = today.days_since(one.to);
        days.max().is_none_or(|most| least <= most) && (!is_exact || one.is_certain())
    };
    let last = found.iter().rev().find(move |one| may_be(one));
    let others = found.iter().filter(move |one| !is_exact && may_be(one));
    others.chain(last.filter(|_| is_exact)).map(|one| one.event)
}

/// The events that can be the latest of all these: each that can come after the first moment of
/// every other.
pub(in crate::fact) fn latest<'r>(
    today: CalendarDate,
    events: impl Iterator<Item = &'r Event> + Clone,
) -> impl Iterator<Item = &'r Event> {
    let last_to_begin = events.clone().map(first_moment).max();
    events.filter(move |event| Some(last_moment(event, today)) >= last_to_begin)
}

/// Keeps of what events say that which can be the latest of all of it.
pub(in crate::fact) fn keep_latest<'r, T>(
    today: CalendarDate,
    told: &mut Vec<T>,
    event: impl Fn(&T) -> &'r Event,
) {
    let last_to_begin = told.iter().map(|one| first_moment(event(one))).max();
    told.retain(|one| Some(last_moment(event(one), today)) >= last_to_begin);
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
