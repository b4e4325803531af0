//! Criteria: facts with their arguments and tests, names, contradictions.

use std::collections::BTreeSet;

use super::Check;
use crate::{
    ErrorKind,
    code::Coded,
    fact::{Argument, Arguments, Fact, Scope, Step, ValueKind},
    protocol::{
        criterion::{AskedStep, Criterion, Number, Test},
        document::ParameterUnit,
        name::Name,
        place::RecordedPlace,
    },
    stage::TreatmentStep,
    value::{Measured, Truth},
};

impl<'d> Check<'d> {
    /// Checks one criterion, which may be about `scope`.
    pub(super) fn criterion(
        &mut self,
        criterion: &'d Criterion,
        path: &str,
        scope: &[Scope],
        about: &BTreeSet<Name>,
    ) {
        match criterion {
            Criterion::All { of } | Criterion::Any { of } => {
                if of.is_empty() {
                    self.report(ErrorKind::Inconsistent, format!("{path}/of"), "at least one part");
                }
                for (index, part) in of.iter().enumerate() {
                    self.criterion(part, &format!("{path}/of/{index}"), scope, about);
                }
                if matches!(criterion, Criterion::All { .. }) {
                    self.contradictions(of, path);
                }
            }
            Criterion::Not { of } => self.criterion(of, &format!("{path}/of"), scope, about),
            Criterion::Raised { .. } => {}
            Criterion::Defined { name } => {
                let is_step = TreatmentStep::from_code(name.as_str()).is_some();
                self.uses("definition", name.as_str());
                if !is_step && self.document.definitions.get(name).is_none() {
                    let expected = "a definition of this protocol, or a treatment step";
                    self.report(ErrorKind::UnknownName, format!("{path}/name"), expected);
                }
                let has_target = scope.contains(&Scope::Target);
                if (is_step || about.contains(name)) && !has_target {
                    let expected = "a definition that is about no target";
                    self.report(ErrorKind::WrongUnit, format!("{path}/name"), expected);
                }
            }
            Criterion::Step { step, test } => {
                let path = format!("{path}/test");
                self.test(ValueKind::Code(step.codes()), test, &path);
                if !scope.contains(&Scope::Target) {
                    self.report(ErrorKind::WrongUnit, path, "a rule that is about a target");
                }
            }
            Criterion::Fact { fact, arguments, test } => {
                self.uses("fact", fact.code());
                self.arguments(*fact, arguments, path);
                self.empty_lists(arguments, path);
                self.unreachable(criterion, path);
                self.test(fact.kind(), test, &format!("{path}/test"));
                let fits = arguments.substance.is_some() || scope.contains(&fact.scope());
                if !fits {
                    let expected = "a fact about what the rule is evaluated for";
                    self.report(ErrorKind::WrongUnit, format!("{path}/fact"), expected);
                }
            }
        }
    }

    fn arguments(&mut self, fact: Fact, arguments: &Arguments<Number>, path: &str) {
        for argument in Argument::ALL {
            let is_given = arguments.has(*argument);
            let is_taken = fact.arguments().contains(argument);
            let is_optional = *argument == Argument::Substance && fact.scope() == Scope::Target;
            if is_given && !is_taken {
                let expected = "an argument that the fact takes";
                self.report(ErrorKind::WrongUnit, format!("{path}/{argument}"), expected);
            }
            if is_taken && !is_given && !is_optional {
                self.report(ErrorKind::MissingField, path, &format!("the field {argument}"));
            }
        }
        if let Some(days) = &arguments.days {
            self.number(&days.parameter, &[ParameterUnit::Day], &format!("{path}/days"));
        }
    }

    pub(super) fn number(&mut self, name: &Name, units: &[ParameterUnit], path: &str) {
        self.uses("parameter", name.as_str());
        match self.document.parameters.get(name) {
            None => {
                let path = format!("{path}/parameter");
                self.report(ErrorKind::UnknownName, path, "a parameter of this protocol");
            }
            Some(parameter) if !units.contains(&parameter.unit) => {
                let names: Vec<&str> = units.iter().map(|unit| unit.code()).collect();
                let expected = format!("a parameter in the unit {}", names.join(" or "));
                self.report(ErrorKind::WrongUnit, format!("{path}/parameter"), &expected);
            }
            Some(_) => {}
        }
    }

    fn test(&mut self, kind: ValueKind, test: &Test, path: &str) {
        let fits = match (test, kind) {
            (Test::Is { value }, ValueKind::Truth | ValueKind::Own) => *value != Truth::Unknown,
            (Test::OneOf { values }, ValueKind::Code(codes)) => {
                let known = values.iter().all(|value| codes.contains(&value.as_str()));
                if !known || values.is_empty() {
                    let expected = format!("codes of {}", codes.join(", "));
                    self.report(ErrorKind::UnknownCode, format!("{path}/values"), &expected);
                }
                true
            }
            (Test::OneOf { .. }, ValueKind::Own)
            | (Test::Happened {}, ValueKind::Quantity(Measured::Day)) => true,
            (Test::AtLeast { value } | Test::AtMost { value }, ValueKind::Quantity(unit)) => {
                self.number(&value.parameter, &[parameter_unit(unit)], &format!("{path}/value"));
                true
            }
            (Test::AtLeast { value } | Test::AtMost { value }, ValueKind::Own) => {
                self.number(&value.parameter, ParameterUnit::ALL, &format!("{path}/value"));
                true
            }
            _ => false,
        };
        if !fits {
            self.report(ErrorKind::WrongUnit, path, "a test that fits the fact");
        }
    }
}

fn parameter_unit(unit: Measured) -> ParameterUnit {
    match unit {
        Measured::Day => ParameterUnit::Day,
        Measured::Count => ParameterUnit::Count,
        Measured::Percent => ParameterUnit::Percent,
        Measured::GramADay => ParameterUnit::GramADay,
    }
}

impl AskedStep {
    /// The codes that it can be.
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Current | Self::Possible => Step::CODES,
            Self::Recorded => RecordedPlace::CODES,
        }
    }
}
