//! Safety first: each flag, what is to be done and by whom, and on what basis.

use super::{
    Page,
    words::{capitalized, events},
};
use crate::{
    client::ClosingReason,
    protocol::{Name, RuleId},
    review::{Flag, Review, Status},
    text::EventId,
};

impl Page<'_> {
    pub(super) fn safety(&mut self, review: &Review) {
        let person = &review.positions.treatment_stage.person;
        let after_death = person.closed_because == Some(ClosingReason::Death);
        if after_death {
            let text = self.word("after_death", &[]);
            return self.line(&text);
        }
        self.heading("heading.safety");
        if review.safety.is_empty() {
            let nothing = self.word("nothing.safety", &[]);
            self.line(&nothing);
        }
        for flag in &review.safety {
            self.flag(flag);
        }
        if person.status == Status::Closed {
            let text = self.word("only_safety", &[]);
            self.line(&text);
        }
    }

    fn flag(&mut self, flag: &Flag) {
        let sentence = self.sentence(&flag.rule, None, None, Some(&flag.trigger));
        let severity = self.code("severity", flag.severity.code());
        let who = capitalized(&self.code("who", flag.who.code()));
        let action = self.code("action", flag.action.code());
        let ids: Vec<EventId> = flag.events.iter().map(|dated| dated.event.clone()).collect();
        let mut lines = vec![format!("{who}: {action}{}.", events(&ids))];
        let text = self.texts.rules.get(&flag.rule);
        lines.extend(text.and_then(|text| text.action.as_ref()).map(|a| a.as_str().to_owned()));
        if flag.open {
            lines.push(self.word("flag.open", &[]));
        }
        if let Some(assessment) = &flag.assessment {
            let date = self.partial_date(assessment.on);
            let key =
                if assessment.settled == Some(true) { "flag.settled" } else { "flag.assessed" };
            let (topic, event) =
                (self.code("topic", assessment.of.code()), assessment.event.as_str());
            let values = [("topic", topic.as_str()), ("date", &date), ("event", event)];
            lines.push(self.word(key, &values));
        }
        lines.push(self.basis(&flag.rule));
        let head = format!("**{sentence}** · {severity} · {}", flag.rule);
        self.line(&format!("{head}  \n{}", lines.join("  \n")));
    }

    /// Evidence, sources, and how far they were checked.
    fn basis(&self, rule: &RuleId) -> String {
        let Some(rule) = self.protocol.rule(rule.as_str()) else { return String::new() };
        let evidence = self.code("evidence", rule.evidence.code());
        if rule.sources.is_empty() {
            return self.word("basis.none", &[("evidence", &evidence)]);
        }
        let citation = |key: &Name| {
            let source = self.protocol.document().sources.get(key);
            source.map_or_else(|| key.to_string(), |source| source.citation.as_str().to_owned())
        };
        let sources: Vec<String> = rule.sources.iter().map(citation).collect();
        let check = self.code("source_check", rule.source_check.code());
        let values = [
            ("evidence", evidence.as_str()),
            ("sources", &sources.join("; ")),
            ("source_check", &check),
        ];
        self.word("basis", &values)
    }
}
