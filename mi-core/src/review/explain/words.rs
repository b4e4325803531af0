//! Words and their forms: codes, dates, counts and lists.

use std::collections::BTreeMap;

use crate::{
    client::Target,
    date::{CalendarDate, PartialDate},
    protocol::{DefinitionTrace, Name, Protocol, Texts, fill},
    review::Review,
};

/// The words that a review is explained in.
pub(super) struct Words<'w> {
    pub(super) protocol: &'w Protocol,
    pub(super) texts: &'w Texts,
    /// The traces of each definition, for all targets: many rules name one.
    pub(super) definitions: BTreeMap<&'w Name, Vec<&'w DefinitionTrace>>,
}

impl<'w> Words<'w> {
    pub(super) fn new(protocol: &'w Protocol, texts: &'w Texts, review: &'w Review) -> Self {
        let mut definitions: BTreeMap<&Name, Vec<&DefinitionTrace>> = BTreeMap::new();
        for defined in &review.definitions {
            definitions.entry(&defined.name).or_default().push(defined);
        }
        Self { protocol, texts, definitions }
    }

    pub(super) fn either(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [before @ .., last] => {
                self.word("range.of_codes", &[("codes", &before.join(", ")), ("last", last)])
            }
        }
    }

    pub(super) fn target(&self, target: &Target) -> String {
        match target {
            Target::Substance { code } => self.code("substance", code.code()),
            Target::Behavior { code } => format!("“{}”", code.as_str().replace(['_', '.'], " ")),
        }
    }

    pub(super) fn date(&self, date: CalendarDate) -> String {
        let (year, month, day) = date.year_month_day();
        let month = self.word(&format!("month.{month}"), &[]);
        let (year, day) = (year.to_string(), day.to_string());
        self.word("date", &[("day", &day), ("month", &month), ("year", &year)])
    }

    pub(super) fn partial_date(&self, date: PartialDate) -> String {
        date.exact().map_or_else(|| date.to_string(), |day| self.date(day))
    }

    pub(super) fn counted(&self, count: usize, one: &str, many: &str) -> String {
        let key = if count == 1 { one } else { many };
        self.word(key, &[("count", &count.to_string())])
    }

    /// How many more there are than are listed.
    pub(super) fn more(&self, more: Option<usize>) -> Option<String> {
        more.map(|count| self.word("more", &[("count", &count.to_string())]))
    }

    /// The word for a code of a list; the code itself, in plain letters, where there is none.
    pub(super) fn code(&self, list: &str, code: &str) -> String {
        self.texts.code(list, code).map_or_else(|| plain(code), ToOwned::to_owned)
    }

    /// The name of a kind of event.
    pub(super) fn kind(&self, kind: &str) -> String {
        self.texts.kind(kind).map_or_else(|| plain(kind), ToOwned::to_owned)
    }

    pub(super) fn word(&self, name: &str, values: &[(&str, &str)]) -> String {
        self.texts.word(name).map_or_else(|| name.to_owned(), |word| fill(word, values))
    }
}

fn plain(code: &str) -> String {
    code.replace('_', " ")
}

pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Some words in brackets behind what they belong to; nothing, where there are none.
pub(in crate::review) fn in_brackets(words: impl Iterator<Item = String>, between: &str) -> String {
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(between)) }
}
