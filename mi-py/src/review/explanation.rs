//! A review in words.

use mi_core::review as core;
use pyo3::prelude::*;

use crate::convert::Plain;

/// A review in words, part by part and in the order of the review.
#[pyclass(frozen, eq, module = "mi_core")]
#[derive(Clone, PartialEq)]
pub(crate) struct Explanation(pub(crate) core::Explanation);

#[pymethods]
impl Explanation {
    /// Write it as plain values.
    fn to_dict(&self) -> Plain {
        Plain::of(&self.0)
    }

    /// Write it as JSON.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    fn __repr__(&self) -> &'static str {
        "Explanation(...)"
    }
}
