//! The level of use of each day: share of use × amount per day of use.
#![expect(clippy::arithmetic_side_effects, reason = "the scale of levels leaves room for the sums")]

use std::{cell::RefCell, collections::BTreeMap};

use super::{
    ratio::{Between, Ratio, Scale, Toward},
    walk::{Bounds, Side, Step},
};
use crate::{
    fact::days::{Day, DayTable, Few, Said, Using},
    value::Unit,
};

/// The level before change: what the levels of days are held against.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    /// The share of days with use.
    pub(super) share: Between,
    /// The amount per day of use, in millionths of a unit; without one the share stands alone.
    pub(super) amount: Option<(Unit, Between)>,
}

impl Before {
    /// The highest level there can be: daily use.
    pub(super) fn daily() -> Self {
        Self { share: Between::exactly(Ratio::ONE), amount: None }
    }

    fn amount(&self) -> Between {
        self.amount.map_or(Between::exactly(Ratio::ONE), |(_, amount)| amount)
    }

    /// Is the amount of a day of use taken to be that of this level, as none in its unit is known?
    pub(super) fn gives_amount(&self, table: &DayTable<'_>, day: &Day) -> bool {
        let Some((unit, _)) = self.amount else { return false };
        let is_taken = |said: &Said| {
            let is_use = table.statement(said.used).is_some_and(|said| said.used != Using::Clear);
            let amount = table.statement(said.amount).and_then(|said| said.amount);
            is_use && amount.is_none_or(|amount| amount.unit != unit)
        };
        day.may_be_of_use() && table.said_of(day.number).any(is_taken)
    }
}

/// Levels on one scale, in hundredths, so that a limit in percent needs no division.
pub(super) struct Levels<'t, 'r> {
    table: &'t DayTable<'r>,
    before: Before,
    scale: Scale,
    /// The level of daily use with the amount before change.
    daily: i128,
    known: RefCell<BTreeMap<WhatIsSaid, OfStream>>,
}

/// What these statements say: the same in many of them.
type WhatIsSaid = (Option<(Using, Few)>, Option<(Unit, i128)>);

/// The level of a day in one stream.
#[derive(Clone, Copy)]
struct OfStream {
    /// With the amount that is taken to be that of the level before change.
    taken: Bounds,
    /// With the amount that is reported, if it is, in the same unit.
    reported: Option<Bounds>,
}

impl<'t, 'r> Levels<'t, 'r> {
    pub(super) fn new(table: &'t DayTable<'r>, before: Before) -> Self {
        let shares = table.statements.iter().map(|said| share(said.used, said.length));
        let shares = shares.chain([before.share]).flat_map(|share| [share.least, share.most]);
        let amount = before.amount();
        let scale = Scale::of(shares, [amount.least, amount.most]);
        let daily = scale.put(amount.least, Toward::More) * 100;
        Self { table, before, scale, daily, known: RefCell::default() }
    }

    /// The limit on the side of the walk: against the lowest level before change for the most use.
    pub(super) fn limit(&self, side: Side, percent: i64) -> i128 {
        let level = self.before.share.times(self.before.amount());
        let level = match side {
            Side::MostUse => self.scale.put(level.least, Toward::Less),
            Side::LeastUse => self.scale.put(level.most, Toward::More),
        };
        level * i128::from(percent)
    }

    /// The community days from the one number to the other, as steps of the walk.
    pub(super) fn steps(&self, from: i64, to: i64) -> Vec<Step> {
        let (start, days) = self.table.range(from, to);
        let days = (start..).zip(days);
        let community = days.filter(|(_, day)| day.may_count());
        // Most days follow one another in a statement: then their level is the same.
        let mut last: Option<(usize, Bounds)> = None;
        let mut level = |place: usize, day: &Day| {
            let same = last.filter(|(before, _)| self.table.says_the_same(*before, place));
            let level = same.map_or_else(|| self.level(day), |(_, level)| level);
            last = Some((place, level));
            level
        };
        let mut steps = Vec::with_capacity(self.table.days.len());
        steps.extend(community.map(|(place, day)| {
            let level = day.counts().then(|| level(place, day));
            Step { day: day.number, level }
        }));
        steps
    }

    fn level(&self, day: &Day) -> Bounds {
        let mut reported = Some(Bounds { least: 0, most: 0 });
        let mut taken = Bounds { least: 0, most: 0 };
        for stream in self.table.said_of(day.number).map(|said| self.of_stream(said)) {
            let sum = |(one, other): (Bounds, Bounds)| Bounds {
                least: one.least + other.least,
                most: one.most + other.most,
            };
            reported = reported.zip(stream.reported).map(sum);
            // Use in two streams can fall on the same days.
            taken.least = taken.least.max(stream.taken.least);
            taken.most += stream.taken.most;
        }
        taken.most = taken.most.min(self.daily.max(taken.least));
        reported.unwrap_or(taken)
    }

    fn of_stream(&self, said: &Said) -> OfStream {
        let used = self.table.statement(said.used).map(|said| (said.used, said.length));
        let what = (used, self.amount(said));
        *self.known.borrow_mut().entry(what).or_insert_with(|| self.computed(what))
    }

    fn computed(&self, (used, amount): WhatIsSaid) -> OfStream {
        let clear = Bounds { least: 0, most: 0 };
        let share =
            used.map_or(Between::exactly(Ratio::ZERO), |(used, length)| share(used, length));
        let put = |level: Between| Bounds {
            least: self.scale.put(level.least, Toward::Less) * 100,
            most: self.scale.put(level.most, Toward::More) * 100,
        };
        // The most use goes with the lowest amount before change, as its limit does.
        let Between { least, most } = self.before.amount();
        let taken = put(Between { least: share.least.times(most), most: share.most.times(least) });
        let reported = match (amount, self.before.amount) {
            _ if used.is_none_or(|(used, _)| used == Using::Clear) => Some(clear),
            (Some((unit, amount)), Some((of_before, _))) if unit == of_before => {
                Some(put(share.times(Between::exactly(Ratio::new(amount, 1)))))
            }
            _ => None,
        };
        OfStream { taken, reported }
    }

    fn amount(&self, said: &Said) -> Option<(Unit, i128)> {
        let amount = self.table.statement(said.amount)?.amount?;
        Some((amount.unit, amount.amount.millionths()))
    }
}

/// The share of days with use: of a count n in a span its share of the span, of a weekly pattern its
/// share of a week.
pub(super) fn share(used: Using, length: Few) -> Between {
    let of = |days: i64, all: i64| Ratio::new(days.into(), all.into()).at_most_one();
    match used {
        Using::Clear => Between::exactly(Ratio::ZERO),
        Using::Daily => Between::exactly(Ratio::ONE),
        Using::Weekly(few) => Between { least: of(few.min, 7), most: of(few.max, 7) },
        Using::Within(few) => {
            Between { least: of(few.min, length.max), most: of(few.max, length.min) }
        }
    }
}
