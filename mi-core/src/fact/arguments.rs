//! The arguments of facts, and what a fact is asked about.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{Fact, Missing, Observed, Return, ValueKind};
use crate::{
    balance::DecisionalBalance,
    client::{
        HarmReductionItem, HarmReductionOutcome, Setting, Substance, SuicideSignal, Target, Topic,
    },
    code::codes,
    plan::PlanKind,
    text::Code,
    value::{Range, Truth, Value},
};

codes! {
    /// An argument of a fact. `days` and all lists are required where a fact takes them, but for
    /// `substance`, which stands in for the target.
    pub enum Argument {
        /// A window of days that ends with the day asked about.
        Days = "days",
        /// A substance or class.
        Substance = "substance",
        /// Settings.
        Settings = "settings",
        /// A topic that people are asked about.
        Topic = "topic",
        /// Signals of suicidality.
        Signals = "signals",
        /// A kind of plan.
        Plan = "plan",
        /// Something that reduces harm.
        Item = "item",
        /// What became of the offer of it.
        Outcomes = "outcomes",
        /// The code of an observation of the service's own.
        Code = "code",
    }
}

/// The arguments with which a fact is asked. In a criterion `days` is the name of a parameter, in
/// a trace its number.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arguments<N> {
    /// The window, in days.
    pub days: Option<N>,
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
    /// The code of an observation of the service's own.
    pub code: Option<Code>,
}

impl<N> Default for Arguments<N> {
    fn default() -> Self {
        Self {
            days: None,
            substance: None,
            settings: None,
            topic: None,
            signals: None,
            plan: None,
            item: None,
            outcomes: None,
            code: None,
        }
    }
}

impl<N> Arguments<N> {
    /// Is the argument given?
    pub(crate) fn has(&self, argument: Argument) -> bool {
        match argument {
            Argument::Days => self.days.is_some(),
            Argument::Substance => self.substance.is_some(),
            Argument::Settings => self.settings.is_some(),
            Argument::Topic => self.topic.is_some(),
            Argument::Signals => self.signals.is_some(),
            Argument::Plan => self.plan.is_some(),
            Argument::Item => self.item.is_some(),
            Argument::Outcomes => self.outcomes.is_some(),
            Argument::Code => self.code.is_some(),
        }
    }

    /// Is the code the one that the argument names, or one of those?
    pub(super) fn names(&self, argument: Argument, code: &str) -> bool {
        match argument {
            Argument::Days => false,
            Argument::Substance => self.substance.is_some_and(|one| one.code() == code),
            Argument::Settings => self.settings.iter().flatten().any(|one| one.code() == code),
            Argument::Topic => self.topic.is_some_and(|one| one.code() == code),
            Argument::Signals => self.signals.iter().flatten().any(|one| one.code() == code),
            Argument::Plan => self.plan.is_some_and(|one| one.code() == code),
            Argument::Item => self.item.is_some_and(|one| one.code() == code),
            Argument::Outcomes => self.outcomes.iter().flatten().any(|one| one.code() == code),
            Argument::Code => self.code.as_ref().is_some_and(|one| one.as_str() == code),
        }
    }

    /// The same arguments, with the number that `number` finds behind `days`.
    pub(crate) fn resolved<M>(&self, number: impl Fn(&N) -> M) -> Arguments<M> {
        Arguments {
            days: self.days.as_ref().map(number),
            substance: self.substance,
            settings: self.settings.clone(),
            topic: self.topic,
            signals: self.signals.clone(),
            plan: self.plan,
            item: self.item,
            outcomes: self.outcomes.clone(),
            code: self.code.clone(),
        }
    }
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

/// A fact as it is asked: with its arguments, about a subject. What a row reads of these is absent
/// only where a protocol that loads does not ask.
pub(crate) struct Question<'a> {
    pub(crate) fact: Fact,
    pub(crate) arguments: &'a Arguments<i64>,
    pub(crate) subject: &'a Subject<'a>,
    /// The substance that stands in for the target, as a target.
    stand_in: Option<Target>,
}

impl<'a> Question<'a> {
    pub(crate) fn new(fact: Fact, arguments: &'a Arguments<i64>, subject: &'a Subject<'a>) -> Self {
        Self { fact, arguments, subject, stand_in: arguments.substance.map(Target::from) }
    }

    pub(super) fn days(&self) -> i64 {
        self.arguments.days.unwrap_or_default()
    }

    /// The substance that stands in for the target, or else the target.
    pub(super) fn target(&self) -> Option<&Target> {
        self.stand_in.as_ref().or(self.subject.target)
    }

    pub(super) fn substance(&self) -> Option<Substance> {
        self.target().and_then(Target::substance)
    }

    pub(super) fn topic(&self) -> Option<Topic> {
        self.arguments.topic
    }

    /// The return to use.
    pub(super) fn found(&self) -> Option<&'a Return> {
        self.subject.return_to_use
    }

    /// What is missing where the fact is open: the fact, about its target or topic.
    pub(super) fn missing(&self) -> Missing {
        let of_target = self.fact.scope() == super::Scope::Target;
        let target = self.subject.target.filter(|_| of_target);
        let target = self.stand_in.clone().or_else(|| target.cloned());
        Missing { topic: self.topic(), ..Missing::of(self.fact).about(target) }
    }

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
