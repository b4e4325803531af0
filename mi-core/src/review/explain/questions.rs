//! The words for what to ask next.

use super::{
    QuestionWords,
    words::{Words, in_brackets},
};
use crate::{date::Span, protocol::fill, review::Question};

impl Words<'_> {
    /// The question that a missing input asks, with the days that are open.
    pub(super) fn question(&self, question: &Question) -> QuestionWords {
        let missing = &question.missing;
        let target = missing.target.as_ref().map(|target| self.target(target)).unwrap_or_default();
        let topic = missing.topic.map(|topic| self.code("topic", topic.code())).unwrap_or_default();
        let text = self.texts.fact(missing.fact);
        let text = text.map_or(missing.fact.code(), |text| text.ask.as_str());
        let days = missing.spans.iter().map(|span| self.span(*span));
        let decides = question.decides;
        QuestionWords {
            fact: missing.fact,
            target: missing.target.clone(),
            topic: missing.topic,
            event: missing.event.clone(),
            title: fill(text, &[("target", &target), ("topic", &topic)]),
            days: days.chain(self.more(missing.more_spans)).collect(),
            more_events: self.more(question.more_events),
            reason: (decides > 0).then(|| self.counted(decides, "decides.one", "decides")),
            rules: question.rules.clone(),
        }
    }

    fn span(&self, span: Span) -> String {
        let (from, to) = (self.date(span.from), self.date(span.to));
        if from == to { from } else { format!("{from} – {to}") }
    }
}

impl QuestionWords {
    /// The question with its days.
    pub(in crate::review) fn asked(&self) -> String {
        let beside = self.days.iter().chain(&self.more_events).cloned();
        self.title.clone() + &in_brackets(beside, ", ")
    }
}
