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
    Fact, Facts, Missing, Observed, Range, Truth, Verdict,
    days::{Day, DayTable, Problems, Source, Statement, Using, What, date},
};
use crate::{
    CalendarDate,
    client::{
        ContactLog, EpisodeOpened, LearningReview, ReturnClass, ReturnToUse, Substance, Target,
    },
    record::{Body, Event, EventId},
    sort::sort_by_key,
};
use against::Judged;

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

/// Is a run a return at all? Where controlled use is the goal, days on which there was only perhaps
/// use, perhaps beyond the limits, are none: two patterns that meet would make one every week.
fn is_told(table: &DayTable<'_>, judged: &[Judged<'_>], run: &Run) -> bool {
    let from = table.place(run.first).unwrap_or_default();
    let days = table.days_between(run.first, run.last).iter().zip(judged.iter().skip(from));
    days.filter(|(_, judged)| judged.against != Verdict::Unmet).any(|(day, judged)| {
        judged.against == Verdict::Met || day.used == Verdict::Met || !judged.aims_at_control()
    })
}

impl<'r> Facts<'_, 'r> {
    /// The returns to the use of a substance or class over the whole record, in order; found once.
    pub(crate) fn returns(&self, substance: Substance) -> Rc<[Return]> {
        self.returns.of(substance, || self.find_returns(substance).into())
    }

    fn find_returns(&self, substance: Substance) -> Vec<Return> {
        let table = self.table(substance);
        let judged = self.judged(&table, &Target::from(substance));
        let certain_problems = table.certain_since(What::Problems);
        let said = table.latest_returns();
        let mut returns = Vec::new();
        let mut told: Vec<Run> = Vec::new();
        for run in self.runs(&judged).into_iter().filter(|run| is_told(&table, &judged, run)) {
            if let Some(start_observed) = self.is_in_keeping_before(&table, &judged, run.first) {
                let mut found = self.computed(substance, &table, &judged, &run);
                found.start_observed = start_observed;
                let problems = table.place(run.last).and_then(|at| certain_problems.get(at));
                if problems.is_some_and(|since| *since >= Some(run.first)) {
                    found.problems = Truth::Yes;
                }
                let days = table.place(run.first).zip(table.place(run.last));
                let of_run = days.and_then(|(from, to)| said.get(from..=to)).unwrap_or_default();
                found.recorded_as(table.statement(of_run.iter().copied().max().flatten()));
                returns.push(found);
                told.push(run);
            }
        }
        returns.extend(self.recorded_alone(substance, &table, &judged, &told, &said));
        returns.extend(self.on_an_unknown_day(substance, &table, &told));
        for found in &mut returns {
            found.possible = self.classes(found.days, found.problems);
        }
        self.find_reviews(substance, &table, &mut returns);
        sort_by_key(&mut returns, |found| (found.first, found.last));
        returns
    }

    /// Runs of days that can be use against the goal; a few other days between belong to them.
    fn runs(&self, judged: &[Judged<'r>]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for day in judged.iter().filter(|day| day.against != Verdict::Unmet) {
            match runs.last_mut() {
                Some(run) if day.number - run.last - 1 <= self.settings.return_clear_days => {
                    run.last = day.number;
                }
                _ => runs.push(Run { first: day.number, last: day.number }),
            }
        }
        runs
    }

    /// Were the days before in keeping with the goal, and were they all observed in the community?
    ///
    /// Use before counts as in keeping only within the limits of controlled use: a goal of abstinence
    /// that is new does not make a return of use that never stopped.
    fn is_in_keeping_before(
        &self,
        table: &DayTable<'r>,
        judged: &[Judged<'r>],
        first: i64,
    ) -> Option<bool> {
        let is_controlled_use = |day: i64| {
            table.place(day).and_then(|at| judged.get(at)).is_some_and(|day| day.is_within_limits)
        };
        let of_first = table.place(first).and_then(|at| judged.get(at));
        let allows_use = of_first.is_some_and(Judged::aims_at_control);
        let mut all_observed = true;
        for number in first - self.settings.return_keeping_days..first {
            let Some(day) = table.day(number).filter(|day| day.observed) else {
                all_observed = false;
                continue;
            };
            if day.used != Verdict::Unmet && !(allows_use && is_controlled_use(number)) {
                return None;
            }
            all_observed &= !day.controlled;
        }
        Some(all_observed)
    }

    fn computed(
        &self,
        substance: Substance,
        table: &DayTable<'r>,
        judged: &[Judged<'r>],
        run: &Run,
    ) -> Return {
        let days = || {
            let judged = judged.iter().skip(table.place(run.first).unwrap_or(0));
            let days = table.days_between(run.first, run.last).iter().zip(judged);
            days.filter(|(_, judged)| judged.against != Verdict::Unmet)
        };
        // A run that began before any goal was known stays undecided as a whole.
        let begins_known = days().next().is_some_and(|(_, judged)| judged.is_goal_known());
        let is_decided = begins_known && days().any(|(_, j)| j.against == Verdict::Met);
        let decides = |day: &Day| {
            let judged = table.place(day.number).and_then(|at| judged.get(at));
            judged.is_some_and(|judged| match judged.against {
                Verdict::Met => true,
                Verdict::Unknown => !is_decided,
                Verdict::Unmet => false,
            })
        };
        let used = table.use_on(run.first, run.last, decides).min;
        let against_goal = if is_decided && used > 0 { Truth::Yes } else { Truth::Unknown };
        let certain = || days().filter(|(day, _)| day.used == Verdict::Met && decides(day));
        let ends = certain().next().zip(certain().next_back());
        let certain = ends.map(|((first, _), (last, _))| last.number - first.number + 1);
        let least = certain.unwrap_or_else(|| self.shortest(table, run, used));
        let problems = if days().all(|(day, _)| day.problems == Verdict::Unmet) {
            Truth::No
        } else {
            Truth::Unknown
        };
        let told = || days().filter_map(|(day, _)| table.event_of(day.number));
        let known_on = told().map(|event| event.recorded().date()).min();
        let ends = [run.first, run.last].map(|day| table.event_of(day));
        let mut events: Vec<EventId> = ends.into_iter().flatten().map(|e| e.id().clone()).collect();
        events.dedup();
        Return {
            substance,
            first: date(run.first),
            last: date(run.last),
            days: Range::between(least, run.last - run.first + 1),
            start_observed: true,
            against_goal,
            problems,
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
    fn shortest(&self, table: &DayTable<'r>, run: &Run, used: i64) -> i64 {
        let length = run.last - run.first + 1;
        let said = table.day(run.first).and_then(|day| table.statement(day.said_by));
        let clear = match said.map(|said| said.used) {
            Some(Using::Weekly(few)) => 7 - few.min,
            _ => length - used,
        };
        let holds_together = clear <= self.settings.return_clear_days;
        match said.map(|said| said.used) {
            _ if used == 0 => 0,
            Some(Using::Weekly(_)) if holds_together => (length - 2 * clear).max(1),
            _ if holds_together => used,
            _ => 1,
        }
    }

    /// Returns that someone recorded on days that tell of none: they stand as recorded.
    fn recorded_alone(
        &self,
        substance: Substance,
        table: &DayTable<'r>,
        judged: &[Judged<'r>],
        told: &[Run],
        said: &[Option<u32>],
    ) -> Vec<Return> {
        let mut latest = BTreeSet::new();
        latest.extend(said.iter().copied().flatten());
        let mut alone: Vec<Return> = Vec::new();
        // Of several that overlap the latest recorded stands.
        let mut taken: BTreeMap<i64, i64> = BTreeMap::new();
        for id in latest.into_iter().rev() {
            let Some(statement) = table.statement(Some(id)) else { continue };
            let run = Run { first: statement.earliest, last: statement.latest };
            let next = told.partition_point(|other| other.last < run.first);
            let is_told = told.get(next).is_some_and(|other| other.first <= run.last);
            let before = taken.range(..=run.last).next_back();
            if is_told || before.is_some_and(|(_, last)| *last >= run.first) {
                continue;
            }
            taken.insert(run.first, run.last);
            let mut found = self.computed(substance, table, judged, &run);
            found.start_observed = self
                .is_in_keeping_before(table, judged, run.first)
                .is_some_and(|all_observed| all_observed && statement.from == run.first);
            found.days = Range::between(statement.length.min, run.last - run.first + 1);
            found.known_on = statement.event.recorded().date();
            found.problems = truth_of(statement.problems);
            let aims = judged.iter().skip(table.place(run.first).unwrap_or(0));
            let length = usize::try_from(run.last - run.first + 1).unwrap_or(0);
            if aims.take(length).all(Judged::allows_use) {
                found.against_goal = Truth::No;
            }
            found.events.clear();
            found.recorded_as(Some(statement));
            alone.push(found);
        }
        alone
    }

    /// Use that is known to lie in an interval, on days that tell of no return.
    fn on_an_unknown_day(
        &self,
        substance: Substance,
        table: &DayTable<'r>,
        told: &[Run],
    ) -> Vec<Return> {
        let goals = self.goals(&Target::from(substance));
        let mut found = Vec::new();
        for (statement, from, to) in table.on_unknown_days() {
            let next = told.partition_point(|other| other.last < from);
            let is_told = told.get(next).is_some_and(|other| other.first <= to);
            let is_other = matches!(statement.source, Source::Return | Source::Baseline);
            let ends = [from, to].map(|day| against::by_aim(goals.on(day)));
            if is_told || is_other || ends.iter().all(|end| *end == Verdict::Unmet) {
                continue;
            }
            let longest = if statement.source == Source::Overdose { 1 } else { to - from + 1 };
            let both = ends.iter().all(|end| *end == Verdict::Met);
            found.push(Return {
                substance,
                first: date(from),
                last: date(to),
                days: Range::between(1, longest),
                start_observed: false,
                against_goal: if both { Truth::Yes } else { Truth::Unknown },
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
    fn find_reviews(&self, substance: Substance, table: &DayTable<'r>, returns: &mut [Return]) {
        let is_of = |review: &LearningReview| {
            review.substance.is_in(substance) || substance.is_in(review.substance)
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
        let on_some_day = table.painted(partly.map(|(_, review)| of_day(review)));
        let partly: Vec<&EventId> =
            reviews.iter().filter(|found| !exact(found)).map(|(e, _)| e.id()).collect();
        for found in returns {
            let (first, last) = (found.first.epoch_days(), found.last.epoch_days());
            let at = on_days.partition_point(|(day, _)| *day < first);
            let review = on_days.get(at).filter(|(day, _)| *day <= last);
            found.reviewed_by = review.map(|(_, id)| (*id).clone());
            let days = table.place(first).zip(table.place(last));
            let perhaps = days.and_then(|(from, to)| on_some_day.get(from..=to)?.iter().max());
            let perhaps = perhaps.copied().flatten().and_then(|id| usize::try_from(id).ok());
            found.perhaps_reviewed_by = perhaps.and_then(|id| partly.get(id)).copied().cloned();
        }
    }

    /// The class of a return: as recorded, else as far as length and problems decide it.
    #[expect(clippy::unused_self, reason = "asked for like every fact")]
    pub(crate) fn return_class(&self, of: &Return) -> Observed {
        if let Some((_, class)) = &of.recorded {
            return rests_on(Observed::code(vec![class.code()]), of);
        }
        let seen = Observed::code(of.possible.iter().map(|class| class.code()).collect());
        open(rests_on(seen, of), Fact::ReturnClass, of)
    }

    /// The days of a return, from its first to its last.
    #[expect(clippy::unused_self, reason = "asked for like every fact")]
    pub(crate) fn return_days(&self, of: &Return) -> Observed {
        open(rests_on(Observed::days(of.days), of), Fact::ReturnDays, of)
    }

    /// Whether the goal in force decides that it is a return to use.
    #[expect(clippy::unused_self, reason = "asked for like every fact")]
    pub(crate) fn return_against_goal(&self, of: &Return) -> Observed {
        let seen = rests_on(Observed::truth(of.against_goal), of);
        match of.against_goal {
            Truth::Unknown => {
                seen.missing(Missing::of(Fact::ReturnAgainstGoal).about_substance(of.substance))
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
        let mut missing = Missing::of(Fact::ReturnReviewed).about_substance(of.substance);
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
