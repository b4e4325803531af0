//! The day table of a substance: what a record says about each day, and what it leaves open.
//!
//! [`Statement`] is one thing that was said about a span of days; [`Layer`] paints the days so that
//! what was recorded later replaces what it states, and no more; [`DayTable`] holds the result from
//! the first day that anything speaks of to the day asked about. [`Stays`] knows which of the days
//! were in a controlled environment.

mod counting;
mod paint;
mod statement;
mod stays;
mod sums;
mod table;

use std::rc::Rc;

pub(crate) use counting::What;
pub(crate) use statement::{Few, Problems, Source, Statement, Using, periods};
pub(crate) use stays::Stays;
pub(crate) use table::{Day, DayTable, Said};

use super::Facts;
use crate::{
    client::Substance,
    date::{CalendarDate, Span},
};

impl<'r> Facts<'_, 'r> {
    /// The day table of a substance or class, made once.
    pub(super) fn table(&self, substance: Substance) -> Rc<DayTable<'r>> {
        self.tables.of(substance, || {
            let (today, said) = (self.today().epoch_days(), self.speaking_of(substance));
            Rc::new(DayTable::new(said, today, self.settings, self.stays(), substance))
        })
    }

    /// The stays that are recorded, made once.
    pub(super) fn stays(&self) -> &Stays {
        self.stays.get_or_init(|| Stays::new(self.snapshot))
    }

    /// The community days after the one day, up to the other.
    pub(crate) fn community_days_after(&self, since: CalendarDate, day: CalendarDate) -> Few {
        self.community_days(since.plus_days(1), day)
    }

    /// The days from the one to the other, both included, that are not in a controlled environment.
    pub(crate) fn community_days(&self, from: CalendarDate, to: CalendarDate) -> Few {
        self.stays().community_days(from.epoch_days(), to.epoch_days())
    }
}

/// The day with this number, held inside the calendar.
pub(super) fn date(number: i64) -> CalendarDate {
    let held = number.clamp(CalendarDate::MIN.epoch_days(), CalendarDate::MAX.epoch_days());
    CalendarDate::from_epoch_days(held).unwrap_or(CalendarDate::MIN)
}

/// The span from the one day to the other.
pub(super) fn span(from: i64, to: i64) -> Span {
    Span { from: date(from), to: date(to) }
}
