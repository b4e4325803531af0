//! Words and their forms: codes, dates, counts and lists.

use super::Page;
use crate::{
    client::Target,
    date::{CalendarDate, PartialDate},
    protocol::Name,
    text::EventId,
};

impl Page<'_> {
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

    /// The word for a code of a list; the code itself, in plain letters, where there is none.
    pub(super) fn code(&self, list: &str, code: &str) -> String {
        let found = Name::new(&format!("{list}.{code}")).ok();
        let found = found.as_ref().and_then(|name| self.texts.words.get(name));
        found.map_or_else(|| code.replace('_', " "), |word| word.as_str().to_owned())
    }

    pub(super) fn word(&self, name: &str, values: &[(&str, &str)]) -> String {
        let found = Name::new(name).ok();
        let found = found.as_ref().and_then(|name| self.texts.words.get(name));
        found.map_or_else(|| name.to_owned(), |word| fill(word.as_str(), values))
    }
}

/// Puts values in the places `{name}` of a text.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

pub(super) fn events(ids: &[EventId]) -> String {
    let ids: Vec<&str> = ids.iter().map(EventId::as_str).collect();
    if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) }
}

pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
