//! How long ago, and what came later, where days may be known only in part.

use super::{Observed, Range, Verdict};
use crate::record::{CalendarDate, Event, PartialDate};

/// Days since a day that has come: what it may still be after today is left out.
pub(super) fn days_since(today: CalendarDate, on: PartialDate) -> Range {
    let latest = on.latest().min(today);
    Range::between(today.days_since(latest), today.days_since(on.earliest()))
}

/// Whether a day lies in the last so many days, today included.
pub(super) fn is_in_last(today: CalendarDate, days: i64, on: PartialDate) -> Verdict {
    days_since(today, on).is_at_least(days).not()
}

/// Whether one event came after another. Of two with the same date the later recorded did.
pub(super) fn came_after(later: &Event, earlier: &Event) -> Verdict {
    if later.on() == earlier.on() {
        return Verdict::from(later.order() > earlier.order());
    }
    on_or_after(later.on(), earlier.on())
}

/// Whether one day lies on or after another.
pub(super) fn on_or_after(day: PartialDate, other: PartialDate) -> Verdict {
    if day.earliest() >= other.latest() {
        Verdict::Met
    } else if day.latest() < other.earliest() {
        Verdict::Unmet
    } else {
        Verdict::Unknown
    }
}

/// The days between two days, whichever comes first.
pub(super) fn days_apart(one: PartialDate, other: PartialDate) -> Range {
    let after = one.earliest().days_since(other.latest());
    let before = other.earliest().days_since(one.latest());
    let most = one.latest().days_since(other.earliest());
    let most = most.max(other.latest().days_since(one.earliest()));
    Range::between(after.max(before).max(0), most)
}

/// Days since the last of the events that are given with whether they count.
///
/// One that may count can make it fewer days, not more; without one that surely counts it is
/// open-ended. `None` when none may count.
pub(super) fn since_last<'e>(
    today: CalendarDate,
    events: impl IntoIterator<Item = (&'e Event, Verdict)>,
) -> Option<Observed> {
    let counting: Vec<(&Event, Verdict, Range)> = events
        .into_iter()
        .filter(|(_, counts)| *counts != Verdict::Unmet)
        .map(|(event, counts)| (event, counts, days_since(today, event.on())))
        .collect();
    let min = counting.iter().filter_map(|(_, _, days)| days.min()).min()?;
    let surely = counting.iter().filter(|(_, counts, _)| *counts == Verdict::Met);
    let max = surely.filter_map(|(_, _, days)| days.max()).min();
    let days = Observed::days(Range::from_to(min, max));
    if max == Some(min) {
        return Some(days.on_all(counting.last().map(|(event, ..)| *event)));
    }
    let may_be_last = |days: &Range| max.is_none_or(|max| days.is_at_most(max) != Verdict::Unmet);
    let deciding = counting.iter().filter(|(_, _, days)| may_be_last(days));
    Some(days.on_all(deciding.map(|(event, ..)| *event)))
}
