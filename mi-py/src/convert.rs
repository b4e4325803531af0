//! Conversions: values of the core to Python, and arguments from Python to the core.

use std::{collections::BTreeMap, marker::PhantomData};

use mi_core::{CalendarDate, Error, Instant, text::ClientId};
use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    pybacked::PyBackedStr,
    sync::PyOnceLock,
    types::{
        PyBytes, PyDate, PyDateAccess, PyDateTime, PyDict, PyMapping, PyMappingProxy, PyString,
        PyTuple,
    },
};
use serde::Serialize;

use crate::error::Raised;

#[cfg(feature = "stubs")]
mod hint {
    pub(super) use pyo3::{
        inspect::{PyStaticConstant, PyStaticExpr},
        type_hint_identifier as name, type_hint_subscript as of,
    };
    pub(super) const ANY: PyStaticExpr = name!("typing", "Any");
    pub(super) const INDEX: PyStaticExpr = name!("typing", "SupportsIndex");
    pub(super) const STR: PyStaticExpr = name!("builtins", "str");
    pub(super) const DATE: PyStaticExpr = name!("datetime", "date");
    pub(super) const DATETIME: PyStaticExpr = name!("datetime", "datetime");
    pub(super) const MAPPING: PyStaticExpr = name!("collections.abc", "Mapping");
    pub(super) const PLAIN: PyStaticExpr = of!(name!("builtins", "dict"), STR, ANY);
    pub(super) const DOCUMENT: PyStaticExpr = of!(MAPPING, STR, ANY);
    pub(super) const KIND_AND_CODE: PyStaticExpr = of!(
        name!("builtins", "tuple"),
        of!(
            name!("typing", "Literal"),
            PyStaticExpr::Constant { value: PyStaticConstant::Str("kind") }
        ),
        of!(
            name!("typing", "Literal"),
            PyStaticExpr::Constant { value: PyStaticConstant::Str("code") }
        )
    );
}

/// How a value of the core looks in Python.
pub(crate) trait Shown {
    type As;
    fn shown(&self) -> Self::As;
}

impl<T: Shown + ?Sized> Shown for &T {
    type As = T::As;

    fn shown(&self) -> T::As {
        T::shown(self)
    }
}

impl<T: Shown> Shown for Option<T> {
    type As = Option<T::As>;

    fn shown(&self) -> Option<T::As> {
        self.as_ref().map(T::shown)
    }
}

impl<T: Shown> Shown for [T] {
    type As = Items<T::As>;

    fn shown(&self) -> Items<T::As> {
        Items(self.iter().map(T::shown).collect())
    }
}

impl<T: Shown> Shown for Vec<T> {
    type As = Items<T::As>;

    fn shown(&self) -> Items<T::As> {
        self.as_slice().shown()
    }
}

impl<K: ToString + Ord, T: Shown> Shown for BTreeMap<K, T> {
    type As = Named<T::As>;

    fn shown(&self) -> Named<T::As> {
        Named(self.iter().map(|(key, value)| (key.to_string(), value.shown())).collect())
    }
}

impl Shown for mi_core::readiness::Rating {
    type As = i64;

    fn shown(&self) -> i64 {
        self.get()
    }
}

macro_rules! shown_as {
    ($as:ty: $($type:ty),+ = $show:expr) => {$(
        impl crate::convert::Shown for $type {
            type As = $as;

            fn shown(&self) -> $as {
                let show: fn(&$type) -> $as = $show;
                show(self)
            }
        }
    )+};
}
pub(crate) use shown_as;

shown_as!(bool: bool = |value| *value);
shown_as!(i64: i64 = |value| *value);
shown_as!(usize: usize = |value| *value);
shown_as!(Day: CalendarDate = |date| Day(*date));
shown_as!(Moment: Instant = |instant| Moment(*instant));
shown_as!(String: String = String::clone);
shown_as!(String: ClientId = ClientId::to_string);

/// A sequence, as an immutable `tuple[T, ...]`.
pub(crate) struct Items<T>(pub(crate) Vec<T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Items<T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: hint::PyStaticExpr = hint::of!(
        hint::name!("builtins", "tuple"),
        T::OUTPUT_TYPE,
        hint::PyStaticExpr::Constant { value: hint::PyStaticConstant::Ellipsis }
    );

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0)
    }
}

/// What a kind and a code are matched by. Type checkers have to know the words themselves.
pub(crate) struct KindAndCode;

impl<'py> IntoPyObject<'py> for KindAndCode {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: hint::PyStaticExpr = hint::KIND_AND_CODE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, ["kind", "code"])
    }
}

/// Values by name, as a read-only mapping.
pub(crate) struct Named<T>(BTreeMap<String, T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Named<T> {
    type Target = PyMappingProxy;
    type Output = Bound<'py, PyMappingProxy>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: hint::PyStaticExpr = hint::of!(hint::MAPPING, hint::STR, T::OUTPUT_TYPE);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyMappingProxy>> {
        let named = PyDict::new(py);
        for (name, value) in self.0 {
            named.set_item(name, value)?;
        }
        Ok(PyMappingProxy::new(py, named.as_mapping()))
    }
}

/// What a JSON object is: to type checkers, which have its type from `mi_core.types`.
pub(crate) trait Described {
    #[cfg(feature = "stubs")]
    const TYPE: hint::PyStaticExpr = hint::PLAIN;
    #[cfg(feature = "stubs")]
    const AS_ARGUMENT: hint::PyStaticExpr = hint::DOCUMENT;
}

/// An object of which no type is declared.
pub(crate) struct Anything;

impl Described for Anything {}

macro_rules! described {
    ($($name:ident),+) => {$(
        pub(crate) struct $name;

        impl Described for $name {
            #[cfg(feature = "stubs")]
            const TYPE: hint::PyStaticExpr = hint::name!("mi_core.types", stringify!($name));
            #[cfg(feature = "stubs")]
            const AS_ARGUMENT: hint::PyStaticExpr = {
                use pyo3::type_hint_union; // which calls itself by this name
                type_hint_union!(Self::TYPE, hint::DOCUMENT)
            };
        }
    )+};
}

described!(Answers, DecisionalBalance, Event, Plan, Record);

/// A JSON object, as a `dict` of plain values.
pub(crate) struct Plain<T = Anything>(String, PhantomData<T>);

impl<T> Plain<T> {
    pub(crate) fn of(value: &impl Serialize) -> Self {
        Self::text(json(value))
    }

    /// An object that is written as this JSON.
    pub(crate) fn text(json: String) -> Self {
        Self(json, PhantomData)
    }
}

/// A value of the core as JSON.
pub(crate) fn json(value: &impl Serialize) -> String {
    // The core's types have string keys and finite numbers: writing them to memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

impl<'py, T: Described> IntoPyObject<'py> for Plain<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: hint::PyStaticExpr = T::TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static READ: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        READ.import(py, "json", "loads")?.call1((self.0,))
    }
}

/// JSON text that was handed in.
pub(crate) struct Json(PyBackedStr);

impl Json {
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl<'py> FromPyObject<'_, 'py> for Json {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr = hint::STR;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        static ESCAPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let text = object.cast::<PyString>()?;
        if text.to_str().is_ok() {
            return Ok(Self(text.extract()?));
        }
        // Half a surrogate pair is no text: escaped as JSON does it, the core says where it stands.
        let escaped = ESCAPE.import(object.py(), "mi_core._plain", "escaped")?.call1((text,))?;
        Ok(Self(escaped.extract()?))
    }
}

/// A short text that was handed in. Half a surrogate pair in it becomes a character that no
/// identifier, code or date has.
pub(crate) struct Word(String);

impl std::ops::Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<'py> FromPyObject<'_, 'py> for Word {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr = hint::STR;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Self(object.cast::<PyString>()?.to_string_lossy().into_owned()))
    }
}

/// An argument that is no document, as the core read it: what is wrong with it is told at its name.
pub(crate) struct Given<T>(pub(crate) Result<T, Error>);

impl<T> Given<T> {
    /// What was handed in for the argument at this pointer.
    pub(crate) fn at(self, pointer: &str) -> Result<T, Raised> {
        self.0.map_err(|error| error.below(pointer).into())
    }
}

fn written(object: Borrowed<'_, '_, PyAny>) -> PyResult<Json> {
    static WRITE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let text = WRITE.import(object.py(), "mi_core._plain", "write")?.call1((object,))?;
    Ok(Json(text.extract()?))
}

/// A mapping of plain values that was handed in, as JSON text.
pub(crate) struct Document<T = Anything>(pub(crate) Json, PhantomData<T>);

impl<'py, T: Described> FromPyObject<'_, 'py> for Document<T> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr = T::AS_ARGUMENT;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        object.cast::<PyMapping>()?;
        Ok(Self(written(object)?, PhantomData))
    }
}

/// Mappings of plain values that were handed in, as the text of a JSON list.
pub(crate) struct Documents(pub(crate) Json);

impl<'py> FromPyObject<'_, 'py> for Documents {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr =
        hint::of!(hint::name!("collections.abc", "Iterable"), Event::AS_ARGUMENT);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let single = object.is_instance_of::<PyString>()
            || object.is_instance_of::<PyBytes>()
            || object.cast::<PyMapping>().is_ok();
        if single {
            // They are iterable too, and would be read as lists of what no event is.
            return Err(PyTypeError::new_err(
                "a list of mappings is needed, not a text or one mapping",
            ));
        }
        let list: Vec<_> = object.try_iter()?.collect::<PyResult<_>>()?;
        written(list.into_pyobject(object.py())?.as_borrowed()).map(Self)
    }
}

/// Whole numbers by name.
pub(crate) struct Numbers(Vec<(String, i64)>);

impl Numbers {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(name, number)| (name.as_str(), *number))
    }
}

impl<'py> FromPyObject<'_, 'py> for Numbers {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr = hint::of!(hint::MAPPING, hint::STR, hint::INDEX);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let items = object.cast::<PyMapping>()?.items()?;
        let number = |item: Bound<'py, PyAny>| -> PyResult<(String, i64)> {
            static WHOLE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
            let (name, number): (Word, Bound<'py, PyAny>) = item.extract()?;
            let number = WHOLE.import(item.py(), "mi_core._plain", "whole")?.call1((number,))?;
            let beyond = if number.lt(0)? { i64::MIN } else { i64::MAX };
            Ok((name.0, number.extract().unwrap_or(beyond)))
        };
        items.iter().map(number).collect::<PyResult<_>>().map(Self)
    }
}

/// A `datetime.date`; as an argument also its text.
#[derive(Clone, Copy)]
pub(crate) struct Day(pub(crate) CalendarDate);

impl<'py> IntoPyObject<'py> for Day {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: hint::PyStaticExpr = hint::DATE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        let (year, month, day) = self.0.year_month_day();
        PyDate::new(py, year.into(), month.unsigned_abs(), day.unsigned_abs())
    }
}

impl<'py> FromPyObject<'_, 'py> for Given<CalendarDate> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr = {
        use pyo3::type_hint_union; // which calls itself by this name
        type_hint_union!(hint::DATE, hint::STR)
    };

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyDateTime>() {
            // It is a date by inheritance, and would lose its time and zone in silence.
            return Err(PyTypeError::new_err("a date is needed, not a datetime: call its date()"));
        }
        if let Ok(text) = object.extract::<Word>() {
            return Ok(Self(text.parse()));
        }
        let date = object.cast::<PyDate>()?;
        let (year, month, day) = (date.get_year(), date.get_month(), date.get_day());
        Ok(Self(CalendarDate::new(year.into(), month.into(), day.into())))
    }
}

/// A `datetime.datetime` with its time zone; as an argument also its text.
#[derive(Clone, Copy)]
pub(crate) struct Moment(pub(crate) Instant);

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: hint::PyStaticExpr = hint::DATETIME;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let class = CLASS.import(py, "datetime", "datetime")?;
        class.call_method1("fromisoformat", (self.0.to_string(),))
    }
}

impl<'py> FromPyObject<'_, 'py> for Given<Instant> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: hint::PyStaticExpr = {
        use pyo3::type_hint_union;
        type_hint_union!(hint::DATETIME, hint::STR)
    };

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text: String = match object.cast::<PyDateTime>() {
            Ok(instant) => instant.call_method0("isoformat")?.extract()?,
            Err(_) => object.extract::<Word>()?.0,
        };
        Ok(Self(text.parse()))
    }
}
