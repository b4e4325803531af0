//! The targets that a record speaks of, of which no record has more than a limit.

use std::collections::BTreeSet;

use super::{Body, Event};
use crate::{
    ErrorKind, bounds,
    client::{
        Target,
        field::{Field, FieldKind},
    },
    error::Problem,
};

/// The different targets of all events, retracted and replaced ones too: a target that was once
/// recorded stays in the log.
#[derive(Clone, Default)]
pub(super) struct Targets(BTreeSet<Target>);

impl Targets {
    /// The first of these events that names a target too many, with what is wrong with it.
    pub(super) fn too_many(&self, events: &[Event]) -> Option<(usize, Problem)> {
        let mut fresh: BTreeSet<&Target> = BTreeSet::new();
        for (index, event) in events.iter().enumerate() {
            for (target, place) in named(event) {
                let is_new = !self.0.contains(target) && fresh.insert(target);
                if is_new && self.0.len().saturating_add(fresh.len()) > bounds::TARGETS {
                    let expected = format!("at most {} targets of one record", bounds::TARGETS);
                    let path = place.pointer();
                    return Some((index, Problem::new(ErrorKind::LimitExceeded, path, expected)));
                }
            }
        }
        None
    }

    /// Keeps the targets of these events.
    pub(super) fn add(&mut self, events: &[Event]) {
        for (target, _) in events.iter().flat_map(named) {
            if !self.0.contains(target) {
                self.0.insert(target.clone());
            }
        }
    }
}

/// Where an event names a target.
enum Place {
    /// In this field of its body.
    Field(&'static str),
    /// At this place among what was discussed.
    Discussed(usize),
}

impl Place {
    fn pointer(&self) -> String {
        match self {
            Self::Field(name) => format!("/body/{name}"),
            Self::Discussed(place) => format!("/body/discussed/{place}"),
        }
    }
}

/// The targets that an event names.
fn named(event: &Event) -> impl Iterator<Item = (&Target, Place)> {
    let body = event.body();
    let fields = Body::fields_of(body.place_of_kind()).iter().enumerate();
    let fields = fields.filter(|(_, (_, kind))| *kind == FieldKind::Target);
    let of_fields = fields.filter_map(|(place, (name, _))| match body.field(place) {
        Field::Target(target) => Some((target, Place::Field(name))),
        _ => None,
    });
    let discussed = match body {
        Body::Contact(contact) => contact.discussed.as_deref().unwrap_or_default(),
        _ => &[],
    };
    let discussed = discussed.iter().enumerate();
    of_fields.chain(discussed.map(|(place, target)| (target, Place::Discussed(place))))
}
