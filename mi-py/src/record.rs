//! The record, and the small values in which it and a review speak.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use mi_core::{CalendarDate, Error, client, record as core, text::ClientId};
use pyo3::prelude::*;

use crate::{
    convert::{
        Document, Documents, Event, Items, Json, KindAndCode, Plain, Record, Shown, Word, json,
    },
    error::Raised,
    part::read,
};

/// An append-only record of dated events about one client.
///
/// `append` and `extend` add to it; nothing takes away or overwrites. It can be used from several
/// threads; a review is of the record as it was when it was asked for.
///
/// >>> record = ClientRecord("client-7")
/// >>> record.append({
/// ...     "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
/// ...     "by": {"role": "nurse", "id": "n1"},
/// ...     "body": {"kind": "episode_opened", "contact_log": "complete"},
/// ... })
/// >>> record
/// ClientRecord(client-7, 1 events)
#[pyclass(frozen, eq, module = "mi_core")]
pub(crate) struct ClientRecord(RwLock<Arc<core::ClientRecord>>);

impl ClientRecord {
    /// The record as it is now. What is added later is added to a copy, while anybody holds this.
    pub(crate) fn now(&self) -> Arc<core::ClientRecord> {
        Arc::clone(&self.read())
    }

    /// A lock is held for as long as it takes to read or add, by threads that need nothing of
    /// Python meanwhile; and the core leaves a record as it was when it does not take an event.
    fn read(&self) -> RwLockReadGuard<'_, Arc<core::ClientRecord>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut core::ClientRecord) -> Result<(), Error> + Send,
    ) -> Result<(), Raised> {
        py.detach(|| {
            let mut record = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Ok(change(Arc::make_mut(&mut record))?)
        })
    }
}

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
    fn from_dict(py: Python<'_>, document: Document<Record>) -> Result<Self, Raised> {
        Self::from_json(py, document.0)
    }

    /// Write the record as JSON, its events in order.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.now().to_json())
    }

    /// Write the record as plain values.
    fn to_dict(&self) -> Plain<Record> {
        Plain::of(&*self.now())
    }

    /// The client's pseudonymous identifier.
    #[getter]
    fn client(&self) -> String {
        self.read().client().to_string()
    }

    /// All events, retracted and replaced ones too, by day, then by when they were recorded.
    ///
    /// They are made anew at each access: keep them when you need them more than once.
    #[getter]
    fn events(&self) -> Items<Plain<Event>> {
        Items(self.now().events().map(Plain::of).collect())
    }

    /// How many events there are.
    #[getter]
    fn event_count(&self) -> usize {
        self.read().events().len()
    }

    /// The event with this identifier, if there is one.
    fn event(&self, id: Word) -> Option<Plain<Event>> {
        let id = mi_core::text::EventId::new(&id).ok()?;
        self.now().event(&id).map(Plain::of)
    }

    /// Add one event. An event that is there already changes nothing.
    ///
    /// Raises `MiError`, and adds nothing; pointers are relative to the event.
    fn append(&self, py: Python<'_>, event: Document<Event>) -> Result<(), Raised> {
        let event = core::Event::from_json(event.0.text())?;
        self.change(py, |record| record.append(event))
    }

    /// Add events in any order, all or none; they may refer to each other.
    ///
    /// Raises `MiError`; pointers begin with the place in `events`, such as `/0/body`.
    fn extend(&self, py: Python<'_>, events: Documents) -> Result<(), Raised> {
        self.change(py, |record| record.extend_from_json(events.0.text()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().now().to_json(),)))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.now())
    }
}

impl PartialEq for ClientRecord {
    fn eq(&self, other: &Self) -> bool {
        self.now() == other.now()
    }
}

impl From<Arc<core::ClientRecord>> for ClientRecord {
    fn from(record: Arc<core::ClientRecord>) -> Self {
        Self(RwLock::new(record))
    }
}

impl From<core::ClientRecord> for ClientRecord {
    fn from(record: core::ClientRecord) -> Self {
        Arc::new(record).into()
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

    #[staticmethod]
    fn _read(text: &str) -> Result<Self, Raised> {
        Ok(Self(text.parse()?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("_read")?, (slf.get().0.to_string(),)))
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

    #[staticmethod]
    fn _read(text: &str) -> PyResult<Self> {
        read(Some(text)).map(Self)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("_read")?, (json(&slf.get().0),)))
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
