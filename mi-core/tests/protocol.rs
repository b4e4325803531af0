//! The protocol that ships, and a service's own numbers.
#![cfg(test)]

use mi_core::{ErrorKind, Protocol};

#[test]
fn the_protocol_that_ships_loads() {
    let protocol = Protocol::dual_diagnosis();
    assert_eq!((protocol.id(), protocol.version()), ("dual-diagnosis", "1.0.0"));
}

#[test]
fn a_protocol_with_nothing_is_the_protocol() {
    let protocol = Protocol::dual_diagnosis();
    assert_eq!(protocol.with([]).unwrap(), protocol);
    let same = protocol.with([("regular_contact.count", 3), ("regular_contact.count", 4)]).unwrap();
    assert_eq!(same, protocol);
}

#[test]
fn a_protocol_reads_back_as_it_was_written() {
    let protocol = Protocol::dual_diagnosis();
    assert_eq!(Protocol::from_json(&protocol.to_json()).unwrap(), protocol);
    let ours = protocol.with([("regular_contact.count", 3)]).unwrap();
    let again = Protocol::from_json(&ours.to_json()).unwrap();
    assert_eq!(again, ours);
    assert_eq!((again.overrides()[0].value, again.overrides()[0].default), (3, 4));
}

#[test]
fn own_numbers_stay_within_their_range() {
    let protocol = Protocol::dual_diagnosis();
    let error = protocol.with([("regular_contact.count", 0), ("no.such.number", 1)]).unwrap_err();
    let kinds: Vec<ErrorKind> = error.problems().iter().map(mi_core::Problem::kind).collect();
    assert_eq!(kinds, [ErrorKind::UnknownName, ErrorKind::OutOfRange]);
    let paths: Vec<&str> = error.problems().iter().map(mi_core::Problem::path).collect();
    assert_eq!(paths, ["/numbers", "/numbers/regular_contact.count"]);
}
