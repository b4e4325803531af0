//! Counting in a day table: how many days of use a window holds, and when the last one was.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, counts to 150 000")]

use std::collections::{BTreeMap, BTreeSet};

use super::{Day, DayTable, Few, Problems, Said, Using, sums::Sums};
use crate::{fact::Reading, record::Event, value::Verdict};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A day of use.
    Use,
    /// A day of use with problems.
    Problems,
}

/// What a stream says about a day.
#[derive(Clone, Copy)]
enum Claim {
    No,
    Perhaps,
    Yes,
    /// On so many days of any seven, at least.
    Weekly(u32, i64),
    /// In any so many days of the statement there is one.
    OneIn(u32, i64),
}

impl<'r> DayTable<'r> {
    fn claim(&self, what: What, said: &Said) -> Claim {
        let Some((id, statement)) = said.used.zip(self.statement(said.used)) else {
            return Claim::Perhaps;
        };
        let used = match statement.used {
            Using::Clear => return Claim::No,
            Using::Daily => Claim::Yes,
            Using::Weekly(few) => Claim::Weekly(id, few.min),
            Using::Within(few) => one_in(id, few, statement.length),
        };
        let problems = said.problems.zip(self.statement(said.problems));
        match problems.map(|(id, statement)| (id, statement.length, statement.problems)) {
            _ if what == What::Use => used,
            Some((_, _, Some(Problems::Always))) => used,
            Some((_, _, Some(Problems::Never))) => Claim::No,
            Some((id, length, Some(Problems::Within(few)))) => one_in(id, few, length),
            _ => Claim::Perhaps,
        }
    }

    /// Of each day of the table, the latest day such that between the two, both included, there was
    /// use (with problems) for certain.
    ///
    /// A weekly pattern has a day of use in any seven; a shorter part of it when the days left over
    /// do not hold all its days of use. A count of n in a span has one in any part that leaves fewer
    /// than n days outside.
    pub(crate) fn certain_since(&self, what: What) -> Vec<Option<i64>> {
        let mut latest = vec![None; self.days.len()];
        for stream in &self.streams {
            let of_stream = self.certain_in(stream, what, |_| true);
            for (since, latest) in of_stream.zip(&mut latest) {
                *latest = since.max(*latest);
            }
        }
        latest
    }

    /// The same of one stream, day by day, by the days of which `counts` holds.
    fn certain_in(
        &self,
        stream: &[Said],
        what: What,
        counts: impl Fn(&Day) -> bool,
    ) -> impl Iterator<Item = Option<i64>> {
        let mut since = None;
        let mut weekly: Option<(u32, i64)> = None;
        let mut parts: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        // Most days follow one another in a statement.
        let mut known = (None, None, Claim::Perhaps);
        self.days.iter().zip(stream).map(move |(day, said)| {
            if (known.0, known.1) != (said.used, said.problems) {
                known = (said.used, said.problems, self.claim(what, said));
            }
            let claim = if counts(day) { known.2 } else { Claim::No };
            let (mut found, mut pattern) = (None, None);
            match claim {
                Claim::No | Claim::Perhaps => {}
                Claim::Yes => found = Some(day.number),
                Claim::Weekly(id, least) => {
                    let from = weekly.filter(|(of, _)| *of == id).map_or(day.number, |w| w.1);
                    pattern = Some((id, from));
                    let week = day.number - 6;
                    let has_one = day.number - from + least >= 7;
                    found = has_one.then_some(week.max(from));
                }
                Claim::OneIn(id, days) => {
                    let part = parts.entry(id).or_default();
                    part.push(day.number);
                    let back = usize::try_from(days).ok();
                    let first = back.and_then(|back| part.len().checked_sub(back));
                    found = first.and_then(|first| part.get(first)).copied();
                }
            }
            weekly = pattern;
            since = since.max(found);
            since
        })
    }

    /// The last day of use (with problems) at the earliest: there was one on it or after it. Problems
    /// on controlled days are passed over: such days neither count nor end anything (TS-11).
    pub(crate) fn last_certain(&self, what: What) -> Option<i64> {
        let [of_use, of_problems] = &self.last_certain;
        let known = if what == What::Use { of_use } else { of_problems };
        let counts = |day: &Day| what == What::Use || day.controlled == Verdict::Unmet;
        *known.get_or_init(|| self.find_last_certain(what, counts))
    }

    /// The same in any environment: use with problems in custody is use with problems.
    pub(crate) fn last_certain_anywhere(&self, what: What) -> Option<i64> {
        self.find_last_certain(what, |_| true)
    }

    fn find_last_certain(&self, what: What, counts: impl Fn(&Day) -> bool + Copy) -> Option<i64> {
        let floats = self.floats.iter().filter(|float| {
            float.is_certain && (what == What::Use || self.has_problems(float.statement))
        });
        let streams = self.streams.iter();
        let in_table = streams.filter_map(|stream| self.certain_in(stream, what, counts).last()?);
        let in_table = in_table.max();
        in_table.max(floats.map(|float| float.from).max())
    }

    /// The last day that can be one of use (with problems); before the table anything can be.
    pub(crate) fn last_possible(&self, what: What, reading: Reading) -> i64 {
        let can_be = |day: &&Day| match what {
            What::Use if day.observed => day.used != Verdict::Unmet,
            What::Problems if day.controlled == Verdict::Met => false,
            What::Problems if day.observed => day.problems != Verdict::Unmet,
            What::Use | What::Problems => day.is_open(reading),
        };
        let in_table = self.days.iter().rev().find(can_be).map(|day| day.number);
        let floats = self.floats.iter().filter(|float| {
            what == What::Use || self.problems_of(float.statement) != Some(Problems::Never)
        });
        let last = in_table.max(floats.map(|float| float.to).max());
        last.unwrap_or(self.first - 1)
    }

    /// The event that decides about use (with problems) on a day, or that leaves it on that day.
    pub(crate) fn event_with(&self, what: What, number: i64) -> Option<&'r Event> {
        let decides =
            |said: &Said| self.statement(if what == What::Use { None } else { said.problems });
        let float = || self.floats.iter().find(|float| [float.from, float.to].contains(&number));
        let problems = self.said_of(number).find_map(decides).map(|statement| statement.event);
        let of_use = self.day(number).filter(|day| day.observed && day.used != Verdict::Unmet);
        problems
            .or_else(|| self.statement(of_use?.said_by).map(|statement| statement.event))
            .or_else(|| self.statement(Some(float()?.statement)).map(|statement| statement.event))
            .or_else(|| self.event_of(number))
    }

    fn problems_of(&self, statement: u32) -> Option<Problems> {
        self.statement(Some(statement))?.problems
    }

    fn has_problems(&self, statement: u32) -> bool {
        match self.problems_of(statement) {
            Some(Problems::Always) => true,
            Some(Problems::Within(few)) => few.min > 0,
            Some(Problems::Never) | None => false,
        }
    }

    /// The fewest and the most days of use among the observed days from the one number to the
    /// other.
    pub(crate) fn use_between(&self, from: i64, to: i64) -> Few {
        let (start, days) = self.range(from, to);
        let sums = self.sums.get_or_init(|| Sums::new(self));
        let known = sums.between(self, start, start + days.len());
        known.unwrap_or_else(|| self.use_on(from, to, |_| true))
    }

    /// The same, of the days of which `counts` holds.
    pub(crate) fn use_on(&self, from: i64, to: i64, counts: impl Fn(&Day) -> bool) -> Few {
        self.sum(from, to, counts, 1, Using::bounds)
    }

    /// Seven times the days of use, as `use_between` tells them, where each day of a weekly pattern
    /// has its share of the week: what is held throughout has the same mean over any days.
    pub(crate) fn sevenths_between(&self, from: i64, to: i64) -> Few {
        self.sum(from, to, |_| true, 7, Using::sevenths)
    }

    /// A sum in units of which a day of use has so many, and days of a statement so many as `of`
    /// tells.
    fn sum(
        &self,
        from: i64,
        to: i64,
        counts: impl Fn(&Day) -> bool,
        of_day: i64,
        of: fn(Using, i64, Few) -> Few,
    ) -> Few {
        let (start, days) = self.range(from, to);
        let asked = |day: &Day| day.may_be_of_use() && counts(day);
        let (mut certain, mut open) = (0, 0);
        for day in days.iter().filter(|day| asked(day)) {
            let counted = if day.used == Verdict::Met { &mut certain } else { &mut open };
            *counted += 1;
        }
        let streams = self.streams.iter().filter(|_| open > 0);
        let of_streams = streams.map(|stream| {
            let said = stream.get(start..).unwrap_or_default();
            self.in_parts(days.iter().zip(said), asked, of)
        });
        of_streams.fold(Few::NONE, Few::beside).united(certain * of_day, open * of_day)
    }

    /// The events that say what use there was on the days, those of the latest days first.
    pub(crate) fn events_between(&self, from: i64, to: i64) -> Vec<&'r Event> {
        self.saying(self.days_between(from, to).iter(), |_| true)
    }

    /// Of these, the events that say that there was use.
    pub(crate) fn events_of_use(&self, from: i64, to: i64) -> Vec<&'r Event> {
        let days = self.days_between(from, to).iter().filter(|day| day.may_be_of_use());
        self.saying(days, |used| used != Using::Clear)
    }

    fn saying<'d>(
        &self,
        days: impl DoubleEndedIterator<Item = &'d Day>,
        says: impl Fn(Using) -> bool,
    ) -> Vec<&'r Event> {
        let mut events: Vec<&Event> = Vec::new();
        let mut seen = BTreeSet::new();
        for said in days.rev().flat_map(|day| self.said_of(day.number)) {
            let statement = self.statement(said.used).filter(|said| says(said.used));
            if let Some(event) = statement.map(|said| said.event)
                && seen.insert(event.id())
            {
                events.push(event);
            }
        }
        events
    }

    /// Of these, the events of the last certain day of use and of all that may be later.
    pub(crate) fn events_of_last_use(&self, from: i64, to: i64) -> Vec<&'r Event> {
        let is_certain = |day: &&Day| day.may_be_of_use() && day.used == Verdict::Met;
        let certain = self.days_between(from, to).iter().rev().find(is_certain);
        self.events_of_use(certain.map_or(from, |day| day.number), to)
    }

    /// The days of use of one stream on days of which only the number is known.
    fn in_parts<'d>(
        &self,
        days: impl Iterator<Item = (&'d Day, &'d Said)>,
        asked: impl Fn(&Day) -> bool,
        of: fn(Using, i64, Few) -> Few,
    ) -> Few {
        let mut all = Few::NONE;
        let mut add = |(id, days): (u32, i64)| {
            if let Some(statement) = self.statement(Some(id)) {
                all = all + of(statement.used, days, statement.length);
            }
        };
        // The parts of patterns are contiguous, those of counts need not be.
        let mut pattern: Option<(u32, i64)> = None;
        let mut counts: BTreeMap<u32, i64> = BTreeMap::new();
        for (day, said) in days {
            let id = said.used.filter(|_| day.used == Verdict::Unknown && asked(day));
            match &mut pattern {
                Some((of, days)) if id == Some(*of) => *days += 1,
                _ => {
                    pattern.take().into_iter().for_each(&mut add);
                    match id.zip(self.statement(id)).map(|(id, statement)| (id, statement.used)) {
                        Some((id, Using::Weekly(_))) => pattern = Some((id, 1)),
                        Some((id, Using::Within(_))) => *counts.entry(id).or_default() += 1,
                        Some((_, Using::Clear | Using::Daily)) | None => {}
                    }
                }
            }
        }
        pattern.into_iter().for_each(&mut add);
        for (id, days) in &counts {
            add((*id, *days));
        }
        all
    }
}

fn one_in(id: u32, few: Few, length: Few) -> Claim {
    if few.min == 0 { Claim::Perhaps } else { Claim::OneIn(id, length.max - few.min + 1) }
}
