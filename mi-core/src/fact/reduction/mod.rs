//! Reduced use and use that is not: the level before change, and the walk that holds each day
//! against it.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years")]

mod level;
mod ratio;
mod reference;
mod walk;

#[cfg(test)]
pub(super) use walk::Bounds;
pub(super) use walk::{Side, Step, Walked, walk};

use std::rc::Rc;

use level::{Before, Levels};
pub(super) use reference::Reference;

use super::{
    Fact, Facts, Missing, Observed, Reading,
    days::{Day, DayTable},
    query::take,
};
use crate::{
    client::{Comparison, Direction, Driver, Substance, SubstanceTest, TestResult},
    date::PartialDate,
    record::Event,
    value::{Measured, Range, Verdict},
};

/// Whether use is reduced, for how long, and what that rests on.
pub(super) struct Reduction<'r> {
    reduced: Range,
    not_reduced: Range,
    events: Vec<&'r Event>,
    /// The day from which unreported stretches leave it open.
    from: i64,
    /// A report that leaves it open by a range of its own.
    vague: Option<&'r Event>,
    has_reference: bool,
}

impl<'r> Facts<'_, 'r> {
    /// The level before change, as the share of days with use in whole percent, rounded down.
    pub(crate) fn use_reference(&self, substance: Substance) -> Observed {
        let Some(reference) = self.reference(substance) else {
            let missing = Missing::of(Fact::USE_REFERENCE).about_substance(substance);
            return Observed::quantity(Measured::Percent, Range::between(0, 100)).missing(missing);
        };
        let share = reference.before.share;
        let range = Range::between(share.least.percent(), share.most.percent());
        let seen = Observed::quantity(Measured::Percent, range).on(reference.event);
        if seen.value.is_known() {
            return seen;
        }
        let missing = Missing::of(Fact::USE_REFERENCE).about_substance(substance);
        seen.missing(missing.by_event(reference.event))
    }

    /// Observed community days of the present run of reduced use; 0 while use is not reduced.
    pub(crate) fn days_reduced(&self, substance: Substance) -> Observed {
        let reduction = self.reduction(substance);
        self.explained(Fact::DAYS_REDUCED, substance, reduction.reduced, &reduction)
    }

    /// Observed community days since a reduction was lost, or since the level before change when
    /// use was never reduced; 0 while it is reduced.
    pub(crate) fn days_not_reduced(&self, substance: Substance) -> Observed {
        let reduction = self.reduction(substance);
        self.explained(Fact::DAYS_NOT_REDUCED, substance, reduction.not_reduced, &reduction)
    }

    fn explained(&self, fact: Fact, on: Substance, range: Range, by: &Reduction<'_>) -> Observed {
        let mut seen = Observed::days(range).on_all(by.events.iter().copied());
        if seen.value.is_known() {
            return seen;
        }
        let missing = Missing::of(fact).about_substance(on);
        let spans = self.table(on).open_spans(by.from, Reading::Staging);
        if !by.has_reference {
            seen = seen.missing(Missing::of(Fact::USE_REFERENCE).about_substance(on));
        }
        if !spans.is_empty() {
            seen = seen.missing(missing.clone().for_days(spans));
        }
        by.vague.map_or(seen.clone(), |event| seen.missing(missing.by_event(event)))
    }

    /// What drives a reduction, by the latest report that says so.
    pub(crate) fn reduction_driver(&self, substance: Substance) -> Observed {
        let told = self.reports(substance).filter(|(event, report)| {
            report.driver.is_some() && event.on().earliest() <= self.today()
        });
        let told: Vec<(&Event, Option<Driver>)> =
            told.map(|(event, report)| (event, report.driver)).collect();
        let events = told.iter().map(|(event, _)| *event);
        let latest: Vec<&Event> = take::latest(self.today(), events).collect();
        if latest.is_empty() {
            return Observed::any_code::<Driver>()
                .missing(Missing::of(Fact::REDUCTION_DRIVER).about_substance(substance));
        }
        let last = told.iter().filter(|(event, _)| latest.contains(event));
        Observed::codes(last.filter_map(|(_, driver)| *driver)).on_all(latest)
    }

    /// The latest report that says what drives a reduction.
    pub(crate) fn latest_driver(&self, substance: Substance) -> Option<(&'r Event, Driver)> {
        self.reports(substance).rev().find_map(|(event, report)| {
            let driver = report.driver?;
            (event.on().earliest() <= self.today()).then_some((event, driver))
        })
    }

    /// Observed days of use after the level before change whose amount is taken to be the same.
    pub(crate) fn days_with_amount_taken(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let Some(reference) = self.reference(substance) else {
            return Observed::days(Range::exactly(0));
        };
        let taken = |day: &Day| day.counts() && reference.before.gives_amount(&table, day);
        let days = table.use_on(reference.last_day + 1, table.today, taken);
        Observed::days(Range::between(days.min, days.max)).on(reference.event)
    }

    /// The latest comparison, when it disagrees with the days reported: the walk stands.
    pub(super) fn comparison_that_disagrees(&self, substance: Substance) -> Option<&'r Event> {
        let (event, comparison) = self.latest_comparison(substance)?;
        let reference = self.reference(substance)?;
        let until = event.on().latest().min(self.today()).epoch_days();
        if until <= reference.last_day {
            return None;
        }
        let table = self.table(substance);
        let (_, [most, least]) =
            self.walks(&table, reference.before, reference.last_day + 1, until);
        let disagrees = match comparison.direction {
            Direction::Less => !least.is_low,
            Direction::Unchanged | Direction::More => most.is_low,
        };
        disagrees.then_some(event)
    }

    fn reduction(&self, substance: Substance) -> Rc<Reduction<'r>> {
        self.reductions.of(substance, || Rc::new(self.make_reduction(substance)))
    }

    fn make_reduction(&self, substance: Substance) -> Reduction<'r> {
        let table = self.table(substance);
        if let Some(reference) = self.reference(substance) {
            return self.walked(&table, &reference);
        }
        match self.latest_comparison(substance) {
            Some((event, comparison)) => self.compared(&table, event, comparison),
            None => self.without_reference(substance, &table),
        }
    }

    /// By the two walks that bracket whatever the record leaves open.
    fn walked(&self, table: &DayTable<'r>, reference: &Reference<'r>) -> Reduction<'r> {
        let from = reference.last_day + 1;
        let (steps, [most, least]) = self.walks(table, reference.before, from, table.today);
        let days = |walked: Walked, low| if walked.is_low == low { walked.days } else { 0 };
        let vague = steps.iter().rev().find(|step| step.level.is_some_and(|l| l.least < l.most));
        let begun = [most, least].map(|walked| walked.began.and_then(|day| table.event_of(day)));
        let mut events = vec![reference.event];
        events.extend(begun.into_iter().flatten().chain(table.latest_event()));
        Reduction {
            reduced: Range::between(days(most, true), days(least, true)),
            not_reduced: Range::between(days(least, false), days(most, false)),
            events,
            from,
            vague: vague.and_then(|step| table.event_of(step.day)),
            has_reference: true,
        }
    }

    /// The community days, and the walks over them with the most and with the least use that the
    /// record allows.
    fn walks(
        &self,
        table: &DayTable<'r>,
        before: Before,
        from: i64,
        to: i64,
    ) -> (Vec<Step>, [Walked; 2]) {
        let levels = Levels::new(table, before);
        let steps = levels.steps(from, to);
        let walks = [Side::MostUse, Side::LeastUse].map(|side| {
            let limit = levels.limit(side, self.settings.reduction_percent);
            walk(&steps, side, limit, self.settings.reduction_evidence_days)
        });
        (steps, walks)
    }

    /// Without a reference the latest comparison decides: less since a day begins a run on it,
    /// unchanged or more is none. The days from there to the statement are spoken of, so they count
    /// as observed; a long stretch without reports after it leaves open what became of the run.
    fn compared(
        &self,
        table: &DayTable<'r>,
        event: &'r Event,
        comparison: &Comparison,
    ) -> Reduction<'r> {
        let stated = event.on().latest().min(self.today()).epoch_days();
        let since = comparison.since.map(|since| {
            let day = |day: crate::CalendarDate| day.epoch_days().min(stated);
            (day(since.earliest()), day(since.latest()))
        });
        let (observed, open) = self.days_after_statement(table, stated);
        let days_from = |day: i64| self.stays().community_days(day, stated);
        let least = match since {
            _ if open > 0 => 0,
            Some((_, latest)) => days_from(latest).min + observed,
            None => days_from(stated).min + observed,
        };
        let most = since.map(|(earliest, _)| days_from(earliest).max + observed + open);
        let decided = Range::from_to(least, most);
        let turned = Range::between(0, if open > 0 { open + observed } else { 0 });
        let (reduced, not_reduced) = match comparison.direction {
            Direction::Less => (decided, turned),
            Direction::Unchanged | Direction::More => (turned, decided),
        };
        let events = [event].into_iter().chain(table.latest_event()).collect();
        let vague = (open == 0 && most != Some(least)).then_some(event);
        Reduction { reduced, not_reduced, events, from: stated + 1, vague, has_reference: false }
    }

    /// The observed community days after a statement, and those of long stretches.
    fn days_after_statement(&self, table: &DayTable<'r>, stated: i64) -> (i64, i64) {
        let next = table.days_between(stated + 1, table.today).iter().find(|day| day.observed);
        let (end, limit) = match next {
            Some(day) => (day.number - 1, self.settings.gap_days),
            None => (table.today, self.settings.tail_days),
        };
        let stretch = self.stays().community_days(stated + 1, end).max;
        let open = if stretch > limit { stretch } else { 0 };
        let later = |counts: fn(&Day) -> bool| table.count_after(end, counts);
        (later(Day::counts), open + later(|day| day.may_count() && !day.counts()))
    }

    /// Without either: from 0 to what the highest reference there can be gives.
    ///
    /// A run that is reduced from the first observed day on may have begun before it, after the last
    /// event that shows use; not where that day is itself one of use. Where nothing shows any, and where
    /// nothing is observed at all, there is no upper end, because silence is never 0.
    fn without_reference(&self, substance: Substance, table: &DayTable<'r>) -> Reduction<'r> {
        let first = table.days.iter().find(|day| day.observed);
        let from = first.map_or(table.today + 1, |day| day.number);
        let begins_with_use = first.is_some_and(|day| day.used == Verdict::Met);
        let levels = Levels::new(table, Before::daily());
        let before = Step { day: from - 1, level: None };
        let mut steps: Vec<Step> = if begins_with_use { Vec::new() } else { vec![before] };
        steps.extend(levels.steps(from, table.today));
        let side = Side::LeastUse;
        let limit = levels.limit(side, self.settings.reduction_percent);
        let least = walk(&steps, side, limit, self.settings.reduction_evidence_days);
        let most = match least.began {
            _ if !least.is_low => Some(0),
            Some(began) if began >= from => Some(least.days),
            _ => self.last_shown_before(substance, from).map(|shown| {
                let before = self.stays().community_days(shown + 1, from - 1).max;
                before + least.days - 1
            }),
        };
        Reduction {
            reduced: Range::from_to(0, most),
            not_reduced: Range::from_to(0, self.days_since_clear_week(table)),
            events: table.latest_event().into_iter().collect(),
            from,
            vague: None,
            has_reference: false,
        }
    }

    /// The first day that the last event before a day can be which shows use: a positive test that no
    /// prescription explains.
    fn last_shown_before(&self, substance: Substance, day: i64) -> Option<i64> {
        let shows = |test: &SubstanceTest| {
            test.result == TestResult::Positive
                && test.explained_by.is_none()
                && test.substance.is_in(substance)
        };
        let positive = self.snapshot.of::<SubstanceTest>().filter(|(_, test)| shows(test));
        let days = positive.map(|(event, _)| event.on());
        let before = days.filter(|on| on.latest().epoch_days() < day);
        before.map(|on| on.earliest().epoch_days()).max()
    }

    /// The community days since the last run of observed days without use that is as long as what
    /// ends a phase of the walk.
    fn days_since_clear_week(&self, table: &DayTable<'r>) -> Option<i64> {
        let mut days = 0;
        let mut clear = 0;
        for day in table.days.iter().rev().filter(|day| day.may_count()) {
            let is_clear = day.counts() && day.used == Verdict::Unmet;
            clear = if is_clear { clear + 1 } else { 0 };
            days += 1;
            if clear == self.settings.reduction_evidence_days {
                return Some(days - clear);
            }
        }
        None
    }

    fn latest_comparison(&self, substance: Substance) -> Option<(&'r Event, &'r Comparison)> {
        self.reports(substance).rev().find_map(|(event, report)| {
            let comparison = report.change.as_ref()?;
            let speaks_from = comparison.since.map_or(event.on(), |since: PartialDate| since);
            (speaks_from.earliest() <= self.today()).then_some((event, comparison))
        })
    }
}
