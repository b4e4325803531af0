//! The axis of intensity: how much care, and where.

use crate::{client::Body, code::codes, text::Text};

codes! {
    /// A generic level of care. It is recorded, and never computed from a stage.
    pub ordered enum LevelOfCare {
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
#[derive(Clone, PartialEq, Body)]
#[body(kind = "level_of_care", category = Administrative)]
pub struct LevelOfCareRecorded {
    /// The level.
    pub level: LevelOfCare,
    /// Why it changed.
    pub reason: Option<Text>,
}
