//! Words and their forms: codes, dates, counts and lists.

use super::Page;
use crate::{
    client::Target,
    protocol::Name,
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
    "reduction_driver",
    "controlled_days",
    "controlled_days.one",
    "return.undecided",
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
            Target::Behavior { code } => code.as_str().replace(['_', '.'], " "),
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
