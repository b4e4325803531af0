//! Discordance, cautions and notes: the sentence of each rule, filled from what was found.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{Page, words::fill};
use crate::{
    client::Target,
    date::Span,
    protocol::{RuleId, Trace},
    review::{About, Finding, ReturnFound},
    sort::sort_by,
    value::{Truth, Value},
};

impl Page<'_> {
    pub(super) fn findings(&mut self, heading: &str, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        self.heading(heading);
        let mut lines = Vec::new();
        for finding in findings {
            let (target, about) = (finding.target.as_ref(), finding.about.as_ref());
            let trace = Some(&finding.trace);
            let sentence = self.sentence(&finding.rule, target, about, trace);
            let mut line = format!("- {sentence} ({})", finding.rule);
            let text = self.texts.rules.get(&finding.rule);
            let text = text.filter(|_| finding.alternative.is_some());
            if let Some(alternative) = text.and_then(|text| text.alternative.as_ref()) {
                let _ = write!(line, " {}", alternative.as_str());
            }
            lines.push(line);
        }
        self.line(&lines.join("\n"));
    }

    /// The sentence of a rule, with what it is about.
    pub(super) fn sentence(
        &self,
        rule: &RuleId,
        target: Option<&Target>,
        about: Option<&About>,
        trace: Option<&Trace>,
    ) -> String {
        let Some(text) = self.texts.rules.get(rule) else { return rule.to_string() };
        let target = target.map(|target| self.target(target)).unwrap_or_default();
        let mut values = vec![("target", target)];
        if let Some(About::ReturnToUse(found)) = about {
            let classes: Vec<String> =
                found.possible.iter().map(|c| self.code("return_class", c.code())).collect();
            let recorded = found.recorded.map(|class| self.code("return_class", class.code()));
            let mut class = recorded.unwrap_or_else(|| self.either(&classes));
            if found.against_goal == Truth::Unknown {
                class = self.word("return.undecided", &[("class", &class)]);
            }
            if !found.start_observed {
                class = self.word("return.start_not_observed", &[("class", &class)]);
            }
            values.push(("class", class));
            values.push(("when", self.when(found)));
        }
        if let Some(trace) = trace {
            values.push(("topics", self.topics(trace)));
            values.push(("days", self.days(trace)));
        }
        let values: Vec<(&str, &str)> =
            values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(text.sentence.as_str(), &values)
    }

    /// The days of a return to use, or those between which it lies.
    fn when(&self, found: &ReturnFound) -> String {
        let (first, last) = (self.date(found.first), self.date(found.last));
        let span = Span { from: found.first, to: found.last }.days();
        if span == 1 {
            return first;
        }
        let key = if found.most_days < span { "return.within" } else { "return.span" };
        self.word(key, &[("first", &first), ("last", &last)])
    }

    /// The topics on which a trigger rests, by itself or through the definitions that it names.
    fn topics(&self, trigger: &Trace) -> String {
        let mut topics: Vec<String> = Vec::new();
        let (mut traces, mut seen) = (vec![trigger], BTreeSet::new());
        while let Some(trace) = traces.pop() {
            trace.visit_basis(&mut |part| match part {
                Trace::Fact(fact) => {
                    let topic = fact.arguments.topic.map(|topic| self.code("topic", topic.code()));
                    topics.extend(topic.filter(|topic| !topics.contains(topic)));
                }
                Trace::Defined { name, .. } if seen.insert(name) => {
                    let found = self.definitions.iter().filter(|found| found.name.eq(name));
                    traces.extend(found.map(|found| &found.trace));
                }
                _ => {}
            });
        }
        sort_by(&mut topics, String::cmp);
        topics.join(", ")
    }

    /// The first quantity that a trace saw, in words.
    fn days(&self, trace: &Trace) -> String {
        let mut days = None;
        trace.visit_basis(&mut |part| {
            if let (Trace::Fact(fact), None) = (part, &days)
                && let Value::Quantity(_, range) = fact.saw
            {
                days = Some(self.range(range));
            }
        });
        days.unwrap_or_default()
    }
}
