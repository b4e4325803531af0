//! What is said of a rule: its sentence, filled from what was found; the facts behind it; its basis.

use std::collections::BTreeSet;

use super::words::Words;
use crate::{
    bounds,
    client::Target,
    date::Span,
    protocol::{Name, RuleId, Trace, fill},
    review::{About, ReturnFound},
    sort::sort_by,
    value::{Truth, Value},
};

impl Words<'_> {
    /// The sentence of a rule, with what it is about.
    pub(super) fn sentence(
        &self,
        rule: &RuleId,
        target: Option<&Target>,
        about: Option<&About>,
        trace: Option<&Trace>,
    ) -> String {
        let Some(text) = self.texts.rule(rule) else { return rule.to_string() };
        let sentence = text.sentence.as_str();
        let target = target.map(|target| self.target(target)).unwrap_or_default();
        let mut values = vec![("target", target)];
        if let Some(About::ReturnToUse(found)) = about {
            values.push(("class", self.class(found)));
            values.push(("when", self.when(found)));
        }
        if let Some(trace) = trace {
            // Only where they are said: every finding would walk its whole trace for them.
            let mut add = |place: &str, name, value: &dyn Fn(&Trace) -> String| {
                values.extend(sentence.contains(place).then(|| (name, value(trace))));
            };
            add("{topics}", "topics", &|trace| self.topics(trace));
            add("{days}", "days", &|trace| self.days(trace));
        }
        let values: Vec<(&str, &str)> =
            values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(sentence, &values)
    }

    /// The class of a return to use, with what is open about it.
    fn class(&self, found: &ReturnFound) -> String {
        let word = |class: &crate::client::ReturnClass| self.code("return_class", class.code());
        let possible: Vec<String> = found.possible.iter().map(word).collect();
        let mut class = found.recorded.as_ref().map_or_else(|| self.either(&possible), word);
        if found.against_goal == Truth::Unknown {
            class = self.word("return.undecided", &[("class", &class)]);
        }
        if !found.start_observed {
            class = self.word("return.start_not_observed", &[("class", &class)]);
        }
        class
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
                    let found = self.definitions.get(name).into_iter().flatten();
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

    /// The facts on which a verdict rests, each once with its value, through the definitions of the
    /// same target too.
    pub(super) fn why(&self, trace: Option<&Trace>, target: Option<&Target>) -> Vec<String> {
        let (mut why, mut seen) = (Vec::new(), BTreeSet::new());
        if let Some(trace) = trace {
            self.gather(trace, target, &mut seen, &mut why);
        }
        why
    }

    fn gather<'t>(
        &'t self,
        trace: &'t Trace,
        target: Option<&Target>,
        seen: &mut BTreeSet<&'t Name>,
        why: &mut Vec<String>,
    ) {
        let mut definitions = Vec::new();
        trace.visit_basis(&mut |part| match part {
            Trace::Fact(fact) if why.len() < bounds::EVIDENCE => {
                let phrase = self.seen(fact);
                if !why.contains(&phrase) {
                    why.push(phrase);
                }
            }
            Trace::Defined { name, verdict } if seen.insert(name) => {
                definitions.push((name, *verdict));
            }
            _ => {}
        });
        for (name, verdict) in definitions {
            // A definition that is read in two ways stands twice: the one of this verdict counts.
            let fits = |found: &&&crate::protocol::DefinitionTrace| {
                found.trace.verdict() == verdict
                    && found.target.as_ref().is_none_or(|found| Some(found) == target)
            };
            let found = self.definitions.get(name).and_then(|found| found.iter().find(fits));
            if let Some(found) = found {
                self.gather(&found.trace, target, seen, why);
            }
        }
    }

    /// Evidence, sources, and how far they were checked.
    pub(super) fn basis(&self, rule: &RuleId) -> String {
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
