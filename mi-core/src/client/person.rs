//! The little that a protocol needs to know about a person: no name, no date of birth.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    code::{codes, opaque},
    text::Code,
    value::Amount,
};

codes! {
    /// A band of age.
    pub enum AgeBand {
        /// Under 16.
        Under16 = "under_16",
        /// 16 or 17.
        From16To17 = "16_17",
        /// 18 or older.
        Adult = "adult",
    }
}

/// The band of age on this day.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgeBandRecorded {
    /// The band.
    pub band: AgeBand,
}

codes! {
    /// Sex, where a threshold differs by it.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Other.
        Other = "other",
    }
}

/// Sex.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SexRecorded {
    /// Sex.
    pub sex: Sex,
}

/// The result of an instrument.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Measure {
    /// The instrument, as a code of the service.
    pub measure: Code,
    /// Its total.
    pub total: Option<Amount>,
    /// Its item on suicidality: above zero is a signal, zero clears nothing.
    pub suicide_item: Option<Amount>,
}

opaque!(AgeBandRecorded, SexRecorded, Measure);
