//! The closed vocabulary: what a snapshot says, as values that may be partly known.
//!
//! [`Fact`] is a row of the vocabulary, with its arguments, kind, scope and category; the book's page
//! is made from the same rows. Facts that are questions to events are rows of content, answered by
//! one reader; all others are functions of Rust, in the file of their subject. What no event covers
//! could be anything, so it widens the value; nothing is guessed, and nothing is refused that the
//! data decides either way.

mod age;
mod alcohol;
mod answers;
mod arguments;
#[cfg(test)]
mod case;
mod change;
mod concerns;
mod contact;
mod days;
mod episode;
mod goal;
mod left_setting;
mod level_of_care;
mod medicine;
mod observed;
mod opioid;
mod place;
mod pregnancy;
mod query;
mod reader;
mod recorded_step;
mod reduction;
mod reported;
mod returns;
mod sedative;
mod settings;
mod stopping;
mod substance_use;
mod targets;
#[cfg(test)]
mod tests;
mod tolerance;
mod use_evidence;
mod vocabulary;

pub use arguments::{Argument, Arguments};
pub(crate) use arguments::{Question, Reading, Subject};
pub use change::Standing;
pub use observed::{Missing, Observed};
pub use place::{Fact, Scope, ValueKind};
pub(crate) use reader::Facts;
pub(crate) use recorded_step::{RecordedStep, Step};
pub(crate) use returns::Return;
pub(crate) use settings::Settings;
