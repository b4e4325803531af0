//! Events by the target that they name, so that what is asked of each target walks over its own.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{Body, Event};
use crate::client::{
    Target,
    field::{Field, FieldKind},
};

/// So many events of a kind are walked over sooner than they are sorted.
const FEW: usize = 32;

/// The events of one kind about each target, in order; made when they are many and asked for.
#[derive(Default)]
pub(super) struct About<'r>(OnceLock<BTreeMap<&'r Target, Vec<&'r Event>>>);

impl<'r> About<'r> {
    /// Of all events of a kind, which are in order, those about a target.
    pub(super) fn of<'a>(
        &'a self,
        events: &'a [&'r Event],
        target: &'a Target,
    ) -> impl DoubleEndedIterator<Item = &'r Event> + 'a {
        let (all, found) = if events.len() <= FEW {
            (events, None)
        } else {
            (&[] as &[&Event], self.0.get_or_init(|| by_target(events)).get(target))
        };
        let about = move |event: &&&'r Event| named(event).any(|named| named == target);
        all.iter().filter(about).chain(found.into_iter().flatten()).copied()
    }
}

fn by_target<'r>(events: &[&'r Event]) -> BTreeMap<&'r Target, Vec<&'r Event>> {
    let mut about: BTreeMap<&Target, Vec<&Event>> = BTreeMap::new();
    for event in events {
        for target in named(event) {
            about.entry(target).or_default().push(event);
        }
    }
    about
}

/// The targets that the fields of an event name.
fn named(event: &Event) -> impl Iterator<Item = &Target> {
    let body = event.body();
    let fields = Body::fields_of(body.place_of_kind()).iter().enumerate();
    let fields = fields.filter(|(_, (_, held))| *held == FieldKind::Target);
    fields.filter_map(|(place, _)| match body.field(place) {
        Field::Target(target) => Some(target),
        _ => None,
    })
}
