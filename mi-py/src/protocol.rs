//! Protocols: what a service goes by.

use mi_core::{
    CalendarDate, Instant,
    balance::DecisionalBalance,
    plan::Plan,
    protocol as core,
    record::AsOf,
    review::{PlanContext, Standing},
    stage::Answers,
    value::Truth,
};
use pyo3::prelude::*;

use crate::{
    convert::{self, Document, Given, Items, Json, Numbers, Plain, Shown, Word},
    error::Raised,
    part::parts_of,
    parts::{Explanation, Finding, Override, PlanGap, ProtocolUsed, RuleBasis},
    record::ClientRecord,
    review::{AnsweredStage, Review},
    texts::Texts,
};

/// A protocol: what a service goes by.
///
/// >>> protocol = Protocol.dual_diagnosis()
/// >>> ours = protocol.with_numbers({"regular_contact.count": 3})
/// >>> [(number.parameter, number.value, number.default) for number in ours.overrides]
/// [('regular_contact.count', 3, 4)]
#[pyclass(frozen, eq, from_py_object, module = "mi_core")]
#[derive(Clone)]
pub(crate) struct Protocol(mi_core::Protocol);

#[pymethods]
impl Protocol {
    /// The default protocol, `dual-diagnosis` 1.0.0.
    #[staticmethod]
    fn dual_diagnosis() -> Self {
        mi_core::Protocol::dual_diagnosis().into()
    }

    /// Read and check a protocol.
    ///
    /// Raises `MiError` with whatever is wrong with it, by pointer and code.
    #[staticmethod]
    fn from_json(py: Python<'_>, text: Json) -> Result<Self, Raised> {
        Ok(py.detach(|| mi_core::Protocol::from_json(text.text()))?.into())
    }

    /// Read and check a protocol from plain values.
    #[staticmethod]
    fn from_dict(py: Python<'_>, document: Document) -> Result<Self, Raised> {
        Self::from_json(py, document.0)
    }

    /// Write the protocol as one JSON document.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Write the protocol as plain values.
    fn to_dict(&self) -> Plain {
        Plain::of(self.0.document())
    }

    /// The protocol that an overlay makes of this one: a difference with author and reason, given
    /// as plain values. Every review made with it lists what it changed and what is off.
    ///
    /// Raises `MiError` with whatever is wrong with it, by pointer into the overlay and code.
    fn with_overlay(&self, overlay: Document) -> Result<Self, Raised> {
        Ok(Self(self.0.with_overlay(overlay.0.text())?))
    }

    /// The same protocol with a service's own numbers; every review made with it lists them.
    ///
    /// Raises `UnknownNameError` for a number that it does not have, `InvalidTextError` for a name
    /// that none can have, `OutOfRangeError` for a number outside its range.
    fn with_numbers(&self, numbers: Numbers) -> Result<Self, Raised> {
        Ok(Self(self.0.with(numbers.iter())?))
    }

    /// The identifier.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// The version.
    #[getter]
    fn version(&self) -> &str {
        self.0.version()
    }

    /// The SHA-256 of its canonical form, own numbers included, as hexadecimal digits.
    #[getter]
    fn sha256(&self) -> String {
        mi_core::review::ProtocolUsed::of(&self.0).sha256
    }

    /// The numbers that a service has set for itself, by name.
    #[getter]
    fn overrides(&self) -> Items<Override> {
        self.0.overrides().shown()
    }

    /// Its numbers as plain values, by name: each with its value, unit, range and what it rests on,
    /// and the protocol's own number as `default` where the service has set another.
    ///
    /// >>> Protocol.dual_diagnosis().parameters.get("lapse.days").get("value")
    /// 2
    #[getter]
    fn parameters(&self) -> Plain {
        Plain::of(self.0.parameters())
    }

    /// The rule with this identifier as plain values, if there is one.
    fn rule(&self, id: Word) -> Option<Plain> {
        self.0.rule(&id).map(Plain::of)
    }

    /// Explain where a person is and what the evidence supports next, as of a day: a date, or its
    /// text `YYYY-MM-DD`.
    ///
    /// With `known_by`, only what was recorded by that instant counts: a datetime with its time
    /// zone, or RFC 3339 text.
    ///
    /// Raises `InvalidDateError` at `/as_of`, `InvalidInstantError` at `/known_by`.
    #[pyo3(signature = (record, *, as_of, known_by=None))]
    pub(crate) fn review(
        &self,
        py: Python<'_>,
        record: &ClientRecord,
        as_of: Given<CalendarDate>,
        known_by: Option<Given<Instant>>,
    ) -> Result<Review, Raised> {
        let known_by = known_by.map(|instant| instant.at("/known_by")).transpose();
        let asked = AsOf::on(as_of.at("/as_of")?).known_by(known_by?);
        let now = record.now();
        let review = py.detach(|| self.0.review(&now.as_of(asked)));
        Ok(Review::new(review, now, self.clone()))
    }

    /// The words of the protocol in a language.
    ///
    /// Raises `MissingTextError` for a language in which it has none.
    #[pyo3(signature = (language=Word::from("en")))]
    fn texts(&self, py: Python<'_>, language: Word) -> Result<Texts, Raised> {
        Ok(Texts::new(py.detach(|| self.0.texts(&language))?, self))
    }

    /// The same protocol with words in one more language, or with other words in one.
    ///
    /// Raises `MiError` for words of another protocol.
    fn with_texts(&self, texts: &Texts) -> Result<Self, Raised> {
        Ok(Self(self.0.with_texts(texts.core().clone())?))
    }

    /// Put a review into words, part by part: each flag, position, finding, step, gap of a plan and
    /// question, keyed as in the review. Without texts the words are the protocol's English.
    ///
    /// Raises `MissingTextError` where it has none.
    #[pyo3(signature = (review, texts=None))]
    fn explain(
        &self,
        py: Python<'_>,
        review: &Review,
        texts: Option<&Texts>,
    ) -> Result<Explanation, Raised> {
        let texts = texts.map_or_else(|| self.0.texts("en"), |texts| Ok(texts.core().clone()))?;
        Ok(py.detach(|| self.0.explain(review.core(), &texts)).shown())
    }

    /// Write a review in words: Markdown that a clinician reads in two minutes. Without texts the
    /// words are the protocol's English.
    ///
    /// Raises `MissingTextError` where it has none.
    #[pyo3(signature = (review, texts=None))]
    pub(crate) fn render(
        &self,
        py: Python<'_>,
        review: &Review,
        texts: Option<&Texts>,
    ) -> Result<String, Raised> {
        let texts = texts.map_or_else(|| self.0.texts("en"), |texts| Ok(texts.core().clone()))?;
        Ok(py.detach(|| self.0.render(review.core(), &texts)))
    }

    /// The cautions about a decisional balance, for a person who stands there on the change.
    ///
    /// >>> balance = {"form": "neutral_grid", "purpose": "evoke_change"}
    /// >>> cautions = Protocol.dual_diagnosis().check_balance(balance, Standing.AMBIVALENT)
    /// >>> cautions[0].rule
    /// 'DB-02'
    fn check_balance(
        &self,
        balance: Document<convert::DecisionalBalance>,
        standing: Given<Standing>,
    ) -> Result<Items<Finding>, Raised> {
        let standing = standing.at("/standing")?;
        let balance = DecisionalBalance::from_json(balance.0.text())?;
        Ok(self.0.check_balance(&balance, standing).shown())
    }

    /// The stage of change that follows from a few answers; what is not given is unknown.
    ///
    /// >>> answers = {"on": "2026-11-22", "changed": "no", "intends_within_six_months": "yes",
    /// ...            "intends_within_thirty_days": "no"}
    /// >>> Protocol.dual_diagnosis().stage_of_change(answers).known
    /// <StageOfChange.CONTEMPLATION: 'contemplation'>
    fn stage_of_change(
        &self,
        answers: Document<convert::Answers>,
    ) -> Result<AnsweredStage, Raised> {
        let answers = Answers::from_json(answers.0.text())?;
        Ok(self.0.stage_of_change(&answers).shown())
    }

    /// The gaps of a plan, for a person of whom this is known; what is not given is unknown.
    ///
    /// >>> plan = {"kind": "relapse_prevention"}
    /// >>> gaps = Protocol.dual_diagnosis().check_plan(plan, dual=Truth.YES)
    /// >>> "RP-04" in [gap.rule for gap in gaps]
    /// True
    #[pyo3(signature = (plan, *, dual=None, opioid_history=None))]
    fn check_plan(
        &self,
        plan: Document<convert::Plan>,
        dual: Option<Given<Truth>>,
        opioid_history: Option<Given<Truth>>,
    ) -> Result<Items<PlanGap>, Raised> {
        let dual = dual.map(|truth| truth.at("/dual")).transpose()?;
        let opioid_history = opioid_history.map(|truth| truth.at("/opioid_history")).transpose()?;
        let plan = Plan::from_json(plan.0.text())?;
        let known = PlanContext::new().dual(dual).opioid_history(opioid_history);
        Ok(self.0.check_plan(&plan, &known).shown())
    }

    /// Read a protocol with words of its own: what pickling writes.
    #[staticmethod]
    fn _restored(text: Json, texts: Vec<String>) -> Result<Self, Raised> {
        let mut protocol = mi_core::Protocol::from_json(text.text())?;
        for texts in texts {
            protocol = protocol.with_texts(protocol.read_texts(&texts)?)?;
        }
        Ok(Self(protocol))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Restored<'py>> {
        let protocol = &slf.get().0;
        let texts = protocol.given_texts().iter().map(core::Texts::to_json).collect();
        Ok((slf.get_type().getattr("_restored")?, (protocol.to_json(), texts)))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
}

/// What reads a pickle, and what it is given: the protocol, and words of its own.
type Restored<'py> = (Bound<'py, PyAny>, (String, Vec<String>));

impl Protocol {
    pub(crate) fn core(&self) -> &mi_core::Protocol {
        &self.0
    }
}

impl PartialEq for Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl From<mi_core::Protocol> for Protocol {
    fn from(protocol: mi_core::Protocol) -> Self {
        Self(protocol)
    }
}

parts_of! {
    Override = core::Override;
    ProtocolUsed = mi_core::review::ProtocolUsed;
    RuleBasis = mi_core::review::RuleBasis;
}
