//! An overlay: a protocol as a difference to another, with author and reason.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sha2::{Digest, Sha256};

use super::{
    Protocol,
    criterion::Criterion,
    document::{Document, Named, Parameter, Source},
    name::{Name, RuleId},
    numbers::{self, Numbers},
    relation::Relation,
    rule::Rule,
    texts::{Language, RuleText, Texts, TextsDocument},
};
use crate::{
    Error, ErrorKind,
    document::{Fields, canonical, check_version, hex, read_with},
    error::Problem,
    text::Wording,
};

/// The version of the format of overlays that this library reads.
const SCHEMA_VERSION: i64 = 1;

/// A protocol that an overlay changes.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Extended {
    /// Its identifier.
    pub id: Name,
    /// Its version.
    pub version: Name,
    /// The SHA-256 of its canonical form, as hexadecimal digits: where an overlay states it, it
    /// fits no other document of that version.
    pub sha256: Option<String>,
}

/// A rule that a service has turned off, by whom and why.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleOff {
    /// The rule. Other rules that read it read it as before; it raises and shows nothing itself.
    pub rule: RuleId,
    /// Who decided it.
    pub by: Wording,
    /// Why.
    pub reason: Wording,
}

/// What an overlay changed, as the protocol that it made keeps it.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverlayUsed {
    /// The identifier of the overlay.
    pub id: Name,
    /// Its version.
    pub version: Name,
    /// The SHA-256 of its canonical form, as hexadecimal digits.
    pub sha256: String,
    /// What it changed.
    pub extends: Extended,
    /// Who reviewed it.
    pub reviewed_by: Option<Wording>,
    /// The parameters that it added.
    pub parameters: Vec<Name>,
    /// The definitions that it added or replaced.
    pub definitions: Vec<Name>,
    /// The rules that it added or replaced.
    pub rules: Vec<RuleId>,
}

/// The words that an overlay adds in one language.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverlayTexts {
    /// Of each rule that it adds or replaces.
    #[serde(default)]
    pub rules: Named<RuleId, RuleText>,
    /// What each parameter is that it adds.
    #[serde(default)]
    pub parameters: Named<Name, Wording>,
}

/// A protocol as a difference to another.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Overlay"))]
pub struct Overlay {
    /// The version of the format.
    pub schema_version: i64,
    /// The identifier of the protocol that it makes.
    pub id: Name,
    /// Its version.
    pub version: Name,
    /// The protocol that it changes.
    pub extends: Extended,
    /// Who reviewed it.
    pub reviewed_by: Option<Wording>,
    /// Other numbers for parameters of that protocol.
    #[serde(default)]
    pub numbers: Numbers,
    /// Parameters that it adds.
    #[serde(default)]
    pub parameters: Named<Name, Parameter>,
    /// Relations that it adds.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Definitions that it adds or replaces.
    #[serde(default)]
    pub definitions: Named<Name, Criterion>,
    /// Rules that it adds, or, with a higher version, replaces.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Rules that it turns off.
    #[serde(default)]
    pub off: Vec<RuleOff>,
    /// Sources that it adds.
    #[serde(default)]
    pub sources: Named<Name, Source>,
    /// The words for what it adds, by language.
    #[serde(default)]
    pub texts: Named<Language, OverlayTexts>,
}

impl Overlay {
    fn read(text: &str) -> Result<Self, Error> {
        read_with(text, |text| {
            let fields = Fields::of(text)?;
            check_version(&fields, SCHEMA_VERSION)?;
            Ok(fields.read(&[])?)
        })
    }

    /// What the protocol that it makes keeps of it.
    fn used(&self, base: &Protocol) -> OverlayUsed {
        OverlayUsed {
            id: self.id.clone(),
            version: self.version.clone(),
            sha256: hex(&Sha256::digest(canonical(self))),
            extends: Extended {
                id: base.document().id.clone(),
                version: base.document().version.clone(),
                sha256: Some(hex(base.sha256())),
            },
            reviewed_by: self.reviewed_by.clone(),
            parameters: self.parameters.iter().map(|(name, _)| name.clone()).collect(),
            definitions: self.definitions.iter().map(|(name, _)| name.clone()).collect(),
            rules: self.rules.iter().map(|rule| rule.id.clone()).collect(),
        }
    }
}

impl Protocol {
    /// The protocol that an overlay makes of this one: a difference with author and reason, which
    /// every review made with it lists.
    ///
    /// ```
    /// # use mi_core::Protocol;
    /// let ours = Protocol::dual_diagnosis().with_overlay(r#"{
    ///     "schema_version": 1, "id": "acme", "version": "1",
    ///     "extends": { "id": "dual-diagnosis", "version": "1.0.0" },
    ///     "numbers": { "regular_contact.count": 3 },
    ///     "off": [{ "rule": "SC-10", "by": "Clinical lead", "reason": "Asked at each contact." }] }"#)?;
    /// assert_eq!((ours.id(), ours.document().off.len()), ("acme", 1));
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// With pointers into the overlay, whatever is wrong with its structure; `/extends` for another
    /// protocol than this; a name that this protocol has already, or does not have; a replaced rule
    /// of another kind or no higher version; new rules or parameters without words. What the
    /// protocol that it makes would be refused for stands at what the overlay says, or at `""` with
    /// the place where this protocol no longer holds.
    pub fn with_overlay(&self, text: &str) -> Result<Self, Error> {
        let overlay = Overlay::read(text)?;
        let mut merge = Merge {
            base: self,
            document: self.document().clone(),
            overlay: &overlay,
            origins: vec![None; self.document().rules.len()],
            problems: Vec::new(),
        };
        merge.extends();
        merge.names();
        merge.rules();
        let Merge { mut document, origins, mut problems, .. } = merge;
        problems.extend(numbers::set(&mut document, &overlay.numbers));
        Error::check(problems)?;
        document.relations.extend(overlay.relations.iter().cloned());
        let first_off = document.off.len();
        document.off.extend(overlay.off.iter().cloned());
        document.overlays.push(overlay.used(self));
        document.id = overlay.id.clone();
        document.version = overlay.version.clone();
        let places =
            Places { overlay: &overlay, origins, base: &self.document().relations, first_off };
        let made = Self::new(document).map_err(|error| error.map(|found| places.of(found)))?;
        made.worded(self, &overlay)
    }

    /// The protocol with the words that the overlay adds to those of its base.
    fn worded(self, base: &Self, overlay: &Overlay) -> Result<Self, Error> {
        let adds = !overlay.rules.is_empty() || !overlay.parameters.is_empty();
        if adds && overlay.texts.is_empty() {
            let expected = "words in a language for what the overlay adds";
            return Err(Error::new(ErrorKind::MissingText, "/texts", expected));
        }
        let mut made = self;
        if !adds {
            for texts in base.given_texts() {
                made = made.with_texts(texts.clone())?;
            }
        }
        for (language, added) in overlay.texts.iter() {
            let path = format!("/texts/{language}");
            let whole = base.texts(language.as_str()).map_err(|error| error.below(&path))?;
            let mut whole: TextsDocument = whole.document().clone();
            for rule in &overlay.rules {
                if !added.rules.contains(&rule.id) {
                    let expected = format!("the words for the rule {}", rule.id);
                    let path = format!("{path}/rules");
                    return Err(Error::new(ErrorKind::MissingText, path, expected));
                }
            }
            for (id, text) in added.rules.iter() {
                whole.rules.insert(id.clone(), text.clone());
            }
            for (name, text) in added.parameters.iter() {
                whole.parameters.insert(name.clone(), text.clone());
            }
            let texts = Texts::new(whole, made.document()).map_err(|error| error.below(&path))?;
            made = made.with_texts(texts)?;
        }
        Ok(made)
    }
}

/// An overlay on its way into the document of its base.
struct Merge<'m> {
    base: &'m Protocol,
    document: Document,
    overlay: &'m Overlay,
    /// The place in the overlay of each rule that comes from it.
    origins: Vec<Option<usize>>,
    problems: Vec<Problem>,
}

impl Merge<'_> {
    fn report(&mut self, kind: ErrorKind, path: impl Into<String>, expected: impl Into<String>) {
        self.problems.push(Problem::new(kind, path, expected));
    }

    fn extends(&mut self) {
        let (base, extends) = (self.base, &self.overlay.extends);
        if (extends.id.as_str(), extends.version.as_str()) != (base.id(), base.version()) {
            let expected = format!("the protocol {} {}", base.id(), base.version());
            self.report(ErrorKind::Inconsistent, "/extends", expected);
        } else if extends.sha256.as_ref().is_some_and(|sha256| *sha256 != hex(base.sha256())) {
            let expected = "the SHA-256 of the protocol that is extended";
            self.report(ErrorKind::Inconsistent, "/extends/sha256", expected);
        }
    }

    fn names(&mut self) {
        let overlay = self.overlay;
        for (name, parameter) in overlay.parameters.iter() {
            if self.document.parameters.contains(name) {
                let expected = "a name of its own; another number stands in numbers";
                self.report(ErrorKind::DuplicateId, format!("/parameters/{name}"), expected);
            }
            self.document.parameters.insert(name.clone(), parameter.clone());
        }
        for (key, source) in overlay.sources.iter() {
            if self.document.sources.contains(key) {
                let expected = "a key of its own";
                self.report(ErrorKind::DuplicateId, format!("/sources/{key}"), expected);
            }
            self.document.sources.insert(key.clone(), source.clone());
        }
        for (name, criterion) in overlay.definitions.iter() {
            self.document.definitions.insert(name.clone(), criterion.clone());
        }
    }

    /// A rule with the id of another takes its place; others stand after all.
    fn rules(&mut self) {
        for (index, rule) in self.overlay.rules.iter().enumerate() {
            let path = format!("/rules/{index}");
            let known = self.base.document().rules.iter().position(|known| known.id == rule.id);
            let Some((place, known)) =
                known.and_then(|place| Some((place, self.document.rules.get(place)?)))
            else {
                self.document.rules.push(rule.clone());
                self.origins.push(Some(index));
                continue;
            };
            if std::mem::discriminant(&known.kind) != std::mem::discriminant(&rule.kind) {
                let expected = "the kind of the rule that it replaces";
                self.report(ErrorKind::Inconsistent, format!("{path}/kind"), expected);
            } else if self.origins.get(place).is_some_and(Option::is_some) {
                self.report(ErrorKind::DuplicateId, format!("{path}/id"), "an id of its own");
            } else if rule.version <= known.version {
                let expected = "a higher version than that of the rule that it replaces";
                self.report(ErrorKind::OutOfRange, format!("{path}/version"), expected);
            }
            if let Some(slot) = self.document.rules.get_mut(place) {
                *slot = rule.clone();
            }
            if let Some(origin) = self.origins.get_mut(place) {
                *origin = Some(index);
            }
        }
    }
}

/// Where the parts of the protocol that an overlay makes stand in the overlay.
struct Places<'p> {
    overlay: &'p Overlay,
    origins: Vec<Option<usize>>,
    /// The relations of its base.
    base: &'p [Relation],
    /// So many rules were off in its base.
    first_off: usize,
}

impl Places<'_> {
    /// A problem of the protocol that it makes, seen from the overlay.
    fn of(&self, found: Problem) -> Problem {
        let at = found.path().to_owned();
        let mut steps = at.splitn(4, '/').skip(1);
        let (part, name, rest) = (steps.next(), steps.next().unwrap_or_default(), steps.next());
        let rest = rest.map_or_else(String::new, |rest| format!("/{rest}"));
        let is_own = |mut names: Box<dyn Iterator<Item = &Name> + '_>| {
            names.any(|own| own.as_str() == name).then(|| at.clone())
        };
        let index = name.parse::<usize>().ok();
        let place = match part {
            Some("parameters") => {
                is_own(Box::new(self.overlay.parameters.iter().map(|(name, _)| name)))
            }
            Some("definitions") => {
                is_own(Box::new(self.overlay.definitions.iter().map(|(name, _)| name)))
            }
            Some("sources") => is_own(Box::new(self.overlay.sources.iter().map(|(name, _)| name))),
            Some("rules") => index
                .and_then(|index| self.origins.get(index).copied().flatten())
                .map(|index| format!("/rules/{index}{rest}")),
            Some("relations") => index
                .and_then(|index| index.checked_sub(self.base.len()))
                .map(|index| format!("/relations/{index}{rest}")),
            Some("off") => index
                .and_then(|index| index.checked_sub(self.first_off))
                .map(|index| format!("/off/{index}{rest}")),
            _ => None,
        };
        let number = || self.overlay.numbers.place(&found, self.base);
        if let Some(place) = place.or_else(number) {
            return found.at(place);
        }
        let expected = format!("{}, at {at} of what it extends", found.expected());
        Problem::new(found.kind(), "", expected)
    }
}

crate::code::opaque!(RuleOff, OverlayUsed, OverlayTexts, Overlay);
