//! Rules as data: what a protocol says, and how it is evaluated.
//!
//! A [`Protocol`] is a document of parameters, definitions, rules, sources and texts. It is checked
//! when it is loaded; evaluation then cannot fail. Every condition is visited, in the order
//! written, and leaves a [`Trace`] that mirrors the criterion.

mod check;
mod criterion;
mod document;
mod evaluate;
mod name;
mod rule;
mod trace;
mod urgency;

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use criterion::{Criterion, Number, Test};
pub(crate) use document::ENGINE;
pub use document::{Document, FactText, Named, Parameter, ParameterUnit, RuleText, Source, Texts};
pub(crate) use evaluate::{Evaluation, FactSource};
pub use name::{Name, RuleId};
pub use rule::{
    CautionRule, CompletenessRule, Evidence, FindingRule, Level, OpenLevel, Per, PrincipleRule,
    Rule, RuleKind, SafetyRule, SourceCheck, StageRule,
};
pub use trace::{AppliedTest, DefinitionTrace, FactTrace, Trace};
pub use urgency::{Action, Severity, Who};

use crate::{Error, ErrorKind, error::Problem, fact::Settings};

/// A protocol: what a service goes by. Cheap to clone.
///
/// ```
/// # use mi_core::Protocol;
/// let protocol = Protocol::dual_diagnosis();
/// let ours = protocol.with([("regular_contact.count", 3)])?;
/// assert_eq!(ours.overrides()[0].default, 4);
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Protocol(Arc<Inner>);

pub(crate) struct Inner {
    document: Document,
    settings: Settings,
    about_targets: Vec<Name>,
    overrides: Vec<Override>,
    sha256: [u8; 32],
}

/// A number that a service has set for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Override {
    /// The parameter, which states the unit and the range.
    pub parameter: Name,
    /// The service's own number.
    pub value: i64,
    /// The number of the protocol.
    pub default: i64,
}

static DUAL_DIAGNOSIS: LazyLock<Protocol> = LazyLock::new(|| {
    const PROTOCOL: &str =
        include_str!("../../content/protocols/dual-diagnosis/1.0.0/protocol.json");
    const SOURCES: &str = include_str!("../../content/protocols/dual-diagnosis/1.0.0/sources.json");
    const TEXTS: &str = include_str!("../../content/protocols/dual-diagnosis/1.0.0/texts.en.json");
    #[expect(clippy::expect_used, reason = "a test loads every protocol that ships")]
    Document::join(PROTOCOL, SOURCES, TEXTS)
        .and_then(Protocol::new)
        .expect("the protocol that ships is checked by a test")
});

impl Protocol {
    /// The default protocol, `dual-diagnosis` 1.0.0.
    #[must_use]
    pub fn dual_diagnosis() -> Self {
        DUAL_DIAGNOSIS.clone()
    }

    /// Reads and checks a protocol.
    ///
    /// # Errors
    /// Whatever is wrong with the document, by pointer and code: its structure, an unknown fact, a
    /// wrong unit, a name that leads nowhere or is not used, a step that cannot be reached, a
    /// contradiction on one fact, a rule without text or source, a safety rule that reads a stage.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Document::read(text).and_then(Self::new)
    }

    /// Writes the protocol as one document.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::document::write(&self.0.document)
    }

    fn new(document: Document) -> Result<Self, Error> {
        let (settings, about_targets) = check::check(&document)?;
        let sha256 = Sha256::digest(crate::document::canonical(&document)).into();
        let own = document.parameters.iter().filter_map(|(name, parameter)| {
            let (parameter, value, default) = (name.clone(), parameter.value, parameter.default?);
            Some(Override { parameter, value, default })
        });
        let overrides = own.collect();
        Ok(Self(Arc::new(Inner { document, settings, about_targets, overrides, sha256 })))
    }

    /// The same protocol with a service's own numbers; every review made with it lists them.
    ///
    /// # Errors
    /// At `/numbers`, [`ErrorKind::UnknownName`] for a parameter that the protocol does not have and
    /// [`ErrorKind::InvalidText`] for a name that none can have; [`ErrorKind::OutOfRange`] for a
    /// number outside its range, at its name. Numbers that contradict each other are told where the
    /// protocol does not hold with them.
    pub fn with<'n>(
        &self,
        numbers: impl IntoIterator<Item = (&'n str, i64)>,
    ) -> Result<Self, Error> {
        let mut document = self.0.document.clone();
        let mut problems = Vec::new();
        for (name, value) in numbers {
            let parameter = match Name::new(name) {
                Ok(parameter) => parameter,
                Err(error) => {
                    problems.extend(error.below("/numbers").into_problems());
                    continue;
                }
            };
            let Some(found) = document.parameters.get_mut(&parameter) else {
                let expected = "the name of a parameter of the protocol";
                problems.push(Problem::new(ErrorKind::UnknownName, "/numbers", expected));
                continue;
            };
            if !(found.minimum..=found.maximum).contains(&value) {
                let expected =
                    format!("a whole number from {} to {}", found.minimum, found.maximum);
                let path = format!("/numbers/{parameter}");
                problems.push(Problem::new(ErrorKind::OutOfRange, path, expected));
                continue;
            }
            let default = found.default.unwrap_or(found.value);
            found.value = value;
            found.default = (value != default).then_some(default);
        }
        Error::check(problems)?;
        Self::new(document)
    }

    /// The identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.document.id.as_str()
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> &str {
        self.0.document.version.as_str()
    }

    /// The SHA-256 of the canonical form (RFC 8785), own numbers included.
    #[must_use]
    pub fn sha256(&self) -> &[u8; 32] {
        &self.0.sha256
    }

    /// The numbers that a service has set for itself, by name.
    #[must_use]
    pub fn overrides(&self) -> &[Override] {
        &self.0.overrides
    }

    /// The document: parameters, definitions, rules, sources and texts.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.0.document
    }

    /// The rule with this identifier.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.0.document.rules.iter().find(|rule| rule.id.as_str() == id)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.document.rules
    }

    fn number(&self, name: &Name) -> Option<i64> {
        self.document.parameters.get(name).map(|parameter| parameter.value)
    }

    fn definition(&self, name: &Name) -> Option<&Criterion> {
        self.document.definitions.get(name)
    }

    fn step_rule(&self, name: &Name) -> Option<&StageRule> {
        self.document.rules.iter().find_map(|rule| match &rule.kind {
            RuleKind::Stage(stage) if stage.step.code() == name.as_str() => Some(stage),
            _ => None,
        })
    }

    /// Does the definition or step read a fact about the target that is asked about?
    fn is_about_a_target(&self, name: &Name) -> bool {
        self.about_targets.binary_search(name).is_ok()
    }
}

impl PartialEq for Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = self.0.document.rules.len();
        write!(f, "Protocol({} {}, {rules} rules)", self.id(), self.version())
    }
}
