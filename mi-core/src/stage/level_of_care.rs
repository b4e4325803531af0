//! The axis of intensity: how much care, and where.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{code::codes, code::opaque, text::Text};

codes! {
    /// A generic level of care. It is recorded, and never computed from a stage.
    pub enum LevelOfCare {
        /// Outpatient care.
        Outpatient = "outpatient",
        /// Intensive outpatient care.
        IntensiveOutpatient = "intensive_outpatient",
        /// Partial hospitalization or a day program.
        PartialHospitalization = "partial_hospitalization",
        /// Residential care.
        Residential = "residential",
        /// Medically managed inpatient care.
        Inpatient = "inpatient",
    }
}

/// The level of care from this day on.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelOfCareRecorded {
    /// The level.
    pub level: LevelOfCare,
    /// Why it changed.
    pub reason: Option<Text>,
}

opaque!(LevelOfCareRecorded);
