//! Definitions and steps: where they lead, and that every step can be reached.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, criteria_of, visit};
use crate::{
    ErrorKind, bounds,
    fact::{Fact, Scope, ValueKind},
    protocol::{
        criterion::{Criterion, Test},
        name::Name,
        rule::{Rule, RuleKind, StageRule},
    },
    stage::TreatmentStep,
    value::Measured,
};

/// Whether the definitions and steps that were looked at can be met.
type Known<'d> = BTreeMap<&'d Name, bool>;

impl<'d> Check<'d> {
    /// What definitions and steps lead to; true when something is circular or too long a chain.
    pub(super) fn references(&mut self) -> bool {
        let document = self.document;
        let mut leads: Vec<(&str, &str)> = Vec::new();
        for (name, criterion) in document.definitions.iter() {
            lead(name.as_str(), criterion, &mut leads);
        }
        for rule in &document.rules {
            if let RuleKind::Stage(stage) = &rule.kind {
                for (_, criterion) in criteria_of(rule) {
                    lead(stage.step.code(), criterion, &mut leads);
                }
            }
        }
        // Take away, again and again, what leads to nothing more: what is left is circular.
        let mut circular = BTreeSet::new();
        for round in 1_usize.. {
            circular = BTreeSet::new();
            circular.extend(leads.iter().map(|(name, _)| *name));
            let before = leads.len();
            leads.retain(|(_, part)| circular.contains(part));
            if leads.len() == before {
                break;
            }
            if round >= bounds::CRITERION_DEPTH {
                let expected = "at most 64 names and nested parts on one path";
                self.report(ErrorKind::LimitExceeded, "/definitions", expected);
                return true;
            }
        }
        for name in &circular {
            let is_step = |rule: &Rule| matches!(&rule.kind, RuleKind::Stage(stage) if stage.step.code() == *name);
            let path = match self.document.rules.iter().position(is_step) {
                Some(index) => format!("/rules/{index}"),
                None => format!("/definitions/{name}"),
            };
            self.report(ErrorKind::DefinitionCycle, path, "definitions that lead to no circle");
        }
        !circular.is_empty()
    }

    /// Definitions and steps that read a fact about the target that is asked about.
    pub(super) fn about_targets(&self) -> BTreeSet<Name> {
        let mut about: BTreeSet<Name> = BTreeSet::new();
        loop {
            let is_about = |criterion: &Criterion| {
                let mut found = false;
                visit(criterion, &mut |part| match part {
                    Criterion::Step { .. } => found = true,
                    Criterion::Fact { fact, arguments, .. } => {
                        let stands_in = arguments.substance.is_some();
                        found |= fact.scope() == Scope::Target && !stands_in;
                    }
                    Criterion::Defined { name } => {
                        found |= about.contains(name)
                            || TreatmentStep::from_code(name.as_str()).is_some();
                    }
                    _ => {}
                });
                found
            };
            let more: Vec<Name> = self
                .document
                .definitions
                .iter()
                .filter(|(name, criterion)| !about.contains(*name) && is_about(criterion))
                .map(|(name, _)| name.clone())
                .collect();
            if more.is_empty() {
                return about;
            }
            about.extend(more);
        }
    }

    /// Every step has one rule, and something can lead to it.
    pub(super) fn steps(&mut self) {
        let mut known = BTreeMap::new();
        for step in TreatmentStep::ALL {
            let rules: Vec<(usize, &StageRule)> = self
                .document
                .rules
                .iter()
                .enumerate()
                .filter_map(|(index, rule)| match &rule.kind {
                    RuleKind::Stage(stage) if stage.step == *step => Some((index, stage)),
                    _ => None,
                })
                .collect();
            match rules.as_slice() {
                [] => {
                    let expected = format!("a rule of the step {step}");
                    self.report(ErrorKind::UnreachableStep, "/rules", &expected);
                }
                [(index, stage)] => {
                    if !self.can_be_reached(stage, &mut known) {
                        let path = format!("/rules/{index}");
                        self.report(ErrorKind::UnreachableStep, path, "a step that can be reached");
                    }
                }
                [_, (index, _), ..] => {
                    let path = format!("/rules/{index}/step");
                    self.report(ErrorKind::DuplicateId, path, "one rule for each step");
                }
            }
        }
    }

    fn can_be_reached(&self, stage: &'d StageRule, known: &mut Known<'d>) -> bool {
        self.can_be_met(&stage.enter, known)
            || stage.stay.as_ref().is_some_and(|stay| self.can_be_met(stay, known))
    }

    /// False only when no record can ever meet it. Chains of definitions are known to end; each
    /// name is looked at once, since a short chain may name them a great many times over.
    fn can_be_met(&self, criterion: &'d Criterion, known: &mut Known<'d>) -> bool {
        match criterion {
            Criterion::All { of } => of.iter().all(|part| self.can_be_met(part, known)),
            Criterion::Any { of } => of.iter().any(|part| self.can_be_met(part, known)),
            Criterion::Defined { name } => {
                if let Some(known) = known.get(name) {
                    return *known;
                }
                let step = self.document.rules.iter().find_map(|rule| match &rule.kind {
                    RuleKind::Stage(stage) if stage.step.code() == name.as_str() => Some(stage),
                    _ => None,
                });
                let found = match (self.document.definitions.get(name), step) {
                    (Some(criterion), _) => self.can_be_met(criterion, known),
                    (None, Some(stage)) => self.can_be_reached(stage, known),
                    (None, None) => false,
                };
                known.insert(name, found);
                found
            }
            // A step that asks for the record to have it already leads nowhere.
            Criterion::Fact { fact, test: Test::OneOf { values }, .. } => {
                *fact != Fact::EPISODE_STATUS || values.iter().any(|value| value.as_str() == "open")
            }
            Criterion::Fact { fact, test: Test::AtLeast { value }, .. } => {
                let is_share = fact.kind() == ValueKind::Quantity(Measured::Percent);
                !(is_share && self.value(&value.parameter) > Some(100))
            }
            Criterion::Not { .. }
            | Criterion::Raised { .. }
            | Criterion::Step { .. }
            | Criterion::Fact { .. } => true,
        }
    }
}

/// Notes that a definition or step leads to the definitions and steps that its criterion names.
fn lead<'d>(name: &'d str, criterion: &'d Criterion, leads: &mut Vec<(&'d str, &'d str)>) {
    visit(criterion, &mut |part| {
        if let Criterion::Defined { name: part } = part {
            leads.push((name, part.as_str()));
        }
    });
}
