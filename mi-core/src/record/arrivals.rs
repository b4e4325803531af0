//! The events of a log as they arrived, and their order.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, btree_map},
    slice,
};

use super::Event;
use crate::{date::PartialDate, instant::Instant, text::EventId};

/// Events, which are given in order whatever the order in which they arrived.
#[derive(Clone, Default)]
pub(super) struct Arrivals {
    events: Vec<Event>,
    /// The order of the events, from when one arrived that does not belong at the end. A tree, so
    /// that an event of an earlier day is added as quickly as one of today: neither is the list
    /// sorted again, nor do events move. Most logs arrive in order and need none.
    order: Option<BTreeMap<Place, usize>>,
}

/// Where an event stands in the log: [`Event::order`], with an identifier of its own.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Place(PartialDate, Instant, EventId);

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        #[cfg(test)]
        tests::COMPARED.with(|count| count.set(count.get().saturating_add(1)));
        (self.0, self.1, &self.2).cmp(&(other.0, other.1, &other.2))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Arrivals {
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// The event that arrived at this place.
    pub(super) fn get(&self, arrived: usize) -> Option<&Event> {
        self.events.get(arrived)
    }

    /// The events that arrived from this place on, each with its place.
    pub(super) fn since(&self, first: usize) -> impl Iterator<Item = (usize, &Event)> {
        self.events.iter().enumerate().skip(first)
    }

    /// Adds events, and says whether they arrived as they stood in the list.
    pub(super) fn add(&mut self, mut events: Vec<Event>) -> bool {
        let was_sorted = events.is_sorted_by(|one, two| one.order() < two.order());
        let first = self.events.len();
        let belongs_at_the_end = if first == 0 {
            if !was_sorted {
                events.sort_by(|one, other| one.order().cmp(&other.order()));
            }
            self.events = events;
            true
        } else {
            let ends_before =
                |next: &Event| self.events.last().is_none_or(|last| last.order() < next.order());
            let belongs_at_the_end = was_sorted && events.first().is_none_or(ends_before);
            self.events.append(&mut events);
            belongs_at_the_end
        };
        let placed = |(place, event): (usize, &Event)| {
            (Place(event.on(), event.recorded(), event.id().clone()), place)
        };
        match &mut self.order {
            None if belongs_at_the_end => {}
            None => self.order = Some(self.events.iter().enumerate().map(placed).collect()),
            Some(order) => {
                for (place, event) in self.events.iter().enumerate().skip(first).map(placed) {
                    order.insert(place, event);
                }
            }
        }
        was_sorted || first > 0
    }

    /// The events, in order.
    pub(super) fn in_order(&self) -> Events<'_> {
        match &self.order {
            None => Events::Arrived(self.events.iter()),
            Some(order) => Events::Ordered(order.values(), &self.events),
        }
    }
}

/// Events in order.
#[derive(Clone)]
pub(super) enum Events<'r> {
    /// They arrived so.
    Arrived(slice::Iter<'r, Event>),
    /// The places at which they arrived, in the order of the events.
    Ordered(btree_map::Values<'r, Place, usize>, &'r [Event]),
}

impl<'r> Iterator for Events<'r> {
    type Item = &'r Event;

    fn next(&mut self) -> Option<&'r Event> {
        match self {
            Self::Arrived(events) => events.next(),
            Self::Ordered(places, events) => events.get(*places.next()?),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Arrived(events) => events.size_hint(),
            Self::Ordered(places, _) => places.size_hint(),
        }
    }
}

impl DoubleEndedIterator for Events<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        match self {
            Self::Arrived(events) => events.next_back(),
            Self::Ordered(places, events) => events.get(*places.next_back()?),
        }
    }
}

impl ExactSizeIterator for Events<'_> {}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::{ClientRecord, date::CalendarDate};

    thread_local! {
        pub(super) static COMPARED: Cell<u64> = const { Cell::new(0) };
    }

    fn contact(day: i64) -> Event {
        let on = CalendarDate::from_epoch_days(day).unwrap();
        let text = format!(
            r#"{{"id": "e{day}", "on": "{on}", "recorded": "{on}T09:00:00.000Z",
                "by": {{"role": "nurse", "id": "n1"}},
                "body": {{"kind": "contact", "outcome": "kept"}}}}"#
        );
        Event::from_json(&text).unwrap()
    }

    /// The record of one contact a day, told one by one, and how often places were compared.
    fn told(days: impl Iterator<Item = i64>) -> (ClientRecord, u64) {
        let mut record = ClientRecord::new("client-7".parse().unwrap());
        COMPARED.set(0);
        for day in days {
            record.append(contact(day)).unwrap();
        }
        (record, COMPARED.get())
    }

    #[test]
    fn an_event_of_an_earlier_day_is_added_without_a_walk_over_the_others() {
        const COUNT: i64 = 10_000;
        let scattered = |day: i64| (day * 7_919) % COUNT; // each day once, in no order
        let (in_order, none) = told(0..COUNT);
        assert_eq!(none, 0);
        for (record, compared) in [told((0..COUNT).rev()), told((0..COUNT).map(scattered))] {
            assert!(record == in_order);
            assert_eq!(record.to_json(), in_order.to_json());
            let back: Vec<_> = record.events().rev().map(Event::on).collect();
            assert!(back.is_sorted_by(|one, two| one > two));
            assert_eq!(record.events().len(), 10_000);
            assert!(
                record.event(&"e77".parse().unwrap()).is_some_and(|e| e.id().as_str() == "e77")
            );
            // Of so many a search compares at most about thirty.
            assert!(compared < 10_000 * 40, "{compared} comparisons");
        }
    }
}
