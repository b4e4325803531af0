//! Texts: the words of a protocol in one language.

use std::fmt::Write as _;

use mi_core::{
    fact::Fact,
    protocol::{self as core, Name, RuleId},
};
use pyo3::prelude::*;

use crate::{
    convert::{Document, Given, Json, Plain, Word},
    error::Raised,
    protocol::Protocol,
};

/// The words of a protocol in one language.
///
/// >>> texts = Protocol.dual_diagnosis().texts("en")
/// >>> texts.kind("overdose"), texts.code("setting", "detox")
/// ('non-fatal overdose', 'detoxification')
#[pyclass(frozen, eq, module = "mi_core")]
#[derive(Clone)]
pub(crate) struct Texts {
    texts: core::Texts,
    protocol: Protocol,
}

#[pymethods]
impl Texts {
    /// Read words of a protocol in one language, and check them against it.
    ///
    /// Raises `MiError` with whatever is wrong with them, by pointer and code: a rule, number, fact,
    /// kind of event, field, code or phrase without its words, words for something that there is
    /// not, a place such as `{target}` that nothing fills.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: Json, protocol: Protocol) -> Result<Self, Raised> {
        let texts = py.detach(|| protocol.core().read_texts(text.text()))?;
        Ok(Self { texts, protocol })
    }

    /// Read words of a protocol from plain values.
    #[staticmethod]
    fn from_dict(py: Python<'_>, document: Document, protocol: Protocol) -> Result<Self, Raised> {
        Self::from_json(py, document.0, protocol)
    }

    /// Write them as one JSON document: what a translator works on.
    fn to_json(&self) -> String {
        self.texts.to_json()
    }

    /// Write them as plain values.
    fn to_dict(&self) -> Plain {
        Plain::of(self.texts.document())
    }

    /// The language, as a BCP 47 tag.
    #[getter]
    fn language(&self) -> &str {
        self.texts.language().as_str()
    }

    /// The SHA-256 of their canonical form, as hexadecimal digits.
    #[getter]
    fn sha256(&self) -> String {
        let mut digits = String::new();
        for byte in self.texts.sha256() {
            let _ = write!(digits, "{byte:02x}"); // writing to memory cannot fail
        }
        digits
    }

    /// The words for a rule as plain values, if there is one with this identifier.
    fn rule(&self, id: Word) -> Option<Plain> {
        Some(Plain::of(self.texts.rule(&RuleId::new(&id).ok()?)?))
    }

    /// The words for a fact as plain values: its name, its definition, what to ask.
    fn fact(&self, fact: Given<Fact>) -> Result<Option<Plain>, Raised> {
        Ok(self.texts.fact(fact.at("/fact")?).map(Plain::of))
    }

    /// What a parameter of the protocol is.
    fn parameter(&self, name: Word) -> Option<&str> {
        self.texts.parameter(&Name::new(&name).ok()?)
    }

    /// The name of a kind of event.
    fn kind(&self, kind: Word) -> Option<&str> {
        self.texts.kind(&kind)
    }

    /// The name of a field of a record.
    fn field(&self, field: Word) -> Option<&str> {
        self.texts.field(&field)
    }

    /// The name of a code of a list, such as `detox` of `setting`.
    fn code(&self, list: Word, code: Word) -> Option<&str> {
        self.texts.code(&list, &code)
    }

    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<(Bound<'py, PyAny>, (String, Protocol))> {
        let Self { texts, protocol } = slf.get();
        Ok((slf.get_type().getattr("from_json")?, (texts.to_json(), protocol.clone())))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.texts)
    }
}

impl Texts {
    pub(crate) fn new(texts: core::Texts, protocol: &Protocol) -> Self {
        Self { texts, protocol: protocol.clone() }
    }

    pub(crate) fn core(&self) -> &core::Texts {
        &self.texts
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}
