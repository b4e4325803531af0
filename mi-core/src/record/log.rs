//! The log of one client: reading, writing, adding events.

use std::{collections::BTreeSet, fmt, mem};

use serde::{Deserialize, Serialize, Serializer};

use super::{AsOf, Body, Event, Snapshot, arrivals::Arrivals, ids::Ids, targets::Targets};
use crate::{
    Error, ErrorKind, bounds,
    document::{
        self, Build, Field, Fields, JsonText, Part, Source, Stop, Table, WriteField, Writer,
    },
    error::Problem,
    sort::sort_by_key,
    text::{ClientId, EventId},
};

/// The version of the record format that this library writes.
const SCHEMA_VERSION: i64 = 1;

/// An append-only log of dated events about one client.
///
/// ```
/// # use mi_core::{ClientRecord, record::Event};
/// let mut record = ClientRecord::new("client-7".parse()?);
/// let opened = Event::from_json(r#"{
///     "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
///     "by": { "role": "nurse", "id": "n1" },
///     "body": { "kind": "episode_opened", "contact_log": "complete" }
/// }"#)?;
/// record.append(opened.clone())?;
/// record.append(opened)?; // the same event again changes nothing
/// assert_eq!(record.events().len(), 1);
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ClientRecord {
    client: ClientId,
    events: Arrivals,
    /// At which place each event arrived.
    ids: Ids<usize>,
    targets: Targets,
}

/// The fields of a record.
const TABLE: &Table = &Table {
    fields: &[
        Field { name: "schema_version", is_required: true },
        Field { name: "client", is_required: true },
        Field { name: "events", is_required: true },
    ],
    sorted: &[1, 2, 0],
};

/// A record that is being read.
#[derive(Default)]
struct Built {
    client: Option<ClientId>,
    events: Vec<Event>,
}

impl Build for Built {
    fn set(&mut self, place: usize, from: &mut Source<'_>) -> Result<(), Stop> {
        match place {
            // Of another version the careful reader speaks before all else.
            0 if from.whole()? != SCHEMA_VERSION => return Err(Stop),
            0 => {}
            1 => self.client = Some(Part::read(from)?),
            _ => self.events = read_events(from)?,
        }
        Ok(())
    }
}

fn read_record(from: &mut Source<'_>) -> Result<(ClientId, Vec<Event>), Stop> {
    let mut built = Built::default();
    from.object(TABLE, None, &mut built)?;
    Ok((built.client.ok_or(Stop)?, built.events))
}

fn read_events(from: &mut Source<'_>) -> Result<Vec<Event>, Stop> {
    let mut events = Vec::new();
    from.list(bounds::EVENTS, &mut |from| {
        events.push(Part::read(from)?);
        Ok(())
    })?;
    Ok(events)
}

impl WriteField for ClientRecord {
    fn write_field(&self, place: usize, to: &mut Writer) {
        match place {
            0 => to.field("\"schema_version\":", &SCHEMA_VERSION),
            1 => to.field("\"client\":", &self.client),
            _ => to.items("\"events\":", self.events()),
        }
    }
}

impl ClientRecord {
    /// A record without events.
    #[must_use]
    pub fn new(client: ClientId) -> Self {
        let targets = Targets::default();
        Self { client, events: Arrivals::default(), ids: Ids::with_room_for(0), targets }
    }

    /// Reads a record, strictly. The order of its events does not matter.
    ///
    /// # Errors
    /// All problems, by pointer and code, the first thousand of them; a text that is not JSON, with
    /// line and column; [`ErrorKind::NewerSchema`] for a document of a later version.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        match document::read_quickly(text, read_record) {
            Some(read) => Self::made(read),
            None => Self::read_carefully(text),
        }
    }

    fn read_carefully(text: &str) -> Result<Self, Error> {
        let read = document::read_with(text, |text| {
            document::check_version(&Fields::of(text)?, SCHEMA_VERSION)?;
            Source::careful(text).read_all(read_record)
        });
        Self::made(read?)
    }

    fn made((client, events): (ClientId, Vec<Event>)) -> Result<Self, Error> {
        let mut record = Self::new(client);
        record.merge(events, &|index| format!("/events/{index}"))?;
        Ok(record)
    }

    /// What the quick reader makes of a text, where it takes it, and what the careful one does.
    #[cfg(feature = "testing")]
    pub(crate) fn read_both_ways(text: &str) -> (Option<Result<Self, Error>>, Result<Self, Error>) {
        let quick = document::read_quickly(text, read_record).map(Self::made);
        (quick, Self::read_carefully(text))
    }

    /// Writes the record, its events in order.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::write_object(TABLE, self)
    }

    /// The names of all fields that a record can have, whatever stands in it.
    pub(crate) fn field_names() -> BTreeSet<&'static str> {
        let mut names: BTreeSet<&str> = TABLE.names().into_iter().collect();
        Event::names(&mut names);
        names
    }

    /// The client's pseudonymous identifier.
    #[must_use]
    pub fn client(&self) -> &ClientId {
        &self.client
    }

    /// All events, retracted and replaced ones too, in order: by day, then by when they were
    /// recorded, then by id.
    #[must_use]
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator + Clone {
        self.events.in_order()
    }

    /// The event with this identifier.
    #[must_use]
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.events.get(*self.ids.get(id)?)
    }

    /// Adds one event. An event that is there already changes nothing.
    ///
    /// # Errors
    /// As [`ClientRecord::extend`]; pointers are relative to the event.
    pub fn append(&mut self, event: Event) -> Result<(), Error> {
        self.extend([event])
    }

    /// Adds events in any order, all or none; they may refer to each other.
    ///
    /// # Errors
    /// [`ErrorKind::DuplicateId`] for an id that stands for another event,
    /// [`ErrorKind::DanglingReference`] and [`ErrorKind::ReferenceCycle`] for references that lead
    /// nowhere or in a circle, [`ErrorKind::LimitExceeded`] above a million events or a thousand
    /// targets.
    pub fn extend(&mut self, events: impl IntoIterator<Item = Event>) -> Result<(), Error> {
        self.merge(events.into_iter().collect(), &|_| String::new())
    }

    /// Adds a JSON list of events, all or none, as [`ClientRecord::extend`] does.
    ///
    /// # Errors
    /// Whatever is wrong with each event and with its references; pointers are relative to the list.
    pub fn extend_from_json(&mut self, text: &str) -> Result<(), Error> {
        let events = match document::read_quickly(text, read_events) {
            Some(events) => events,
            None => document::read_carefully(text, read_events)?,
        };
        self.merge(events, &|index| format!("/{index}"))
    }

    /// The log as it stood on a day: see [`Snapshot`].
    #[must_use]
    pub fn as_of(&self, as_of: impl Into<AsOf>) -> Snapshot<'_> {
        Snapshot::new(self, as_of.into())
    }

    /// Adds events, of which each has a pointer by its index.
    fn merge(
        &mut self,
        mut events: Vec<Event>,
        pointer: &dyn Fn(usize) -> String,
    ) -> Result<(), Error> {
        let mut problems = Vec::new();
        let mut batch: Ids<usize> = Ids::with_room_for(events.len());
        let mut fresh: Vec<bool> = Vec::with_capacity(events.len());
        for (index, event) in events.iter().enumerate() {
            let known = self.event(event.id()).or_else(|| {
                let earlier = batch.insert_first(event.id(), index)?;
                events.get(earlier)
            });
            if known.is_some_and(|known| known != event) {
                let expected = "an id of its own for each event";
                problems.push((index, Problem::new(ErrorKind::DuplicateId, "/id", expected)));
            }
            fresh.push(known.is_none());
        }
        if self.events.len().saturating_add(batch.len()) > bounds::EVENTS {
            problems
                .push((0, Problem::new(ErrorKind::LimitExceeded, "", "at most 1000000 events")));
        }
        problems.extend(self.targets.too_many(&events));
        for (index, event) in events.iter().enumerate() {
            for (reference, path) in references(event) {
                let found = match batch.get(reference) {
                    Some(index) => events.get(*index),
                    None => self.event(reference),
                };
                if found.is_none_or(|found| !fits(event, found)) {
                    problems.push((
                        index,
                        Problem::new(ErrorKind::DanglingReference, path, "an event of this record"),
                    ));
                }
            }
        }
        problems.extend(cycles(&events, &batch));
        sort_by_key(&mut problems, |(index, _)| *index);
        let first = problems.into_iter().take(bounds::PROBLEMS);
        Error::check(first.map(|(index, problem)| problem.below(&pointer(index))).collect())?;
        let (count, are_fresh) = (self.events.len(), fresh.iter().all(|fresh| *fresh));
        let mut fresh = fresh.into_iter();
        events.retain(|_| fresh.next() == Some(true));
        self.targets.add(&events);
        if self.events.add(events) && are_fresh && count == 0 {
            self.ids = batch; // which has the places already
            return Ok(());
        }
        self.ids.make_room_for(batch.len());
        for (place, event) in self.events.since(count) {
            self.ids.insert_first(event.id(), place);
        }
        Ok(())
    }
}

/// What an event refers to, with the pointer of the reference.
pub(super) fn references(event: &Event) -> impl Iterator<Item = (&EventId, &'static str)> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other bodies refer to no event")]
    let in_body = match event.body() {
        Body::Retraction(retraction) => Some((&retraction.of, "/body/of")),
        Body::EpisodeOpened(opened) => {
            opened.re_entry_of.as_ref().map(|id| (id, "/body/re_entry_of"))
        }
        _ => None,
    };
    event.replaces().map(|id| (id, "/replaces")).into_iter().chain(in_body)
}

/// Is the event that is referred to of a kind that can be meant?
fn fits(event: &Event, found: &Event) -> bool {
    !matches!(event.body(), Body::EpisodeOpened(opened) if opened.re_entry_of.as_ref() == Some(found.id()))
        || matches!(found.body(), Body::EpisodeOpened(_))
}

/// References that lead back to where they begin. Only new events can form a circle: what is in
/// the record refers to nothing that came later.
fn cycles(events: &[Event], batch: &Ids<usize>) -> Vec<(usize, Problem)> {
    let mut links: Vec<(usize, usize)> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let targets = references(event).filter_map(|(id, _)| batch.get(id));
        links.extend(targets.map(|target| (index, *target)));
    }
    // What merely leads to a circle is left by the first walk and goes with the second, against the
    // links. Only what lies between two circles is named with them.
    without_ends(events.len(), &mut links);
    for (from, to) in &mut links {
        mem::swap(from, to);
    }
    let circular = without_ends(events.len(), &mut links);
    let expected = "references that lead to no circle";
    let problem = |index| (index, Problem::new(ErrorKind::ReferenceCycle, "", expected));
    circular.into_iter().map(problem).collect()
}

/// Takes away, one after another, what links to nothing that is left, and gives what stays.
fn without_ends(count: usize, links: &mut Vec<(usize, usize)>) -> Vec<usize> {
    if links.is_empty() {
        return Vec::new();
    }
    let mut open: Vec<usize> = vec![0; count];
    let mut pointing: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, to) in &*links {
        if let (Some(count), Some(pointing)) = (open.get_mut(*from), pointing.get_mut(*to)) {
            *count = count.saturating_add(1);
            pointing.push(*from);
        }
    }
    let mut ends: Vec<usize> = (0..count).filter(|index| open.get(*index) == Some(&0)).collect();
    while let Some(end) = ends.pop() {
        for index in pointing.get(end).into_iter().flatten() {
            if let Some(count) = open.get_mut(*index) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ends.push(*index);
                }
            }
        }
    }
    let stays = |index: &usize| open.get(*index).is_some_and(|count| *count > 0);
    links.retain(|(from, to)| stays(from) && stays(to));
    (0..count).filter(stays).collect()
}

impl Serialize for ClientRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'r> {
            schema_version: i64,
            client: &'r ClientId,
            events: InOrder<'r>,
        }
        struct InOrder<'r>(&'r Arrivals);
        impl Serialize for InOrder<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.0.in_order())
            }
        }
        let Self { client, events, .. } = self;
        let events = InOrder(events);
        Written { schema_version: SCHEMA_VERSION, client, events }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClientRecord {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = JsonText::deserialize(deserializer)?;
        Self::from_json(text.as_str()).map_err(document::marked)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ClientRecord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClientRecord".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "An append-only log of dated events about one client.",
            "properties": {
                "schema_version": { "type": "integer", "const": SCHEMA_VERSION },
                "client": generator.subschema_for::<ClientId>(),
                "events": generator.subschema_for::<Vec<Event>>(),
            },
            "required": ["schema_version", "client", "events"],
            "additionalProperties": false,
        })
    }
}

impl PartialEq for ClientRecord {
    fn eq(&self, other: &Self) -> bool {
        self.client == other.client && self.events().eq(other.events())
    }
}

impl fmt::Debug for ClientRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientRecord({}, {} events)", self.client, self.events.len())
    }
}
