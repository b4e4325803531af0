//! What libFuzzer makes, as a record.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mi_fuzz::{Document, Kind, check};

fuzz_target!(|text: &str| {
    let as_of = "2026-08-20".parse().expect("a date");
    let document = Document { kind: Kind::Record, text: text.to_owned(), as_of };
    check(&document).expect("what must hold of a record");
});
