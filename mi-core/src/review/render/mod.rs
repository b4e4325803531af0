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

use super::{Review, Section, Status, hex};
use crate::protocol::{DefinitionTrace, Protocol, Texts};

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
        let definitions = &review.definitions;
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
        for section in Section::ALL.iter().filter(|section| **section != Section::Safety) {
            self.section(*section, review);
        }
    }

    fn section(&mut self, section: Section, review: &Review) {
        let Some(heading) = section.heading() else { return };
        match section {
            Section::Safety => self.safety(review),
            Section::Positions => self.positions(review),
            Section::Discordance => self.findings(heading, &review.discordance),
            Section::Moves => self.moves(review),
            Section::Decisions => {}
            Section::Cautions => self.findings(heading, &review.cautions),
            Section::Plans => self.plans(review),
            Section::Notes => self.findings(heading, &review.notes),
            Section::ToAskNext => self.questions(review),
        }
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
        for own in &used.overrides {
            let (value, default) = (own.value.to_string(), own.default.to_string());
            let about = self.texts.parameter(&own.parameter);
            let about = about.unwrap_or(own.parameter.as_str());
            let values = [("about", about), ("value", value.as_str()), ("default", &default)];
            let own = self.word("own_number", &values);
            self.line(&own);
        }
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
