//! What libFuzzer makes, as a protocol, as words, and as a difference to a protocol.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mi_fuzz::{Document, Kind, check};

fuzz_target!(|text: &str| {
    for kind in [Kind::Protocol, Kind::Texts, Kind::Overlay] {
        let as_of = "2026-08-20".parse().expect("a date");
        let document = Document { kind, text: text.to_owned(), as_of };
        check(&document).expect("what must hold of a protocol");
    }
});
