//! The parts of documents as Python classes: each holds the JSON of its part, as documents have it.
//!
//! So what a part says is what the document says, a part is pickled and compared by its JSON, and
//! the classes follow from the JSON Schema: `parts.rs` is generated from it.

use std::{collections::BTreeMap, hash::Hash, hash::Hasher, ops::Range, sync::Arc};

use mi_core::{CalendarDate, Instant, client::Target, date::PartialDate, readiness::Rating};
use pyo3::{exceptions::PyValueError, prelude::*};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use crate::convert::{Items, Plain, json};

/// The JSON of an object, and where its fields stand in it.
#[derive(Clone)]
pub(crate) struct Part {
    text: Arc<str>,
    fields: Arc<BTreeMap<String, Range<usize>>>,
}

impl Part {
    /// A value of the core.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        // The core's parts are objects, and what it writes can be read.
        Self::read(&json(value))
            .unwrap_or_else(|_| Self { text: "{}".into(), fields: Arc::default() })
    }

    /// An object that the core wrote.
    pub(crate) fn read(text: &str) -> PyResult<Self> {
        let read: BTreeMap<String, &RawValue> =
            serde_json::from_str(text).map_err(|_| foreign())?;
        let place = |value: &RawValue| {
            let start = value.get().as_ptr().addr().wrapping_sub(text.as_ptr().addr());
            start..start.wrapping_add(value.get().len())
        };
        let fields = read.into_iter().map(|(name, value)| (name, place(value))).collect();
        Ok(Self { text: text.into(), fields: Arc::new(fields) })
    }

    /// The JSON.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The JSON of a field, if it is there.
    fn field(&self, name: &str) -> Option<&str> {
        self.text.get(self.fields.get(name)?.clone())
    }

    /// What a field says.
    pub(crate) fn get<T: Told + ?Sized>(&self, name: &str) -> PyResult<T::As> {
        T::told(self.field(name))
    }

    /// Some fields as a `repr` shows them: identifiers and codes, at most three of a list.
    pub(crate) fn outline(&self, class: &str, shown: &[&str]) -> String {
        let mut words = Vec::new();
        for field in shown.iter().filter_map(|name| self.field(name)) {
            let mut found = Vec::new();
            named(&serde_json::from_str(field).unwrap_or_default(), &mut found);
            if found.len() > 3 {
                found.truncate(3);
                found.push("...".to_owned());
            }
            words.append(&mut found);
        }
        format!("{class}({})", words.join(", "))
    }
}

/// The texts of a value; of an object, such as an event with its day, its identifier alone.
fn named(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| named(item, found)),
        Value::Object(fields) => fields.get("event").into_iter().for_each(|id| named(id, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Hash for Part {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// The error of a text that no part of this version is.
pub(crate) fn foreign() -> PyErr {
    PyValueError::new_err("a part that this version wrote is needed")
}

/// How the JSON of a field looks in Python.
pub(crate) trait Told {
    type As;
    fn told(json: Option<&str>) -> PyResult<Self::As>;
}

/// The value of a field, by the core's own reader of it.
pub(crate) fn read<T: DeserializeOwned>(json: Option<&str>) -> PyResult<T> {
    json.and_then(|json| serde_json::from_str(json).ok()).ok_or_else(foreign)
}

/// The `kind` of one of several parts that may stand in a field.
pub(crate) fn kind(json: Option<&str>) -> PyResult<String> {
    Part::read(json.unwrap_or_default())?.get::<String>("kind")
}

impl<T: Told> Told for Option<T> {
    type As = Option<T::As>;

    fn told(json: Option<&str>) -> PyResult<Self::As> {
        json.map(|json| T::told(Some(json))).transpose()
    }
}

impl<T: Told> Told for [T] {
    type As = Items<T::As>;

    fn told(json: Option<&str>) -> PyResult<Self::As> {
        // A list that holds nothing may be left out.
        let Some(json) = json else { return Ok(Items(Vec::new())) };
        let items: Vec<&RawValue> = serde_json::from_str(json).map_err(|_| foreign())?;
        items.into_iter().map(|item| T::told(Some(item.get()))).collect::<PyResult<_>>().map(Items)
    }
}

/// What became of a criterion, as plain values.
pub(crate) struct Trace;

impl Told for Trace {
    type As = Plain;

    fn told(json: Option<&str>) -> PyResult<Plain> {
        json.map(|json| Plain::text(json.to_owned())).ok_or_else(foreign)
    }
}

macro_rules! told_by_reader {
    ($($type:ty),+) => {$(
        impl crate::part::Told for $type {
            type As = <$type as crate::convert::Shown>::As;

            fn told(json: Option<&str>) -> pyo3::PyResult<Self::As> {
                crate::part::read::<$type>(json).map(|value| crate::convert::Shown::shown(&value))
            }
        }
    )+};
}
pub(crate) use told_by_reader;

told_by_reader!(bool, i64, String, CalendarDate, Instant, PartialDate, Rating, Target);

/// Declares the class of a part: its attributes with the field of the JSON where each stands, and
/// the fields that its `repr` shows.
macro_rules! part {
    (
        $(#[$doc:meta])*
        $name:ident, shows [$($shown:literal),*] {
            $( $(#[$about:meta])* $attribute:ident: $type:ty = $field:literal; )*
        }
        $({ $($method:tt)+ })?
    ) => {
        $(#[$doc])*
        #[pyo3::pyclass(frozen, eq, hash, module = "mi_core")]
        #[derive(Clone, PartialEq, Hash)]
        pub(crate) struct $name(pub(crate) crate::part::Part);

        #[pyo3::pymethods]
        impl $name {
            $(
                $(#[$about])*
                #[getter]
                fn $attribute(&self) -> pyo3::PyResult<<$type as crate::part::Told>::As> {
                    self.0.get::<$type>($field)
                }
            )*

            /// Write it as plain values, as in the JSON of a review.
            fn to_dict(&self) -> crate::convert::Plain {
                crate::convert::Plain::text(self.0.text().to_owned())
            }

            /// Write it as JSON.
            fn to_json(&self) -> &str {
                self.0.text()
            }

            #[staticmethod]
            fn _read(text: &str) -> pyo3::PyResult<Self> {
                crate::part::Part::read(text).map(Self)
            }

            fn __reduce__<'py>(
                slf: &pyo3::Bound<'py, Self>,
            ) -> pyo3::PyResult<(pyo3::Bound<'py, pyo3::PyAny>, (String,))> {
                use pyo3::types::PyAnyMethods as _;
                Ok((slf.get_type().getattr("_read")?, (slf.get().0.text().to_owned(),)))
            }

            fn __repr__(&self) -> String {
                self.0.outline(stringify!($name), &[$($shown),*])
            }

            $($($method)+)?
        }

        impl crate::part::Told for $name {
            type As = $name;

            fn told(json: Option<&str>) -> pyo3::PyResult<$name> {
                crate::part::Part::read(json.unwrap_or_default()).map($name)
            }
        }
    };
}
pub(crate) use part;

/// Parts that are made of a value of the core.
macro_rules! parts_of {
    ($($name:ident = $core:ty;)+) => {$(
        crate::convert::shown_as!($name: $core = |value| $name(crate::part::Part::of(value)));
    )+};
}
pub(crate) use parts_of;
