//! The events that are visible on a day, by what is known at an instant.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

use super::{
    Body, ClientRecord, Event, Kind,
    about::About,
    corrections::{changes_another, standing},
};
use crate::{
    Error,
    client::{Period, Target},
    date::CalendarDate,
    instant::Instant,
    text::{ClientId, EventId},
};

/// The day that is asked about, and what is known when it is asked.
///
/// ```
/// # use mi_core::{Instant, record::AsOf};
/// let today = AsOf::on("2026-11-22".parse()?);
/// let october: Instant = "2026-10-01T00:00:00Z".parse()?;
/// let as_it_looked = today.known_by(october);
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    date: CalendarDate,
    known_by: Option<Instant>,
}

impl AsOf {
    /// About this day, with all that is known.
    #[must_use]
    pub fn on(date: CalendarDate) -> Self {
        Self { date, known_by: None }
    }

    /// The same day, with only what was recorded by an instant.
    #[must_use]
    pub fn known_by(self, instant: impl Into<Option<Instant>>) -> Self {
        Self { known_by: instant.into(), ..self }
    }
}

impl From<CalendarDate> for AsOf {
    fn from(date: CalendarDate) -> Self {
        Self::on(date)
    }
}

impl FromStr for AsOf {
    type Err = Error;

    fn from_str(date: &str) -> Result<Self, Error> {
        date.parse().map(Self::on)
    }
}

/// What a record says as of a day: the visible events, from which all facts are read.
///
/// Visible is an event that is known, that neither a retraction nor a replacement has taken away,
/// and whose earliest day is not after the day asked about. Reports and coverage of use are visible
/// for the days that they speak of, whenever they were made.
pub struct Snapshot<'r> {
    record: &'r ClientRecord,
    as_of: AsOf,
    events: Vec<&'r Event>,
    /// The same events by kind, in the order of [`Body::KINDS`].
    kinds: Vec<Vec<&'r Event>>,
    /// Of each kind, the events by the target that they name.
    about: Vec<About<'r>>,
}

impl<'r> Snapshot<'r> {
    pub(super) fn new(record: &'r ClientRecord, as_of: AsOf) -> Self {
        let is_known = |event: &&Event| as_of.known_by.is_none_or(|by| event.recorded() <= by);
        let known = || record.events().filter(is_known);
        let mut seen = Self::empty(record, as_of);
        let mut has_changes = false;
        for event in known() {
            has_changes |= changes_another(event);
            seen.see(event);
        }
        // Most records change nothing, and one walk is enough: else it is asked what stands.
        if has_changes {
            let known: Vec<&Event> = known().collect();
            let standing = standing(&known);
            seen = Self::empty(record, as_of);
            let stand = known.into_iter().zip(standing).filter(|(_, stands)| *stands);
            stand.for_each(|(event, _)| seen.see(event));
        }
        seen
    }

    fn empty(record: &'r ClientRecord, as_of: AsOf) -> Self {
        let events = Vec::with_capacity(record.events().len());
        let kinds = vec![Vec::new(); Body::KINDS.len()];
        let about = kinds.iter().map(|_| About::default()).collect();
        Self { record, as_of, events, kinds, about }
    }

    fn see(&mut self, event: &'r Event) {
        if is_visible(event, self.as_of.date) {
            self.events.push(event);
            if let Some(kind) = self.kinds.get_mut(event.body().place_of_kind()) {
                kind.push(event);
            }
        }
    }

    /// The day asked about.
    #[must_use]
    pub fn date(&self) -> CalendarDate {
        self.as_of.date
    }

    /// The instant by which events had to be recorded, when one was given.
    #[must_use]
    pub fn known_by(&self) -> Option<Instant> {
        self.as_of.known_by
    }

    /// The client.
    #[must_use]
    pub fn client(&self) -> &'r ClientId {
        self.record.client()
    }

    /// The visible events, in order.
    #[must_use]
    pub fn events(&self) -> &[&'r Event] {
        &self.events
    }

    /// The event of the record with this identifier.
    pub(crate) fn event(&self, id: &EventId) -> Option<&'r Event> {
        self.record.event(id)
    }

    /// The visible events of one kind with their bodies, in order.
    #[must_use]
    pub fn of<K: Kind + 'r>(&self) -> impl DoubleEndedIterator<Item = (&'r Event, &'r K)> + '_ {
        let of_kind = self.kinds.get(K::PLACE).into_iter().flatten();
        of_kind.filter_map(|event| K::of(event.body()).map(|body| (*event, body)))
    }

    /// The visible events of one kind about a target, in order, without a walk over those about others.
    pub(crate) fn about<'a>(
        &'a self,
        kind: usize,
        target: &'a Target,
    ) -> impl DoubleEndedIterator<Item = &'r Event> + 'a {
        let kinds = self.kinds.get(kind).zip(self.about.get(kind));
        kinds.into_iter().flat_map(move |(events, about)| about.of(events, target))
    }

    /// The same with their bodies.
    pub(crate) fn of_about<'a, K: Kind + 'r>(
        &'a self,
        target: &'a Target,
    ) -> impl DoubleEndedIterator<Item = (&'r Event, &'r K)> + 'a {
        let about = self.about(K::PLACE, target);
        about.filter_map(|event| K::of(event.body()).map(|body| (event, body)))
    }

    /// The visible events of one kind, by its place, in order.
    pub(crate) fn of_kind(&self, kind: usize) -> &[&'r Event] {
        self.kinds.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The visible events of several kinds, in order, without a walk over all the others.
    pub(crate) fn of_kinds(&self, kinds: &[usize]) -> Vec<&'r Event> {
        in_order(kinds.iter().filter_map(|kind| self.kinds.get(*kind)))
    }

    /// The SHA-256 over the digests of the visible events, in order: equal snapshots of a record
    /// have equal digests, so that an old review stays reproducible.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for event in &self.events {
            hash.update(event.sha256());
        }
        hash.finalize().into()
    }
}

/// The events of several lists, each of them in order, as one list in order.
pub(crate) fn in_order<'r: 'l, 'l>(
    lists: impl Iterator<Item = &'l Vec<&'r Event>>,
) -> Vec<&'r Event> {
    let lists: Vec<&[&Event]> = lists.map(Vec::as_slice).filter(|list| !list.is_empty()).collect();
    let mut events = lists.concat();
    if lists.len() > 1 {
        sort(&mut events);
    }
    events
}

fn sort(events: &mut [&Event]) {
    events.sort_by(|one, other| one.order().cmp(&other.order()));
}

fn is_visible(event: &Event, date: CalendarDate) -> bool {
    let speaks_of = |period: &Period| period.from.earliest() <= date;
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other kinds go by their own day")]
    match event.body() {
        Body::Retraction(_) => false,
        Body::UseReport(report) if !report.periods.is_empty() => {
            report.periods.iter().any(speaks_of)
        }
        Body::Coverage(coverage) => coverage.from.earliest() <= date,
        _ => event.on().earliest() <= date,
    }
}

impl fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot({}, {}, {} events)", self.client(), self.date(), self.events.len())
    }
}
