//! A review, and its parts.

mod explanation;
mod finding;
mod position;

use std::collections::BTreeMap;

use mi_core::{
    CalendarDate, Instant,
    protocol::{self, RuleId},
    review as core,
    text::ClientId,
};
use pyo3::prelude::*;

pub(crate) use explanation::Explanation;
pub(crate) use finding::{
    AboutEvent, AboutPlan, AnsweredStage, Assessment, DatedEvent, DefinitionTrace, Finding, Flag,
    LevelTrace, Missing, PlanGap, Question, ReturnFound,
};
pub(crate) use position::{
    ChangePosition, CurrentStep, LevelPosition, Move, PersonPosition, Positions, RecordedDecision,
    RecordedDriver, RecordedRating, TargetPosition, TreatmentPositions,
};

use crate::{
    convert::{Day, Given, Moment, Plain, Shown},
    error::Raised,
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
    record: ClientRecord,
    protocol: Protocol,
}

/// Attributes that are fields of the core's review.
macro_rules! sections {
    ($( $(#[$about:meta])* $name:ident: $type:ty; )+ { $($method:tt)+ }) => {
        #[pymethods]
        impl Review {
            $(
                $(#[$about])*
                #[getter]
                fn $name(&self) -> <$type as Shown>::As {
                    self.made.$name.shown()
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
            let Self { made, record, protocol } = slf.get();
            let (as_of, known_by) = (made.as_of.shown(), made.known_by.shown());
            let make = slf.get_type().getattr("_make")?;
            Ok((make, (record.clone(), protocol.clone(), as_of, known_by)))
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
    pub(crate) fn new(made: core::Review, record: ClientRecord, protocol: Protocol) -> Self {
        Self { made, record, protocol }
    }

    pub(crate) fn core(&self) -> &core::Review {
        &self.made
    }
}
