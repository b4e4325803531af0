//! The trace of an evaluation: the criterion again, with what became of each part.

use serde::Serialize;

use super::{
    criterion::{AskedStep, Test},
    name::{Name, RuleId},
    urgency::Severity,
};
use crate::{
    client::{Category, Target},
    fact::{Arguments, Fact, Missing},
    text::{Code, EventId},
    value::{Truth, Value, Verdict},
};

/// What became of a criterion, part by part, in the order written.
#[derive(Clone, PartialEq, Serialize)]
#[serde(tag = "op", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Trace {
    /// All had to hold.
    All {
        /// What became of it.
        verdict: Verdict,
        /// The parts.
        of: Vec<Trace>,
    },
    /// At least one had to hold.
    Any {
        /// What became of it.
        verdict: Verdict,
        /// The parts.
        of: Vec<Trace>,
    },
    /// The part had not to hold.
    Not {
        /// What became of it.
        verdict: Verdict,
        /// The part.
        of: Box<Trace>,
    },
    /// A definition or step, whose own trace stands beside.
    Defined {
        /// Its name.
        name: Name,
        /// What became of it.
        verdict: Verdict,
    },
    /// A safety rule that had to be raised.
    Raised {
        /// The rule.
        rule: RuleId,
        /// The least severity that counts.
        severity: Severity,
        /// What became of it.
        verdict: Verdict,
    },
    /// A step of the target that had to pass a test.
    Step {
        /// Which step.
        step: AskedStep,
        /// The test.
        test: AppliedTest,
        /// The value.
        saw: Value,
        /// What became of the test.
        verdict: Verdict,
        /// The ratings on which the value rests.
        events: Vec<EventId>,
        /// How many more events there are.
        #[serde(skip_serializing_if = "Option::is_none")]
        more_events: Option<usize>,
        /// What is missing, where the verdict is unknown.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<Missing>,
        /// How many more inputs are missing.
        #[serde(skip_serializing_if = "Option::is_none")]
        more_missing: Option<usize>,
    },
    /// A fact that had to pass a test.
    Fact(Box<FactTrace>),
}

/// What was seen of a fact, and what became of its test.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FactTrace {
    /// The fact.
    pub fact: Fact,
    /// Its arguments.
    #[serde(flatten)]
    pub arguments: Arguments<i64>,
    /// The test, with its number.
    pub test: AppliedTest,
    /// The value.
    pub saw: Value,
    /// What became of the test.
    pub verdict: Verdict,
    /// The events that decide the value, at most 50 in a review.
    pub events: Vec<EventId>,
    /// How many more there are, where they are more than 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_events: Option<usize>,
    /// The category of data.
    pub category: Category,
    /// What is missing, where the verdict is unknown, at most 50 inputs in a review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// How many more inputs are missing, where they are more than 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_missing: Option<usize>,
}

/// A test as it was applied: with the number behind the name of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "op", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum AppliedTest {
    /// A truth has this value.
    Is {
        /// The value.
        value: Truth,
    },
    /// A code is one of these.
    OneOf {
        /// The codes.
        values: Vec<Code>,
    },
    /// A quantity is this much or more.
    AtLeast {
        /// The parameter.
        parameter: Name,
        /// Its value.
        value: i64,
    },
    /// A quantity is this much or less.
    AtMost {
        /// The parameter.
        parameter: Name,
        /// Its value.
        value: i64,
    },
    /// Of the days since something: it happened, however long ago.
    Happened {},
}

impl AppliedTest {
    /// The test with the number of its parameter.
    pub(super) fn new(test: &Test, number: impl Fn(&Name) -> i64) -> Self {
        match test {
            Test::Is { value } => Self::Is { value: *value },
            Test::OneOf { values } => Self::OneOf { values: values.clone() },
            Test::AtLeast { value } => {
                let parameter = value.parameter.clone();
                Self::AtLeast { value: number(&parameter), parameter }
            }
            Test::AtMost { value } => {
                let parameter = value.parameter.clone();
                Self::AtMost { value: number(&parameter), parameter }
            }
            Test::Happened {} => Self::Happened {},
        }
    }

    /// Does the value pass? A test that does not fit the value is unknown; a protocol that has one
    /// does not load.
    pub(super) fn judge(&self, saw: &Value) -> Verdict {
        match (self, saw) {
            (Self::Is { value }, Value::Truth(saw)) => match saw {
                Truth::Unknown => Verdict::Unknown,
                _ => (saw == value).into(),
            },
            (Self::OneOf { values }, Value::Code(possible)) => {
                let among = |code: &&&str| values.iter().any(|value| value.as_str() == **code);
                match possible.iter().filter(among).count() {
                    0 => Verdict::Unmet,
                    hits if hits == possible.len() => Verdict::Met,
                    _ => Verdict::Unknown,
                }
            }
            (Self::AtLeast { value, .. }, Value::Quantity(_, range)) => range.is_at_least(*value),
            (Self::AtMost { value, .. }, Value::Quantity(_, range)) => range.is_at_most(*value),
            (Self::Happened {}, Value::Quantity(_, range)) => range.has_limit(),
            (test, Value::Own(Some(own))) => test.judge_own(own),
            _ => Verdict::Unknown,
        }
    }

    fn judge_own(&self, own: &crate::value::ObservedValue) -> Verdict {
        use crate::value::{ObservedValue as Own, YesNoUnsure};
        #[expect(clippy::cast_precision_loss, reason = "numbers of a protocol are below 2^53")]
        match (self, own) {
            (Self::Is { value }, Own::Truth { value: saw }) => match saw {
                YesNoUnsure::Yes => (*value == Truth::Yes).into(),
                YesNoUnsure::No => (*value == Truth::No).into(),
                YesNoUnsure::Unsure => Verdict::Unknown,
            },
            (Self::OneOf { values }, Own::Code { value }) => values.contains(value).into(),
            (Self::AtLeast { value, .. }, Own::Quantity { value: saw }) => {
                (saw.get() >= *value as f64).into()
            }
            (Self::AtMost { value, .. }, Own::Quantity { value: saw }) => {
                (saw.get() <= *value as f64).into()
            }
            _ => Verdict::Unknown,
        }
    }
}

impl Trace {
    /// What became of the criterion.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::All { verdict, .. }
            | Self::Any { verdict, .. }
            | Self::Not { verdict, .. }
            | Self::Defined { verdict, .. }
            | Self::Raised { verdict, .. }
            | Self::Step { verdict, .. } => *verdict,
            Self::Fact(fact) => fact.verdict,
        }
    }

    /// The parts, in the order written.
    pub(crate) fn parts(&self) -> &[Trace] {
        match self {
            Self::All { of, .. } | Self::Any { of, .. } => of,
            Self::Not { of, .. } => std::slice::from_ref(of),
            Self::Defined { .. } | Self::Raised { .. } | Self::Step { .. } | Self::Fact(_) => &[],
        }
    }

    /// What leaves a fact or step open.
    pub(crate) fn missing(&self) -> &[Missing] {
        match self {
            Self::Fact(fact) => &fact.missing,
            Self::Step { missing, .. } => missing,
            _ => &[],
        }
    }

    /// The events on which a fact or step rests.
    pub(crate) fn events(&self) -> &[EventId] {
        match self {
            Self::Fact(fact) => &fact.events,
            Self::Step { events, .. } => events,
            _ => &[],
        }
    }

    /// The parts, to be changed.
    pub(crate) fn parts_mut(&mut self) -> &mut [Trace] {
        match self {
            Self::All { of, .. } | Self::Any { of, .. } => of,
            Self::Not { of, .. } => std::slice::from_mut(of),
            Self::Defined { .. } | Self::Raised { .. } | Self::Step { .. } | Self::Fact(_) => {
                &mut []
            }
        }
    }

    /// Visits the parts that have the verdict of the whole: those on which it rests.
    ///
    /// Under a `not` the verdict turns round, so what it rests on is the whole part below.
    pub(crate) fn visit_basis<'t>(&'t self, visit: &mut impl FnMut(&'t Trace)) {
        visit(self);
        let counts = |part: &&Trace| match self {
            Self::Not { .. } => true,
            _ => part.verdict() == self.verdict(),
        };
        self.parts().iter().filter(counts).for_each(|part| part.visit_basis(visit));
    }
}

/// The trace of a definition, for one target where it is about one.
#[serde_with::skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DefinitionTrace {
    /// Its name.
    pub name: Name,
    /// The target, when it is about one.
    pub target: Option<Target>,
    /// Its trace.
    pub trace: Trace,
}

crate::code::opaque!(Trace, FactTrace, DefinitionTrace);
