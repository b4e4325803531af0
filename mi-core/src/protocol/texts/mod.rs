//! The words of a protocol in one language, as a document of its own.
//!
//! What a rule decides does not depend on how it is said: a protocol's SHA-256 covers no word, and
//! texts have an SHA-256 of their own. Texts are checked against a protocol when they are read: a
//! rule, fact, number, field or code without its words is refused, and so is a place such as
//! `{target}` that nothing fills.

mod check;
mod fill;
mod names;
mod words;

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sha2::{Digest, Sha256};

pub(crate) use fill::fill;
pub(crate) use names::list_of;

use super::{
    document::{self, Named},
    name::{Name, RuleId},
};
use crate::{
    Error,
    code::identifier,
    document::{Fields, canonical, check_version, read_with, write},
    fact::Fact,
    text::Wording,
};

/// The version of the format of texts that this library reads and writes.
const SCHEMA_VERSION: i64 = 1;

identifier! {
    /// A language, as a BCP 47 tag such as `en` or `de-AT`.
    pub struct Language, "[A-Za-z0-9-]",
    |c| c.is_ascii_alphanumeric() || c == '-'
}

/// The words for a rule.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleText {
    /// What it says, as one sentence.
    pub sentence: Wording,
    /// What to do, of a rule that raises a flag.
    pub action: Option<Wording>,
    /// What would fit instead, of a caution.
    pub alternative: Option<Wording>,
}

/// The words for a fact.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactText {
    /// What it is called.
    pub name: Wording,
    /// What it means.
    pub definition: Wording,
    /// What to ask when it is missing.
    pub ask: Wording,
}

/// The words of a protocol in one language, as a document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Texts"))]
pub struct TextsDocument {
    /// The version of the format.
    pub schema_version: i64,
    /// The language.
    pub language: Language,
    /// Of each rule.
    pub rules: Named<RuleId, RuleText>,
    /// What each parameter is.
    pub parameters: Named<Name, Wording>,
    /// Of each fact.
    pub facts: Named<Fact, FactText>,
    /// The name of each kind of event.
    pub kinds: Named<Name, Wording>,
    /// The name of each field of a record.
    pub fields: Named<Name, Wording>,
    /// The names of codes, by the list that they belong to.
    pub codes: Named<Name, Named<Name, Wording>>,
    /// Headings and phrases.
    pub words: Named<Name, Wording>,
}

impl TextsDocument {
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        read_with(text, |text| {
            let fields = Fields::of(text)?;
            check_version(&fields, SCHEMA_VERSION)?;
            Ok(fields.read(&[])?)
        })
    }
}

/// The words of a protocol in one language, checked against it. Cheap to clone.
///
/// ```
/// # use mi_core::Protocol;
/// let protocol = Protocol::dual_diagnosis();
/// let english = protocol.texts("en")?;
/// assert_eq!(english.kind("overdose"), Some("non-fatal overdose"));
/// assert_eq!(english.code("setting", "detox"), Some("detoxification"));
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Texts(Arc<Inner>);

struct Inner {
    document: TextsDocument,
    sha256: [u8; 32],
}

impl Texts {
    pub(super) fn new(texts: TextsDocument, protocol: &document::Document) -> Result<Self, Error> {
        check::check(&texts, protocol)?;
        let sha256 = Sha256::digest(canonical(&texts)).into();
        Ok(Self(Arc::new(Inner { document: texts, sha256 })))
    }

    /// Whether they are the words of this protocol too.
    ///
    /// # Errors
    /// As [`Protocol::read_texts`](crate::Protocol::read_texts).
    pub fn check(&self, protocol: &crate::Protocol) -> Result<(), Error> {
        check::check(&self.0.document, protocol.document())
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.0.document.language
    }

    /// The SHA-256 of their canonical form (RFC 8785).
    #[must_use]
    pub fn sha256(&self) -> &[u8; 32] {
        &self.0.sha256
    }

    /// The document: what a translator works on.
    #[must_use]
    pub fn document(&self) -> &TextsDocument {
        &self.0.document
    }

    /// Writes them as one JSON document.
    #[must_use]
    pub fn to_json(&self) -> String {
        write(&self.0.document)
    }

    /// The words for a rule.
    #[must_use]
    pub fn rule(&self, id: &RuleId) -> Option<&RuleText> {
        self.0.document.rules.get(id)
    }

    /// The words for a fact.
    #[must_use]
    pub fn fact(&self, fact: Fact) -> Option<&FactText> {
        self.0.document.facts.get(&fact)
    }

    /// What a parameter is.
    #[must_use]
    pub fn parameter(&self, name: &Name) -> Option<&str> {
        self.0.document.parameters.get(name).map(Wording::as_str)
    }

    /// The name of a kind of event.
    #[must_use]
    pub fn kind(&self, kind: &str) -> Option<&str> {
        self.0.document.kinds.get(&Name::new(kind).ok()?).map(Wording::as_str)
    }

    /// The name of a field of a record.
    #[must_use]
    pub fn field(&self, field: &str) -> Option<&str> {
        self.0.document.fields.get(&Name::new(field).ok()?).map(Wording::as_str)
    }

    /// The name of a code of a list, such as `detox` of `setting`.
    #[must_use]
    pub fn code(&self, list: &str, code: &str) -> Option<&str> {
        let codes = self.0.document.codes.get(&Name::new(list).ok()?)?;
        codes.get(&Name::new(code).ok()?).map(Wording::as_str)
    }

    /// A heading or phrase.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.0.document.words.get(&Name::new(name).ok()?).map(Wording::as_str)
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Texts({}, {} rules)", self.language(), self.0.document.rules.iter().count())
    }
}

crate::code::opaque!(RuleText, FactText, TextsDocument);
