//! The day table: what is said of each day, from the first that anything speaks of to the day asked
//! about.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, indices of the table")]

use std::cell::OnceCell;

use super::{
    Few, Problems, Source, Statement, Stays, Using,
    paint::Layer,
    statement::{Float, statements},
    sums::Sums,
};
use crate::{
    client::Substance,
    date::Span,
    fact::{Reading, Settings},
    record::Event,
    value::Verdict,
};

/// Which statements speak for a day of one stream: on use, on problems, on the amount.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) used: Option<u32>,
    pub(crate) problems: Option<u32>,
    pub(crate) amount: Option<u32>,
}

/// One day of the table.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each says something else about the day")]
pub(crate) struct Day {
    /// Its number.
    pub(crate) number: i64,
    /// Whether any statement covers it.
    pub(crate) observed: bool,
    /// Whether it was spent in a controlled environment.
    pub(crate) controlled: Verdict,
    /// Whether any recorded stay holds it.
    pub(crate) placed: Verdict,
    /// Not observed, and in a stretch too long to be left out; or a period that is known to the month
    /// may hold it.
    pub(crate) widens: bool,
    /// Whether a period that is known to the month may hold it and say something else of it.
    pub(crate) perhaps: bool,
    /// A day of use of a report of the level before change.
    pub(crate) baseline: bool,
    /// Whether there was use, where observed; unknown where only a number of days is.
    pub(crate) used: Verdict,
    /// Whether there was use with problems, where observed.
    pub(crate) problems: Verdict,
    /// The statement on its use that decides most.
    pub(crate) said_by: Option<u32>,
}

impl Day {
    /// Is it for certain an observed day in the community?
    pub(crate) fn counts(&self) -> bool {
        self.observed && self.controlled == Verdict::Unmet
    }

    /// Can it be a day in the community that counts, observed or in what widens?
    pub(crate) fn may_count(&self) -> bool {
        (self.observed || self.widens) && self.controlled != Verdict::Met
    }

    /// Is it observed, and use on it not ruled out?
    pub(crate) fn may_be_of_use(&self) -> bool {
        self.observed && self.used != Verdict::Unmet
    }

    /// Is it a day that could hold anything?
    pub(crate) fn is_open(&self, reading: Reading) -> bool {
        !self.observed && (self.widens || reading == Reading::Safety)
    }
}

/// What a record says of each day about the use of a substance or class.
///
/// A class unites streams: one for each member that anything is said about, in which statements on
/// the class count too, and one for statements on the class alone. So a later "no opioids" clears
/// the heroin reported before, while a later "no heroin" clears no other opioid. A day is one of use
/// when any stream says so, and observed when any covers it.
pub(crate) struct DayTable<'r> {
    pub(crate) days: Vec<Day>,
    pub(crate) statements: Vec<Statement<'r>>,
    pub(super) streams: Vec<Vec<Said>>,
    pub(super) floats: Vec<Float>,
    /// The number of the first day of the table; the day after the last when it has none.
    pub(crate) first: i64,
    /// The number of the day asked about.
    pub(crate) today: i64,
    /// Community days in short stretches without a report, which are left out.
    pub(crate) left_out: Few,
    /// The last observed day.
    pub(crate) last_observed: Option<i64>,
    /// The last certain days of use and of use with problems, made when they are asked for.
    pub(super) last_certain: [OnceCell<Option<i64>>; 2],
    pub(super) sums: OnceCell<Sums>,
}

impl<'r> DayTable<'r> {
    /// The table of a substance or class, by all events that speak of its use.
    pub(super) fn new(
        events: Vec<&'r Event>,
        today: i64,
        settings: &Settings,
        stays: &Stays,
        substance: Substance,
    ) -> Self {
        let statements = statements(events, today);
        let first = statements.iter().map(|said| said.earliest).min().unwrap_or(today + 1);
        let mut table = Self {
            days: (first..=today).map(blank).collect(),
            statements,
            streams: Vec::new(),
            floats: Vec::new(),
            first,
            today,
            left_out: Few::NONE,
            last_observed: None,
            last_certain: Default::default(),
            sums: OnceCell::new(),
        };
        table.mark(stays.controlled(), |day, held| day.controlled = held);
        table.mark(stays.recorded(), |day, held| day.placed = held);
        table.paint(substance);
        table.unite();
        table.judge_stretches(settings);
        table
    }

    /// Marks the days of spans that each end before a day.
    fn mark(
        &mut self,
        spans: impl Iterator<Item = (i64, i64, Verdict)>,
        mark: impl Fn(&mut Day, Verdict),
    ) {
        for (from, until, held) in spans {
            let place = |day: i64| usize::try_from(day - self.first).unwrap_or(0);
            let (from, until) = (place(from), place(until).min(self.days.len()));
            self.days.get_mut(from..until).into_iter().flatten().for_each(|day| mark(day, held));
        }
    }

    /// Paints a stream for each member that anything is said about.
    fn paint(&mut self, class: Substance) {
        let mut members: Vec<Substance> = self.statements.iter().map(|s| s.substance).collect();
        members.sort_unstable();
        members.dedup();
        for member in members {
            let speaks = |substance| substance == member || substance == class;
            let mut stream = self.stream(speaks);
            self.open_where_contested(&mut stream, speaks);
            self.streams.push(stream);
        }
        self.floats.sort_by_key(|float| float.statement);
        self.floats.dedup_by_key(|float| float.statement);
    }

    fn stream(&mut self, speaks: impl Fn(Substance) -> bool) -> Vec<Said> {
        let length = self.days.len();
        let [mut used, mut problems, mut amount] = [(); 3].map(|()| Layer::new(length));
        for (index, said) in self.statements.iter().enumerate().rev() {
            let Ok(id) = u32::try_from(index) else { continue };
            if !speaks(said.substance) {
                continue;
            }
            let float = said.float(id).filter(|float| {
                let (from, to) = (self.place(float.from), self.place(float.to));
                from.zip(to).is_some_and(|(from, to)| !used.is_painted(from, to))
            });
            self.floats.extend(float);
            let Some((from, to)) = self.place(said.from).zip(self.place(said.to)) else { continue };
            used.paint(from, to, id);
            if said.problems.is_some() {
                problems.paint(from, to, id);
            }
            if said.amount.is_some() {
                amount.paint(from, to, id);
            }
        }
        let layers = used.into_said().into_iter().zip(problems.into_said()).zip(amount.into_said());
        layers.map(|((used, problems), amount)| Said { used, problems, amount }).collect()
    }

    /// Opens the days that a statement may cover, as its dates are known only in part, and of which it
    /// says something else than what speaks for them: who reports no use "from January to July" on top
    /// of a report of daily use in July leaves open what July was like.
    fn open_where_contested(&mut self, stream: &mut [Said], speaks: impl Fn(Substance) -> bool) {
        for (index, statement) in self.statements.iter().enumerate() {
            let is_exact = (statement.earliest, statement.latest) == (statement.from, statement.to);
            if is_exact || !speaks(statement.substance) {
                continue;
            }
            let id = u32::try_from(index).ok();
            let before = (statement.earliest, (statement.from - 1).min(statement.latest));
            let after = (statement.earliest.max(statement.to + 1), statement.latest);
            let parts = if statement.from > statement.to {
                [(statement.earliest, statement.latest), (0, -1)]
            } else {
                [before, after]
            };
            for (from, to) in parts {
                let places = self.place(from).zip(self.place(to)).filter(|(from, to)| from <= to);
                let Some((from, to)) = places else { continue };
                let days = self.days.iter_mut().zip(&mut *stream).take(to + 1).skip(from);
                for (day, said) in days {
                    // What is stated later replaces this all the same.
                    let is_replaced = said.used > id;
                    let is_same = !is_replaced && says_the_same(&self.statements, statement, said);
                    if !is_replaced && !is_same {
                        day.perhaps = true;
                        *said = Said { used: None, problems: None, amount: None };
                    }
                }
            }
        }
    }

    /// Unites the streams, day by day.
    fn unite(&mut self) {
        let mut days = std::mem::take(&mut self.days);
        for stream in &self.streams {
            for (day, said) in days.iter_mut().zip(stream) {
                let Some(statement) = self.statement(said.used) else { continue };
                let used = certainty(statement.used);
                if !day.observed || decides_more(used, day.used) {
                    day.said_by = said.used;
                }
                day.observed = true;
                day.used = day.used.or(used);
                day.problems = day.problems.or(self.with_problems(said, used));
                let is_use = statement.used != Using::Clear;
                day.baseline |= statement.source == Source::Baseline && is_use;
            }
        }
        for day in days.iter_mut().filter(|day| day.perhaps) {
            // Use that another member had for certain stays; its problems are then open.
            if day.used == Verdict::Met {
                day.problems = day.problems.or(Verdict::Unknown);
                day.perhaps = false;
            }
            day.observed &= !day.perhaps;
        }
        self.last_observed = days.iter().rev().find(|day| day.observed).map(|day| day.number);
        self.days = days;
    }

    /// Was a day of a stream one of use with problems, when there was use as `used` says?
    fn with_problems(&self, said: &Said, used: Verdict) -> Verdict {
        match self.statement(said.problems).and_then(|statement| statement.problems) {
            _ if used == Verdict::Unmet => Verdict::Unmet,
            Some(Problems::Always) => used,
            Some(Problems::Never) => Verdict::Unmet,
            Some(Problems::Within(_)) | None => Verdict::Unknown,
        }
    }

    /// Finds the stretches without a report: short ones are left out, all others widen, and so does
    /// what lies before the first observed day. Their length is in community days.
    fn judge_stretches(&mut self, settings: &Settings) {
        let mut begun = 0;
        let mut community = 0;
        let mut stretches: Vec<(usize, usize, i64)> = Vec::new();
        for (index, day) in self.days.iter().enumerate() {
            if day.observed {
                // The first counts though it be empty: it lies before all that is observed.
                if begun < index || stretches.is_empty() {
                    stretches.push((begun, index, community));
                }
                (begun, community) = (index + 1, 0);
            } else if day.controlled != Verdict::Met {
                community += 1;
            }
        }
        stretches.push((begun, self.days.len(), community));
        let last = stretches.len() - 1;
        for (place, (from, to, community)) in stretches.into_iter().enumerate() {
            let limit = if place == last { settings.tail_days } else { settings.gap_days };
            let is_short = place > 0 && community <= limit;
            for day in self.days.iter_mut().take(to).skip(from) {
                day.widens = day.perhaps || !is_short;
                let may_be_left_out = is_short && day.controlled != Verdict::Met;
                let is_left_out =
                    may_be_left_out && !day.perhaps && day.controlled == Verdict::Unmet;
                self.left_out.min += i64::from(is_left_out);
                self.left_out.max += i64::from(may_be_left_out);
            }
        }
    }

    pub(crate) fn statement(&self, id: Option<u32>) -> Option<&Statement<'r>> {
        self.statements.get(usize::try_from(id?).ok()?)
    }

    /// The place of the day with this number.
    pub(crate) fn place(&self, number: i64) -> Option<usize> {
        usize::try_from(number - self.first).ok().filter(|index| *index < self.days.len())
    }

    /// The days from the one number to the other, with the index of the first.
    pub(crate) fn range(&self, from: i64, to: i64) -> (usize, &[Day]) {
        let start = usize::try_from(from - self.first).unwrap_or(0).min(self.days.len());
        let end = usize::try_from(to + 1 - self.first).unwrap_or(0).min(self.days.len());
        (start, self.days.get(start..end).unwrap_or_default())
    }

    pub(crate) fn days_between(&self, from: i64, to: i64) -> &[Day] {
        self.range(from, to).1
    }

    pub(crate) fn day(&self, number: i64) -> Option<&Day> {
        self.days.get(self.place(number)?)
    }

    /// Do the same statements say what use there was, and how much, on the days at two places?
    pub(crate) fn says_the_same(&self, one: usize, other: usize) -> bool {
        self.streams.iter().all(|stream| {
            let said = |place: usize| stream.get(place).map(|said| (said.used, said.amount));
            said(one) == said(other)
        })
    }

    /// What each stream says of a day that it covers.
    pub(crate) fn said_of(&self, number: i64) -> impl Iterator<Item = &Said> {
        let index = self.place(number);
        let said = self.streams.iter().filter_map(move |stream| stream.get(index?));
        said.filter(|said| said.used.is_some())
    }

    /// For each day, the last of these spans that holds it, by its place among them.
    pub(crate) fn painted(&self, spans: impl Iterator<Item = (i64, i64)>) -> Vec<Option<u32>> {
        let mut layer = Layer::new(self.days.len());
        let spans: Vec<_> = spans.collect();
        for (index, (from, to)) in spans.into_iter().enumerate().rev() {
            let held = (from.max(self.first), to.min(self.today));
            if let (Some(from), Some(to), Ok(index)) =
                (self.place(held.0), self.place(held.1), u32::try_from(index))
            {
                layer.paint(from, to, index);
            }
        }
        layer.into_said()
    }

    /// For each day, the latest recorded return to use that can hold it.
    pub(crate) fn latest_returns(&self) -> Vec<Option<u32>> {
        // All others get a span without days.
        let span = |said: &Statement<'_>| match said.source {
            Source::Return => (said.earliest, said.latest),
            _ => (self.today, self.first - 1),
        };
        self.painted(self.statements.iter().map(span))
    }

    /// Use on an unknown day of an interval.
    pub(crate) fn on_unknown_days(&self) -> impl Iterator<Item = (&Statement<'r>, i64, i64)> {
        let floats = self.floats.iter().filter(|float| float.is_certain);
        floats.filter_map(|float| {
            let statement = self.statement(Some(float.statement))?;
            (statement.from > statement.to).then_some((statement, float.from, float.to))
        })
    }

    /// The event that decides what use there was on a day.
    pub(crate) fn event_of(&self, number: i64) -> Option<&'r Event> {
        self.statement(self.day(number)?.said_by).map(|statement| statement.event)
    }

    /// The event of the last observed day.
    pub(crate) fn latest_event(&self) -> Option<&'r Event> {
        self.event_of(self.last_observed?)
    }

    /// The number of days after this one of which `counts` holds.
    pub(crate) fn count_after(&self, number: i64, counts: impl Fn(&Day) -> bool) -> i64 {
        let days = self.days_between(number + 1, self.today).iter().filter(|day| counts(day));
        i64::try_from(days.count()).unwrap_or(i64::MAX)
    }

    /// The spans of days from this one on that no statement covers and that leave something open.
    pub(crate) fn open_spans(&self, from: i64, reading: Reading) -> Vec<Span> {
        let mut spans: Vec<Few> = Vec::new();
        let mut add = |from: i64, to: i64| match spans.last_mut() {
            Some(last) if last.max + 1 == from => last.max = to,
            _ => spans.push(Few { min: from, max: to }),
        };
        if from < self.first {
            add(from, self.first - 1);
        }
        for day in self.days_between(from, self.today).iter().filter(|day| day.is_open(reading)) {
            add(day.number, day.number);
        }
        spans.into_iter().map(|span| super::span(span.min, span.max)).collect()
    }
}

/// Does a statement say of a day what speaks for it already? Of patterns and counts it is not known.
fn says_the_same(statements: &[Statement<'_>], statement: &Statement<'_>, said: &Said) -> bool {
    let of = |id: Option<u32>| statements.get(usize::try_from(id?).ok()?);
    let is_plain = matches!(statement.used, Using::Clear | Using::Daily);
    let problems = of(said.problems).and_then(|said| said.problems);
    let amount = of(said.amount).and_then(|said| said.amount);
    is_plain
        && of(said.used).is_some_and(|said| said.used == statement.used)
        && statement.problems.is_none_or(|own| problems == Some(own))
        && statement.amount.is_none_or(|own| amount == Some(own))
}

/// A day about which nothing is said yet.
fn blank(number: i64) -> Day {
    Day {
        number,
        observed: false,
        controlled: Verdict::Unmet,
        placed: Verdict::Unmet,
        widens: false,
        perhaps: false,
        baseline: false,
        used: Verdict::Unmet,
        problems: Verdict::Unmet,
        said_by: None,
    }
}

/// Whether each day of a span is one of use.
fn certainty(used: Using) -> Verdict {
    match used {
        Using::Clear => Verdict::Unmet,
        Using::Daily => Verdict::Met,
        Using::Weekly(_) | Using::Within(_) => Verdict::Unknown,
    }
}

fn decides_more(new: Verdict, old: Verdict) -> bool {
    new == Verdict::Met && old != Verdict::Met || new == Verdict::Unknown && old == Verdict::Unmet
}
