//! The record, and the small values in which it and a review speak.

use std::sync::Arc;

use mi_core::{
    CalendarDate, client,
    record::{self as core, Role},
    text::{ActorId, ClientId},
};
use pyo3::prelude::*;

use crate::{
    convert::{Document, Documents, Items, Json, KindAndCode, Plain, Shown, Word},
    error::Raised,
    part::part,
};

/// An append-only record of dated events about one client.
///
/// Records never change: `append` and `extend` give a new one.
///
/// >>> record = ClientRecord("client-7")
/// >>> record.append({
/// ...     "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
/// ...     "by": {"role": "nurse", "id": "n1"},
/// ...     "body": {"kind": "episode_opened", "contact_log": "complete"},
/// ... })
/// ClientRecord(client-7, 1 events)
/// >>> record
/// ClientRecord(client-7, 0 events)
#[pyclass(frozen, eq, module = "mi_core")]
#[derive(Clone, PartialEq)]
pub(crate) struct ClientRecord(pub(crate) Arc<core::ClientRecord>);

#[pymethods]
impl ClientRecord {
    /// A record without events.
    #[new]
    fn new(client: Word) -> Result<Self, Raised> {
        let client = ClientId::new(&client).map_err(|error| error.below("/client"))?;
        Ok(core::ClientRecord::new(client).into())
    }

    /// Read a record, strictly. The order of its events does not matter.
    ///
    /// Raises `MiError` with the problems of all events, each read up to its first.
    ///
    /// >>> ClientRecord.from_json('{"schema_version": 1, "client": "client-7", "events": 3}')
    /// Traceback (most recent call last):
    ///     ...
    /// mi_core.errors.WrongTypeError: wrong_type: expected a list at "/events"
    #[staticmethod]
    fn from_json(py: Python<'_>, text: Json) -> Result<Self, Raised> {
        Ok(py.detach(|| core::ClientRecord::from_json(text.text()))?.into())
    }

    /// Read a record from plain values; dates may be `datetime.date`.
    #[staticmethod]
    fn from_dict(py: Python<'_>, document: Document) -> Result<Self, Raised> {
        Self::from_json(py, document.0)
    }

    /// Write the record as JSON, its events in order.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.to_json())
    }

    /// Write the record as plain values.
    fn to_dict(&self) -> Plain {
        Plain::of(&*self.0)
    }

    /// The client's pseudonymous identifier.
    #[getter]
    fn client(&self) -> &str {
        self.0.client().as_str()
    }

    /// All events, retracted and replaced ones too, by day, then by when they were recorded.
    ///
    /// They are made anew at each access: keep them when you need them more than once.
    #[getter]
    fn events(&self) -> Items<Plain> {
        Items(self.0.events().iter().map(Plain::of).collect())
    }

    /// How many events there are.
    #[getter]
    fn event_count(&self) -> usize {
        self.0.events().len()
    }

    /// The event with this identifier, if there is one.
    fn event(&self, id: Word) -> Option<Plain> {
        let id = mi_core::text::EventId::new(&id).ok()?;
        self.0.event(&id).map(Plain::of)
    }

    /// The record with one more event. An event that is there already changes nothing.
    ///
    /// Raises `MiError`; pointers are relative to the event.
    fn append(&self, event: Document) -> Result<Self, Raised> {
        let mut record = core::ClientRecord::clone(&self.0);
        record.append(core::Event::from_json(event.0.text())?)?;
        Ok(record.into())
    }

    /// The record with more events, in any order, all or none; they may refer to each other.
    ///
    /// Raises `MiError`; pointers begin with the place in `events`, such as `/0/body`.
    fn extend(&self, py: Python<'_>, events: Documents) -> Result<Self, Raised> {
        py.detach(|| {
            let mut record = core::ClientRecord::clone(&self.0);
            record.extend_from_json(events.0.text())?;
            Ok(record.into())
        })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().0.to_json(),)))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
}

impl From<core::ClientRecord> for ClientRecord {
    fn from(record: core::ClientRecord) -> Self {
        Self(Arc::new(record))
    }
}

part! {
    /// Who speaks or acts, by role and pseudonymous identifier.
    Author(core::Author) {
        /// The role.
        role: Role = role;
        /// The pseudonymous identifier.
        id: ActorId = id;
    }
}

part! {
    /// A span of days, both ends included.
    Span(mi_core::date::Span) {
        /// The first day.
        from_: CalendarDate = from;
        /// The last day.
        to: CalendarDate = to;
    }
}

/// A date that is known to the day, or only to the month or the year; its text says which.
#[pyclass(frozen, eq, ord, hash, str = "{0}", module = "mi_core")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PartialDate(mi_core::date::PartialDate);

#[pymethods]
impl PartialDate {
    /// The first day that it can be.
    #[getter]
    fn earliest(&self) -> <CalendarDate as Shown>::As {
        self.0.earliest().shown()
    }

    /// The last day that it can be.
    #[getter]
    fn latest(&self) -> <CalendarDate as Shown>::As {
        self.0.latest().shown()
    }

    /// The day, when it is known.
    #[getter]
    fn exact(&self) -> <Option<CalendarDate> as Shown>::As {
        self.0.exact().shown()
    }

    fn __repr__(&self) -> &'static str {
        "PartialDate(...)"
    }
}

impl Shown for mi_core::date::PartialDate {
    type As = PartialDate;

    fn shown(&self) -> PartialDate {
        PartialDate(*self)
    }
}

/// What a person may want to change: the use of a substance, or a behavior; its text is its code.
#[pyclass(frozen, eq, ord, hash, str = "{0}", module = "mi_core")]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Target(client::Target);

#[pymethods]
impl Target {
    /// `"substance"` or `"behavior"`.
    #[getter]
    fn kind(&self) -> &'static str {
        match self.0 {
            client::Target::Substance { .. } => "substance",
            client::Target::Behavior { .. } => "behavior",
        }
    }

    /// The code of the substance or behavior.
    #[getter]
    fn code(&self) -> &str {
        self.0.code()
    }

    /// Write it as plain values.
    fn to_dict(&self) -> Plain {
        Plain::of(&self.0)
    }

    #[classattr]
    fn __match_args__() -> KindAndCode {
        KindAndCode
    }

    fn __repr__(&self) -> &'static str {
        "Target(...)"
    }
}

impl Shown for client::Target {
    type As = Target;

    fn shown(&self) -> Target {
        Target(self.clone())
    }
}
