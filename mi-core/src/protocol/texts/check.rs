//! What is checked when texts are read: that nothing lacks its words, and that every place in them
//! is filled.

use std::collections::BTreeSet;

use super::{TextsDocument, fill::places, names, words::WORDS};
use crate::{
    ClientRecord, Error, ErrorKind, bounds,
    error::Problem,
    fact::{Argument, Fact, Scope, ValueKind},
    protocol::{
        check::{criteria_of, visit, visit_deep},
        criterion::Criterion,
        document::{Document, Named},
        name::Name,
        rule::{FindingRule, Per, Rule, RuleKind},
    },
    record::Body,
    text::Wording,
};

/// Checks texts against the protocol whose words they are.
pub(super) fn check(texts: &TextsDocument, protocol: &Document) -> Result<(), Error> {
    let mut check = Check { problems: Vec::new() };
    check.rules(texts, protocol);
    let parameters: BTreeSet<&str> =
        protocol.parameters.iter().map(|(name, _)| name.as_str()).collect();
    check.names("/parameters", "the parameter", &texts.parameters, &parameters);
    check.facts(texts);
    let kinds = Body::KINDS.iter().copied().collect();
    check.names("/kinds", "the kind of event", &texts.kinds, &kinds);
    let fields = ClientRecord::field_names();
    check.names("/fields", "the field", &texts.fields, &fields);
    check.codes(texts);
    check.words(texts);
    Error::check(check.problems)
}

/// The places that are filled in a text: all that may stand there, and those that it needs.
#[derive(Default)]
struct Places {
    filled: Vec<&'static str>,
    needed: Vec<&'static str>,
}

struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn report(&mut self, kind: ErrorKind, path: impl Into<String>, expected: &str) {
        self.problems.push(Problem::new(kind, path, expected));
    }

    /// Every place of a text is filled, and it has those that it needs.
    fn places(&mut self, text: &Wording, path: &str, filled: &Places) {
        let Some(found) = places(text.as_str()) else {
            let expected = "braces only around the name of a place, as in {target}";
            return self.report(ErrorKind::InvalidPlaceholder, path, expected);
        };
        if found.len() > bounds::PLACEHOLDERS {
            let expected = format!("at most {} places", bounds::PLACEHOLDERS);
            self.report(ErrorKind::LimitExceeded, path, &expected);
        }
        if found.iter().any(|place| !filled.filled.contains(place)) {
            let expected = match filled.filled.as_slice() {
                [] => "a text without places".to_owned(),
                places => format!("no places but {{{}}}", places.join("}, {")),
            };
            self.report(ErrorKind::InvalidPlaceholder, path, &expected);
        }
        for needed in filled.needed.iter().filter(|needed| !found.contains(needed)) {
            let expected = format!("the place {{{needed}}}");
            self.report(ErrorKind::InvalidPlaceholder, path, &expected);
        }
    }

    /// Texts by name: those that are needed and no others, without places.
    fn names(
        &mut self,
        path: &str,
        what: &str,
        texts: &Named<Name, Wording>,
        needed: &BTreeSet<&str>,
    ) {
        for (name, text) in texts.iter() {
            let path = format!("{path}/{name}");
            if needed.contains(name.as_str()) {
                self.places(text, &path, &Places::default());
            } else {
                self.report(ErrorKind::UnusedName, path, &format!("{what} with this name"));
            }
        }
        let given: BTreeSet<&str> = texts.iter().map(|(name, _)| name.as_str()).collect();
        for missing in needed.difference(&given) {
            self.report(ErrorKind::MissingText, path, &format!("the words for {what} {missing}"));
        }
    }

    fn rules(&mut self, texts: &TextsDocument, protocol: &Document) {
        let ids: BTreeSet<_> = protocol.rules.iter().map(|rule| &rule.id).collect();
        for (id, _) in texts.rules.iter().filter(|(id, _)| !ids.contains(id)) {
            let path = format!("/rules/{id}");
            self.report(ErrorKind::UnusedName, path, "a text of a rule that is there");
        }
        for rule in &protocol.rules {
            let path = format!("/rules/{}", rule.id);
            let Some(text) = texts.rules.get(&rule.id) else {
                let expected = format!("the words for the rule {}", rule.id);
                self.report(ErrorKind::MissingText, "/rules", &expected);
                continue;
            };
            self.places(&text.sentence, &format!("{path}/sentence"), &places_of(rule, protocol));
            let is_safety = matches!(rule.kind, RuleKind::Safety(_));
            self.part(text.action.as_ref(), is_safety, &path, "action");
            let is_caution = matches!(rule.kind, RuleKind::Caution(_));
            self.part(text.alternative.as_ref(), is_caution, &path, "alternative");
        }
    }

    /// A text that the rules of one kind have, and no others.
    fn part(&mut self, text: Option<&Wording>, is_needed: bool, path: &str, name: &str) {
        match text {
            Some(text) if is_needed => {
                self.places(text, &format!("{path}/{name}"), &Places::default());
            }
            Some(_) => {
                let expected = format!("no {name}, as this rule never says one");
                self.report(ErrorKind::UnusedName, format!("{path}/{name}"), &expected);
            }
            None if is_needed => {
                self.report(ErrorKind::MissingText, path, &format!("the field {name}"));
            }
            None => {}
        }
    }

    fn facts(&mut self, texts: &TextsDocument) {
        for fact in Fact::all() {
            let path = format!("/facts/{fact}");
            let Some(text) = texts.facts.get(&fact) else {
                let expected = format!("the words for the fact {fact}");
                self.report(ErrorKind::MissingText, "/facts", &expected);
                continue;
            };
            let takes = |argument| fact.arguments().contains(&argument);
            let is_about_a_target = fact.scope() != Scope::Person;
            let mut name = Places::default();
            name.filled.extend(takes(Argument::Topic).then_some("topic"));
            name.filled.extend(takes(Argument::Days).then_some("days"));
            name.filled.extend(takes(Argument::Plan).then_some("plan"));
            let names_a_substance = takes(Argument::Substance) && !is_about_a_target;
            name.filled.extend(names_a_substance.then_some("target"));
            self.places(&text.name, &format!("{path}/name"), &name);
            self.places(&text.definition, &format!("{path}/definition"), &Places::default());
            let mut ask = Places::default();
            ask.filled.extend(takes(Argument::Topic).then_some("topic"));
            // Of sedatives it is asked by class, though the fact takes no substance.
            let asks_of_a_substance =
                is_about_a_target || names_a_substance || fact == Fact::SEDATIVE_USE;
            ask.filled.extend(asks_of_a_substance.then_some("target"));
            self.places(&text.ask, &format!("{path}/ask"), &ask);
        }
    }

    fn codes(&mut self, texts: &TextsDocument) {
        let lists = names::codes();
        for (list, _) in texts.codes.iter().filter(|(list, _)| !lists.contains_key(list.as_str())) {
            let path = format!("/codes/{list}");
            self.report(ErrorKind::UnusedName, path, "a list of codes of this library");
        }
        for (list, needed) in &lists {
            let found = Name::new(list).ok();
            if let Some(names) = found.as_ref().and_then(|list| texts.codes.get(list)) {
                self.names(&format!("/codes/{list}"), "the code", names, needed);
            } else {
                let expected = format!("the words for the codes of {list}");
                self.report(ErrorKind::MissingText, "/codes", &expected);
            }
        }
    }

    fn words(&mut self, texts: &TextsDocument) {
        for (name, text) in texts.words.iter() {
            let path = format!("/words/{name}");
            if let Some((_, places)) = WORDS.iter().find(|(word, _)| *word == name.as_str()) {
                let places = Places { filled: places.to_vec(), needed: places.to_vec() };
                self.places(text, &path, &places);
            } else {
                let expected = "a heading or phrase with this name";
                self.report(ErrorKind::UnusedName, path, expected);
            }
        }
        for (word, _) in WORDS {
            if !Name::new(word).is_ok_and(|name| texts.words.contains(&name)) {
                self.report(ErrorKind::MissingText, "/words", &format!("the words for {word}"));
            }
        }
    }
}

/// The places that a rule fills in its sentence.
fn places_of(rule: &Rule, protocol: &Document) -> Places {
    let mut places = Places::default();
    let per = match &rule.kind {
        RuleKind::Principle(_) => return places,
        RuleKind::Completeness(_) => {
            places.filled.extend(["plan", "parts"]);
            places.needed.push("parts");
            return places;
        }
        RuleKind::Stage(_) => {
            places.filled.push("target");
            return places;
        }
        RuleKind::Safety(_) => Per::Person,
        RuleKind::Discordance(FindingRule { per, .. })
        | RuleKind::Note(FindingRule { per, .. }) => *per,
        RuleKind::Caution(caution) => caution.per,
    };
    match per {
        Per::Person => {}
        Per::TreatedTarget | Per::Target => {
            places.filled.push("target");
            places.needed.push("target");
        }
        Per::ReturnToUse => {
            places.filled.extend(["target", "class", "when"]);
            places.needed.push("target");
        }
        // A balance may be about no target.
        Per::Balance => places.filled.push("target"),
    }
    let (mut topics, mut has_days) = (BTreeSet::new(), false);
    let main =
        criteria_of(rule).into_iter().find(|(path, _)| path == "/trigger" || path == "/when");
    if let Some((_, criterion)) = main {
        visit_deep(protocol, criterion, &mut |part| {
            if let Criterion::Fact { arguments, .. } = part {
                topics.extend(arguments.topic.map(crate::client::Topic::code));
            }
        });
        visit(criterion, &mut |part| {
            if let Criterion::Fact { fact, .. } = part {
                has_days |= matches!(fact.kind(), ValueKind::Quantity(_));
            }
        });
    }
    places.filled.extend((!topics.is_empty()).then_some("topics"));
    // Of several topics the sentence has to say which.
    places.needed.extend((topics.len() > 1).then_some("topics"));
    places.filled.extend(has_days.then_some("days"));
    places
}
