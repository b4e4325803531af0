//! How long ago, and what came later, where days may be known only in part.

use super::Observed;
use crate::{
    date::{CalendarDate, PartialDate},
    record::Event,
    value::{Range, Verdict},
};

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

/// Of events in order the one that can begin last and the one that can end last. Whether all or any
/// of the events lie on one side of a day is decided by these two.
pub(super) fn last_of<'e>(events: &[&'e Event]) -> Vec<&'e Event> {
    let ends_last = events.iter().max_by_key(|event| event.on().latest());
    events.last().into_iter().chain(ends_last).copied().collect()
}

/// Events of which any may have come after another; asked without a walk over them.
pub(super) struct Later<'e> {
    /// The last of each date, in order.
    by_date: Vec<&'e Event>,
    /// The one of them that can end last, and of all others the next.
    ending_last: [Option<&'e Event>; 2],
}

impl<'e> Later<'e> {
    /// These events, which are in order.
    pub(super) fn new(events: impl Iterator<Item = &'e Event>) -> Self {
        let mut by_date: Vec<&Event> = Vec::new();
        for event in events {
            match by_date.last_mut() {
                Some(last) if last.on() == event.on() => *last = event,
                _ => by_date.push(event),
            }
        }
        let ends_last = |but: Option<&Event>| {
            let others =
                by_date.iter().filter(|event| but.is_none_or(|but| event.on() != but.on()));
            others.max_by_key(|event| event.on().latest()).copied()
        };
        let last = ends_last(None);
        let ending_last = [last, last.and_then(|last| ends_last(Some(last)))];
        Self { by_date, ending_last }
    }

    /// Whether any of them came after an event. Of the same date the last decides, of all others
    /// the one that can begin last and the one that can end last.
    pub(super) fn any_after(&self, earlier: &Event) -> Verdict {
        let on = earlier.on();
        let same = self.by_date.binary_search_by_key(&on, |event| event.on()).ok();
        let is_other = |event: &&&Event| event.on() != on;
        let deciding = [
            same.and_then(|place| self.by_date.get(place)),
            self.by_date.iter().rfind(is_other),
            self.ending_last.iter().flatten().find(is_other),
        ];
        let deciding = deciding.into_iter().flatten();
        deciding.fold(Verdict::Unmet, |after, later| after.or(came_after(later, earlier)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: usize, on: &str) -> Event {
        let text = format!(
            r#"{{ "id": "e{number:02}", "on": "{on}", "recorded": "2027-01-01T00:00:00.000Z",
            "by": {{ "role": "nurse", "id": "n1" }}, "body": {{ "kind": "crisis" }} }}"#
        );
        Event::from_json(&text).unwrap()
    }

    #[test]
    fn few_events_decide_what_a_walk_over_all_says() {
        let dates =
            ["2025", "2026-10", "2026-10-31", "2026-11-01", "2026-11", "2026-11-15", "2026"];
        let twice = dates.iter().chain(&dates).enumerate();
        let mut events: Vec<Event> = twice.map(|(number, on)| event(number, on)).collect();
        events.sort_by(|one, other| one.order().cmp(&other.order()));
        for chosen in 0_u32..1 << events.len() {
            let is_chosen = |(place, event)| (chosen >> place & 1 == 1).then_some(event);
            let some: Vec<&Event> = events.iter().enumerate().filter_map(is_chosen).collect();
            let later = Later::new(some.iter().copied());
            for earlier in &events {
                let after = |all: Verdict, event: &Event| all.or(came_after(event, earlier));
                let walked = some.iter().copied().fold(Verdict::Unmet, after);
                assert_eq!(later.any_after(earlier), walked, "{chosen:b}, {earlier:?}");
                let after =
                    |all: Verdict, event: &Event| all.or(on_or_after(event.on(), earlier.on()));
                let walked = some.iter().copied().fold(Verdict::Unmet, after);
                assert_eq!(
                    last_of(&some).into_iter().fold(Verdict::Unmet, after),
                    walked,
                    "{chosen:b}"
                );
                let before =
                    |all: Verdict, event: &Event| all.and(on_or_after(earlier.on(), event.on()));
                let walked = some.iter().copied().fold(Verdict::Met, before);
                assert_eq!(
                    last_of(&some).into_iter().fold(Verdict::Met, before),
                    walked,
                    "{chosen:b}"
                );
            }
        }
    }
}
