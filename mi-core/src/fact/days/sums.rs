//! Sums over the days of a table, so that the use in any stretch of it is known without a walk.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, indices of the table")]

use super::{Day, DayTable, Few, Said, Using};
use crate::value::Verdict;

/// What was counted from the first day of a table up to each of its days.
pub(super) struct Sums {
    /// The days of certain use, and those on which there may have been use, before each day.
    before: Vec<(i64, i64)>,
    /// Of each stream; none where it is told of a span only how many days of use it had: which of
    /// them lie in a stretch is no sum.
    streams: Option<Vec<Vec<Place>>>,
}

/// A day of a stream.
struct Place {
    /// The weekly pattern that alone tells what use there was.
    pattern: Option<u32>,
    /// The first and the last day of the part of the pattern that holds this day.
    begun: usize,
    until: usize,
    /// The days of use in all parts before that one.
    before: Few,
}

impl Sums {
    pub(super) fn new(table: &DayTable<'_>) -> Self {
        let (mut certain, mut open) = (0, 0);
        let mut before = Vec::with_capacity(table.days.len() + 1);
        before.push((0, 0));
        for day in &table.days {
            certain += i64::from(day.observed && day.used == Verdict::Met);
            open += i64::from(is_open(day));
            before.push((certain, open));
        }
        let streams = table.streams.iter().map(|stream| places(table, stream));
        Self { before, streams: streams.collect() }
    }

    /// The fewest and the most days of use from the one place to before the other, where sums tell.
    pub(super) fn between(&self, table: &DayTable<'_>, from: usize, to: usize) -> Option<Few> {
        let (first, last) = (self.before.get(from)?, self.before.get(to)?);
        let (certain, open) = (last.0 - first.0, last.1 - first.1);
        let streams = if open > 0 { self.streams.as_ref()?.as_slice() } else { &[] };
        let of_streams = streams.iter().try_fold(Few::NONE, |all, places| {
            Some(all.beside(in_stream(table, places, from, to.checked_sub(1)?)?))
        });
        Some(of_streams?.united(certain, open))
    }
}

/// Is it observed, and only perhaps a day of use?
fn is_open(day: &Day) -> bool {
    day.observed && day.used == Verdict::Unknown
}

/// A part at each end, and between them whole parts.
fn in_stream(table: &DayTable<'_>, places: &[Place], from: usize, to: usize) -> Option<Few> {
    let (first, last) = (places.get(from)?, places.get(to)?);
    if first.until >= to {
        return Some(part(table, first.pattern, from, to));
    }
    let (all, until_first) = (last.before, places.get(first.until + 1)?.before);
    let whole = Few { min: all.min - until_first.min, max: all.max - until_first.max };
    let first = part(table, first.pattern, from, first.until);
    Some(first + whole + part(table, last.pattern, last.begun, to))
}

/// The days of use in a part of a pattern.
fn part(table: &DayTable<'_>, pattern: Option<u32>, from: usize, to: usize) -> Few {
    let days = i64::try_from(to + 1 - from).unwrap_or(i64::MAX);
    let statement = table.statement(pattern);
    statement.map_or(Few::NONE, |said| said.used.bounds(days, said.length))
}

fn places(table: &DayTable<'_>, stream: &[Said]) -> Option<Vec<Place>> {
    let mut places: Vec<Place> = Vec::with_capacity(stream.len());
    for (index, (day, said)) in table.days.iter().zip(stream).enumerate() {
        let id = said.used.filter(|_| is_open(day));
        let pattern = match table.statement(id).map(|statement| statement.used) {
            Some(Using::Within(_)) => return None,
            Some(Using::Weekly(_)) => id,
            Some(Using::Clear | Using::Daily) | None => None,
        };
        let (begun, before) = match places.last() {
            Some(last) if last.pattern == pattern => (last.begun, last.before),
            Some(last) => (index, last.before + part(table, last.pattern, last.begun, index - 1)),
            None => (index, Few::NONE),
        };
        places.push(Place { pattern, begun, until: index, before });
    }
    let mut next: Option<(usize, usize)> = None;
    for place in places.iter_mut().rev() {
        if let Some((_, until)) = next.filter(|(begun, _)| *begun == place.begun) {
            place.until = until;
        }
        next = Some((place.begun, place.until));
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{
        Reading,
        case::{case, substance},
    };

    #[test]
    fn sums_tell_what_a_walk_tells() {
        let told = case()
            .used("heroin", "2026-01-01", "2026-01-20", "3")
            .used("opioid", "2026-01-10", "2026-01-16", "daily")
            .used("methadone", "2026-01-12", "2026-01-31", "5")
            .used("heroin", "2026-01-25", "2026-02-02", "none")
            .used("heroin", "2026-02-05", "2026-02-18", "1");
        told.seen("2026-02-20", |facts| {
            let table = facts.table(substance("opioid"));
            let sums = Sums::new(&table);
            for from in table.first..=table.today {
                for to in from - 1..=table.today {
                    let (start, days) = table.range(from, to);
                    let summed = sums.between(&table, start, start + days.len());
                    assert_eq!(summed, Some(table.use_on(from, to, |_| true)), "{from} to {to}");
                }
            }
            facts.use_days(substance("opioid"), Reading::Staging, 7)
        });
    }
}
