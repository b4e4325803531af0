#![allow(clippy::all, clippy::pedantic, clippy::restriction, reason = "a stand-in")]
//! A stand-in for the day table, for compiling and testing alone.

use super::{Fact, Facts, Missing, Observed, Range, Reading};
use crate::{
    client::{Coverage, Substance, Unit, Use, UseReport},
    record::CalendarDate,
};

impl Facts<'_, '_> {
    /// Lowest and highest use on a day: 0 or 1 each.
    fn on_day(&self, class: Substance, day: CalendarDate) -> (i64, i64) {
        let mut state = (0, 1);
        for (_, coverage) in self.snapshot.of::<Coverage>() {
            if coverage.substance.is_in(class)
                && coverage.from.latest() <= day
                && coverage.to.earliest() >= day
            {
                state = (0, 0);
            }
        }
        for (_, report) in self.snapshot.of::<UseReport>() {
            for p in &report.periods {
                if report.substance.is_in(class) && p.from.latest() <= day && p.to.earliest() >= day
                {
                    state = match p.r#use {
                        Use::None {} => (0, 0),
                        Use::Daily {} => (1, 1),
                        Use::Weekly { .. } | Use::Count { .. } => (0, 1),
                    };
                }
            }
        }
        state
    }

    pub(crate) fn use_between(
        &self,
        class: Substance,
        from: CalendarDate,
        to: CalendarDate,
    ) -> Range {
        let start = from.max(to.plus_days(-4000));
        let (mut min, mut max, mut day) = (0, 0_i64, start);
        while day <= to {
            let (low, high) = self.on_day(class, day);
            (min, max, day) = (low + min, high + max, day.plus_days(1));
        }
        // whole weeks of patterns
        let mut weekly = 0;
        for (_, report) in self.snapshot.of::<UseReport>() {
            for p in report.periods.iter().filter(|_| report.substance.is_in(class)) {
                let (a, b) = (p.from.latest().max(start), p.to.earliest().min(to));
                if let Use::Weekly { days } = p.r#use
                    && a <= b
                {
                    let length = b.days_since(a) + 1;
                    weekly += length / 7 * days.min.get();
                    let most = (length + 6) / 7 * days.max.get();
                    max -= (length - most).max(0);
                }
            }
        }
        Range::between(min + weekly, max)
    }

    pub(crate) fn days_since_use(&self, class: Substance, _: Reading) -> Observed {
        let today = self.today();
        let mut min = None;
        for back in 0..4000 {
            match self.on_day(class, today.plus_days(-back)) {
                (1, _) => {
                    let open = Missing::of(Fact::DaysSinceUse);
                    return Observed::days(Range::between(min.unwrap_or(back), back))
                        .missing_if_open(open);
                }
                (_, 1) => min = min.or(Some(back)),
                _ => {}
            }
        }
        Observed::days(Range::at_least(min.unwrap_or(0))).missing(Missing::of(Fact::DaysSinceUse))
    }

    pub(crate) fn grams_on_last_days(
        &self,
        class: Substance,
        days: i64,
    ) -> Option<(CalendarDate, Vec<Range>)> {
        let mut found = Vec::new();
        let mut last = None;
        for back in 0..400 {
            let day = self.today().plus_days(-back);
            let mut grams = None;
            for (_, report) in self.snapshot.of::<UseReport>() {
                for p in report.periods.iter().filter(|_| report.substance.is_in(class)) {
                    if p.from.latest() <= day && p.to.earliest() >= day {
                        let amount = p.per_use_day.filter(|q| q.unit == Unit::GramEthanol);
                        let amount = amount.map(|q| (q.amount.millionths() / 1_000_000) as i64);
                        grams = Some(match (p.r#use, amount) {
                            (Use::None {}, _) => Range::exactly(0),
                            (Use::Daily {}, Some(grams)) => Range::exactly(grams),
                            (Use::Daily {}, None) => Range::at_least(0),
                            (_, Some(grams)) => Range::between(0, grams),
                            (_, None) => Range::at_least(0),
                        });
                    }
                }
            }
            if let Some(grams) = grams {
                last = last.or(Some(day));
                found.push(grams);
            }
            if i64::try_from(found.len()).unwrap_or(days) >= days {
                break;
            }
        }
        last.map(|last| (last, found))
    }
}
