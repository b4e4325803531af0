//! Python bindings for `mi-core`. Every method parses, calls and converts.
#![expect(clippy::needless_pass_by_value, reason = "PyO3 hands arguments over")]
#![expect(clippy::trivially_copy_pass_by_ref, clippy::unused_self, reason = "PyO3 takes &self")]

mod codes;
mod convert;
mod error;
mod part;
mod protocol;
mod record;
mod review;
mod texts;

#[pyo3::pymodule]
mod _mi_core {
    #[pymodule_export]
    use super::protocol::{Override, Protocol, ProtocolUsed, RuleBasis};
    #[pymodule_export]
    use super::record::{Author, ClientRecord, PartialDate, Span, Target};
    #[pymodule_export]
    use super::review::{
        AboutEvent, AboutPlan, AnsweredStage, Assessment, ChangePosition, CurrentStep, DatedEvent,
        DefinitionTrace, Explanation, Finding, Flag, LevelPosition, LevelTrace, Missing, Move,
        PersonPosition, PlanGap, Positions, Question, RecordedDecision, RecordedDriver,
        RecordedRating, ReturnFound, Review, TargetPosition, TreatmentPositions,
    };

    #[pymodule_export]
    use super::texts::Texts;

    #[pymodule_export]
    const VERSION: &str = mi_core::VERSION;
}
