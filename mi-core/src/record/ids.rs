//! Where each event stands, found by its id.
#![expect(
    clippy::disallowed_types,
    reason = "it is only looked into and never walked over, so that no order of its own shows"
)]

use std::collections::HashMap;

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

    pub(super) fn insert(&mut self, id: EventId, value: T) {
        self.0.insert(id, value);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn make_room_for(&mut self, count: usize) {
        self.0.reserve(count);
    }
}
