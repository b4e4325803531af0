//! A review in words: Markdown that a clinician reads in two minutes.
//!
//! All words come from the protocol's texts. What stands here is the order of things and the
//! Markdown around them, a file for each part of the page; the client's own words are not repeated.

mod findings;
mod moves;
mod plans;
mod positions;
mod questions;
mod safety;
mod values;
mod words;

use super::{Review, Section, Status};
use crate::protocol::{DefinitionTrace, Protocol, Texts};

impl Protocol {
    /// Writes a review as Markdown, in the words of the protocol.
    #[must_use]
    pub fn render(&self, review: &Review) -> String {
        let texts = &self.document().texts;
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
            let about = self.protocol.document().parameters.get(&own.parameter);
            let about = about.map_or(own.parameter.as_str(), |found| found.about.as_str());
            let values = [("about", about), ("value", value.as_str()), ("default", &default)];
            let own = self.word("own_number", &values);
            self.line(&own);
        }
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
