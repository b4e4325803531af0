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
        let problems: Vec<_> = error
            .problems()
            .iter()
            .map(|problem| (problem.code(), problem.path(), problem.expected(), problem.position()))
            .collect();
        Python::attach(|py| raised(py, &error.to_string(), &problems))
    }
}

type Problem<'p> = (&'static str, &'p str, &'p str, Option<(usize, usize)>);

/// The error for an argument that is none of the codes of its list.
pub(crate) fn unknown_code(py: Python<'_>, codes: &[&str]) -> PyErr {
    let kind = mi_core::ErrorKind::UnknownCode.code();
    let expected = format!("one of {}", codes.join(", "));
    raised(py, &format!("{kind}: expected {expected}"), &[(kind, "", &expected, None)])
}

fn raised(py: Python<'_>, message: &str, problems: &[Problem<'_>]) -> PyErr {
    static MADE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = MADE.import(py, "mi_core.errors", "_made");
    made.and_then(|made| made.call1((message, problems))).map_or_else(|err| err, PyErr::from_value)
}
