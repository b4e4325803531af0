//! Which events stand: neither withdrawn by a retraction nor replaced by a later event.

use std::collections::BTreeMap;

use super::{Body, Event};
use crate::text::EventId;

/// Does an event replace or withdraw another?
pub(super) fn changes_another(event: &Event) -> bool {
    event.replaces().is_some() || matches!(event.body(), Body::Retraction(_))
}

/// Of each known event, whether it stands.
///
/// Retractions may themselves be retracted or replaced, in any depth; so an event is judged only
/// after everything that points at it was.
pub(super) fn standing(known: &[&Event]) -> Vec<bool> {
    let mut stands = vec![true; known.len()];
    let pointing: Vec<usize> = indices(known, changes_another);
    let places: BTreeMap<&EventId, usize> =
        known.iter().enumerate().map(|(index, event)| (event.id(), index)).collect();
    let target = |index: usize| {
        let event = known.get(index)?;
        let of = match event.body() {
            Body::Retraction(retraction) => Some(&retraction.of),
            _ => event.replaces(),
        };
        places.get(of?).copied()
    };
    let is_retraction = |index: usize| {
        known.get(index).is_some_and(|event| matches!(event.body(), Body::Retraction(_)))
    };

    let mut pending: BTreeMap<usize, usize> = BTreeMap::new();
    for target in pointing.iter().filter_map(|index| target(*index)) {
        let count = pending.entry(target).or_default();
        *count = count.saturating_add(1);
    }
    let mut withdrawn = vec![false; known.len()];
    let mut replaced = vec![false; known.len()];
    // Of an event that was replaced, the event that stands in for it in the end.
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    let recorded = |index: usize| known.get(index).map(|event| (event.recorded(), event.id()));
    let mut ready: Vec<usize> =
        pointing.iter().copied().filter(|index| !pending.contains_key(index)).collect();
    while let Some(index) = ready.pop() {
        let Some(target) = target(index) else { continue };
        let is_withdrawn = withdrawn.get(index).copied().unwrap_or_default();
        let is_replaced = replaced.get(index).copied().unwrap_or_default();
        let mark = if is_retraction(index) { &mut withdrawn } else { &mut replaced };
        // A replacement that was itself replaced still keeps the original away; a retraction does not.
        let counts = !(is_withdrawn || is_replaced && is_retraction(index));
        if let Some(mark) = mark.get_mut(target).filter(|_| counts) {
            *mark = true;
        }
        if counts && !is_retraction(index) {
            // Of several replacements of one event the latest recorded stands: of corrections made
            // apart from each other, and of corrections of these, only one may count.
            let end = ends.get(&index).copied().unwrap_or(index);
            let loser = match ends.get(&target).copied() {
                Some(other) if recorded(end) < recorded(other) => Some(end),
                other => {
                    ends.insert(target, end);
                    other
                }
            };
            if let Some(mark) = loser.and_then(|loser| replaced.get_mut(loser)) {
                *mark = true;
            }
        }
        if let Some(count) = pending.get_mut(&target) {
            *count = count.saturating_sub(1);
            if *count == 0 && pointing.binary_search(&target).is_ok() {
                ready.push(target);
            }
        }
    }
    for ((stands, withdrawn), replaced) in stands.iter_mut().zip(withdrawn).zip(replaced) {
        *stands = !withdrawn && !replaced;
    }
    stands
}

fn indices(events: &[&Event], keep: impl Fn(&Event) -> bool) -> Vec<usize> {
    events.iter().enumerate().filter(|(_, event)| keep(event)).map(|(index, _)| index).collect()
}
