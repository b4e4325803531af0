//! The level of use before change.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, amounts to 10^15")]

use super::{
    level::{Before, share},
    ratio::{Between, Ratio},
};
use crate::{
    client::{Substance, UseReport},
    fact::{
        Facts,
        days::{Few, Statement, Using, periods},
        episode::Episode,
    },
    record::Event,
    value::Unit,
};

/// The level before change, from a report marked as baseline.
///
/// The level is share × amount: all its use × amount over all its days. What the report leaves open
/// makes it a range; a report that may hold no use at all is no reference.
#[derive(Clone, Copy)]
pub(crate) struct Reference<'r> {
    pub(crate) event: &'r Event,
    /// The last day that it speaks of for certain.
    pub(crate) last_day: i64,
    pub(crate) before: Before,
}

impl<'r> Facts<'_, 'r> {
    /// The reference of a substance: the first report of the episode marked baseline, else the last
    /// one of an earlier episode that ended recently enough before this one.
    ///
    /// A report belongs to the episode that was open on its day. Where no episode was ever opened,
    /// the whole record counts as one.
    pub(crate) fn reference(&self, substance: Substance) -> Option<Reference<'r>> {
        self.references.of(substance, || self.find_reference(substance))
    }

    fn find_reference(&self, substance: Substance) -> Option<Reference<'r>> {
        let mut marked =
            self.reports(substance).filter(|(_, report)| report.baseline == Some(true));
        let episodes = self.episodes();
        let Some(current) = episodes.last() else {
            return marked.next().and_then(|(event, report)| Reference::new(event, report));
        };
        let marked: Vec<_> = marked.collect();
        let in_current = marked.iter().find(|(event, _)| current.holds(event.on().earliest()));
        let recent = |episode: &&Episode<'_>| {
            episode.closed.is_some_and(|(closed, _)| {
                let days = current.first_day().days_since(closed.on().latest());
                days <= self.settings.reference_days
            })
        };
        let earlier: Vec<_> = episodes.iter().rev().skip(1).filter(recent).collect();
        let last_of = |episode: &Episode<'_>| {
            marked.iter().rev().find(|(event, _)| episode.holds(event.on().earliest()))
        };
        let found = in_current.or_else(|| earlier.into_iter().find_map(last_of));
        found.and_then(|(event, report)| Reference::new(event, report))
    }
}

impl<'r> Reference<'r> {
    fn new(event: &'r Event, report: &UseReport) -> Option<Self> {
        let periods = periods(event, report);
        let last_day = periods.iter().map(Statement::ends_at_least_on).max()?;
        let share = whole_share(&periods);
        let amount = amount(&periods);
        let is_use = |level: Between| !level.least.is_zero();
        let has_use = is_use(share) && amount.is_none_or(|(_, amount)| is_use(amount));
        has_use.then_some(Self { event, last_day, before: Before { share, amount } })
    }
}

/// The share of days with use over all periods.
fn whole_share(periods: &[Statement<'_>]) -> Between {
    let is_exact = periods.iter().all(|period| period.length.min == period.length.max);
    if is_exact {
        let days: i64 = periods.iter().map(|period| period.length.min).sum();
        let of = |sevenths: fn(&Statement<'_>) -> i64| {
            let all = periods.iter().map(|period| i128::from(sevenths(period))).sum();
            Ratio::new(all, i128::from(days) * 7)
        };
        return Between { least: of(|p| sevenths(p).min), most: of(|p| sevenths(p).max) };
    }
    // How the periods weigh is not known: the share lies between their least and their most.
    let shares = || periods.iter().map(|period| share(period.used, period.length));
    Between {
        least: shares().map(|share| share.least).reduce(Ratio::min).unwrap_or(Ratio::ZERO),
        most: shares().map(|share| share.most).reduce(Ratio::max).unwrap_or(Ratio::ZERO),
    }
}

/// The days of use of a period, in sevenths of a day: a weekly pattern has its share of every day.
fn sevenths(period: &Statement<'_>) -> Few {
    let days = period.length.min;
    match period.used {
        Using::Clear => Few { min: 0, max: 0 },
        Using::Daily => Few { min: 7 * days, max: 7 * days },
        Using::Weekly(few) => Few { min: days * few.min, max: days * few.max },
        Using::Within(few) => Few { min: 7 * few.min, max: 7 * few.max },
    }
}

/// The mean amount per day of use, in the unit that is reported first; other days of use are taken
/// to have the same.
fn amount(periods: &[Statement<'_>]) -> Option<(Unit, Between)> {
    let unit = periods.iter().find_map(|period| period.amount)?.unit;
    let in_unit = || {
        periods.iter().filter_map(|period| {
            let amount = period.amount.filter(|amount| amount.unit == unit)?;
            Some((period, amount.amount.millionths()))
        })
    };
    let is_exact = in_unit().all(|(period, _)| {
        let days = sevenths(period);
        days.min == days.max && period.length.min == period.length.max
    });
    if is_exact {
        let days = in_unit().map(|(period, _)| i128::from(sevenths(period).min)).sum();
        let all = in_unit().map(|(period, of)| i128::from(sevenths(period).min) * of).sum();
        return Some((unit, Between::exactly(Ratio::new(all, days))));
    }
    let bound = |amount: Option<i128>| Ratio::new(amount.unwrap_or(0), 1);
    let least = bound(in_unit().map(|(_, of)| of).min());
    Some((unit, Between { least, most: bound(in_unit().map(|(_, of)| of).max()) }))
}
