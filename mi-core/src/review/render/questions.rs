//! What to ask next.

use std::fmt::Write as _;

use super::Page;
use crate::{
    protocol::fill,
    review::{Question, Review},
};

impl Page<'_> {
    pub(super) fn questions(&mut self, review: &Review) {
        self.heading("heading.to_ask_next");
        if review.to_ask_next.is_empty() {
            let nothing = self.word("nothing.to_ask_next", &[]);
            return self.line(&nothing);
        }
        let mut lines = Vec::new();
        for (index, question) in review.to_ask_next.iter().enumerate() {
            let rules: Vec<String> = question.rules.iter().map(ToString::to_string).collect();
            let mut line = format!(
                "{}. {} ({})",
                index.saturating_add(1),
                self.ask(question),
                rules.join(", ")
            );
            if question.decides > 0 {
                let decides = self.counted(question.decides, "decides.one", "decides");
                let _ = write!(line, " {decides}");
            }
            lines.push(line);
        }
        self.line(&lines.join("\n"));
    }

    /// The question that a missing input asks, with the days that are open.
    pub(super) fn ask(&self, question: &Question) -> String {
        let missing = &question.missing;
        let target = missing.target.as_ref().map(|target| self.target(target)).unwrap_or_default();
        let topic = missing.topic.map(|topic| self.code("topic", topic.code())).unwrap_or_default();
        let text = self.texts.fact(missing.fact);
        let text = text.map_or(missing.fact.code(), |text| text.ask.as_str());
        let asked = fill(text, &[("target", &target), ("topic", &topic)]);
        let spans: Vec<String> = missing
            .spans
            .iter()
            .map(|span| {
                let (from, to) = (self.date(span.from), self.date(span.to));
                if from == to { from } else { format!("{from} – {to}") }
            })
            .collect();
        if spans.is_empty() { asked } else { format!("{asked} ({})", spans.join(", ")) }
    }
}
