//! The three axes, never one: treatment step, stage of change, level of care.
//!
//! None of them is computed from another. Where they disagree, a review says so.

mod answers;
mod change;
mod level_of_care;
mod treatment;

pub(crate) use answers::boundary_of_change;
pub use answers::{AnsweredStage, Answers, Boundary, PreparationNote, StageLimits};
pub use change::{Basis, StageOfChange, StageOfChangeAnswers, StageOfChangeRating, YesNo};
pub use level_of_care::{LevelOfCare, LevelOfCareRecorded};
pub use treatment::{Scale, TreatmentStage, TreatmentStageRating, TreatmentStep};
