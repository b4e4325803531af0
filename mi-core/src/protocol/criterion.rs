//! Criteria: conditions over facts, as a protocol writes them.

use serde::{Deserialize, Serialize};

use crate::{
    client::{HarmReductionItem, HarmReductionOutcome, Setting, Substance, SuicideSignal, Topic},
    document::tagged,
    fact::Fact,
    plan::PlanKind,
    text::Code,
    value::Truth,
};

use super::{
    name::{Name, RuleId},
    urgency::Severity,
};

/// A number of the protocol, by the name of its parameter. Criteria hold no bare numbers, so that
/// every threshold has a name, a range, its evidence, and can be a service's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ParameterNumber"))]
pub struct Number {
    /// The parameter.
    pub parameter: Name,
}

tagged! {
    /// What a fact has to be.
    #[derive(Debug, Eq)]
    pub enum Test by "op" {
        /// A truth has this value: `yes` or `no`.
        Is = "is" {
            /// The value.
            value: Truth,
        },
        /// A code is one of these: met when all that are possible are, unmet when none is.
        OneOf = "one_of" {
            /// The codes.
            values: Vec<Code>,
        },
        /// A quantity is this much or more.
        AtLeast = "at_least" {
            /// The number.
            value: Number,
        },
        /// A quantity is this much or less.
        AtMost = "at_most" {
            /// The number.
            value: Number,
        },
    }
}

tagged! {
    /// A condition. And, or, not are Kleene's; all parts are always visited, in the order written.
    #[derive(Debug, Eq)]
    pub enum Criterion by "op" {
        /// All hold.
        All = "all" {
            /// The parts.
            of: Vec<Criterion>,
        },
        /// At least one holds.
        Any = "any" {
            /// The parts.
            of: Vec<Criterion>,
        },
        /// The part does not hold.
        Not = "not" {
            /// The part.
            of: Box<Criterion>,
        },
        /// A definition of the protocol holds; the name of a treatment step means its verdict.
        Defined = "defined" {
            /// The definition or step.
            name: Name,
        },
        /// A safety rule that stands before this one was raised, at this severity or above.
        Raised = "raised" {
            /// The safety rule.
            rule: RuleId,
            /// The least severity that counts.
            severity: Severity,
        },
        /// A fact passes a test.
        Fact = "fact" {
            /// The fact.
            fact: Fact,
            /// The window.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            days: Option<Number>,
            /// The substance or class that stands in for the target.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            substance: Option<Substance>,
            /// The settings.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            settings: Option<Vec<Setting>>,
            /// The topic.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            topic: Option<Topic>,
            /// The signals of suicidality.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            signals: Option<Vec<SuicideSignal>>,
            /// The kind of plan.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            plan: Option<PlanKind>,
            /// What reduces harm.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            item: Option<HarmReductionItem>,
            /// What became of the offer.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            outcomes: Option<Vec<HarmReductionOutcome>>,
            /// The code of an observation of the service's own.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            code: Option<Code>,
            /// The test.
            test: Test,
        },
    }
}
