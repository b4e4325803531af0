//! The values of a service's own data.

use super::Amount;
use crate::{
    code::{codes, opaque},
    document::tagged,
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

tagged! {
    /// The value of an observation of the service's own.
    pub enum ObservedValue by "type" {
        /// Yes, no or unsure.
        Truth = "truth" {
            /// The answer.
            value: YesNoUnsure,
        },
        /// A code of the service's own.
        Code = "code" {
            /// The code.
            value: Code,
        },
        /// A number.
        Quantity = "quantity" {
            /// The number.
            value: Amount,
        },
        /// Words.
        Text = "text" {
            /// The words.
            value: Text,
        },
    }
}

opaque!(ObservedValue);
