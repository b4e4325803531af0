//! Rules as data: what a protocol says, and how it is evaluated.
//!
//! A [`Protocol`] is a document of parameters, definitions, rules and sources, with its texts
//! apart. It is checked when it is loaded; evaluation then cannot fail. Every condition is visited,
//! in the order written, and leaves a [`Trace`] that mirrors the criterion.

mod criterion;
mod rule;

pub use criterion::{Criterion, Name, Number, Test};
pub use rule::{
    Action, CautionRule, CompletenessRule, Evidence, FindingRule, Level, OpenLevel, Per,
    PrincipleRule, Rule, RuleId, RuleKind, SafetyRule, Severity, SourceCheck, StageRule, Who,
};
