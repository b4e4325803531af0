//! What `#[derive(Body)]` writes of a kind of event, beside the object that its body is.

use super::Category;
use crate::document::Faults;

/// What an event of one kind says.
pub(crate) trait Statement {
    /// The kind, as documents write it.
    const KIND: &'static str;

    /// The category of data.
    fn category(&self) -> Category;

    /// Notes what does not fit together.
    fn check(&self, faults: &mut Faults) {
        let _ = faults;
    }
}
