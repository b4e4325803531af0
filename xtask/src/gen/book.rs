//! The book's generated pages: the vocabulary of facts, the register of rules, what the reviews of
//! the worked cases print, and one of them in words.

use super::Generated;
use crate::{Result, run::root};
use mi_core::{
    CalendarDate, ClientRecord, Protocol,
    fact::{Fact, ValueKind},
    protocol::{Named, RuleKind, Texts},
    review::FlagState,
};
use std::{fmt::Write as _, fs};

/// Reviews that the book shows: the record, the day, and what to look at.
const CASES: [(&str, &str, &str); 3] = [
    (
        "finding-her-own-reasons",
        "2026-01-26",
        "A woman with severe depression and anxiety, three weeks after her first visit. No \
         substance is treated, so there is a stage of change and no treatment step. Her \
         questionnaire said that she had thought of being dead; that was assessed the same day, \
         and the flag stays until somebody records it as settled.",
    ),
    (
        "stopping",
        "2026-04-20",
        "A man who has decided to stop drinking, six days before his last drink. His doctor and \
         the nurse have a plan with him, and the review says at each look why that matters. Staff \
         recorded an earlier step than the evidence supports: a note says so, and nothing is \
         moved.",
    ),
    (
        "two-years",
        "2026-11-20",
        "Psychosis, alcohol and opioids after two years: custody, agonist treatment, a lapse, a \
         relapse with its review, and weeks of which nobody reported anything. Alcohol is a \
         range: one answer about the summer would decide it.",
    ),
];

/// `docs/book/src/facts.md`, `rules.md`, `cases.md` and `explain.md`.
pub(super) fn pages(_: &[Generated]) -> Result<Vec<Generated>> {
    let protocol = Protocol::dual_diagnosis();
    let english = protocol.texts("en")?;
    Ok(vec![
        Generated { path: "docs/book/src/facts.md".into(), text: facts(&english) },
        Generated { path: "docs/book/src/rules.md".into(), text: rules(&protocol, &english) },
        Generated { path: "docs/book/src/cases.md".into(), text: cases()? },
        Generated {
            path: "docs/book/src/explain.md".into(),
            text: explained(&protocol, &english)?,
        },
    ])
}

fn cases() -> Result<String> {
    let mut page = String::from(
        "# Three worked cases\n\nThree people who do not exist. Their records, and what to expect \
         of them at many more dates, stand in `mi-core/examples/records`; `cargo run -p mi-core \
         --example review` prints any of these reviews. This page is generated from the library.\n",
    );
    let protocol = Protocol::dual_diagnosis();
    let texts = protocol.texts("en")?;
    for (name, date, about) in CASES {
        let path = root().join("mi-core/examples/records").join(name).with_extension("json");
        let record = ClientRecord::from_json(&fs::read_to_string(path)?)?;
        let review = protocol.review(&record.as_of(date.parse::<CalendarDate>()?));
        let printed = protocol.render(&review, &texts).replace("\n#", "\n##");
        let (title, rest) = printed.split_once('\n').unwrap_or_default();
        let _ = write!(page, "\n#{title}\n\n*{about}*\n{rest}");
    }
    Ok(page)
}

/// The page on explanations: what stands in it of the library's own is put in here.
fn explained(protocol: &Protocol, texts: &Texts) -> Result<String> {
    let record = fs::read_to_string(root().join("mi-core/examples/records/stopping.json"))?;
    let record = ClientRecord::from_json(&record)?;
    let review = protocol.review(&record.as_of("2026-04-20".parse::<CalendarDate>()?));
    let flag = serde_json::to_string_pretty(&protocol.explain(&review, texts).safety.first())?;
    let states = FlagState::ALL.iter().map(|state| format!("- `{state}`: {}", state.meaning()));
    let states: Vec<String> = states.collect();
    let page = include_str!("explained.md").replace("@states@", &states.join("\n"));
    Ok(page.replace("@flag@", &flag))
}

fn facts(texts: &Texts) -> String {
    let mut page = String::from(
        "# The facts\n\nThe closed vocabulary that a protocol may read. A fact is a value that may \
         be partly known; *unknown is not no*. This page is generated from the library.\n\n\
         | fact | value | asked about | arguments | category | meaning |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for fact in Fact::all() {
        let value = match fact.kind() {
            ValueKind::Truth => "yes, no".to_owned(),
            ValueKind::Code(codes) => codes.join(", "),
            ValueKind::Quantity(unit) => format!("quantity ({unit})"),
            ValueKind::Own => "the service's own".to_owned(),
        };
        let arguments: Vec<&str> = fact.arguments().iter().map(|one| one.code()).collect();
        let _ = writeln!(
            page,
            "| `{fact}` | {value} | {} | {} | {} | {} |",
            fact.scope().code().replace('_', " "),
            arguments.join(", "),
            fact.category().code().replace('_', " "),
            texts.fact(fact).map_or("", |text| text.definition.as_str()),
        );
    }
    page
}

fn rules(protocol: &Protocol, texts: &Texts) -> String {
    let document = protocol.document();
    let mut page = format!(
        "# The rules\n\nProtocol `{}` {}, generated from its document. *Evidence* says on what a \
         rule rests; `default` means that nobody published it and that a service should set it for \
         itself. *Check* says how far its sources were checked; `unchecked` ones are to be read \
         before anyone relies on them.\n\n## Rules\n\n\
         | rule | kind | evidence | check | says | sources |\n\
         | --- | --- | --- | --- | --- | --- |\n",
        protocol.id(),
        protocol.version(),
    );
    for rule in &document.rules {
        let kind = match &rule.kind {
            RuleKind::Stage(stage) => format!("stage: {}", stage.step.code().replace('_', " ")),
            RuleKind::Safety(_) => "safety".to_owned(),
            RuleKind::Discordance(_) => "discordance".to_owned(),
            RuleKind::Completeness(complete) => {
                format!("completeness: {}", complete.plan.code().replace('_', " "))
            }
            RuleKind::Caution(_) => "caution".to_owned(),
            RuleKind::Note(_) => "note".to_owned(),
            RuleKind::Principle(_) => "principle".to_owned(),
        };
        let text = texts.rule(&rule.id);
        let _ = writeln!(
            page,
            "| {} | {kind} | {} | {} | {} | {} |",
            rule.id,
            rule.evidence,
            rule.source_check,
            text.map_or("", |text| text.sentence.as_str()),
            joined(&rule.sources),
        );
    }
    page += "\n## Numbers\n\n| parameter | value | range | evidence | check | meaning | sources |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n";
    for (name, number) in document.parameters.iter() {
        let _ = writeln!(
            page,
            "| `{name}` | {} {} | {}–{} | {} | {} | {} | {} |",
            number.value,
            number.unit,
            number.minimum,
            number.maximum,
            number.evidence,
            number.source_check,
            texts.parameter(name).unwrap_or_default(),
            joined(&number.sources),
        );
    }
    page + "\n## Sources\n\n" + &sources(&document.sources)
}

fn sources(sources: &Named<mi_core::protocol::Name, mi_core::protocol::Source>) -> String {
    let mut list = String::new();
    for (key, source) in sources.iter() {
        let doi = source.doi.as_ref().map(|doi| format!(" doi:{}.", doi.as_str()));
        let url = source.url.as_ref().map(|url| format!(" <{}>", url.as_str()));
        let note = source.note.as_ref().map(|note| format!(" ({})", note.as_str()));
        let _ = writeln!(
            list,
            "- `{key}`: {}{}{}{}",
            source.citation.as_str(),
            doi.unwrap_or_default(),
            url.unwrap_or_default(),
            note.unwrap_or_default(),
        );
    }
    list
}

fn joined(names: &[mi_core::protocol::Name]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
