//! Criteria that nothing can meet: parts of one `all` that exclude each other, also through the
//! definitions that it names, and safety rules that no record can raise.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::{
    ErrorKind,
    fact::{Argument, Arguments, Fact, ValueKind},
    protocol::{
        criterion::{Criterion, Number, Test},
        name::Name,
        rule::SafetyRule,
    },
    text::Code,
    value::{Measured, Truth},
};

/// What a value has to be to pass a test, or to fail it.
enum Need<'d> {
    Is(Truth),
    OneOf(&'d [Code]),
    NoneOf(&'d [Code]),
    AtLeast(i64),
    AtMost(i64),
    /// That it happened: anything but without limit.
    Happened,
    /// That it never did.
    Never,
}

impl Need<'_> {
    /// Can no value meet both?
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Is(one), Self::Is(other)) => one != other,
            (Self::OneOf(one), Self::OneOf(other)) => !one.iter().any(|code| other.contains(code)),
            (Self::OneOf(some), Self::NoneOf(none)) | (Self::NoneOf(none), Self::OneOf(some)) => {
                some.iter().all(|code| none.contains(code))
            }
            (Self::AtLeast(least), Self::AtMost(most))
            | (Self::AtMost(most), Self::AtLeast(least)) => least > most,
            (Self::Never, Self::AtMost(_) | Self::Happened)
            | (Self::AtMost(_) | Self::Happened, Self::Never) => true,
            _ => false,
        }
    }
}

/// What is needed of each fact, with the part of the whole that needs it.
type Needs<'d> = BTreeMap<(Fact, Arguments<i64>), Vec<(usize, Need<'d>)>>;

impl<'d> Check<'d> {
    /// Parts of an `all` that no value of one fact can meet together.
    pub(super) fn contradictions(&mut self, parts: &'d [Criterion], path: &str) {
        if self.contradict(&parts.iter().collect::<Vec<_>>()) {
            let expected = "tests of one fact that can be met together";
            self.report(ErrorKind::Contradiction, path, expected);
        }
    }

    /// Do parts contradict each other? What one part says against itself is told there.
    fn contradict(&self, parts: &[&'d Criterion]) -> bool {
        let mut needs = Needs::new();
        for (index, part) in parts.iter().enumerate() {
            self.needed(part, true, index, &mut needs, &mut BTreeSet::new());
        }
        needs.values().any(|needs| {
            needs.iter().enumerate().any(|(place, (part, one))| {
                let others = needs.iter().skip(place).filter(|(other, _)| other != part);
                others.into_iter().any(|(_, other)| one.excludes(other))
            })
        })
    }

    /// What a part needs to be met, or not to be: its own tests, and those of what it names.
    fn needed(
        &self,
        part: &'d Criterion,
        is_met: bool,
        index: usize,
        needs: &mut Needs<'d>,
        seen: &mut BTreeSet<(&'d Name, bool)>,
    ) {
        match part {
            Criterion::All { of } if is_met => {
                for part in of {
                    self.needed(part, is_met, index, needs, seen);
                }
            }
            Criterion::Any { of } if !is_met => {
                for part in of {
                    self.needed(part, is_met, index, needs, seen);
                }
            }
            Criterion::Not { of } => self.needed(of, !is_met, index, needs, seen),
            Criterion::Defined { name } if seen.insert((name, is_met)) => {
                if let Some(definition) = self.document.definitions.get(name) {
                    self.needed(definition, is_met, index, needs, seen);
                }
            }
            Criterion::Fact { fact, arguments, test } => {
                let number = |days: &Number| self.value(&days.parameter).unwrap_or_default();
                let need = self.need(test, is_met);
                needs.entry((*fact, arguments.resolved(number))).or_default().push((index, need));
            }
            Criterion::All { .. }
            | Criterion::Any { .. }
            | Criterion::Defined { .. }
            | Criterion::Raised { .. }
            | Criterion::Step { .. } => {}
        }
    }

    fn need(&self, test: &'d Test, is_met: bool) -> Need<'d> {
        let number = |name: &Name| self.value(name).unwrap_or_default();
        match (test, is_met) {
            (Test::Is { value: Truth::Yes }, true) | (Test::Is { value: Truth::No }, false) => {
                Need::Is(Truth::Yes)
            }
            (Test::Is { .. }, _) => Need::Is(Truth::No),
            (Test::Happened {}, true) => Need::Happened,
            (Test::Happened {}, false) => Need::Never,
            (Test::OneOf { values }, true) => Need::OneOf(values),
            (Test::OneOf { values }, false) => Need::NoneOf(values),
            (Test::AtLeast { value }, true) => Need::AtLeast(number(&value.parameter)),
            (Test::AtMost { value }, true) => Need::AtMost(number(&value.parameter)),
            // A quantity is whole: what is not at least 30 is at most 29.
            (Test::AtLeast { value }, false) => {
                Need::AtMost(number(&value.parameter).saturating_sub(1))
            }
            (Test::AtMost { value }, false) => {
                Need::AtLeast(number(&value.parameter).saturating_add(1))
            }
        }
    }

    /// A test that no value of the fact can pass: more days than its window has, or more than all.
    pub(super) fn unreachable(&mut self, criterion: &'d Criterion, path: &str) {
        let Criterion::Fact { fact, arguments, test: Test::AtLeast { value } } = criterion else {
            return;
        };
        let least = self.value(&value.parameter);
        let most = match fact.kind() {
            ValueKind::Quantity(Measured::Percent) => Some(100),
            ValueKind::Quantity(Measured::Day) if fact.arguments().contains(&Argument::Days) => {
                arguments.days.as_ref().and_then(|days| self.value(&days.parameter))
            }
            _ => None,
        };
        if most.is_some_and(|most| least > Some(most)) {
            let expected = "no more than the fact can reach, such as the days of its window";
            self.report(ErrorKind::Contradiction, format!("{path}/test"), expected);
        }
    }

    /// A flag that no record can raise would be silently off, and so would a level of it: each
    /// level can be met together with the trigger and what qualifies it.
    pub(super) fn can_be_raised(&mut self, safety: &'d SafetyRule, path: &str) {
        let flag: Vec<&Criterion> = [&safety.trigger].into_iter().chain(&safety.modifier).collect();
        if self.contradict(&flag) {
            let expected = "a modifier that can be met together with the trigger";
            return self.report(ErrorKind::Contradiction, format!("{path}/modifier"), expected);
        }
        for (index, level) in safety.levels.iter().enumerate() {
            let parts: Vec<&Criterion> = flag.iter().copied().chain(&level.when).collect();
            if self.contradict(&parts) {
                let path = format!("{path}/levels/{index}/when");
                let expected = "a level that can be met together with the trigger";
                self.report(ErrorKind::Contradiction, path, expected);
            }
        }
    }

    /// Lists of arguments that hold nothing: a fact about none of them is never met.
    pub(super) fn empty_lists(&mut self, arguments: &Arguments<Number>, path: &str) {
        let Arguments { settings, signals, outcomes, .. } = arguments;
        let lists = [
            ("settings", settings.as_ref().map(Vec::len)),
            ("signals", signals.as_ref().map(Vec::len)),
            ("outcomes", outcomes.as_ref().map(Vec::len)),
        ];
        for (name, _) in lists.into_iter().filter(|(_, length)| *length == Some(0)) {
            self.report(ErrorKind::Inconsistent, format!("{path}/{name}"), "at least one code");
        }
    }

    pub(super) fn value(&self, name: &Name) -> Option<i64> {
        self.document.parameters.get(name).map(|parameter| parameter.value)
    }
}
