//! The little that a protocol needs to know about a person: no name, no date of birth.

use super::Body;
use crate::{code::codes, text::Code, value::Amount};

codes! {
    /// A band of age.
    pub ordered enum AgeBand {
        /// Under 16.
        Under16 = "under_16",
        /// 16 or 17.
        From16To17 = "16_17",
        /// 18 or older.
        Adult = "adult",
    }
}

/// The band of age on this day.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "age_band", category = Administrative)]
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
#[derive(Clone, PartialEq, Body)]
#[body(kind = "sex", category = Administrative)]
pub struct SexRecorded {
    /// Sex.
    pub sex: Sex,
}

/// The result of an instrument.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "measure", category = MentalHealth)]
pub struct Measure {
    /// The instrument, as a code of the service.
    pub measure: Code,
    /// Its total.
    pub total: Option<Amount>,
    /// Its item on suicidality: above zero is a signal, zero clears nothing.
    pub suicide_item: Option<Amount>,
}
