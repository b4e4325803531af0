//! A mutation fuzzer: documents that are nearly right, and what must hold of each.
//!
//! [`Seeds`] are the documents of this repository: worked records, vectors, the protocol that ships
//! with its words. [`Seeds::document`] changes one of them at random, by its seed: keys, values,
//! numbers, structure, bytes. [`check`] reads it; whatever is accepted is reviewed, written, read
//! back and rendered. Nothing may panic, differ between two runs, or repeat its input in an error.
//!
//! The program `mi-fuzz` does so for as long as one likes (`cargo xtask fuzz --minutes 60`). The
//! targets of cargo-fuzz in `targets/` hand what libFuzzer makes to the same checks.

mod check;
mod mutate;
mod random;
mod seeds;

pub use check::{Outcome, check};
pub use random::Random;
pub use seeds::Seeds;

use mi_core::CalendarDate;

/// Words that no identifier and no code can be: where they stand in a document, no error repeats
/// them.
pub const CANARY: &str = "Canary, expected `7f3a` at line 3";

/// What a document is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A client's record.
    Record,
    /// A protocol.
    Protocol,
    /// The words of the protocol that ships.
    Texts,
    /// A protocol as a difference to the one that ships.
    Overlay,
}

impl Kind {
    /// Its name, in the names of files too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Protocol => "protocol",
            Self::Texts => "texts",
            Self::Overlay => "overlay",
        }
    }
}

/// A document, and the day on which it is tried.
#[derive(Debug)]
pub struct Document {
    /// What it is read as.
    pub kind: Kind,
    /// Its text.
    pub text: String,
    /// The day asked about.
    pub as_of: CalendarDate,
}
