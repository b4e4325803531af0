//! What events say about a person: one file a subject, plain data throughout.
//!
//! A body is what one event says; the envelope around it ([`crate::record::Event`]) says who said
//! it, about which day, and when it was recorded. The fields are public because every type in them
//! is valid by itself; what must fit together is checked when an event is made.

mod asked;
mod category;
mod concern;
mod contact;
mod episode;
pub(crate) mod field;
mod goal;
mod medicine;
mod observation;
mod person;
mod plan_step;
mod safety;
mod setting;
mod statement;
mod substance;
mod substance_use;
mod test;

pub use asked::{Answer, Asked, Topic};
pub use category::Category;
pub use concern::{
    Cognition, CognitionLevel, Concern, ConcernStatus, Domain, Severity, TreatmentTarget,
};
pub use contact::{Channel, Contact, ContactOutcome, Outreach, Place};
pub use episode::{ClosingReason, ContactLog, EpisodeClosed, EpisodeOpened};
pub use goal::{Acknowledgement, Aim, Ambivalence, Choice, ClientView, Decision, Goal, Limits};
pub use medicine::{Form, Medicine, MedicineClass, MedicineMoment};
pub(crate) use mi_core_derive::Body;
pub use observation::{Observation, Retraction};
pub use person::{AgeBand, AgeBandRecorded, Measure, Sex, SexRecorded};
pub use plan_step::{PlannedStep, StepAction};
pub use safety::{
    AcuteState, AcuteStateRecorded, Crisis, HarmReduction, HarmReductionItem, HarmReductionOutcome,
    Pregnancy, PregnancyStatus, Safeguarding, SafeguardingConcern, SafetyAssessment, Suicidality,
    SuicideSignal, WithdrawalSigns,
};
pub use setting::{Setting, SettingEvent, SettingMoment};
pub(crate) use statement::Statement;
pub use substance::{Substance, Target};
pub use substance_use::{
    Comparison, Coverage, CoverageOf, Direction, Driver, LearningReview, Overdose, Period,
    PlanOutcome, ReturnClass, ReturnToUse, Use, UseReport,
};
pub use test::{SubstanceTest, TestResult};
