//! Which events report use: what a value that rests on days of use points to.

use super::Facts;
use crate::{
    client::{Overdose, Period, ReturnToUse, Substance, Use, UseReport},
    record::{Body, CalendarDate, Event, PartialDate, Span},
};

impl<'r> Facts<'_, 'r> {
    /// The events that report use of a substance or of a member of a class on days of a span.
    pub(super) fn reports_of_use(
        &self,
        class: Substance,
        span: Span,
    ) -> impl DoubleEndedIterator<Item = &'r Event> {
        self.reported_use(span).filter(move |(_, used)| used.is_in(class)).map(|(event, _)| event)
    }

    /// The events that report use of anything on days of a span, with the substance.
    pub(super) fn reported_use(
        &self,
        span: Span,
    ) -> impl DoubleEndedIterator<Item = (&'r Event, Substance)> {
        self.snapshot.events().iter().filter_map(move |event| {
            #[expect(clippy::wildcard_enum_match_arm, reason = "three kinds report use")]
            let (substance, meets) = match event.body() {
                Body::UseReport(UseReport { substance, periods, .. }) => {
                    let meets = |p: &Period| p.may_have_use() && meets(p.from, p.to, span);
                    (substance, periods.iter().any(meets))
                }
                Body::Overdose(Overdose { substance }) => {
                    (substance, meets(event.on(), event.on(), span))
                }
                Body::ReturnToUse(ReturnToUse { substance, from, to, .. }) => {
                    (substance, meets(*from, *to, span))
                }
                _ => return None,
            };
            meets.then_some((*event, *substance))
        })
    }

    /// Does an event that reports use surely report a day of it up to today?
    pub(super) fn reports_a_past_day(&self, event: &Event) -> bool {
        let is_past = |p: &Period| p.surely_has_use() && p.to.latest() <= self.today();
        match event.body() {
            Body::UseReport(report) => report.periods.iter().any(is_past),
            _ => true,
        }
    }

    /// All days up to today.
    pub(super) fn ever(&self) -> Span {
        Span { from: CalendarDate::MIN, to: self.today() }
    }

    /// The last so many days, today included.
    pub(super) fn last_days(&self, days: i64) -> Span {
        Span {
            from: self.today().plus_days(days.saturating_sub(1).saturating_neg()),
            to: self.today(),
        }
    }
}

impl Period {
    fn may_have_use(&self) -> bool {
        match self.r#use {
            Use::None {} => false,
            Use::Daily {} | Use::Weekly { .. } => true,
            Use::Count { days } => days.max.get() > 0,
        }
    }

    pub(super) fn surely_has_use(&self) -> bool {
        match self.r#use {
            Use::None {} => false,
            Use::Daily {} | Use::Weekly { .. } => true,
            Use::Count { days } => days.min.get() > 0,
        }
    }
}

fn meets(from: PartialDate, to: PartialDate, span: Span) -> bool {
    from.earliest() <= span.to && to.latest() >= span.from
}
