//! The words for a flag: what it is, what is to be done and by whom, and on what it rests.

use super::{
    EventWords, FlagWords,
    words::{Words, capitalized},
};
use crate::review::{DatedEvent, Flag};

impl Words<'_> {
    pub(super) fn flag(&self, flag: &Flag) -> FlagWords {
        let text = self.texts.rule(&flag.rule);
        let advice = text.and_then(|text| text.action.as_ref());
        FlagWords {
            rule: flag.rule.clone(),
            title: self.sentence(&flag.rule, None, None, Some(&flag.trigger)),
            severity: self.code("severity", flag.severity.code()),
            who: capitalized(&self.code("who", flag.who.code())),
            action: self.code("action", flag.action.code()),
            advice: advice.map(|advice| advice.as_str().to_owned()),
            open: flag.open.then(|| self.word("flag.open", &[])),
            state: self.state(flag),
            events: flag.events.iter().map(|event| self.event(event)).collect(),
            more_events: self.more(flag.more_events),
            why: self.why(Some(&flag.trigger), None),
            basis: self.basis(&flag.rule),
        }
    }

    /// The latest assessment of the matter.
    fn state(&self, flag: &Flag) -> Option<String> {
        let assessment = flag.assessment.as_ref()?;
        let date = self.partial_date(assessment.on);
        let key = if assessment.settled == Some(true) { "flag.settled" } else { "flag.assessed" };
        let (topic, event) = (self.code("topic", assessment.of.code()), assessment.event.as_str());
        let values = [("topic", topic.as_str()), ("date", &date), ("event", event)];
        Some(self.word(key, &values))
    }

    fn event(&self, dated: &DatedEvent) -> EventWords {
        EventWords {
            event: dated.event.clone(),
            kind: self.kind(dated.kind),
            on: self.partial_date(dated.on),
            role: self.code("role", dated.role.code()),
        }
    }
}
