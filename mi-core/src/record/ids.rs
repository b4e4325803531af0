//! Where each event stands, found by its id.
#![expect(
    clippy::disallowed_types,
    reason = "it is only looked into and never walked over, so that no order of its own shows"
)]

use std::collections::{HashMap, hash_map::Entry};

use crate::text::EventId;

/// What belongs to each of some events, by the event's id. A tree of ids would compare whole texts
/// at each of its levels, which took a tenth of the time of reading.
#[derive(Clone)]
pub(super) struct Ids<T>(HashMap<EventId, T>);

impl<T> Ids<T> {
    pub(super) fn with_room_for(count: usize) -> Self {
        Self(HashMap::with_capacity(count))
    }

    pub(super) fn get(&self, id: &EventId) -> Option<&T> {
        self.0.get(id)
    }

    /// Keeps the value, unless there is one of that id: then it gives that one.
    pub(super) fn insert_first(&mut self, id: &EventId, value: T) -> Option<T>
    where
        T: Copy,
    {
        match self.0.entry(id.clone()) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(free) => {
                free.insert(value);
                None
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn make_room_for(&mut self, count: usize) {
        self.0.reserve(count);
    }
}
