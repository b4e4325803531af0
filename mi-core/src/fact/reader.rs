//! The reader of facts: a snapshot with the numbers of a protocol.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    Missing, Observed, Question, Return,
    days::{DayTable, Stays},
    episode::Episode,
    medicine::Course,
    query::take::{self, Found},
    reduction::{Reduction, Reference},
    settings::Settings,
};
use crate::{
    client::{Aim, Contact, Substance, Target},
    date::CalendarDate,
    record::{Event, Snapshot},
    text::EventId,
    value::Verdict,
};

/// Reads facts from a snapshot. The file of each subject adds the functions of its facts.
pub(crate) struct Facts<'s, 'r> {
    pub(crate) snapshot: &'s Snapshot<'r>,
    pub(crate) settings: &'s Settings,
    // What many facts read is made once.
    pub(super) tables: Once<Rc<DayTable<'r>>>,
    pub(super) references: Once<Option<Reference<'r>>>,
    pub(super) reductions: Once<Rc<Reduction<'r>>>,
    pub(super) returns: Once<Rc<[Return]>>,
    pub(super) reported: OnceCell<BTreeMap<Substance, Vec<&'r Event>>>,
    pub(super) stays: OnceCell<Stays>,
    pub(super) episodes: OnceCell<Vec<Episode<'r>>>,
    pub(super) contacts: OnceCell<Vec<(&'r Event, &'r Contact)>>,
    pub(super) latest_goals: OnceCell<BTreeMap<Option<&'r Target>, (&'r Event, Aim)>>,
    pub(super) agonist: OnceCell<Course<'r>>,
    pub(super) antagonist: OnceCell<Course<'r>>,
}

/// What is made once for each substance or class; a record speaks of few.
pub(super) struct Once<V>(RefCell<Vec<(Substance, V)>>);

impl<V: Clone> Once<V> {
    pub(super) fn of(&self, substance: Substance, make: impl FnOnce() -> V) -> V {
        let is_of = |(of, _): &&(Substance, V)| *of == substance;
        let known = self.0.borrow().iter().find(is_of).map(|(_, value)| value.clone());
        known.unwrap_or_else(|| {
            let value = make();
            self.0.borrow_mut().push((substance, value.clone()));
            value
        })
    }
}

impl<V> Default for Once<V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<'s, 'r> Facts<'s, 'r> {
    pub(crate) fn new(snapshot: &'s Snapshot<'r>, settings: &'s Settings) -> Self {
        Self {
            snapshot,
            settings,
            tables: Once::default(),
            references: Once::default(),
            reductions: Once::default(),
            returns: Once::default(),
            reported: OnceCell::new(),
            stays: OnceCell::new(),
            episodes: OnceCell::new(),
            contacts: OnceCell::new(),
            latest_goals: OnceCell::new(),
            agonist: OnceCell::new(),
            antagonist: OnceCell::new(),
        }
    }

    /// Names what is missing where a value is open and nothing was named: what it rests on that is
    /// dated only in part; else all that can be named is the fact itself.
    pub(super) fn with_missing(&self, seen: Observed, asked: &Question<'_>) -> Observed {
        if seen.value.is_known() || !seen.missing.is_empty() {
            return seen;
        }
        let missing = asked.missing();
        let mut resting_on: BTreeSet<&EventId> = BTreeSet::new();
        resting_on.extend(&seen.events);
        let dated_in_part = self
            .snapshot
            .events()
            .iter()
            .filter(|event| event.on().exact().is_none() && resting_on.contains(event.id()));
        let mut open: Vec<Missing> =
            dated_in_part.map(|event| missing.clone().by_event(event)).collect();
        if open.is_empty() {
            open.push(missing);
        }
        Observed { missing: open, ..seen }
    }

    /// Days since the last of the events that are given with whether they count; `None` when none
    /// may count.
    pub(super) fn days_since_last(
        &self,
        events: impl Iterator<Item = (&'r Event, Verdict)>,
    ) -> Option<Observed> {
        let today = self.today();
        let found: Vec<Found<'r>> =
            events.filter_map(|(event, counts)| Found::of(event, counts, today)).collect();
        let days = take::days_since_last(today, &found)?;
        Some(Observed::days(days).on_all(take::that_may_be_last(today, &found, days)))
    }

    /// The day asked about.
    pub(crate) fn today(&self) -> CalendarDate {
        self.snapshot.date()
    }
}
