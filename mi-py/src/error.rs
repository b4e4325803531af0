//! A core error on its way to Python.

use pyo3::{prelude::*, sync::PyOnceLock};

/// Carries a core error through `?`; the class is made in `mi_core/errors.py`.
pub(crate) struct Raised(mi_core::Error);

impl From<mi_core::Error> for Raised {
    fn from(error: mi_core::Error) -> Self {
        Self(error)
    }
}

impl From<Raised> for PyErr {
    fn from(Raised(error): Raised) -> Self {
        static MADE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let problems: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| (problem.code(), problem.path(), problem.expected(), problem.position()))
            .collect();
        Python::attach(|py| {
            let made = MADE.import(py, "mi_core.errors", "_made");
            let made = made.and_then(|made| made.call1((error.to_string(), problems)));
            made.map_or_else(|err| err, PyErr::from_value)
        })
    }
}
