//! Closed code lists cross as the `StrEnum`s of `mi_core/codes.py`, matched by their stable codes.

use std::str::FromStr;

use pyo3::{prelude::*, sync::PyOnceLock, types::PyType};

use crate::convert::{Given, Shown, Word};

/// A closed code list of the core, with the name of its Python class.
pub(crate) trait Coded: Copy + FromStr<Err = mi_core::Error> + 'static {
    const NAME: &'static str;
    fn code(self) -> &'static str;
    fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>>;
}

/// A value of a closed code list, as Python has it.
#[derive(Clone, Copy)]
pub(crate) struct Code<T>(pub(crate) T);

impl<'py, T: Coded> IntoPyObject<'py> for Code<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr =
        pyo3::type_hint_identifier!("mi_core.codes", T::NAME);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        T::class(py)?.call1((self.0.code(),))
    }
}

impl<'py, T: Coded> FromPyObject<'_, 'py> for Given<T> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = {
        use pyo3::{type_hint_identifier, type_hint_union};
        type_hint_union!(
            type_hint_identifier!("mi_core.codes", T::NAME),
            type_hint_identifier!("builtins", "str")
        )
    };

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let code: Word = object.extract()?;
        Ok(Self(code.parse()))
    }
}

macro_rules! coded {
    ($($name:ident = $core:ty;)+) => {$(
        impl Coded for $core {
            const NAME: &'static str = stringify!($name);

            fn code(self) -> &'static str {
                <$core>::code(self)
            }

            fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
                static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
                CLASS.import(py, "mi_core.codes", Self::NAME)
            }
        }

        impl Shown for $core {
            type As = Code<$core>;

            fn shown(&self) -> Code<$core> {
                Code(*self)
            }
        }

        crate::part::told_by_reader!($core);
    )+};
}

coded! {
    Action = mi_core::protocol::Action;
    Axis = mi_core::review::Axis;
    ClosingReason = mi_core::client::ClosingReason;
    Driver = mi_core::client::Driver;
    Evidence = mi_core::protocol::Evidence;
    Fact = mi_core::fact::Fact;
    FlagState = mi_core::review::FlagState;
    Label = mi_core::review::Label;
    LevelOfCare = mi_core::stage::LevelOfCare;
    MoveDirection = mi_core::review::MoveDirection;
    PlanKind = mi_core::plan::PlanKind;
    PlanPart = mi_core::plan::PlanPart;
    PreparationNote = mi_core::stage::PreparationNote;
    ReturnClass = mi_core::client::ReturnClass;
    Role = mi_core::record::Role;
    Scale = mi_core::stage::Scale;
    Section = mi_core::review::Section;
    Severity = mi_core::protocol::Severity;
    SourceCheck = mi_core::protocol::SourceCheck;
    StageOfChange = mi_core::stage::StageOfChange;
    Standing = mi_core::review::Standing;
    Status = mi_core::review::Status;
    Topic = mi_core::client::Topic;
    TreatmentStage = mi_core::stage::TreatmentStage;
    TreatmentStep = mi_core::stage::TreatmentStep;
    Truth = mi_core::value::Truth;
    Verdict = mi_core::value::Verdict;
    Who = mi_core::protocol::Who;
}
