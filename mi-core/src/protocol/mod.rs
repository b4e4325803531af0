//! Rules as data: what a protocol says, and how it is evaluated.
//!
//! A [`Protocol`] is a document of parameters, definitions, rules and sources; its words are
//! [`Texts`], a document a language. Both are checked when they are loaded; evaluation then cannot
//! fail. Every condition is visited, in the order
//! written, and leaves a [`Trace`] that mirrors the criterion.

mod check;
mod criterion;
mod document;
mod evaluate;
mod memory;
mod missing;
mod name;
mod numbers;
mod overlay;
mod place;
mod relation;
mod rule;
mod rule_index;
mod shipped;
mod texts;
mod trace;
mod urgency;

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use criterion::{AskedStep, Criterion, Number, Test};
pub(crate) use document::ENGINE;
pub use document::{Document, Named, Parameter, ParameterUnit, Source};
pub(crate) use evaluate::{Evaluation, FactSource};
pub(crate) use missing::{MissingKey, join_spans, key, missing_behind};
pub use name::{Name, RuleId};
pub use numbers::Numbers;
pub use overlay::{Extended, Overlay, OverlayTexts, OverlayUsed, RuleOff};
pub use relation::Relation;
pub use rule::{
    CautionRule, CompletenessRule, Evidence, FindingRule, Level, OpenLevel, Per, PrincipleRule,
    Rule, RuleKind, SafetyRule, SourceCheck, StageRule,
};
pub use texts::{FactText, Language, RuleText, Texts, TextsDocument};
pub(crate) use texts::{fill, list_of};
pub use trace::{AppliedTest, DefinitionTrace, FactTrace, Trace};
pub use urgency::{Action, Severity, Who};

use crate::{Error, ErrorKind, fact::Settings, stage::TreatmentStep};
use rule_index::RuleIndex;

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
    rule_index: RuleIndex,
    overrides: Vec<Override>,
    sha256: [u8; 32],
    /// The words that were handed in, by language.
    texts: Vec<Texts>,
    /// The words that ship, read when they are first asked for.
    shipped_texts: [OnceLock<Result<Texts, Error>>; shipped::LANGUAGES.len()],
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

impl Protocol {
    /// Reads and checks a protocol.
    ///
    /// # Errors
    /// Whatever is wrong with the document, by pointer and code: its structure, an unknown fact, a
    /// wrong unit, a name that leads nowhere or is not used, a step that cannot be reached, a
    /// contradiction on one fact, a rule without a source, a safety rule that reads a stage.
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
        let rule_index = RuleIndex::of(&document);
        let (texts, shipped_texts) = (Vec::new(), [const { OnceLock::new() }; _]);
        Ok(Self(Arc::new(Inner {
            document,
            settings,
            about_targets,
            rule_index,
            overrides,
            sha256,
            texts,
            shipped_texts,
        })))
    }

    /// The words of the protocol in a language: `en`, or one that was handed in by
    /// [`Protocol::with_texts`].
    ///
    /// # Errors
    /// [`ErrorKind::MissingText`] for a language in which it has no words. Of a protocol that goes
    /// by the name of the one that ships and has other rules, what the words that ship lack.
    pub fn texts(&self, language: &str) -> Result<Texts, Error> {
        let is_asked_for = |texts: &&Texts| texts.language().as_str() == language;
        if let Some(texts) = self.0.texts.iter().find(is_asked_for) {
            return Ok(texts.clone());
        }
        let is_shipped = self.is_worded_as_shipped();
        let mut languages = shipped::LANGUAGES.iter().zip(&self.0.shipped_texts);
        let found = languages.find(|((tag, _), _)| *tag == language && is_shipped);
        let Some(((_, text), read)) = found else {
            let expected = "a language in which the protocol has words";
            return Err(Error::new(ErrorKind::MissingText, "", expected));
        };
        read.get_or_init(|| self.read_texts(text)).clone()
    }

    /// Is it the protocol that ships, or one that overlays made of it without other rules? A rule
    /// that an overlay replaced means something else than the words that ship say.
    fn is_worded_as_shipped(&self) -> bool {
        let overlays = &self.0.document.overlays;
        let root = overlays.first().map(|first| (&first.extends.id, &first.extends.version));
        let (id, version) = root
            .map_or((self.id(), self.version()), |(id, version)| (id.as_str(), version.as_str()));
        (id, version) == shipped::DUAL_DIAGNOSIS
            && overlays.iter().all(|overlay| overlay.rules.is_empty())
    }

    /// The languages in which it has words: those that were handed in, and those that ship.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        let is_shipped = self.is_worded_as_shipped();
        let shipped = shipped::LANGUAGES.iter().filter_map(|(tag, _)| Language::new(tag).ok());
        let given = self.0.texts.iter().map(|texts| texts.language().clone());
        let all: Vec<Language> = given.chain(shipped.filter(|_| is_shipped)).collect();
        all.into_iter()
    }

    /// The words that were handed in, beside those that ship.
    #[must_use]
    pub fn given_texts(&self) -> &[Texts] {
        &self.0.texts
    }

    /// Reads words of this protocol in another language.
    ///
    /// # Errors
    /// Whatever is wrong with the document, by pointer and code: its structure; a rule, parameter,
    /// fact, kind of event, field, code or phrase without its words ([`ErrorKind::MissingText`]);
    /// words for something that there is not ([`ErrorKind::UnusedName`]); a place such as
    /// `{target}` that nothing fills there, or that is needed and not there
    /// ([`ErrorKind::InvalidPlaceholder`]).
    pub fn read_texts(&self, text: &str) -> Result<Texts, Error> {
        Texts::new(TextsDocument::read(text)?, &self.0.document)
    }

    /// The same protocol with words in one more language, or with other words in one.
    ///
    /// # Errors
    /// As [`Protocol::read_texts`], for words of another protocol.
    pub fn with_texts(&self, texts: Texts) -> Result<Self, Error> {
        texts.check(self)?;
        let mut inner = self.0.copy();
        inner.texts.retain(|known| known.language() != texts.language());
        inner.texts.push(texts);
        Ok(Self(Arc::new(inner)))
    }

    /// The same protocol with a service's own numbers; every review made with it lists them.
    ///
    /// # Errors
    /// At `/numbers`, [`ErrorKind::UnknownName`] for a parameter that the protocol does not have and
    /// [`ErrorKind::InvalidText`] for a name that none can have; [`ErrorKind::OutOfRange`] for a
    /// number outside its range, at its name, and [`ErrorKind::Inconsistent`] for one that does not
    /// fit another: an overdose cannot be urgent for longer than it needs attention. What no record
    /// could meet with these numbers is told where the protocol says it.
    pub fn with<'n>(
        &self,
        numbers: impl IntoIterator<Item = (&'n str, i64)>,
    ) -> Result<Self, Error> {
        self.with_numbers(&numbers.into_iter().collect())
    }

    /// As [`Protocol::with`], of numbers that were read.
    ///
    /// # Errors
    /// As [`Protocol::with`], and [`ErrorKind::WrongType`] for what is no whole number, at its name.
    pub fn with_numbers(&self, numbers: &Numbers) -> Result<Self, Error> {
        if numbers.names().next().is_none() {
            return Ok(self.clone());
        }
        let mut document = self.0.document.clone();
        Error::check(numbers::set(&mut document, numbers))?;
        let relations = &self.0.document.relations;
        let made = Self::new(document).map_err(|error| {
            error.map(|found| match numbers.place(&found, relations) {
                Some(place) => found.at(place),
                None => found,
            })
        })?;
        let mut inner = made.0.copy();
        inner.texts.clone_from(&self.0.texts);
        Ok(Self(Arc::new(inner)))
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

    /// Its numbers, by name, each with its range and what it rests on.
    #[must_use]
    pub fn parameters(&self) -> &Named<Name, Parameter> {
        &self.0.document.parameters
    }

    /// The document: parameters, definitions, rules and sources.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.0.document
    }

    /// The rule with this identifier.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.0.rule_index.rule(&self.0.document.rules, id)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    /// The same, with what ships unread.
    fn copy(&self) -> Self {
        Self {
            document: self.document.clone(),
            settings: self.settings.clone(),
            about_targets: self.about_targets.clone(),
            rule_index: self.rule_index.clone(),
            overrides: self.overrides.clone(),
            sha256: self.sha256,
            texts: self.texts.clone(),
            shipped_texts: [const { OnceLock::new() }; _],
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The rules that are in force.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> + Clone {
        self.document.rules.iter().filter(|rule| !self.is_off(&rule.id))
    }

    /// All rules, also those that are off.
    pub(crate) fn all_rules(&self) -> &[Rule] {
        &self.document.rules
    }

    /// Has a service turned the rule off?
    pub(crate) fn is_off(&self, id: &RuleId) -> bool {
        self.rule_index.is_off(id)
    }

    fn number(&self, name: &Name) -> Option<i64> {
        self.document.parameters.get(name).map(|parameter| parameter.value)
    }

    fn definition(&self, name: &Name) -> Option<&Criterion> {
        self.document.definitions.get(name)
    }

    fn step_rule(&self, name: &Name) -> Option<&StageRule> {
        let step = TreatmentStep::from_code(name.as_str())?;
        match &self.rule_index.step(&self.document.rules, step)?.kind {
            RuleKind::Stage(stage) => Some(stage),
            _ => None,
        }
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
