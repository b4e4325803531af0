//! A fact with its arguments, and what it is asked about.

use serde::Serialize;
use serde_with::skip_serializing_none;

use super::{Fact, Missing, Observed, Return, ValueKind};
use crate::{
    balance::DecisionalBalance,
    client::{
        HarmReductionItem, HarmReductionOutcome, Setting, Substance, SuicideSignal, Target, Topic,
    },
    plan::PlanKind,
    text::Code,
    value::{Range, Truth, Value},
};

/// A fact with its arguments, as a criterion asks for it.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Call {
    /// The fact.
    pub fact: Fact,
    /// The window, in days.
    pub days: Option<i64>,
    /// The substance or class that stands in for the target.
    pub substance: Option<Substance>,
    /// The settings.
    pub settings: Option<Vec<Setting>>,
    /// The topic.
    pub topic: Option<Topic>,
    /// The signals of suicidality.
    pub signals: Option<Vec<SuicideSignal>>,
    /// The kind of plan.
    pub plan: Option<PlanKind>,
    /// What reduces harm.
    pub item: Option<HarmReductionItem>,
    /// What became of the offer.
    pub outcomes: Option<Vec<HarmReductionOutcome>>,
    /// The code of an observation.
    pub code: Option<Code>,
}

/// How days that no event covers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reading {
    /// For staging: a short tail and short gaps are left out.
    Staging,
    /// For safety: every day without a report widens.
    Safety,
}

/// What a fact is asked about.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'s> {
    /// How days without a report are read.
    pub(crate) reading: Reading,
    /// The target.
    pub(crate) target: Option<&'s Target>,
    /// The decisional balance.
    pub(crate) balance: Option<&'s DecisionalBalance>,
    /// The return to use.
    pub(crate) return_to_use: Option<&'s Return>,
}

impl<'s> Subject<'s> {
    /// The person, for staging and all that follows from it.
    pub(crate) const PERSON: Subject<'static> =
        Subject { reading: Reading::Staging, target: None, balance: None, return_to_use: None };

    /// The person, for safety.
    pub(crate) const SAFETY: Subject<'static> =
        Subject { reading: Reading::Safety, ..Subject::PERSON };

    /// One target.
    pub(crate) fn about(target: &'s Target) -> Self {
        Subject { target: Some(target), ..Subject::PERSON }
    }
}

impl Call {
    /// A fact of which nothing is known: open, whatever its kind.
    pub(crate) fn unknown(&self) -> Observed {
        let value = match self.fact.kind() {
            ValueKind::Truth => Value::Truth(Truth::Unknown),
            ValueKind::Code(codes) => Value::Code(codes.to_vec()),
            ValueKind::Quantity(unit) => Value::Quantity(unit, Range::at_least(0)),
            ValueKind::Own => Value::Own(None),
        };
        Observed { value, events: Vec::new(), missing: vec![Missing::of(self.fact)] }
    }
}
