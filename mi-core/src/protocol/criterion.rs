//! Criteria: conditions over facts, as a protocol writes them.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    ErrorKind,
    code::codes,
    document::{read_union, tagged},
    error::Problem,
    fact::{Arguments, Fact},
    text::Code,
    value::Truth,
};

use super::{
    name::{Name, RuleId},
    urgency::Severity,
};

/// A number of the protocol, by the name of its parameter. Criteria hold no bare numbers, so that
/// every threshold has a name, a range, its evidence, and can be a service's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
        /// Of the days since something: it happened, however long ago.
        Happened = "happened" {},
    }
}

codes! {
    /// Which of the steps of a target a criterion asks about; `none` without a place on the axis.
    pub enum AskedStep {
        /// The recorded step when it lies between floor and ceiling, else the floor.
        Current = "current",
        /// The steps from the floor to the ceiling.
        Possible = "possible",
        /// Where the recorded step lies: `within` floor and ceiling, `outside`, or `none` recorded.
        Recorded = "recorded",
    }
}

/// A condition. And, or, not are Kleene's; all parts are always visited, in the order written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "op", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub enum Criterion {
    /// All hold.
    All {
        /// The parts.
        of: Vec<Criterion>,
    },
    /// At least one holds.
    Any {
        /// The parts.
        of: Vec<Criterion>,
    },
    /// The part does not hold.
    Not {
        /// The part.
        of: Box<Criterion>,
    },
    /// A definition of the protocol holds; the name of a treatment step means its verdict.
    Defined {
        /// The definition or step.
        name: Name,
    },
    /// A safety rule that stands before this one was raised, at this severity or above.
    Raised {
        /// The safety rule.
        rule: RuleId,
        /// The least severity that counts.
        severity: Severity,
    },
    /// A step of the target passes a test.
    Step {
        /// Which step.
        step: AskedStep,
        /// The test.
        test: Test,
    },
    /// A fact passes a test.
    Fact {
        /// The fact.
        fact: Fact,
        /// Its arguments.
        #[serde(flatten)]
        arguments: Arguments<Number>,
        /// The test.
        test: Test,
    },
}

const OPS: [&str; 7] = ["all", "any", "not", "defined", "raised", "step", "fact"];

/// Every field of the operation `fact` but the arguments, and every argument.
const NO_ARGUMENTS: &[&str] = &["op", "fact", "test"];
const ARGUMENTS: &[&str] = &[
    "op",
    "days",
    "substance",
    "settings",
    "topic",
    "signals",
    "plan",
    "item",
    "outcomes",
    "code",
];

/// Reads an operation of a criterion: its fields, as they stand beside `op`.
macro_rules! read_op {
    ($fields:ident, $op:ident { $($name:ident: $type:ty),+ }) => {{
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Read { $($name: $type),+ }
        let Read { $($name),+ } = $fields.read(&["op"])?;
        Criterion::$op { $($name),+ }
    }};
}

impl<'de> Deserialize<'de> for Criterion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_union(deserializer, "op", |op, fields| {
            Ok(match op {
                "all" => read_op!(fields, All { of: Vec<Criterion> }),
                "any" => read_op!(fields, Any { of: Vec<Criterion> }),
                "not" => read_op!(fields, Not { of: Box<Criterion> }),
                "defined" => read_op!(fields, Defined { name: Name }),
                "raised" => read_op!(fields, Raised { rule: RuleId, severity: Severity }),
                "step" => read_op!(fields, Step { step: AskedStep, test: Test }),
                "fact" => {
                    #[derive(Deserialize)]
                    #[serde(deny_unknown_fields)]
                    struct Read {
                        fact: Fact,
                        test: Test,
                    }
                    let Read { fact, test } = fields.read(ARGUMENTS)?;
                    Criterion::Fact { fact, arguments: fields.read(NO_ARGUMENTS)?, test }
                }
                _ => {
                    let expected = format!("one of {}", OPS.join(", "));
                    return Err(Problem::new(ErrorKind::UnknownCode, "/op", expected));
                }
            })
        })
    }
}
