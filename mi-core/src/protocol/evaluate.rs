//! Evaluation: criteria over facts, three-valued, with the trace made on the way.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use super::{
    Inner,
    criterion::Criterion,
    memory::Memory,
    name::{Name, RuleId},
    place::Place,
    rule::{Rule, StageRule},
    trace::{AppliedTest, DefinitionTrace, FactTrace, Trace},
    urgency::Severity,
};
use crate::{
    client::Target,
    fact::{Facts, Observed, Question, Reading, RecordedStep, Subject},
    stage::TreatmentStep,
    text::EventId,
    value::Verdict,
};

/// Whatever answers for facts: a snapshot, or a form that holds no record.
pub(crate) trait FactSource {
    /// What is seen of a fact.
    fn answer(&self, asked: &Question<'_>) -> Observed;

    /// The steps that can be the recorded one of a target that has a place on the treatment axis.
    fn recorded_steps(&self, target: &Target) -> Option<Vec<Option<RecordedStep<'_>>>>;
}

impl FactSource for Facts<'_, '_> {
    fn answer(&self, asked: &Question<'_>) -> Observed {
        self.read(asked)
    }

    fn recorded_steps(&self, target: &Target) -> Option<Vec<Option<RecordedStep<'_>>>> {
        let is_placed = self.open_episode().is_some()
            && !self.after_death()
            && self.treated_targets().contains(&target);
        is_placed.then(|| self.recorded_ratings(target))
    }
}

/// What became of the rule of a step, for one target.
#[derive(Clone)]
pub(crate) struct StepTrace {
    pub(crate) enter: Trace,
    pub(crate) stay: Option<Trace>,
}

impl StepTrace {
    /// Enter or stay.
    pub(crate) fn verdict(&self) -> Verdict {
        let stay = self.stay.as_ref().map_or(Verdict::Unmet, Trace::verdict);
        self.enter.verdict().or(stay)
    }
}

type Key = (Name, Option<Target>, Reading);

/// One evaluation of a protocol. Facts, definitions and steps are read once and shared by rules.
pub(crate) struct Evaluation<'e, A> {
    protocol: &'e Inner,
    answers: &'e A,
    facts: RefCell<Memory>,
    definitions: RefCell<BTreeMap<Key, Rc<Trace>>>,
    steps: RefCell<BTreeMap<(TreatmentStep, Target), Rc<StepTrace>>>,
    places: RefCell<BTreeMap<Target, Option<Rc<Place>>>>,
    raised: RefCell<BTreeMap<RuleId, (Severity, Vec<EventId>)>>,
}

impl<'e, A: FactSource> Evaluation<'e, A> {
    pub(crate) fn new(protocol: &'e Inner, answers: &'e A) -> Self {
        Self {
            protocol,
            answers,
            facts: RefCell::default(),
            definitions: RefCell::default(),
            steps: RefCell::default(),
            places: RefCell::default(),
            raised: RefCell::default(),
        }
    }

    /// Judges a criterion about a subject.
    pub(crate) fn judge(&self, criterion: &Criterion, subject: &Subject<'_>) -> Trace {
        match criterion {
            Criterion::All { of } => {
                let of: Vec<Trace> = of.iter().map(|part| self.judge(part, subject)).collect();
                let verdict = of.iter().map(Trace::verdict).fold(Verdict::Met, Verdict::and);
                Trace::All { verdict, of }
            }
            Criterion::Any { of } => {
                let of: Vec<Trace> = of.iter().map(|part| self.judge(part, subject)).collect();
                let verdict = of.iter().map(Trace::verdict).fold(Verdict::Unmet, Verdict::or);
                Trace::Any { verdict, of }
            }
            Criterion::Not { of } => {
                let of = Box::new(self.judge(of, subject));
                Trace::Not { verdict: of.verdict().not(), of }
            }
            Criterion::Defined { name } => {
                Trace::Defined { name: name.clone(), verdict: self.defined(name, subject) }
            }
            Criterion::Raised { rule, severity } => {
                let raised =
                    self.raised.borrow().get(rule).is_some_and(|(found, _)| found >= severity);
                Trace::Raised { rule: rule.clone(), severity: *severity, verdict: raised.into() }
            }
            Criterion::Step { step, test } => {
                let test = AppliedTest::new(test, |name| self.number(name));
                let place = subject.target.and_then(|target| self.place(target));
                let observed =
                    place.map_or_else(|| Place::nowhere(*step), |place| place.see(*step));
                let verdict = test.judge(&observed.value);
                let open = verdict == Verdict::Unknown;
                let Observed { value: saw, events, missing } = observed;
                let missing = if open { missing } else { Vec::new() };
                Trace::Step {
                    step: *step,
                    test,
                    saw,
                    verdict,
                    events,
                    more_events: None,
                    missing,
                    more_missing: None,
                }
            }
            Criterion::Fact { fact, arguments, test } => {
                let arguments = arguments.resolved(|days| self.number(&days.parameter));
                let test = AppliedTest::new(test, |name| self.number(name));
                let observed = self.observe(&Question::new(*fact, &arguments, subject));
                let verdict = test.judge(&observed.value);
                let open = verdict == Verdict::Unknown;
                Trace::Fact(Box::new(FactTrace {
                    category: fact.category(),
                    fact: *fact,
                    arguments,
                    test,
                    saw: observed.value.clone(),
                    verdict,
                    events: observed.events.clone(),
                    more_events: None,
                    missing: if open { observed.missing.clone() } else { Vec::new() },
                    more_missing: None,
                }))
            }
        }
    }

    /// The place of a target on the treatment axis, if it has one, found once.
    pub(crate) fn place(&self, target: &Target) -> Option<Rc<Place>> {
        if let Some(known) = self.places.borrow().get(target) {
            return known.clone();
        }
        let recorded = self.answers.recorded_steps(target);
        let place = recorded.map(|recorded| Rc::new(self.placed(target, &recorded)));
        self.places.borrow_mut().insert(target.clone(), place.clone());
        place
    }

    /// The rules that are in force.
    pub(super) fn rules(&self) -> impl Iterator<Item = &'e Rule> {
        self.protocol.rules()
    }

    /// Judges the rule of a step for a target, once.
    pub(crate) fn step(&self, rule: &StageRule, target: &Target) -> Rc<StepTrace> {
        let key = (rule.step, target.clone());
        if let Some(known) = self.steps.borrow().get(&key) {
            return Rc::clone(known);
        }
        let subject = Subject::about(target);
        let trace = Rc::new(StepTrace {
            enter: self.judge(&rule.enter, &subject),
            stay: rule.stay.as_ref().map(|stay| self.judge(stay, &subject)),
        });
        self.steps.borrow_mut().insert(key, Rc::clone(&trace));
        trace
    }

    /// Notes that a safety rule was raised, on what events, for the rules that stand after it.
    pub(crate) fn note_raised(&self, rule: &RuleId, severity: Severity, events: &[EventId]) {
        self.raised.borrow_mut().insert(rule.clone(), (severity, events.to_vec()));
    }

    /// The events on which a safety rule was raised.
    pub(crate) fn raised_on(&self, rule: &RuleId) -> Vec<EventId> {
        self.raised.borrow().get(rule).map(|(_, events)| events.clone()).unwrap_or_default()
    }

    /// What is seen of a fact, by the evaluation's own memory of it.
    pub(crate) fn observe(&self, asked: &Question<'_>) -> Rc<Observed> {
        let subject = asked.subject;
        let is_single = subject.balance.is_some() || subject.return_to_use.is_some();
        if is_single {
            return Rc::new(self.answers.answer(asked));
        }
        let known = self.facts.borrow().get(asked);
        known.unwrap_or_else(|| {
            let observed = Rc::new(self.answers.answer(asked));
            self.facts.borrow_mut().keep(asked, &observed);
            observed
        })
    }

    /// The traces of all definitions that were used, by name and target.
    pub(crate) fn into_definitions(self) -> Vec<DefinitionTrace> {
        let definitions = self.definitions.into_inner();
        let traced = definitions.into_iter().map(|((name, target, _), trace)| DefinitionTrace {
            name,
            target,
            trace: Rc::unwrap_or_clone(trace),
        });
        let mut traced: Vec<_> = traced.collect();
        traced.dedup_by(|later, earlier| later == earlier);
        traced
    }

    /// Visits the traces behind a `defined`: of a definition, or of a step.
    pub(crate) fn behind(&self, name: &Name, subject: &Subject<'_>, see: &mut dyn FnMut(&Trace)) {
        match (self.protocol.definition(name), self.protocol.step_rule(name), subject.target) {
            (Some(_), _, _) => {
                let known = self.definitions.borrow().get(&self.key(name, subject)).cloned();
                if let Some(trace) = known {
                    see(&trace);
                }
            }
            (None, Some(rule), Some(target)) => {
                let step = self.step(rule, target);
                see(&step.enter);
                step.stay.iter().for_each(see);
            }
            _ => {}
        }
    }

    fn defined(&self, name: &Name, subject: &Subject<'_>) -> Verdict {
        let Some(definition) = self.protocol.definition(name) else {
            return match (self.protocol.step_rule(name), subject.target) {
                (Some(rule), Some(target)) => self.step(rule, target).verdict(),
                _ => Verdict::Unknown,
            };
        };
        let key = self.key(name, subject);
        if let Some(known) = self.definitions.borrow().get(&key) {
            return known.verdict();
        }
        let trace = Rc::new(self.judge(definition, subject));
        let verdict = trace.verdict();
        self.definitions.borrow_mut().insert(key, trace);
        verdict
    }

    fn key(&self, name: &Name, subject: &Subject<'_>) -> Key {
        let target = subject.target.filter(|_| self.protocol.is_about_a_target(name));
        (name.clone(), target.cloned(), subject.reading)
    }

    fn number(&self, name: &Name) -> i64 {
        self.protocol.number(name).unwrap_or_default()
    }
}
