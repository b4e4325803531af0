//! A review in words: Markdown that a clinician reads in two minutes.
//!
//! All words come from the protocol's texts. What stands here is the order of things and the
//! Markdown around them; the client's own words are not repeated.

use std::fmt::Write as _;

use super::{
    About, Finding, Flag, Label, Move, Question, Review, Status,
    position::{ChangePosition, TargetPosition},
};
use crate::{
    client::Target,
    fact::{Call, Fact, Range, Value, Verdict},
    protocol::{DefinitionTrace, Name, Protocol, RuleId, Texts, Trace},
    record::{CalendarDate, EventId, PartialDate},
};

/// The words that every protocol has in each language, beside those of its codes.
pub(crate) const WORDS: &[&str] = &[
    "title",
    "date",
    "month.1",
    "month.2",
    "month.3",
    "month.4",
    "month.5",
    "month.6",
    "month.7",
    "month.8",
    "month.9",
    "month.10",
    "month.11",
    "month.12",
    "summary.events",
    "summary.event",
    "summary.flags",
    "summary.flag",
    "summary.questions",
    "summary.question",
    "own_number",
    "heading.safety",
    "heading.positions",
    "heading.moves",
    "heading.discordance",
    "heading.cautions",
    "heading.plans",
    "heading.notes",
    "heading.to_ask_next",
    "nothing.safety",
    "nothing.to_ask_next",
    "after_death",
    "only_safety",
    "flag.open",
    "flag.assessed",
    "flag.settled",
    "basis",
    "basis.none",
    "table.head",
    "axis.treatment_stage",
    "axis.recorded",
    "axis.stage_of_change",
    "axis.level_of_care",
    "range",
    "range.of_codes",
    "rated",
    "stale",
    "last_reported",
    "last_reported.one",
    "move.undecided",
    "move.not_supported",
    "plan.absent",
    "plan.open",
    "plan.missing",
    "decides",
    "decides.one",
    "value.yes",
    "value.no",
    "value.unknown",
    "value.never",
    "value.exactly",
    "value.between",
    "value.at_least",
];

impl Protocol {
    /// Writes a review as Markdown, in the words of the protocol.
    #[must_use]
    pub fn render(&self, review: &Review) -> String {
        let texts = &self.document().texts;
        let definitions = review.definitions();
        let mut page = Page { protocol: self, texts, definitions, text: String::new() };
        page.write(review);
        page.text
    }
}

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
        self.positions(review);
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
        for own in &used.overrides {
            let (value, default) = (own.value.to_string(), own.default.to_string());
            let about = self.protocol.document().parameters.get(&own.parameter);
            let about = about.map_or(own.parameter.as_str(), |found| found.about.as_str());
            let values = [("about", about), ("value", value.as_str()), ("default", &default)];
            let own = self.word("own_number", &values);
            self.line(&own);
        }
    }

    fn safety(&mut self, review: &Review) {
        let person = &review.positions.treatment_stage.person;
        let after_death = person.closed_because == Some(crate::client::ClosingReason::Death);
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
        let mut lines = vec![format!("{who}: {action}{}.", events(&flag.events))];
        let text = self.texts.rules.get(&flag.rule);
        lines.extend(text.and_then(|text| text.action.as_ref()).map(|a| a.as_str().to_owned()));
        if flag.open {
            lines.push(self.word("flag.open", &[]));
        }
        if let Some(assessment) = &flag.assessment {
            let date = self.partial_date(assessment.on);
            let key =
                if assessment.settled == Some(true) { "flag.settled" } else { "flag.assessed" };
            lines.push(self.word(key, &[("date", &date), ("event", assessment.event.as_str())]));
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

    fn positions(&mut self, review: &Review) {
        self.heading("heading.positions");
        let person = &review.positions.treatment_stage.person;
        if person.status != Status::Positioned {
            let status = self.code("status", person.status.code());
            self.line(&status);
        }
        let mut rows = Vec::new();
        for position in &review.positions.treatment_stage.targets {
            rows.push(self.treatment_row(position, &review.moves));
            rows.extend(self.recorded_row(position));
        }
        for position in &review.positions.stage_of_change {
            rows.extend(self.change_row(position));
        }
        if let Some(level) = &review.positions.level_of_care {
            let axis = self.word("axis.level_of_care", &[]);
            let on = self.partial_date(level.on);
            rows.push([
                axis,
                self.code("level_of_care", level.level.code()),
                format!("{on} ({})", level.event),
            ]);
        }
        if !rows.is_empty() {
            let head = self.word("table.head", &[]);
            let mut table = format!("{head}\n| --- | --- | --- |");
            for row in rows {
                let _ = write!(table, "\n| {} |", row.join(" | "));
            }
            self.line(&table);
        }
        self.list(&review.discordance);
    }

    fn treatment_row(&self, position: &TargetPosition, moves: &[Move]) -> [String; 3] {
        let target = self.target(&position.target);
        let axis = self.word("axis.treatment_stage", &[("target", &target)]);
        let (floor, ceiling) = (position.floor.code(), position.ceiling.code());
        let (floor, ceiling) = (self.code("step", floor), self.code("step", ceiling));
        let place = if floor == ceiling {
            floor
        } else {
            self.word("range", &[("floor", &floor), ("ceiling", &ceiling)])
        };
        let supported =
            moves.iter().find(|one| one.target == position.target && one.step == position.floor);
        let mut basis = Vec::new();
        if let Some(supported) = supported {
            let stays = supported.enter.verdict() != Verdict::Met;
            let trace = supported.stay.as_ref().filter(|_| stays).unwrap_or(&supported.enter);
            trace.visit_basis(&mut |part| {
                if let Trace::Fact(fact) = part {
                    basis.push(self.seen(&fact.call, &fact.saw) + &events(&fact.events));
                }
            });
            basis.push(supported.rule.to_string());
        }
        [axis, place, basis.join("; ")]
    }

    fn recorded_row(&self, position: &TargetPosition) -> Option<[String; 3]> {
        let recorded = position.current.recorded.as_ref()?;
        let target = self.target(&position.target);
        let axis = self.word("axis.recorded", &[("target", &target)]);
        let step = recorded.step.map(|step| self.code("step", step.code()));
        let stage = recorded.stage.map(|stage| self.code("stage", stage.code()));
        let scale = recorded.scale.map(|scale| self.code("scale", scale.code()));
        let place =
            step.or(stage)? + &scale.map_or_else(String::new, |scale| format!(" ({scale})"));
        Some([axis, place, self.rated(recorded.age_days, recorded.stale, &recorded.event)])
    }

    fn change_row(&self, position: &ChangePosition) -> Option<[String; 3]> {
        let event = position.event.as_ref()?;
        let target = self.target(&position.target);
        let axis = self.word("axis.stage_of_change", &[("target", &target)]);
        let stages: Vec<String> = position
            .possible
            .iter()
            .map(|stage| self.code("stage_of_change", stage.code()))
            .collect();
        let rated = self.rated(position.age_days?, position.stale.unwrap_or_default(), event);
        let rulers = [
            ("importance", position.importance),
            ("confidence", position.confidence),
            ("readiness", position.readiness),
        ];
        let rulers = rulers.into_iter().filter_map(|(ruler, rating)| {
            Some(format!("; {} {}/10", self.code("ruler", ruler), rating?.get()))
        });
        Some([axis, self.either(&stages), rulers.fold(rated, |text, ruler| text + &ruler)])
    }

    fn rated(&self, age: i64, stale: bool, event: &EventId) -> String {
        let age = age.to_string();
        let rated = self.word("rated", &[("days", &age), ("event", event.as_str())]);
        if stale { format!("{rated}; {}", self.word("stale", &[])) } else { rated }
    }

    fn moves(&mut self, review: &Review) {
        if review.moves.is_empty() {
            return;
        }
        self.heading("heading.moves");
        for position in &review.positions.treatment_stage.targets {
            let target = self.target(&position.target);
            let mut lines = vec![format!("{}:", capitalized(&target)), String::new()];
            let of_target = review.moves.iter().filter(|one| one.target == position.target);
            for one in of_target.filter(|one| one.step >= position.floor) {
                lines.push(format!("- {}", self.one_move(one, &review.to_ask_next)));
            }
            if let (Some(day), Some(days)) = (position.observed_through, position.days_not_reported)
            {
                let date = self.date(day);
                let key = if days == 1 { "last_reported.one" } else { "last_reported" };
                let text = self.word(key, &[("date", &date), ("days", &days.to_string())]);
                lines.extend([String::new(), text]);
            }
            self.line(&lines.join("\n"));
        }
    }

    fn one_move(&self, one: &Move, questions: &[Question]) -> String {
        let step = capitalized(&self.code("step", one.step.code()));
        let label = self.code("label", one.label.code());
        let rule = &one.rule;
        match one.label {
            Label::Supported | Label::Surpassed => format!("**{step}**: {label} ({rule})."),
            Label::Undecided => {
                let open = questions.iter().filter(|question| {
                    question.rules.contains(rule)
                        && question.missing.target.as_ref().is_none_or(|t| *t == one.target)
                });
                let open: Vec<String> = open.map(|question| self.ask(question)).collect();
                let open = self.word("move.undecided", &[("questions", &open.join(" "))]);
                format!("**{step}**: {label} ({rule}). {open}")
            }
            Label::NotSupported => {
                let mut why = Vec::new();
                one.enter.visit_basis(&mut |part| {
                    if let Trace::Fact(fact) = part {
                        why.push(self.seen(&fact.call, &fact.saw));
                    }
                });
                if why.is_empty() {
                    return format!("{step}: {label} ({rule}).");
                }
                let why = self.word("move.not_supported", &[("facts", &why.join("; "))]);
                format!("{step}: {label} ({rule}). {why}")
            }
        }
    }

    fn findings(&mut self, heading: &str, findings: &[Finding]) {
        if !findings.is_empty() {
            self.heading(heading);
            self.list(findings);
        }
    }

    fn list(&mut self, findings: &[Finding]) {
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
        if !lines.is_empty() {
            self.line(&lines.join("\n"));
        }
    }

    fn plans(&mut self, review: &Review) {
        if review.plans.is_empty() {
            return;
        }
        self.heading("heading.plans");
        let mut lines = Vec::new();
        for gap in &review.plans {
            let About::Plan { plan, event } = &gap.about else { continue };
            let parts: Vec<String> =
                gap.missing_parts.iter().map(|part| self.code("part", part.code())).collect();
            let plan = capitalized(&self.code("plan", plan.code()));
            let parts = parts.join(", ");
            let values = [("plan", plan.as_str()), ("parts", &parts)];
            let key = match (event, gap.verdict) {
                (None, Verdict::Unknown) => "plan.open",
                (None, _) => "plan.absent",
                (Some(_), _) => "plan.missing",
            };
            let found = events(event.as_slice());
            lines.push(format!("- {}{found} ({})", self.word(key, &values), gap.rule));
        }
        self.line(&lines.join("\n"));
    }

    fn questions(&mut self, review: &Review) {
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
    fn ask(&self, question: &Question) -> String {
        let missing = &question.missing;
        let target = missing.target.as_ref().map(|target| self.target(target)).unwrap_or_default();
        let topic = missing.topic.map(|topic| self.code("topic", topic.code())).unwrap_or_default();
        let text = self.texts.facts.get(&missing.fact);
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

    /// A fact with its value, as a phrase.
    fn seen(&self, call: &Call, value: &Value) -> String {
        let text = self.texts.facts.get(&call.fact);
        let name = text.map_or(call.fact.code(), |text| text.name.as_str());
        let target = call.substance.map(|substance| self.code("substance", substance.code()));
        let topic = call.topic.map(|topic| self.code("topic", topic.code()));
        let days = call.days.map(|days| days.to_string());
        let name = fill(
            name,
            &[
                ("target", target.as_deref().unwrap_or_default()),
                ("topic", topic.as_deref().unwrap_or_default()),
                ("days", days.as_deref().unwrap_or_default()),
            ],
        );
        format!("{name}: {}", self.value(call.fact, value))
    }

    fn value(&self, fact: Fact, value: &Value) -> String {
        match value {
            Value::Truth(truth) => self.code("value", truth.code()),
            Value::Code(possible) => {
                let list = match fact {
                    Fact::RecordedStep | Fact::CurrentStep | Fact::PossibleStep => "step",
                    Fact::OwnGoal => "aim",
                    _ => fact.code(),
                };
                let words: Vec<String> =
                    possible.iter().map(|code| self.code(list, code)).collect();
                self.either(&words)
            }
            Value::Quantity(unit, range) => {
                let number = self.range(*range);
                let one = *range == Range::exactly(1);
                let unit = if one { format!("{unit}.one") } else { unit.code().to_owned() };
                format!("{number} {}", self.code("unit", &unit)).trim_end().to_owned()
            }
            Value::Own(_) => self.code("value", "own"),
        }
    }

    fn range(&self, range: Range) -> String {
        let text = |number: Option<i64>| number.map(|number| number.to_string());
        match (text(range.min()), text(range.max())) {
            (None, _) => self.word("value.never", &[]),
            (Some(min), None) => self.word("value.at_least", &[("min", &min)]),
            (Some(min), Some(max)) if min == max => self.word("value.exactly", &[("min", &min)]),
            (Some(min), Some(max)) => self.word("value.between", &[("min", &min), ("max", &max)]),
        }
    }

    fn either(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [first, .., last] => {
                let before = words.get(..words.len().saturating_sub(1)).unwrap_or_default();
                let before = if before.len() == 1 { first.clone() } else { before.join(", ") };
                self.word("range.of_codes", &[("codes", &before), ("last", last)])
            }
        }
    }

    /// The sentence of a rule, with what it is about.
    fn sentence(
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
            values.push(("class", recorded.unwrap_or_else(|| self.either(&classes))));
            values.push(("first", self.date(found.first)));
            values.push(("last", self.date(found.last)));
        }
        if let Some(trace) = trace {
            values.push(("topics", self.topics(trace)));
            values.push(("days", self.days(trace)));
        }
        let values: Vec<(&str, &str)> =
            values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(text.sentence.as_str(), &values)
    }

    /// The topics on which a trigger rests, by itself or through the definitions that it names.
    fn topics(&self, trigger: &Trace) -> String {
        let mut topics: Vec<String> = Vec::new();
        let mut traces = vec![trigger];
        while let Some(trace) = traces.pop() {
            trace.visit_basis(&mut |part| match part {
                Trace::Fact(fact) => {
                    let topic = fact.call.topic.map(|topic| self.code("topic", topic.code()));
                    topics.extend(topic.filter(|topic| !topics.contains(topic)));
                }
                Trace::Defined { name, .. } => {
                    let found = self.definitions.iter().filter(|found| found.name == *name);
                    traces.extend(found.map(|found| &found.trace));
                }
                _ => {}
            });
        }
        topics.sort();
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

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Substance { code } => self.code("substance", code.code()),
            Target::Behavior { code } => code.as_str().replace(['_', '.'], " "),
        }
    }

    fn date(&self, date: CalendarDate) -> String {
        let (year, month, day) = date.year_month_day();
        let month = self.word(&format!("month.{month}"), &[]);
        let (year, day) = (year.to_string(), day.to_string());
        self.word("date", &[("day", &day), ("month", &month), ("year", &year)])
    }

    fn partial_date(&self, date: PartialDate) -> String {
        date.exact().map_or_else(|| date.to_string(), |day| self.date(day))
    }

    fn counted(&self, count: usize, one: &str, many: &str) -> String {
        let key = if count == 1 { one } else { many };
        self.word(key, &[("count", &count.to_string())])
    }

    /// The word for a code of a list; the code itself, in plain letters, where there is none.
    fn code(&self, list: &str, code: &str) -> String {
        let found = Name::new(&format!("{list}.{code}")).ok();
        let found = found.as_ref().and_then(|name| self.texts.words.get(name));
        found.map_or_else(|| code.replace('_', " "), |word| word.as_str().to_owned())
    }

    fn word(&self, name: &str, values: &[(&str, &str)]) -> String {
        let found = Name::new(name).ok();
        let found = found.as_ref().and_then(|name| self.texts.words.get(name));
        found.map_or_else(|| name.to_owned(), |word| fill(word.as_str(), values))
    }

    fn heading(&mut self, key: &str) {
        let heading = self.word(key, &[]);
        self.line(&format!("## {heading}"));
    }

    /// A block of its own.
    fn line(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }
}

/// Puts values in the places `{name}` of a text.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn events(ids: &[EventId]) -> String {
    let ids: Vec<&str> = ids.iter().map(EventId::as_str).collect();
    if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
