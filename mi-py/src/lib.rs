//! Python bindings for `mi-core`. Every method parses, calls and converts.
#![expect(clippy::needless_pass_by_value, reason = "PyO3 hands arguments over")]
#![expect(clippy::trivially_copy_pass_by_ref, clippy::unused_self, reason = "PyO3 takes &self")]

mod codes;
mod convert;
mod error;
mod part;
mod parts;
mod protocol;
mod record;
mod review;
mod texts;

#[pyo3::pymodule]
mod _mi_core {
    #[pymodule_export]
    use super::parts::{
        AboutEvent, AboutPlan, Assessment, Author, ChangePosition, CurrentStep, DatedEvent,
        DefinitionTrace, EventWords, Explanation, Extended, Finding, FindingWords, Flag, FlagWords,
        GapWords, LevelPosition, LevelTrace, Missing, Move, MoveWords, OverlayUsed, Override,
        PersonPosition, PlanGap, PositionWords, Positions, ProtocolUsed, Question, QuestionWords,
        RecordedDecision, RecordedDriver, RecordedRating, ReturnFound, RuleBasis, RuleOff,
        SectionWords, Span, TargetPosition, TreatmentPositions,
    };
    #[pymodule_export]
    use super::protocol::Protocol;
    #[pymodule_export]
    use super::record::{ClientRecord, PartialDate, Target};
    #[pymodule_export]
    use super::review::{AnsweredStage, Review};

    #[pymodule_export]
    use super::texts::Texts;

    #[pymodule_export]
    const VERSION: &str = mi_core::VERSION;
}
