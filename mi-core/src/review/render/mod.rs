//! A review in words: Markdown that a clinician reads in two minutes.
//!
//! All words come from texts of the protocol. What stands here is the order of things and the
//! Markdown around them, a file for each part of the page; the client's own words are not repeated.

mod findings;
mod moves;
mod plans;
mod positions;
mod questions;
mod safety;
mod values;
mod words;

use super::{Review, Status};
use crate::{
    document::hex,
    protocol::{DefinitionTrace, Name, OverlayUsed, Protocol, RuleId, Texts},
};

impl Protocol {
    /// Writes a review as Markdown, in words of the protocol that made it. Of what is no rule of
    /// theirs, words of another protocol say the codes.
    ///
    /// ```
    /// # use mi_core::{CalendarDate, ClientRecord, Protocol};
    /// # let record = ClientRecord::from_json(r#"{"schema_version":1,"client":"c1","events":[]}"#)?;
    /// # let review = Protocol::dual_diagnosis().review(&record.as_of("2026-11-22".parse::<CalendarDate>()?));
    /// let protocol = Protocol::dual_diagnosis();
    /// let page = protocol.render(&review, &protocol.texts("en")?);
    /// assert!(page.starts_with("# Review of c1, 22 November 2026"));
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    #[must_use]
    pub fn render(&self, review: &Review, texts: &Texts) -> String {
        let definitions = review.definitions();
        let mut page = Page { protocol: self, texts, definitions, text: String::new() };
        page.write(review);
        page.text
    }
}

/// The page as far as it is written.
struct Page<'p> {
    protocol: &'p Protocol,
    texts: &'p Texts,
    definitions: &'p [DefinitionTrace],
    text: String,
}

impl Page<'_> {
    fn write(&mut self, review: &Review) {
        self.head(review);
        self.sections(review);
        self.foot(review);
    }

    fn sections(&mut self, review: &Review) {
        self.safety(review);
        let person = &review.positions.treatment_stage.person;
        if person.status == Status::Closed {
            return;
        }
        self.positions(review);
        self.findings("heading.discordance", &review.discordance);
        self.moves(review);
        self.findings("heading.cautions", &review.cautions);
        self.plans(review);
        self.findings("heading.notes", &review.notes);
        self.questions(review);
    }

    fn head(&mut self, review: &Review) {
        let date = self.date(review.as_of);
        let title = self.word("title", &[("client", review.client.as_str()), ("date", &date)]);
        let used = &review.protocol;
        let counted = [
            self.counted(review.events, "summary.event", "summary.events"),
            self.counted(review.safety.len(), "summary.flag", "summary.flags"),
            self.counted(review.to_ask_next.len(), "summary.question", "summary.questions"),
        ];
        let summary = counted.join(" · ");
        self.line(&format!("# {title}\n\n{} {} · {summary}", used.id, used.version));
        for overlay in &used.overlays {
            let overlay = self.overlay(overlay);
            self.line(&overlay);
        }
        for off in &used.off {
            let values = [
                ("rule", off.rule.as_str()),
                ("reason", off.reason.as_str()),
                ("by", off.by.as_str()),
            ];
            let off = self.word("off", &values);
            self.line(&off);
        }
        for own in &used.overrides {
            let (value, default) = (own.value.to_string(), own.default.to_string());
            let about = self.texts.parameter(&own.parameter);
            let about = about.unwrap_or(own.parameter.as_str());
            let values = [("about", about), ("value", value.as_str()), ("default", &default)];
            let own = self.word("own_number", &values);
            self.line(&own);
        }
    }

    /// What an overlay changed, and who reviewed it.
    fn overlay(&self, used: &OverlayUsed) -> String {
        let names = used.parameters.iter().chain(&used.definitions).map(Name::as_str);
        let changed: Vec<&str> = used.rules.iter().map(RuleId::as_str).chain(names).collect();
        let changed = match changed.as_slice() {
            [] => self.word("overlay.nothing", &[]),
            changed => changed.join(", "),
        };
        let base = format!("{} {}", used.extends.id, used.extends.version);
        let mut values = vec![
            ("id", used.id.as_str()),
            ("version", used.version.as_str()),
            ("base", &base),
            ("changed", &changed),
        ];
        let key = match &used.reviewed_by {
            Some(by) => {
                values.push(("by", by.as_str()));
                "overlay.reviewed"
            }
            None => "overlay",
        };
        self.word(key, &values)
    }

    /// By which rules and in which words, as exactly as it can be said.
    fn foot(&mut self, review: &Review) {
        let used = &review.protocol;
        let short = |sha256: &str| sha256.chars().take(12).collect::<String>();
        let (protocol, texts) = (short(&used.sha256), short(&hex(self.texts.sha256())));
        let values = [
            ("protocol", used.id.as_str()),
            ("version", used.version.as_str()),
            ("sha256", &protocol),
            ("language", self.texts.language().as_str()),
            ("texts", &texts),
        ];
        let foot = self.word("foot", &values);
        self.line(&foot);
    }

    pub(super) fn heading(&mut self, key: &str) {
        let heading = self.word(key, &[]);
        self.line(&format!("## {heading}"));
    }

    /// A block of its own.
    pub(super) fn line(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }
}
