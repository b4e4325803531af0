//! Evidence on use that conflicts (UE-01): it opens a conversation and decides nothing (TS-13).
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, counts of events")]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Facts, Observed,
    days::{Source, Statement, Using},
};
use crate::{
    client::{
        Medicine, MedicineClass, MedicineMoment, Substance, SubstanceTest, Target, TestResult,
    },
    record::{Body, Event, Kind},
    value::{Measured, Range, Verdict},
};

impl<'r> Facts<'_, 'r> {
    /// Evidence on use that conflicts: positive tests that neither a report nor a prescribed
    /// look-alike explains, a comparison that disagrees with the days reported, and overdoses or
    /// returns on days that a report says were without use.
    pub(crate) fn use_evidence_conflicts(&self, target: &Target) -> Observed {
        // Of a behavior no use is recorded, about which evidence could conflict.
        let Some(substance) = target.substance() else {
            return Observed::quantity(Measured::Count, Range::exactly(0));
        };
        let mut found: BTreeMap<_, &Event> = BTreeMap::new();
        let tests = self.unexplained_tests(substance);
        let denied = self.denied_use(substance);
        let compared = self.comparison_that_disagrees(substance);
        found.extend(tests.into_iter().chain(denied).chain(compared).map(|e| (e.order(), e)));
        let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let mut seen = Observed::quantity(Measured::Count, Range::exactly(count));
        seen.events = found.into_values().map(|event| event.id().clone()).collect();
        seen
    }

    fn unexplained_tests(&self, class: Substance) -> Vec<&'r Event> {
        let mut taken: BTreeMap<Taken, i64> = BTreeMap::new();
        let mut unexplained = Vec::new();
        for event in self.snapshot.of_kinds(&[Medicine::PLACE, SubstanceTest::PLACE]) {
            if let Body::Medicine(medicine) = event.body() {
                let until = match medicine.moment {
                    MedicineMoment::Start => i64::MAX,
                    MedicineMoment::Missed => continue,
                    MedicineMoment::Stop => {
                        event.on().latest().epoch_days() + self.settings.test_days
                    }
                };
                taken.insert(Taken::of(medicine), until);
            }
            let Body::Test(test) = event.body() else { continue };
            if test.result != TestResult::Positive || !test.substance.is_in(class) {
                continue;
            }
            let first = event.on().earliest().epoch_days();
            let is_explained = test.explained_by.is_some()
                || taken.iter().any(|(taken, until)| first <= *until && taken.explains(test))
                || self.is_reported(test.substance, first, event.on().latest().epoch_days());
            unexplained.extend((!is_explained).then_some(event));
        }
        unexplained
    }

    /// Does a report tell of use that gives a positive test between the two days: of the substance,
    /// of its class, or of a look-alike?
    fn is_reported(&self, tested: Substance, first: i64, last: i64) -> bool {
        let mut classes = Substance::all().filter(|class| tested.is_in(*class));
        classes.any(|class| {
            let table = self.table(class);
            let gives = |said: &Statement<'_>| {
                let related = said.substance.is_in(tested) || tested.is_in(said.substance);
                said.used != Using::Clear && (related || said.substance.explains(tested))
            };
            let days = table.days_between(first - self.settings.test_days, last).iter();
            let used = days.filter(|day| day.observed && day.used != Verdict::Unmet);
            used.flat_map(|day| table.said_of(day.number))
                .any(|said| table.statement(said.used).is_some_and(gives))
        })
    }

    /// Overdoses and returns on days that a report on the substance or its class says were without
    /// use, whichever was recorded later.
    fn denied_use(&self, class: Substance) -> Vec<&'r Event> {
        let table = self.table(class);
        let told = |source| matches!(source, Source::Overdose | Source::Return);
        let is_told = |said: &&Statement<'r>| told(said.source);
        let mut members: BTreeSet<Substance> = BTreeSet::new();
        members.extend(table.statements.iter().filter(is_told).map(|said| said.substance));
        let mut denied = Vec::new();
        for member in members {
            let mut days: BTreeMap<i64, i64> = BTreeMap::new();
            for said in table.statements.iter().filter(|said| {
                let reports = matches!(said.source, Source::Report | Source::Baseline);
                let speaks = said.substance == member || said.substance == class;
                reports && speaks && said.used == Using::Clear && said.from <= said.to
            }) {
                *days.entry(said.from).or_default() += 1;
                *days.entry(said.to + 1).or_default() -= 1;
            }
            let spans = merged(days);
            for said in table.statements.iter().filter(is_told).filter(|s| s.substance == member) {
                let (from, to) = (said.from, said.to);
                // On exact days one that is denied is enough, else all that it can be must be.
                let conflicts = if from <= to {
                    touches(&spans, from, to)
                } else {
                    overlap(&spans, said.earliest, said.latest) > said.latest - said.earliest
                };
                denied.extend(conflicts.then_some(said.event));
            }
        }
        denied
    }
}

/// A medicine that a person takes, for what it does to tests.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Taken {
    class: MedicineClass,
    substance: Option<Substance>,
}

impl Taken {
    fn of(medicine: &Medicine) -> Self {
        Self { class: medicine.class, substance: medicine.substance }
    }

    /// Can it give a positive result of the test? A class may stand for any of its substances.
    fn explains(&self, test: &SubstanceTest) -> bool {
        let opioids: &[&str] = match self.class {
            MedicineClass::OpioidAgonist => &["methadone", "buprenorphine"],
            _ => &[self.class.code()],
        };
        let explains = |substance: Substance| substance.explains(test.substance);
        match self.substance {
            Some(substance) => explains(substance),
            None => opioids.iter().filter_map(|code| Substance::from_code(code)).any(explains),
        }
    }
}

/// The spans of days in which the counted beginnings outweigh the ends.
fn merged(changes: BTreeMap<i64, i64>) -> Vec<(i64, i64)> {
    let mut spans = Vec::new();
    let (mut open, mut begun) = (0, 0);
    for (day, change) in changes {
        if open == 0 && change > 0 {
            begun = day;
        }
        if open > 0 && open + change == 0 {
            spans.push((begun, day - 1));
        }
        open += change;
    }
    spans
}

/// Do the spans, which are in order and disjoint, hold any day from the one to the other?
fn touches(spans: &[(i64, i64)], from: i64, to: i64) -> bool {
    let next = spans.partition_point(|(_, end)| *end < from);
    spans.get(next).is_some_and(|(begun, _)| *begun <= to)
}

/// The days of the spans, which are in order and disjoint, from the one day to the other.
fn overlap(spans: &[(i64, i64)], from: i64, to: i64) -> i64 {
    let start = spans.partition_point(|(_, end)| *end < from);
    let inside = spans.iter().skip(start).take_while(|(begun, _)| *begun <= to);
    inside.map(|(begun, end)| (*end).min(to) - (*begun).max(from) + 1).sum()
}
