//! The values of a service's own data.

use super::Amount;
use crate::{
    code::codes,
    document::Part,
    text::{Code, Text},
};

codes! {
    /// An answer that may be open.
    pub enum YesNoUnsure {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not sure.
        Unsure = "unsure",
    }
}

/// The value of an observation of the service's own.
#[derive(Clone, PartialEq, Part)]
#[part(tag = "type")]
pub enum ObservedValue {
    /// Yes, no or unsure.
    Truth {
        /// The answer.
        value: YesNoUnsure,
    },
    /// A code of the service's own.
    Code {
        /// The code.
        value: Code,
    },
    /// A number.
    Quantity {
        /// The number.
        value: Amount,
    },
    /// Words.
    Text {
        /// The words.
        value: Text,
    },
}
