//! The facts of use: days of use, days since, days without, and what conflicts.
//!
//! Staging leaves short stretches without a report out and counts days in the community. Safety
//! leaves nothing out: every unreported day could be one of use, and use in a controlled environment
//! is use.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, counts to 150 000")]

use std::collections::BTreeMap;

use super::{
    Fact, Facts, Missing, Observed, Reading,
    days::{Day, DayTable, Few, Using, What, date},
};
use crate::{
    CalendarDate,
    client::{Concern, ConcernStatus, SettingEvent, Substance},
    date::Span,
    record::Event,
    value::{Measured, Range, Truth, Unit, Verdict},
};

/// What an observed day says about the amount used, in millionths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayAmount {
    pub(crate) day: CalendarDate,
    pub(crate) least: i128,
    /// Without end where there was use and its amount is not known in the unit.
    pub(crate) most: Option<i128>,
}

impl<'r> Facts<'_, 'r> {
    /// Days of use over the observed community days of the window.
    pub(crate) fn use_days(&self, substance: Substance, reading: Reading, days: i64) -> Observed {
        let window = self.window(substance, reading, days);
        let range = Range::between(window.used.min, window.used.max + window.open);
        let seen = Observed::days(range);
        self.over_window(seen, Fact::USE_DAYS, substance, reading, days)
    }

    /// The share of days of use among the observed community days of the window, in whole percent,
    /// rounded down.
    pub(crate) fn use_share(&self, substance: Substance, reading: Reading, days: i64) -> Observed {
        let Window { used, observed, open } = self.window(substance, reading, days);
        let percent = |part: i64, all: i64| (part * 100).checked_div(all + open);
        // Days that may be controlled count where that makes the share smaller, or larger.
        let least = percent(used.min, observed.max);
        let most = percent(used.max + open, observed.min).map(|most| most.min(100));
        let range = Range::between(least.unwrap_or(0), most.unwrap_or(100));
        let seen = Observed::quantity(Measured::Percent, range);
        self.over_window(seen, Fact::USE_SHARE, substance, reading, days)
    }

    fn window(&self, substance: Substance, reading: Reading, days: i64) -> Window {
        let table = self.table(substance);
        let from = self.today().plus_days(1 - days).epoch_days();
        let is_inside = |day: &Day, most: Verdict| {
            reading == Reading::Safety || day.controlled == Verdict::Unmet || day.controlled == most
        };
        let surely = |day: &Day| is_inside(day, Verdict::Unmet);
        let perhaps = |day: &Day| is_inside(day, Verdict::Unknown);
        let before = table.first.min(table.today + 1) - 1;
        let mut window = Window {
            used: Few {
                min: table.use_on(from, table.today, surely).min,
                max: table.use_on(from, table.today, perhaps).max,
            },
            observed: Few::NONE,
            open: match reading {
                Reading::Staging => self.stays().community_days(from, before).max,
                Reading::Safety => (before + 1 - from).max(0),
            },
        };
        for day in table.days_between(from, table.today) {
            window.observed.min += i64::from(day.observed && surely(day));
            window.observed.max += i64::from(day.observed && perhaps(day));
            window.open += i64::from(day.is_open(reading) && perhaps(day));
        }
        window
    }

    fn over_window(
        &self,
        mut seen: Observed,
        fact: Fact,
        substance: Substance,
        reading: Reading,
        days: i64,
    ) -> Observed {
        let table = self.table(substance);
        let from = self.today().plus_days(1 - days).epoch_days();
        let used = |day: &&Day| day.observed && day.used != Verdict::Unmet;
        let last_used = table.days_between(from, table.today).iter().rev().find(used);
        let last_used = last_used.and_then(|day| table.event_of(day.number));
        let latest = table.latest_event().filter(|_| table.last_observed >= Some(from));
        seen = seen.on_all(last_used.into_iter().chain(latest));
        let vague = |day: &&Day| day.observed && day.used == Verdict::Unknown;
        let vague = table.days_between(from, table.today).iter().rev().find(vague);
        let vague = vague.and_then(|day| table.event_of(day.number));
        with_missing(seen, fact, substance, table.open_spans(from, reading), vague)
    }

    /// Days since the last day of use, in calendar days; a short tail is left out for staging.
    pub(crate) fn days_since_use(&self, substance: Substance, reading: Reading) -> Observed {
        let table = self.table(substance);
        let possible = table.last_possible(What::Use, reading);
        let certain = table.last_certain(What::Use);
        let since = certain.map(|day| table.today - day);
        let seen = Observed::days(Range::from_to((table.today - possible).max(0), since));
        let last = certain.and_then(|day| table.event_with(What::Use, day));
        let seen = seen.on_all(last.into_iter().chain(table.latest_event()));
        let from = certain.map_or(table.first, |day| day + 1);
        let spans = table.open_spans(from, reading);
        let vague = vague_on(&table, What::Use, possible, &spans);
        with_missing(seen, Fact::DAYS_SINCE_USE, substance, spans, vague)
    }

    /// Observed community days after the last day of use with problems.
    ///
    /// Use that is not judged widens: the lower end counts from after it. Where no day with problems
    /// is on record, a concern of a use disorder that is not in remission counts as one on its date
    /// for the upper end.
    pub(crate) fn days_without_problematic_use(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let possible = table.last_possible(What::Problems, Reading::Staging);
        let certain = table.last_certain(What::Problems);
        let concern = if certain.is_some() { None } else { self.standing_concern(substance) };
        let of_concern = concern.map(|event| event.on().earliest().epoch_days());
        let last = certain.or(of_concern);
        let most = last.map(|last| {
            let before = self.stays().community_days(last + 1, table.first - 1);
            before.max + table.count_after(last, Day::may_count)
        });
        // What is reported stands: a concern of a later date does not shorten it.
        let fewest = table.count_after(possible, Day::counts);
        let seen = Observed::days(Range::from_to(fewest, most.map(|most| most.max(fewest))));
        let event = certain.and_then(|day| table.event_with(What::Problems, day)).or(concern);
        let seen = seen.on_all(event.into_iter().chain(table.latest_event()));
        let from = last.map_or(table.first, |day| day + 1);
        let spans = table.open_spans(from, Reading::Staging);
        let vague = vague_on(&table, What::Problems, possible, &spans);
        with_missing(seen, Fact::DAYS_WITHOUT_PROBLEMATIC_USE, substance, spans, vague)
    }

    /// The latest statement of a use disorder, suspected or diagnosed, that stands.
    fn standing_concern(&self, substance: Substance) -> Option<&'r Event> {
        let mut latest = BTreeMap::new();
        for (event, concern) in self.concerns_about(substance) {
            latest.insert(concern.substance, (event, concern.status));
        }
        let is_now = |status| matches!(status, ConcernStatus::Suspected | ConcernStatus::Diagnosed);
        let standing = latest.into_values().filter(|(_, status)| is_now(*status));
        standing.map(|(event, _)| event).max_by_key(|event| event.order())
    }

    fn concerns_about(
        &self,
        substance: Substance,
    ) -> impl Iterator<Item = (&'r Event, &'r Concern)> {
        let of_use = move |concern: &Concern| concern.substance.is_some_and(|s| s.is_in(substance));
        self.snapshot.of::<Concern>().filter(move |(_, concern)| of_use(concern))
    }

    /// Whether use with problems, or a concern of a use disorder that was not ruled out, is on
    /// record. Nothing that a record holds makes it a no.
    pub(crate) fn problematic_use_before(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let day = table.last_certain_anywhere(What::Problems);
        let mut latest = BTreeMap::new();
        for (event, concern) in self.concerns_about(substance) {
            latest.insert(concern.substance, (event, concern.status));
        }
        let concern = latest.into_values().find(|(_, status)| *status != ConcernStatus::RuledOut);
        let events = day.and_then(|day| table.event_with(What::Problems, day)).into_iter();
        let events = events.chain(concern.map(|(event, _)| event));
        if day.is_some() || concern.is_some() {
            return Observed::truth(true).on_all(events);
        }
        let missing = Missing::of(Fact::PROBLEMATIC_USE_BEFORE).about_substance(substance);
        Observed::truth(Truth::Unknown).missing(missing)
    }

    /// Observed days without use over the whole record, in any environment; never reset.
    pub(crate) fn days_without_use_total(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let observed = table.count_after(table.first - 1, |day| day.observed);
        let first = table.days.iter().find(|day| day.observed).map(|day| day.number);
        let open = first.map_or(0, |first| table.count_after(first, |day| day.widens));
        let used = table.use_between(table.first, table.today);
        let range = Range::between(observed - used.max, observed - used.min + open);
        total(range, Fact::DAYS_WITHOUT_USE_TOTAL, substance, &table)
    }

    /// The longest run of observed days without use. Short stretches without a report neither count
    /// nor end it.
    pub(crate) fn days_without_use_longest(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let mut longest = Few::NONE;
        let (mut clear, mut counted, mut last) = (0, 0, None);
        // The days counted before the day after the last certain use: they are no part of a run.
        let mut before_run = 0;
        let mut counted_until: Vec<i64> = Vec::with_capacity(table.days.len());
        for (day, since) in table.days.iter().zip(table.certain_since(What::Use)) {
            if day.observed {
                clear = if day.used == Verdict::Unmet { clear + 1 } else { 0 };
            } else if day.widens {
                clear = 0;
            }
            let is_recorded = counted > 0 || day.observed;
            counted += i64::from(is_recorded && (day.observed || day.widens));
            counted_until.push(counted);
            if since > last {
                let index = since.and_then(|day| usize::try_from(day - table.first).ok());
                before_run = index.and_then(|i| counted_until.get(i)).copied().unwrap_or(0);
                last = since;
            }
            longest.min = longest.min.max(clear);
            longest.max = longest.max.max(counted - before_run);
        }
        let range = Range::between(longest.min, longest.max);
        total(range, Fact::DAYS_WITHOUT_USE_LONGEST, substance, &table)
    }

    /// The present run of observed days without use.
    pub(crate) fn days_without_use_current(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let possible = table.last_possible(What::Use, Reading::Staging);
        let first = table.days.iter().find(|day| day.observed).map_or(table.today, |d| d.number);
        let certain = table.last_certain(What::Use).unwrap_or(first - 1);
        let least = table.count_after(possible, |day| day.observed);
        let most = table.count_after(certain, |day| day.observed || day.widens);
        let range = Range::between(least.min(most), most);
        total(range, Fact::DAYS_WITHOUT_USE_CURRENT, substance, &table)
    }

    /// Controlled days of the window: days in a setting without access.
    pub(crate) fn controlled_days(&self, days: i64) -> Observed {
        let from = self.today().plus_days(1 - days);
        let all = self.today().days_since(from) + 1;
        let community = self.community_days(from, self.today());
        let seen = Observed::days(Range::between(all - community.max, all - community.min));
        let held = |_: &(&Event, &SettingEvent)| community.min < all;
        let latest = self.snapshot.of::<SettingEvent>().next_back().filter(held);
        seen.on_all(latest.map(|(event, _)| event))
    }

    /// Observed days that are taken to be in the community because no stay is recorded for them.
    pub(crate) fn days_taken_in_community(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let all = table.first - 1;
        let surely = |day: &Day| day.observed && day.placed == Verdict::Unmet;
        let most = |day: &Day| (day.observed || day.perhaps) && day.placed != Verdict::Met;
        let days = Range::between(table.count_after(all, surely), table.count_after(all, most));
        let missing = Missing::of(Fact::DAYS_TAKEN_IN_COMMUNITY).about_substance(substance);
        Observed::days(days).on_all(table.latest_event()).missing_if_open(missing)
    }

    /// Days that no report covers and that are left out: a short tail and short gaps.
    pub(crate) fn days_left_out(&self, substance: Substance) -> Observed {
        let table = self.table(substance);
        let days = Range::between(table.left_out.min, table.left_out.max);
        let missing = Missing::of(Fact::DAYS_LEFT_OUT).about_substance(substance);
        Observed::days(days).on_all(table.latest_event()).missing_if_open(missing)
    }

    /// The last observed day, and the days not reported that are left out: "as last reported on D, k
    /// days not reported".
    pub(crate) fn observed_through(&self, substance: Substance) -> Option<(CalendarDate, i64)> {
        let table = self.table(substance);
        table.last_observed.map(|day| (date(day), table.left_out.min))
    }

    /// The controlled days since the last certain day of use with problems, or else since anything is
    /// said of use; none where nothing is.
    pub(crate) fn controlled_days_since_problems(&self, substance: Substance) -> Option<i64> {
        let table = self.table(substance);
        let since = table.last_certain(What::Problems).unwrap_or(table.first - 1);
        table.last_observed.map(|_| table.count_after(since, |day| day.controlled == Verdict::Met))
    }

    /// The fewest and the most days of use from the one day to the other, for safety: in any
    /// environment, and every unreported day could be one.
    pub(crate) fn use_between(
        &self,
        substance: Substance,
        from: CalendarDate,
        to: CalendarDate,
    ) -> Range {
        let table = self.table(substance);
        let (from, to) = (from.epoch_days(), to.min(self.today()).epoch_days());
        let used = table.use_between(from, to);
        Range::between(used.min, used.max + unreported(&table, from, to))
    }

    /// On how many days a week there was use in a span, in the mean and for safety: from the whole
    /// number below it to the one above it. A weekly pattern counts as what it is on any day of it;
    /// in a week alone there are as many days of use as there can be.
    pub(crate) fn use_a_week(&self, substance: Substance, span: Span) -> Range {
        let days = span.days();
        if days <= 7 {
            return self.use_between(substance, span.from, span.to);
        }
        let table = self.table(substance);
        let (from, to) = (span.from.epoch_days(), span.to.epoch_days());
        let used = table.sevenths_between(from, to);
        let most = used.max + 7 * unreported(&table, from, to);
        Range::between(used.min / days, ((most + days - 1) / days).min(7))
    }

    /// The events that say what use there was from the one day to the other.
    pub(crate) fn events_between(&self, substance: Substance, span: Span) -> Vec<&'r Event> {
        self.table(substance).events_between(span.from.epoch_days(), span.to.epoch_days())
    }

    /// The events behind the days of use from the one day to the other.
    pub(crate) fn events_of_use(&self, substance: Substance, span: Span) -> Vec<&'r Event> {
        self.table(substance).events_of_use(span.from.epoch_days(), span.to.epoch_days())
    }

    /// The events behind the last day of use from the one day to the other.
    pub(crate) fn events_of_last_use(&self, substance: Substance, span: Span) -> Vec<&'r Event> {
        self.table(substance).events_of_last_use(span.from.epoch_days(), span.to.epoch_days())
    }

    /// The amounts of the last observed days, the latest first, with the events that say so.
    pub(crate) fn last_amounts(
        &self,
        substance: Substance,
        days: usize,
        unit: Unit,
    ) -> (Vec<DayAmount>, Vec<&'r Event>) {
        let table = self.table(substance);
        let observed = table.days.iter().rev().filter(|day| day.observed).take(days);
        let amounts = observed.clone().map(|day| day_amount(&table, day, unit)).collect();
        let mut events: Vec<&Event> = Vec::new();
        for event in observed.filter_map(|day| table.event_of(day.number)) {
            if events.last().is_none_or(|last| last.id() != event.id()) {
                events.push(event);
            }
        }
        (amounts, events)
    }
}

/// The days from the one number to the other that no report covers.
fn unreported(table: &DayTable<'_>, from: i64, to: i64) -> i64 {
    let observed = table.days_between(from, to).iter().filter(|day| day.observed).count();
    (to - from + 1 - i64::try_from(observed).unwrap_or(0)).max(0)
}

/// The report that leaves open what was on a day. On a day that none covers a report of it decides.
fn vague_on<'r>(table: &DayTable<'r>, what: What, day: i64, spans: &[Span]) -> Option<&'r Event> {
    let is_reported = table.day(day).is_some_and(|day| day.observed);
    table.event_with(what, day).filter(|_| is_reported || spans.is_empty())
}

/// Says what is missing of an open value: days without a report, and the report that is vague.
fn with_missing(
    mut seen: Observed,
    fact: Fact,
    substance: Substance,
    spans: Vec<Span>,
    vague: Option<&Event>,
) -> Observed {
    if seen.value.is_known() {
        return seen;
    }
    let missing = Missing::of(fact).about_substance(substance);
    if !spans.is_empty() || vague.is_none() {
        seen = seen.missing(missing.clone().for_days(spans));
    }
    match vague {
        Some(event) => seen.missing(missing.by_event(event)),
        None => seen,
    }
}

/// A total with the latest report, and what leaves it open since the first.
fn total(range: Range, fact: Fact, substance: Substance, table: &DayTable<'_>) -> Observed {
    let seen = Observed::days(range).on_all(table.latest_event());
    let first = table.days.iter().find(|day| day.observed).map(|day| day.number);
    let spans = first.map_or_else(Vec::new, |day| table.open_spans(day, Reading::Staging));
    let vague = |day: &&Day| day.observed && day.used == Verdict::Unknown;
    let vague = table.days.iter().rev().find(vague).and_then(|day| table.event_of(day.number));
    with_missing(seen, fact, substance, spans, vague)
}

/// What a window holds.
struct Window {
    used: Few,
    observed: Few,
    /// Days without a report that widen.
    open: i64,
}

/// The amount of a day in a unit, over all streams.
pub(super) fn day_amount(table: &DayTable<'_>, day: &Day, unit: Unit) -> DayAmount {
    let mut amount = DayAmount { day: date(day.number), least: 0, most: Some(0) };
    for said in table.said_of(day.number) {
        let used = table.statement(said.used).map_or(Using::Clear, |said| said.used);
        if used == Using::Clear {
            continue;
        }
        let reported = table.statement(said.amount).and_then(|said| said.amount);
        let in_unit = reported.filter(|amount| amount.unit == unit).map(|a| a.amount.millionths());
        if used == Using::Daily {
            amount.least += in_unit.unwrap_or(0);
        }
        amount.most = amount.most.zip(in_unit).map(|(all, more)| all + more);
    }
    amount
}
