//! Which events report use: what a value that rests on days of use points to.

use std::collections::BTreeMap;

use super::Facts;
use crate::{
    client::{Coverage, Overdose, Period, ReturnToUse, Substance, Use, UseReport},
    date::{CalendarDate, PartialDate, Span},
    record::{Body, Event, Kind, in_order},
};

impl<'r> Facts<'_, 'r> {
    /// The events that report use of a substance or of a member of a class on days of a span.
    pub(super) fn reports_of_use(
        &self,
        class: Substance,
        span: Span,
    ) -> impl DoubleEndedIterator<Item = &'r Event> {
        self.speaking_of(class).into_iter().filter(move |event| reports_use_in(event, span))
    }

    /// The last event of all that report use of anything up to today.
    pub(super) fn last_report_of_use(&self) -> Option<&'r Event> {
        let (of_all, ever) = (self.speaking_of_use().values(), self.ever());
        let last = of_all.filter_map(|events| events.iter().rfind(|e| reports_use_in(e, ever)));
        last.copied().max_by_key(|event| event.order())
    }

    /// The reports on a substance or the members of a class, in order.
    pub(super) fn reports(
        &self,
        class: Substance,
    ) -> impl DoubleEndedIterator<Item = (&'r Event, &'r UseReport)> {
        let events = self.speaking_of(class).into_iter();
        events.filter_map(|event| UseReport::of(event.body()).map(|report| (event, report)))
    }

    /// The events that speak of the use of a substance or of the members of a class, in order.
    pub(super) fn speaking_of(&self, class: Substance) -> Vec<&'r Event> {
        let of_all = self.speaking_of_use().iter();
        in_order(of_all.filter(|(said, _)| said.is_in(class)).map(|(_, events)| events))
    }

    /// The events that speak of use, by substance, each in order; made once.
    fn speaking_of_use(&self) -> &BTreeMap<Substance, Vec<&'r Event>> {
        self.reported.get_or_init(|| {
            let mut of_all: BTreeMap<Substance, Vec<&Event>> = BTreeMap::new();
            for event in self.snapshot.of_kinds(&SPEAKING) {
                #[expect(clippy::wildcard_enum_match_arm, reason = "four kinds speak of use")]
                let substance = match event.body() {
                    Body::UseReport(report) => report.substance,
                    Body::Coverage(coverage) => coverage.substance,
                    Body::Overdose(overdose) => overdose.substance,
                    Body::ReturnToUse(found) => found.substance,
                    _ => continue,
                };
                of_all.entry(substance).or_default().push(event);
            }
            of_all
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

/// The kinds that speak of use.
const SPEAKING: [usize; 4] =
    [UseReport::PLACE, Coverage::PLACE, Overdose::PLACE, ReturnToUse::PLACE];

/// Does an event report use on a day of a span?
#[expect(clippy::wildcard_enum_match_arm, reason = "three kinds report use")]
fn reports_use_in(event: &Event, span: Span) -> bool {
    match event.body() {
        Body::UseReport(report) => {
            let meets = |p: &Period| p.may_have_use() && meets(p.from, p.to, span);
            report.periods.iter().any(meets)
        }
        Body::Overdose(_) => meets(event.on(), event.on(), span),
        Body::ReturnToUse(found) => meets(found.from, found.to, span),
        _ => false,
    }
}

fn meets(from: PartialDate, to: PartialDate, span: Span) -> bool {
    from.earliest() <= span.to && to.latest() >= span.from
}
