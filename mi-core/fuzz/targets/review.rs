//! What libFuzzer makes, as the seed of a document that is nearly right, so that most are reviewed.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mi_fuzz::{Seeds, check};

static SEEDS: LazyLock<Seeds> =
    LazyLock::new(|| Seeds::of_repository().expect("the documents of this repository"));

fuzz_target!(|seed: u64| {
    check(&SEEDS.document(seed)).expect("what must hold of a document");
});
