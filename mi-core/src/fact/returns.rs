//! Returns to use: runs of days of use against the client's own goal (LR-01, LR-02).
//!
//! The goal in force on a day decides what a return is, the settings how long a lapse is, and nothing
//! is dropped because it is not known: a run without a known goal is reported as undecided.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, indices of the table")]

mod against;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    Fact, Facts, Missing, Observed,
    days::{Day, Problems, Source, Statement, Using, What, date},
};
use crate::{
    CalendarDate,
    client::{ContactLog, EpisodeOpened, LearningReview, ReturnClass, ReturnToUse, Substance},
    date::Span,
    record::{Body, Event},
    sort::sort_by_key,
    text::EventId,
    value::{Range, Truth, Verdict},
};
use against::{Judged, JudgedDays};

/// A return to use, computed from the days, recorded by someone, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Return {
    pub(crate) substance: Substance,
    pub(crate) first: CalendarDate,
    pub(crate) last: CalendarDate,
    /// The days from its first to its last; a range where which days were of use is not known.
    pub(crate) days: Range,
    /// Whether the days in keeping before it were all observed, in the community.
    pub(crate) start_observed: bool,
    /// Whether the goal in force decides that it is a return.
    pub(crate) against_goal: Truth,
    pub(crate) problems: Truth,
    /// The classes that its length and problems leave possible.
    pub(crate) possible: Vec<ReturnClass>,
    /// The class as someone recorded it: it stands, the computed one beside it.
    pub(crate) recorded: Option<(EventId, ReturnClass)>,
    /// The day on which any of it was first recorded.
    pub(crate) known_on: CalendarDate,
    /// Its learning review.
    pub(crate) reviewed_by: Option<EventId>,
    /// A learning review whose date is known only in part may be of it.
    perhaps_reviewed_by: Option<EventId>,
    pub(crate) events: Vec<EventId>,
}

/// A run of days before it is told as a return.
struct Run {
    first: i64,
    last: i64,
}

/// Do the runs, which are in order, hold any day from the one number to the other?
fn holds_any(runs: &[Run], from: i64, to: i64) -> bool {
    let next = runs.partition_point(|run| run.last < from);
    runs.get(next).is_some_and(|run| run.first <= to)
}

impl<'t, 'r> JudgedDays<'t, 'r> {
    /// Runs of days that can be use against the goal; so many other days between belong to them.
    fn runs(&self, clear_days: i64) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for Judged { day, .. } in self.days.iter().filter(|day| day.can_be_against()) {
            match runs.last_mut() {
                Some(run) if day.number - run.last - 1 <= clear_days => run.last = day.number,
                _ => runs.push(Run { first: day.number, last: day.number }),
            }
        }
        runs
    }

    /// The days of a run that can be use against the goal.
    fn against(&self, run: &Run) -> impl DoubleEndedIterator<Item = &Judged<'t, 'r>> {
        self.between(run.first, run.last).iter().filter(|day| day.can_be_against())
    }

    /// Is a run a return at all? Where controlled use is the goal, days on which there was only
    /// perhaps use, perhaps beyond the limits, are none: two patterns that meet would make one every
    /// week.
    fn is_told(&self, run: &Run) -> bool {
        self.against(run).any(|judged| {
            judged.against == Verdict::Met
                || judged.day.used == Verdict::Met
                || !judged.aims_at_control()
        })
    }

    /// Were so many days before in keeping with the goal, and were they all observed in the
    /// community?
    ///
    /// Use before counts as in keeping only within the limits of controlled use: a goal of abstinence
    /// that is new does not make a return of use that never stopped.
    fn is_in_keeping_before(&self, first: i64, days: i64) -> Option<bool> {
        let allows_use = self.day(first).is_some_and(Judged::aims_at_control);
        let mut all_observed = true;
        for number in first - days..first {
            let Some(judged) = self.day(number).filter(|judged| judged.day.observed) else {
                all_observed = false;
                continue;
            };
            if judged.day.used != Verdict::Unmet && !(allows_use && judged.is_within_limits) {
                return None;
            }
            all_observed &= judged.day.controlled == Verdict::Unmet;
        }
        Some(all_observed)
    }
}

impl<'r> Facts<'_, 'r> {
    /// The returns to the use of a substance or class over the whole record, in order; found once.
    pub(crate) fn returns(&self, substance: Substance) -> Rc<[Return]> {
        self.returns.of(substance, || self.find_returns(substance).into())
    }

    fn find_returns(&self, substance: Substance) -> Vec<Return> {
        let table = self.table(substance);
        let days = self.judged(substance, &table);
        let certain_problems = table.certain_since(What::Problems);
        let said = table.latest_returns();
        let mut returns = Vec::new();
        let mut told: Vec<Run> = Vec::new();
        let runs = days.runs(self.settings.return_clear_days);
        for run in runs.into_iter().filter(|run| days.is_told(run)) {
            let before = self.settings.return_keeping_days;
            if let Some(start_observed) = days.is_in_keeping_before(run.first, before) {
                let mut found = self.computed(&days, &run);
                found.start_observed = start_observed;
                let problems = table.place(run.last).and_then(|at| certain_problems.get(at));
                if problems.is_some_and(|since| *since >= Some(run.first)) {
                    found.problems = Truth::Yes;
                }
                let latest = days.greatest(&said, run.first, run.last);
                found.recorded_as(table.statement(latest));
                returns.push(found);
                told.push(run);
            }
        }
        returns.extend(self.recorded_alone(&days, &told, &said));
        returns.extend(on_an_unknown_day(&days, &told));
        for found in &mut returns {
            found.possible = self.classes(found.days, found.problems);
        }
        self.find_reviews(&days, &mut returns);
        sort_by_key(&mut returns, |found| (found.first, found.last));
        returns
    }

    fn computed(&self, days: &JudgedDays<'_, 'r>, run: &Run) -> Return {
        let table = days.table;
        // A run that began before any goal was known stays undecided as a whole.
        let begins_known = days.against(run).next().is_some_and(Judged::is_goal_known);
        let is_decided = begins_known && days.against(run).any(|day| day.against == Verdict::Met);
        let decides = |judged: &Judged<'_, '_>| match judged.against {
            Verdict::Met => true,
            Verdict::Unknown => !is_decided,
            Verdict::Unmet => false,
        };
        let of_use = |day: &Day| days.day(day.number).is_some_and(decides);
        let used = table.use_on(run.first, run.last, of_use).min;
        let is_certain =
            |judged: &&Judged<'_, '_>| judged.day.used == Verdict::Met && decides(judged);
        let certain = || days.against(run).filter(is_certain).map(|judged| judged.day.number);
        let ends = certain().next().zip(certain().next_back());
        let least = ends.map(|(first, last)| last - first + 1);
        let least = least.unwrap_or_else(|| self.shortest(days, run, used));
        let is_clear = days.against(run).all(|judged| judged.day.problems == Verdict::Unmet);
        let telling = days.against(run).filter_map(|judged| table.event_of(judged.day.number));
        let known_on = telling.map(|event| event.recorded().date()).min();
        let ends = [run.first, run.last].map(|day| table.event_of(day));
        let mut events: Vec<EventId> = ends.into_iter().flatten().map(|e| e.id().clone()).collect();
        events.dedup();
        Return {
            substance: days.substance,
            first: date(run.first),
            last: date(run.last),
            days: Range::between(least, run.last - run.first + 1),
            start_observed: true,
            against_goal: if is_decided && used > 0 { Truth::Yes } else { Truth::Unknown },
            problems: if is_clear { Truth::No } else { Truth::Unknown },
            possible: Vec::new(),
            recorded: None,
            known_on: known_on.unwrap_or(date(run.first)),
            reviewed_by: None,
            perhaps_reviewed_by: None,
            events,
        }
    }

    /// The shortest that a run can be of which only the number of days of use is known. Where clear
    /// days can part it into several, one of them can be a single day.
    fn shortest(&self, days: &JudgedDays<'_, 'r>, run: &Run, used: i64) -> i64 {
        let length = run.last - run.first + 1;
        let said = days.day(run.first).and_then(|first| days.table.statement(first.day.said_by));
        let weekly = match said.map(|said| said.used) {
            Some(Using::Weekly(few)) => Some(7 - few.min),
            _ => None,
        };
        let clear = weekly.unwrap_or(length - used);
        match weekly {
            _ if used == 0 => 0,
            _ if clear > self.settings.return_clear_days => 1,
            Some(_) => (length - 2 * clear).max(1),
            None => used,
        }
    }

    /// Returns that someone recorded on days that tell of none: they stand as recorded.
    fn recorded_alone(
        &self,
        days: &JudgedDays<'_, 'r>,
        told: &[Run],
        said: &[Option<u32>],
    ) -> Vec<Return> {
        let mut latest = BTreeSet::new();
        latest.extend(said.iter().copied().flatten());
        let mut alone: Vec<Return> = Vec::new();
        // Of several that overlap the latest recorded stands.
        let mut taken: BTreeMap<i64, i64> = BTreeMap::new();
        for id in latest.into_iter().rev() {
            let Some(statement) = days.table.statement(Some(id)) else { continue };
            let run = Run { first: statement.earliest, last: statement.latest };
            let before = taken.range(..=run.last).next_back();
            let is_taken = before.is_some_and(|(_, last)| *last >= run.first);
            if is_taken || holds_any(told, run.first, run.last) {
                continue;
            }
            taken.insert(run.first, run.last);
            let mut found = self.computed(days, &run);
            found.start_observed = statement.from == run.first
                && days.is_in_keeping_before(run.first, self.settings.return_keeping_days)
                    == Some(true);
            found.days = Range::between(statement.length.min, run.last - run.first + 1);
            found.known_on = statement.event.recorded().date();
            found.problems = truth_of(statement.problems);
            if days.between(run.first, run.last).iter().all(Judged::allows_use) {
                found.against_goal = Truth::No;
            }
            found.events.clear();
            found.recorded_as(Some(statement));
            alone.push(found);
        }
        alone
    }

    fn classes(&self, days: Range, problems: Truth) -> Vec<ReturnClass> {
        let settings = self.settings;
        let (least, most) = (days.min().unwrap_or(0), days.max().unwrap_or(0));
        let by_length = |class: &ReturnClass| match class {
            ReturnClass::Lapse => least <= settings.lapse_days,
            ReturnClass::ExtendedLapse => {
                most > settings.lapse_days && least < settings.relapse_days
            }
            ReturnClass::Relapse => most >= settings.relapse_days,
        };
        let is_possible = |class: &&ReturnClass| match problems {
            Truth::Yes => **class == ReturnClass::Relapse,
            Truth::No => by_length(class),
            Truth::Unknown => by_length(class) || **class == ReturnClass::Relapse,
        };
        ReturnClass::ALL.iter().filter(is_possible).copied().collect()
    }

    /// Finds the learning review of each return: one that names a day of it.
    fn find_reviews(&self, days: &JudgedDays<'_, 'r>, returns: &mut [Return]) {
        let is_of = |review: &LearningReview| {
            review.substance.is_in(days.substance) || days.substance.is_in(review.substance)
        };
        let reviews: Vec<(&Event, &LearningReview)> =
            self.snapshot.of::<LearningReview>().filter(|(_, review)| is_of(review)).collect();
        let of_day = |review: &LearningReview| {
            (review.from.earliest().epoch_days(), review.from.latest().epoch_days())
        };
        let exact = |(_, review): &&(&Event, &LearningReview)| review.from.exact().is_some();
        let mut on_days: Vec<(i64, &EventId)> =
            reviews.iter().filter(exact).map(|(e, review)| (of_day(review).0, e.id())).collect();
        on_days.sort_unstable();
        let partly = reviews.iter().filter(|found| !exact(found));
        let on_some_day = days.table.painted(partly.map(|(_, review)| of_day(review)));
        let partly: Vec<&EventId> =
            reviews.iter().filter(|found| !exact(found)).map(|(e, _)| e.id()).collect();
        for found in returns {
            let (first, last) = (found.first.epoch_days(), found.last.epoch_days());
            let at = on_days.partition_point(|(day, _)| *day < first);
            let review = on_days.get(at).filter(|(day, _)| *day <= last);
            found.reviewed_by = review.map(|(_, id)| (*id).clone());
            let perhaps = days.greatest(&on_some_day, first, last);
            let perhaps = perhaps.and_then(|id| usize::try_from(id).ok());
            found.perhaps_reviewed_by = perhaps.and_then(|id| partly.get(id)).copied().cloned();
        }
    }

    /// The class of a return: as recorded, else as far as length and problems decide it.
    #[expect(clippy::unused_self, reason = "asked for like every fact")]
    pub(crate) fn return_class(&self, of: &Return) -> Observed {
        if let Some((_, class)) = &of.recorded {
            return rests_on(Observed::codes([*class]), of);
        }
        let seen = Observed::codes(of.possible.iter().copied());
        open(rests_on(seen, of), Fact::RETURN_CLASS, of)
    }

    /// The days of a return, from its first to its last.
    #[expect(clippy::unused_self, reason = "asked for like every fact")]
    pub(crate) fn return_days(&self, of: &Return) -> Observed {
        open(rests_on(Observed::days(of.days), of), Fact::RETURN_DAYS, of)
    }

    /// Whether the goal in force decides that it is a return to use.
    #[expect(clippy::unused_self, reason = "asked for like every fact")]
    pub(crate) fn return_against_goal(&self, of: &Return) -> Observed {
        let seen = rests_on(Observed::truth(of.against_goal), of);
        match of.against_goal {
            Truth::Unknown => {
                // One question asks about all returns: it names the first day of each.
                let missing = Missing::of(Fact::RETURN_AGAINST_GOAL).about_substance(of.substance);
                seen.missing(missing.for_days(vec![Span { from: of.first, to: of.first }]))
            }
            Truth::Yes | Truth::No => seen,
        }
    }

    /// Days since the later of its first day and the day on which it was recorded.
    pub(crate) fn days_since_return(&self, of: &Return) -> Observed {
        let since = of.first.max(of.known_on);
        let days = self.today().days_since(since).max(0);
        rests_on(Observed::days(Range::exactly(days)), of)
    }

    /// Whether its learning review is recorded. It did not happen where the service records all of
    /// its contacts and has none.
    pub(crate) fn return_reviewed(&self, of: &Return) -> Observed {
        if let Some(review) = &of.reviewed_by {
            let mut seen = rests_on(Observed::truth(true), of);
            seen.events.push(review.clone());
            return seen;
        }
        let opened = self.snapshot.of::<EpisodeOpened>().next_back();
        let vouches = opened.is_some_and(|(_, opened)| opened.contact_log == ContactLog::Complete);
        if vouches && of.perhaps_reviewed_by.is_none() {
            return rests_on(Observed::truth(false), of);
        }
        let mut missing = Missing::of(Fact::RETURN_REVIEWED).about_substance(of.substance);
        missing.event.clone_from(&of.perhaps_reviewed_by);
        rests_on(Observed::truth(Truth::Unknown), of).missing(missing)
    }
}

impl Return {
    /// Stands as this statement recorded it, if it did.
    fn recorded_as(&mut self, statement: Option<&Statement<'_>>) {
        let Some(event) = statement.map(|statement| statement.event) else { return };
        if let Body::ReturnToUse(ReturnToUse { class, .. }) = event.body() {
            self.recorded = Some((event.id().clone(), *class));
            self.known_on = self.known_on.min(event.recorded().date());
            if !self.events.contains(event.id()) {
                self.events.push(event.id().clone());
            }
        }
    }
}

/// Use that is known to lie in an interval, on days that tell of no return.
fn on_an_unknown_day(days: &JudgedDays<'_, '_>, told: &[Run]) -> Vec<Return> {
    let mut found = Vec::new();
    for (statement, from, to) in days.table.on_unknown_days() {
        let is_other = matches!(statement.source, Source::Return | Source::Baseline);
        let by_aim = |day| days.day(day).map_or(Verdict::Unknown, |judged| judged.goal.by_aim());
        let ends = [from, to].map(by_aim);
        if is_other || holds_any(told, from, to) || ends == [Verdict::Unmet; 2] {
            continue;
        }
        let longest = if statement.source == Source::Overdose { 1 } else { to - from + 1 };
        let is_against = ends == [Verdict::Met; 2];
        found.push(Return {
            substance: days.substance,
            first: date(from),
            last: date(to),
            days: Range::between(1, longest),
            start_observed: false,
            against_goal: if is_against { Truth::Yes } else { Truth::Unknown },
            problems: truth_of(statement.problems),
            possible: Vec::new(),
            recorded: None,
            known_on: statement.event.recorded().date(),
            reviewed_by: None,
            perhaps_reviewed_by: None,
            events: vec![statement.event.id().clone()],
        });
    }
    found
}

fn truth_of(problems: Option<Problems>) -> Truth {
    match problems {
        Some(Problems::Always) => Truth::Yes,
        Some(Problems::Never) => Truth::No,
        Some(Problems::Within(_)) | None => Truth::Unknown,
    }
}

fn rests_on(mut seen: Observed, of: &Return) -> Observed {
    seen.events.clone_from(&of.events);
    seen
}

/// Says what is missing of an open value: the events that tell of the return leave it open.
fn open(seen: Observed, fact: Fact, of: &Return) -> Observed {
    if seen.value.is_known() {
        return seen;
    }
    let mut missing = Missing::of(fact).about_substance(of.substance);
    missing.event = of.events.first().cloned();
    seen.missing(missing)
}
