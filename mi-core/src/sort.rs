//! Sorting of short lists.
//!
//! The standard library's sort is compiled anew for every type and order, at four kilobytes each in
//! the wasm module. Lists that stay short sort their places instead, by one sort for all of them.
//! Collecting into a `BTreeMap` or `BTreeSet` sorts as well, where `extend` inserts.

use std::cmp::Ordering;

/// Sorts a short list, stably.
pub(crate) fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..list.len()).collect();
    sort_places(&mut places, &|one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut items: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(places.into_iter().filter_map(|place| items.get_mut(place)?.take()));
}

/// Sorts a short list by a key, stably.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|one, other| compare(*one, *other));
}
