//! The three axes, never one: treatment step, stage of change, level of care.
//!
//! None of them is computed from another. Where they disagree, a review says so.

mod change;
mod level_of_care;
mod treatment;

pub use change::{Basis, StageOfChange, StageOfChangeAnswers, StageOfChangeRating, YesNo};
pub use level_of_care::{LevelOfCare, LevelOfCareRecorded};
pub use treatment::{Scale, TreatmentStage, TreatmentStageRating, TreatmentStep};
