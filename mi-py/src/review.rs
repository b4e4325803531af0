//! A review, and its parts.

use std::{collections::BTreeMap, marker::PhantomData, sync::Arc};

use mi_core::{
    CalendarDate, Instant,
    protocol::{self, RuleId},
    review as core,
    stage::{PreparationNote, StageOfChange},
    text::ClientId,
};
use pyo3::{IntoPyObjectExt as _, prelude::*, sync::PyOnceLock};

use crate::{
    convert::{Day, Given, Moment, Plain, Shown},
    error::Raised,
    part::{part, parts_of},
    parts::{
        DefinitionTrace, Explanation, Finding, Flag, Move, PlanGap, Positions, Question,
        RecordedDecision, TreatmentPositions,
    },
    protocol::Protocol,
    record::ClientRecord,
};

/// A review: where a person is, what the evidence supports, what must not be missed, what is not
/// known. Its sections stand in the order in which they matter.
///
/// A pickle holds the record and the protocol, from which the same review is made again.
#[pyclass(frozen, eq, module = "mi_core")]
pub(crate) struct Review {
    made: core::Review,
    record: Arc<mi_core::ClientRecord>,
    protocol: Protocol,
    sections: Sections,
}

/// A section as Python has it, once somebody asked for it.
pub(crate) struct Kept<T>(Py<PyAny>, PhantomData<T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Kept<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = T::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.0.into_bound(py))
    }
}

/// Attributes that are fields of the core's review.
macro_rules! sections {
    ($( $(#[$about:meta])* $name:ident: $type:ty; )+ { $($method:tt)+ }) => {
        struct Sections {
            $($name: PyOnceLock<Py<PyAny>>,)+
        }

        impl Default for Sections {
            fn default() -> Self {
                Self { $($name: PyOnceLock::new(),)+ }
            }
        }

        #[pymethods]
        impl Review {
            $(
                $(#[$about])*
                #[getter]
                fn $name(&self, py: Python<'_>) -> PyResult<Kept<<$type as Shown>::As>> {
                    let made = || self.made.$name.shown().into_py_any(py);
                    let kept = self.sections.$name.get_or_try_init(py, made)?;
                    Ok(Kept(kept.clone_ref(py), PhantomData))
                }
            )+

            $($method)+
        }
    };
}

sections! {
    /// The client.
    client: ClientId;
    /// The day that was asked about.
    as_of: CalendarDate;
    /// The instant by which events had to be recorded, when one was given.
    known_by: Option<Instant>;
    /// The SHA-256 over the visible events, as hexadecimal digits.
    record_sha256: String;
    /// The number of visible events.
    events: usize;
    /// The protocol by which it was made.
    protocol: core::ProtocolUsed;
    /// The sections that are filled.
    covers: [core::Section];
    /// The rules that the review mentions, with what they rest on.
    rules: BTreeMap<RuleId, core::RuleBasis>;
    /// What must not be missed, the most urgent first.
    safety: [core::Flag];
    /// Where the person is, on each axis.
    positions: core::Positions;
    /// Where axes disagree.
    discordance: [core::Finding];
    /// What the evidence supports: every step of every treated substance, with its verdict.
    moves: [core::Move];
    /// The decisions on record to work in another step, labeled.
    decisions: [core::RecordedDecision];
    /// What is planned and does not fit now.
    cautions: [core::Finding];
    /// The gaps of plans.
    plans: [core::PlanGap];
    /// What a reader should know.
    notes: [core::Finding];
    /// What to ask next: safety first, then what decides most.
    to_ask_next: [core::Question];
    /// The traces of the definitions that the findings name.
    definitions: [protocol::DefinitionTrace];
    {
        /// Where the person is on the treatment axis, as in `positions`.
        #[getter]
        fn treatment_stage(&self) -> TreatmentPositions {
            self.made.positions.treatment_stage.shown()
        }

        /// Write the review as JSON.
        fn to_json(&self, py: Python<'_>) -> String {
            py.detach(|| self.made.to_json())
        }

        /// Write the review as plain values.
        fn to_dict(&self) -> Plain {
            Plain::of(&self.made)
        }

        fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
            let Self { made, record, protocol, .. } = slf.get();
            let (as_of, known_by) = (made.as_of.shown(), made.known_by.shown());
            let make = slf.get_type().getattr("_make")?;
            let record = ClientRecord::from(Arc::clone(record));
            Ok((make, (record, protocol.clone(), as_of, known_by)))
        }

        #[staticmethod]
        fn _make(
            py: Python<'_>,
            record: &ClientRecord,
            protocol: &Protocol,
            as_of: Given<CalendarDate>,
            known_by: Option<Given<Instant>>,
        ) -> Result<Self, Raised> {
            protocol.review(py, record, as_of, known_by)
        }

        /// What a notebook shows: the review in words, as `Protocol.render` writes it.
        ///
        /// Raises `MissingTextError` where the protocol has no English.
        fn _repr_markdown_(&self, py: Python<'_>) -> Result<String, Raised> {
            self.protocol.render(py, self, None)
        }

        fn __repr__(&self) -> String {
            format!("{:?}", self.made)
        }
    }
}

impl PartialEq for Review {
    fn eq(&self, other: &Self) -> bool {
        self.made == other.made
    }
}

type Reduced<'py> = (Bound<'py, PyAny>, (ClientRecord, Protocol, Day, Option<Moment>));

impl Review {
    pub(crate) fn new(
        made: core::Review,
        record: Arc<mi_core::ClientRecord>,
        protocol: Protocol,
    ) -> Self {
        Self { made, record, protocol, sections: Sections::default() }
    }

    pub(crate) fn core(&self) -> &core::Review {
        &self.made
    }
}

parts_of! {
    AnsweredStage = mi_core::stage::AnsweredStage;
    DefinitionTrace = protocol::DefinitionTrace;
    Explanation = core::Explanation;
    Finding = core::Finding;
    Flag = core::Flag;
    Move = core::Move;
    PlanGap = core::PlanGap;
    Positions = core::Positions;
    Question = core::Question;
    RecordedDecision = core::RecordedDecision;
    TreatmentPositions = core::TreatmentPositions;
}

part! {
    /// The stage of change that follows from answers.
    AnsweredStage, shows [] {
        /// The stages that are still possible, from the first to the last; never none.
        possible: [StageOfChange] = "possible";
        /// What is to be said beside a preparation.
        note: Option<PreparationNote> = "note";
    }
    {
        /// The stage, when only one is possible.
        #[getter]
        fn known(&self) -> PyResult<<Option<StageOfChange> as Shown>::As> {
            let mut possible = self.0.get::<[StageOfChange]>("possible")?.0;
            Ok(possible.pop().filter(|_| possible.is_empty()))
        }
    }
}
