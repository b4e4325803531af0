//! What is checked when a protocol is loaded, so that evaluation cannot fail.
//!
//! The checks are sound and not complete: what they refuse is wrong, and a rule that can never be
//! met for a subtler reason still loads.

mod contradiction;
mod criteria;
mod depth;
mod size;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    criterion::Criterion,
    document::Document,
    name::{Name, RuleId},
    relation,
    rule::{Evidence, Per, Rule, RuleKind, SafetyRule},
};
use crate::{
    Error, ErrorKind, bounds,
    error::Problem,
    fact::{Scope, Settings},
    stage::TreatmentStep,
};

/// Checks a protocol; gives the numbers that facts read, and the definitions that are about a
/// target, sorted.
pub(super) fn check(document: &Document) -> Result<(Settings, Vec<Name>), Error> {
    let mut check = Check { document, problems: Vec::new(), used: BTreeSet::new() };
    check.parameters();
    check.sources();
    check.problems.extend(relation::check(document));
    if check.references() || check.depth() || check.size() {
        // Whatever follows walks definitions, and relies on their ending soon.
        Error::check(std::mem::take(&mut check.problems))?;
    }
    let about_targets = check.about_targets();
    check.definitions(&about_targets);
    check.rules(&about_targets);
    check.off();
    check.steps();
    let settings = check.settings();
    check.unused();
    Error::check(check.problems)?;
    match settings {
        Some(settings) => Ok((settings, about_targets.into_iter().collect())),
        None => Err(Error::new(ErrorKind::UnknownName, "/parameters", "every number facts read")),
    }
}

struct Check<'d> {
    document: &'d Document,
    problems: Vec<Problem>,
    /// What is used: definitions, parameters, sources, facts, by a prefixed name.
    used: BTreeSet<(&'static str, String)>,
}

impl<'d> Check<'d> {
    pub(super) fn report(&mut self, kind: ErrorKind, path: impl Into<String>, expected: &str) {
        // The error tells so many, and a document may hold any number of them.
        if self.problems.len() < bounds::PROBLEMS {
            self.problems.push(Problem::new(kind, path, expected));
        }
    }

    /// Only rules that are there can be off, and none on which others stand.
    fn off(&mut self) {
        let mut seen = BTreeSet::new();
        let rules = self.document.rules.iter().map(|rule| (&rule.id, rule));
        let rules: BTreeMap<&RuleId, &Rule> = rules.collect();
        for (index, off) in self.document.off.iter().enumerate() {
            let path = format!("/off/{index}/rule");
            match rules.get(&off.rule).map(|rule| &rule.kind) {
                None => {
                    self.report(ErrorKind::UnknownName, &path, "a rule of this protocol");
                }
                Some(RuleKind::Stage(_) | RuleKind::Principle(_)) => {
                    let expected = "a rule that can be off: no step, and no principle";
                    self.report(ErrorKind::Inconsistent, &path, expected);
                }
                Some(_) => {}
            }
            if !seen.insert(&off.rule) {
                self.report(ErrorKind::DuplicateId, &path, "each rule once");
            }
        }
    }

    fn uses(&mut self, what: &'static str, name: &str) {
        self.used.insert((what, name.to_owned()));
    }

    fn parameters(&mut self) {
        for (name, parameter) in self.document.parameters.iter() {
            let path = format!("/parameters/{name}");
            if !(parameter.minimum..=parameter.maximum).contains(&parameter.value)
                || parameter.minimum < 0
                || parameter.maximum > *bounds::DAYS.end()
            {
                let expected = "minimum, value and maximum in this order, from 0 to 150000";
                self.report(ErrorKind::OutOfRange, format!("{path}/value"), expected);
            }
            let allowed = parameter.minimum..=parameter.maximum;
            let is_own = |default| default != parameter.value && allowed.contains(&default);
            if !parameter.default.is_none_or(is_own) {
                let expected = "another number than the value, from minimum to maximum";
                self.report(ErrorKind::OutOfRange, format!("{path}/default"), expected);
            }
            self.basis(&path, parameter.evidence, &parameter.sources);
        }
    }

    /// Sources exist, and only a default may do without.
    fn basis(&mut self, path: &str, evidence: Evidence, sources: &[Name]) {
        if sources.is_empty() && evidence != Evidence::Default {
            let expected = "a source, or the evidence default";
            self.report(ErrorKind::MissingSource, format!("{path}/sources"), expected);
        }
        for (index, source) in sources.iter().enumerate() {
            self.uses("source", source.as_str());
            if self.document.sources.get(source).is_none() {
                let path = format!("{path}/sources/{index}");
                self.report(ErrorKind::UnknownName, path, "the key of a source of this protocol");
            }
        }
    }

    fn sources(&mut self) {
        for (key, source) in self.document.sources.iter() {
            let doi = source.doi.as_ref().map(crate::text::Text::as_str);
            let well_formed = |doi: &str| {
                doi.strip_prefix("10.").and_then(|rest| rest.split_once('/')).is_some_and(
                    |(registrant, name)| {
                        registrant.len() >= 4
                            && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                            && !name.is_empty()
                            && !name.contains(char::is_whitespace)
                    },
                )
            };
            if doi.is_some_and(|doi| !well_formed(doi)) {
                self.report(ErrorKind::InvalidText, format!("/sources/{key}/doi"), "a DOI: 10.…/…");
            }
        }
    }

    fn definitions(&mut self, about: &BTreeSet<Name>) {
        for (name, criterion) in self.document.definitions.iter() {
            let path = format!("/definitions/{name}");
            if TreatmentStep::from_code(name.as_str()).is_some() {
                self.report(ErrorKind::DuplicateId, &path, "a name that is no treatment step");
            }
            // What a definition is found to be is kept for each target, and for nothing smaller.
            self.criterion(criterion, &path, &[Scope::Person, Scope::Target], about);
        }
    }

    fn rules(&mut self, about: &BTreeSet<Name>) {
        let mut ids = BTreeSet::new();
        let mut raised_before = BTreeSet::new();
        let mut expected = BTreeSet::new();
        for (index, rule) in self.document.rules.iter().enumerate() {
            let path = format!("/rules/{index}");
            let before = self.problems.len();
            if !ids.insert(&rule.id) {
                self.report(ErrorKind::DuplicateId, format!("{path}/id"), "an id of its own");
            }
            if rule.version < 1 {
                self.report(ErrorKind::OutOfRange, format!("{path}/version"), "1 or more");
            }
            self.basis(&path, rule.evidence, &rule.sources);
            for (below, criterion) in criteria_of(rule) {
                let path = format!("{path}{below}");
                self.criterion(criterion, &path, scope_of(rule), about);
                self.raised(criterion, &path, &raised_before);
            }
            match &rule.kind {
                RuleKind::Stage(_) => self.stage(rule, &path),
                RuleKind::Safety(safety) => {
                    self.safety(safety, rule, &path);
                    if self.problems.len() == before {
                        self.can_be_raised(safety, &path);
                    }
                    raised_before.insert(&rule.id);
                }
                RuleKind::Completeness(complete) => {
                    for (part, wanted) in complete.parts.iter().enumerate() {
                        if wanted.plan() != complete.plan {
                            let path = format!("{path}/parts/{part}");
                            self.report(ErrorKind::Inconsistent, path, "a part of this plan");
                        }
                    }
                    if complete.expected.is_some() && !expected.insert(complete.plan) {
                        let expected = "one rule that expects the plan";
                        self.report(ErrorKind::DuplicateId, format!("{path}/expected"), expected);
                    }
                }
                _ => {}
            }
        }
    }

    fn raised(&mut self, criterion: &'d Criterion, path: &str, before: &BTreeSet<&RuleId>) {
        let mut known = true;
        visit_deep(self.document, criterion, &mut |part| {
            if let Criterion::Raised { rule, .. } = part {
                known &= before.contains(rule);
            }
        });
        if !known {
            self.report(ErrorKind::UnknownName, path, "a safety rule that stands before this one");
        }
    }

    fn stage(&mut self, rule: &'d Rule, path: &str) {
        let is_place = |part: &Criterion| matches!(part, Criterion::Step { .. });
        if self.reads(rule, is_place) {
            let expected = "a step that does not rest on the place among the steps";
            self.report(ErrorKind::DefinitionCycle, path, expected);
        }
    }

    fn safety(&mut self, safety: &'d SafetyRule, rule: &'d Rule, path: &str) {
        if safety.levels.is_empty() {
            self.report(ErrorKind::Inconsistent, format!("{path}/levels"), "at least one level");
        }
        let last_resort = safety.levels.iter().any(|level| level.when.is_none());
        let may_be_open = safety.modifier.is_some() || !safety.levels.is_empty() && !last_resort;
        if may_be_open && safety.open.is_none() {
            self.report(ErrorKind::MissingField, path, "the field open, for an urgency left open");
        }
        let is_stage = |part: &Criterion| match part {
            Criterion::Fact { fact, .. } => fact.follows_from_a_stage(),
            Criterion::Step { .. } => true,
            Criterion::Defined { name } => TreatmentStep::from_code(name.as_str()).is_some(),
            _ => false,
        };
        if self.reads(rule, is_stage) {
            self.report(ErrorKind::StageInSafety, path, "no stage in a safety rule");
        }
    }

    /// Is a part of the rule's criteria, or of the definitions that they name, one of these?
    fn reads(&self, rule: &'d Rule, is_one: impl Fn(&Criterion) -> bool) -> bool {
        let mut found = false;
        for (_, criterion) in criteria_of(rule) {
            visit_deep(self.document, criterion, &mut |part| found |= is_one(part));
        }
        found
    }

    fn settings(&mut self) -> Option<Settings> {
        for (name, unit) in Settings::names() {
            self.uses("parameter", name);
            let parameter =
                Name::new(name).ok().and_then(|name| self.document.parameters.get(&name));
            match parameter {
                None => {
                    let expected = format!("the parameter {name}");
                    self.report(ErrorKind::UnknownName, "/parameters", &expected);
                }
                Some(parameter) if parameter.unit.code() != unit => {
                    let path = format!("/parameters/{name}/unit");
                    self.report(ErrorKind::WrongUnit, path, &format!("the unit {unit}"));
                }
                Some(_) => {}
            }
        }
        let value = |name: &str| {
            let parameter = self.document.parameters.get(&Name::new(name).ok()?)?;
            Some(parameter.value)
        };
        Settings::new(value).ok()
    }

    fn unused(&mut self) {
        let mut unused = Vec::new();
        let document = self.document;
        let mut note = |what: &'static str, path: &str, names: Vec<&Name>| {
            for name in names {
                if !self.used.contains(&(what, name.as_str().to_owned())) {
                    unused.push(format!("{path}/{name}"));
                }
            }
        };
        note(
            "parameter",
            "/parameters",
            document.parameters.iter().map(|(name, _)| name).collect(),
        );
        note("definition", "/definitions", document.definitions.iter().map(|(n, _)| n).collect());
        note("source", "/sources", document.sources.iter().map(|(name, _)| name).collect());
        for path in unused {
            self.report(ErrorKind::UnusedName, path, "something that is used");
        }
    }
}

/// The criteria of a rule, with their pointers below it.
pub(super) fn criteria_of<'r>(rule: &'r Rule) -> Vec<(String, &'r Criterion)> {
    let mut found: Vec<(String, &Criterion)> = Vec::new();
    let mut add = |path: &str, criterion: Option<&'r Criterion>| {
        found.extend(criterion.map(|criterion| (path.to_owned(), criterion)));
    };
    match &rule.kind {
        RuleKind::Stage(stage) => {
            add("/enter", Some(&stage.enter));
            add("/stay", stage.stay.as_ref());
        }
        RuleKind::Safety(safety) => {
            add("/trigger", Some(&safety.trigger));
            add("/modifier", safety.modifier.as_ref());
            for (index, level) in safety.levels.iter().enumerate() {
                add(&format!("/levels/{index}/when"), level.when.as_ref());
            }
        }
        RuleKind::Discordance(finding) | RuleKind::Note(finding) => {
            add("/when", Some(&finding.when));
        }
        RuleKind::Caution(caution) => add("/when", Some(&caution.when)),
        RuleKind::Completeness(completeness) => {
            add("/when", completeness.when.as_ref());
            add("/expected", completeness.expected.as_ref());
        }
        RuleKind::Principle(_) => {}
    }
    found
}

/// Visits a criterion and the definitions that it names, each once.
pub(super) fn visit_deep<'d>(
    document: &'d Document,
    criterion: &'d Criterion,
    see: &mut dyn FnMut(&'d Criterion),
) {
    let (mut pending, mut seen) = (vec![criterion], BTreeSet::new());
    while let Some(next) = pending.pop() {
        visit(next, &mut |part| {
            see(part);
            if let Criterion::Defined { name } = part
                && seen.insert(name)
            {
                pending.extend(document.definitions.get(name));
            }
        });
    }
}

/// What the criteria of a rule may ask about.
fn scope_of(rule: &Rule) -> &'static [Scope] {
    let per = match &rule.kind {
        RuleKind::Safety(_) | RuleKind::Principle(_) => Per::Person,
        // A plan is expected when any treated target calls for it.
        RuleKind::Stage(_) | RuleKind::Completeness(_) => Per::TreatedTarget,
        RuleKind::Discordance(finding) | RuleKind::Note(finding) => finding.per,
        RuleKind::Caution(caution) => caution.per,
    };
    match per {
        Per::Person => &[Scope::Person],
        Per::TreatedTarget | Per::Target => &[Scope::Person, Scope::Target],
        Per::ReturnToUse => &[Scope::Person, Scope::Target, Scope::ReturnToUse],
        Per::Balance => &[Scope::Person, Scope::Target, Scope::Balance],
    }
}

/// Visits a criterion and its parts, without following definitions.
pub(super) fn visit<'c>(criterion: &'c Criterion, see: &mut dyn FnMut(&'c Criterion)) {
    see(criterion);
    match criterion {
        Criterion::All { of } | Criterion::Any { of } => {
            for part in of {
                visit(part, see);
            }
        }
        Criterion::Not { of } => visit(of, see),
        Criterion::Defined { .. }
        | Criterion::Raised { .. }
        | Criterion::Step { .. }
        | Criterion::Fact { .. } => {}
    }
}
