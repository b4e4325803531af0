//! The book's tables: the vocabulary of facts and the register of rules.

use super::Generated;
use crate::Result;
use mi_core::{
    Protocol,
    fact::{Fact, ValueKind},
    protocol::{Named, RuleKind},
};
use std::fmt::Write as _;

/// `docs/book/src/facts.md` and `rules.md`.
#[expect(clippy::unnecessary_wraps, reason = "a generator may fail")]
pub(super) fn pages(_: &[Generated]) -> Result<Vec<Generated>> {
    Ok(vec![
        Generated { path: "docs/book/src/facts.md".into(), text: facts() },
        Generated {
            path: "docs/book/src/rules.md".into(),
            text: rules(&Protocol::dual_diagnosis()),
        },
    ])
}

fn facts() -> String {
    let mut page = String::from(
        "# The facts\n\nThe closed vocabulary that a protocol may read. A fact is a value that may \
         be partly known; *unknown is not no*. This page is generated from the library.\n\n\
         | fact | value | asked about | arguments | category | meaning |\n\
         | --- | --- | --- | --- | --- | --- |",
    );
    for fact in Fact::ALL {
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
            fact.definition(),
        );
    }
    page
}

fn rules(protocol: &Protocol) -> String {
    let document = protocol.document();
    let mut page = format!(
        "# The rules\n\nProtocol `{}` {}, generated from its document. *Evidence* says on what a \
         rule rests; `default` means that nobody published it and that a service should set it for \
         itself. *Check* says how far its sources were checked; `unchecked` ones are to be read \
         before anyone relies on them.\n\n## Rules\n\n\
         | rule | kind | evidence | check | says | sources |\n| --- | --- | --- | --- | --- | --- |",
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
        let text = document.texts.rules.get(&rule.id);
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
            number.about.as_str(),
            joined(&number.sources),
        );
    }
    page + "\n## Sources\n\n" + &sources(&document.sources)
}

fn sources(sources: &Named<mi_core::protocol::Name, mi_core::protocol::Source>) -> String {
    let mut list = String::new();
    for (key, source) in sources.iter() {
        let doi = source.doi.as_ref().map(|doi| format!(" doi:{}.", doi.as_str()));
        let url = source.url.as_ref().map(|url| format!(" {}", url.as_str()));
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
