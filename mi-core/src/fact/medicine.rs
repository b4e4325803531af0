//! Courses of a medicine: when it was begun, missed and stopped.

use super::{Facts, Observed};
use crate::{
    client::{Answer, Form, Medicine, MedicineClass, MedicineMoment, Substance, Topic},
    date::{CalendarDate, Span},
    record::Event,
    sort::sort_by_key,
    value::{DayCount, Range, Verdict},
};

/// A turn of a course: from one of these days on the medicine is taken, or no longer.
///
/// The day on which it is stopped is the last on which it is taken.
struct Turn<'r> {
    day: Span,
    taken: bool,
    /// Told by missed doses, not by a start or a stop.
    by_missed: bool,
    /// Whether a later turn has the same days.
    followed: bool,
    event: &'r Event,
}

/// The course of one substance, or of a medicine whose substance is not recorded.
pub(super) struct Strand<'r> {
    pub(super) substance: Option<Substance>,
    turns: Vec<Turn<'r>>,
    /// Days missed in a row since the last start or stop, by the latest report of them.
    pub(super) missed: Option<(i64, &'r Event)>,
    /// Those days, where they are known.
    run: Option<Span>,
    form: Option<Form>,
    today: CalendarDate,
}

/// What is recorded about taking medicines: a strand for each class and each substance of it, because
/// the stop of one ends no other.
pub(super) struct Course<'r> {
    pub(super) strands: Vec<Strand<'r>>,
}

impl<'r> Facts<'_, 'r> {
    /// The course of the medicines that `keep` picks. So many doses missed in a row are a stop.
    pub(super) fn course(
        &self,
        keep: impl Fn(&Medicine) -> bool,
        missed_is_stop: Option<i64>,
    ) -> Course<'r> {
        let events: Vec<(&Event, &Medicine)> =
            self.snapshot.of::<Medicine>().filter(|(_, medicine)| keep(medicine)).collect();
        let mut told: Vec<(MedicineClass, Option<Substance>)> =
            events.iter().map(|(_, medicine)| (medicine.class, medicine.substance)).collect();
        sort_by_key(&mut told, |medicine| *medicine);
        told.dedup();
        // What names no substance speaks of each of its class that is named, and else of itself.
        let named: Vec<MedicineClass> = told
            .iter()
            .filter(|(_, substance)| substance.is_some())
            .map(|(class, _)| *class)
            .collect();
        told.retain(|(class, substance)| substance.is_some() || !named.contains(class));
        let strand = |(class, substance): (MedicineClass, Option<Substance>)| {
            let mut strand = Strand::new(substance, self.today());
            for (event, medicine) in &events {
                let speaks = medicine.substance.is_none() || medicine.substance == substance;
                if medicine.class == class && speaks {
                    strand.read(event, medicine, missed_is_stop);
                }
            }
            strand.mark_followed();
            strand
        };
        Course { strands: told.into_iter().map(strand).collect() }
    }

    /// Whether a medicine of the class was taken in the span, as far as is recorded or was told.
    ///
    /// Silence is unknown where the class has medicines, and no where it has none.
    pub(super) fn taken_as_medicine(&self, class: Substance, span: Span) -> Observed {
        let course = self.course(|medicine| is_of(medicine, class), None);
        let taken = course.taken_between(span);
        if !course.strands.is_empty() {
            return Observed::truth(taken).on_all(course.turns());
        }
        let as_medicine: Vec<Substance> =
            MedicineClass::ALL.iter().filter_map(|of| substance_of(*of)).collect();
        if !as_medicine.iter().any(|of| of.is_in(class) || class.is_in(*of)) {
            return Observed::truth(Verdict::Unmet);
        }
        let sedatives = [Substance::benzodiazepine(), Substance::sedative()];
        match self.answer(Topic::Sedatives) {
            Some((event, Answer::No))
                if sedatives.iter().any(|of| class.is_in(*of))
                    && event.on().earliest() >= span.from =>
            {
                Observed::truth(Verdict::Unmet).on(event)
            }
            _ => Observed::truth(Verdict::Unknown),
        }
    }
}

/// Is it a medicine of the class?
pub(super) fn is_of(medicine: &Medicine, class: Substance) -> bool {
    let by_class = substance_of(medicine.class);
    medicine.substance.into_iter().chain(by_class).any(|substance| substance.is_in(class))
}

fn substance_of(class: MedicineClass) -> Option<Substance> {
    match class {
        MedicineClass::OpioidAgonist => Some(Substance::opioid()),
        MedicineClass::Benzodiazepine => Some(Substance::benzodiazepine()),
        MedicineClass::Gabapentinoid => Some(Substance::gabapentinoid()),
        MedicineClass::OtherSedative => Some(Substance::sedative()),
        MedicineClass::OpioidAntagonist
        | MedicineClass::Antipsychotic
        | MedicineClass::Antidepressant
        | MedicineClass::MoodStabilizer
        | MedicineClass::AlcoholMedicine
        | MedicineClass::Other => None,
    }
}

impl<'r> Strand<'r> {
    fn new(substance: Option<Substance>, today: CalendarDate) -> Self {
        Self { substance, turns: Vec::new(), missed: None, run: None, form: None, today }
    }

    fn read(&mut self, event: &'r Event, medicine: &Medicine, missed_is_stop: Option<i64>) {
        let day = Span { from: event.on().earliest(), to: event.on().latest().min(self.today) };
        let turn = |taken| Turn { day, taken, by_missed: false, followed: false, event };
        self.form = medicine.form.or(self.form);
        if medicine.moment == MedicineMoment::Missed {
            let days = medicine.days.map_or(1, DayCount::get);
            return self.read_missed(event, day, days, missed_is_stop);
        }
        (self.missed, self.run) = (None, None);
        let last = self.turns.last();
        if medicine.moment == MedicineMoment::Start {
            // Another dose or injection of what is taken already is no turn.
            let goes_on = |last: &Turn<'_>| last.taken && !last.by_missed && last.day.to < day.from;
            if !last.is_some_and(goes_on) {
                self.turns.push(turn(true));
            }
        } else if last.is_none_or(|last| last.taken || !last.by_missed) {
            // What ended with missed doses ended on the day of the last dose.
            self.turns.push(turn(false));
        }
    }

    fn read_missed(&mut self, event: &'r Event, to: Span, days: i64, missed_is_stop: Option<i64>) {
        let back = days.saturating_sub(1).saturating_neg();
        let mut first = Span { from: to.from.plus_days(back), to: to.to.plus_days(back) };
        let mut in_a_row = days;
        if event.on().exact().is_some() {
            let run = join(self.run, Span { from: first.from, to: to.to });
            (self.run, in_a_row) = (Some(run), run.days());
            first = Span { from: run.from, to: run.from };
        }
        self.missed = Some((in_a_row, event));
        let turn = |day, taken| Turn { day, taken, by_missed: true, followed: false, event };
        let dose = Span { from: first.from.plus_days(-1), to: first.to.plus_days(-1) };
        let depot = matches!(self.form, Some(Form::Injection | Form::Depot));
        let stops = !depot && missed_is_stop.is_some_and(|limit| in_a_row >= limit);
        match self.turns.last() {
            None if !stops => self.turns.push(turn(first, true)),
            None => self.turns.push(turn(dose, false)),
            Some(last) if stops && last.taken => {
                // No dose was the last before the first.
                let begun = if last.by_missed { dose } else { last.day };
                let last = Span { from: dose.from.max(begun.from), to: dose.to.max(begun.to) };
                self.turns.push(turn(last, false));
            }
            Some(_) => {}
        }
    }

    fn mark_followed(&mut self) {
        let mut turns: Vec<&mut Turn<'_>> = self.turns.iter_mut().collect();
        sort_by_key(&mut turns, |turn| turn.day);
        let days: Vec<Span> = turns.iter().skip(1).map(|turn| turn.day).collect();
        for (turn, next) in turns.into_iter().zip(days) {
            turn.followed = turn.day == next;
        }
    }

    /// The turns that may be the last one by the end of a day.
    fn last_by(&self, day: CalendarDate) -> impl Iterator<Item = &Turn<'r>> {
        // What ended before another began that is past is not the last, nor what one followed.
        let past = self.turns.iter().filter(move |turn| turn.day.to <= day);
        let begun = past.map(|turn| turn.day.from).max();
        self.turns.iter().filter(move |turn| {
            let is_past = turn.day.to <= day;
            turn.day.from <= day && begun <= Some(turn.day.to) && !(is_past && turn.followed)
        })
    }

    /// Whether it is being taken as a day ends. Before the first turn it is not known.
    fn taken_after(&self, day: CalendarDate) -> Verdict {
        let (mut begun, mut taken, mut ended) = (false, false, false);
        for turn in self.last_by(day) {
            begun |= turn.day.to <= day;
            taken |= turn.taken;
            ended |= !turn.taken;
        }
        match (taken, ended) {
            (true, false) if begun => Verdict::Met,
            (false, true) if begun => Verdict::Unmet,
            _ => Verdict::Unknown,
        }
    }

    pub(super) fn taken_now(&self) -> Verdict {
        self.taken_after(self.today)
    }

    /// Does a stop surely lie in the span? On its day the medicine was still taken, and so it was if
    /// no start is recorded: a stop on 21 November says that it was taken until then.
    fn stopped_in(&self, span: Span) -> bool {
        let mut stops = self.turns.iter().filter(|turn| !turn.taken);
        stops.any(|turn| span.from <= turn.day.from && turn.day.to <= span.to)
    }

    /// The stop with which the record of it begins.
    fn stop_without_start(&self) -> Option<&Turn<'r>> {
        self.turns.first().filter(|turn| !turn.taken)
    }

    fn days_since(&self, day: Span) -> Range {
        Range::between(self.today.days_since(day.to), self.today.days_since(day.from))
    }

    /// Days since it was last begun, with the turn that began it.
    fn since_start(&self) -> Option<(Range, &Turn<'r>)> {
        let run = || {
            let last = self.turns.iter().rev().skip_while(|turn| !turn.taken);
            last.take_while(|turn| turn.taken)
        };
        if let Some(start) = run().filter(|turn| !turn.by_missed).last() {
            return Some((self.days_since(start.day), start));
        }
        // It was being taken when doses were missed, and who knows since when.
        let missed = run().last()?;
        Some((Range::at_least(self.days_since(missed.day).min().unwrap_or(0)), missed))
    }

    /// Days since it was last stopped, with the turn that stopped it.
    fn since_stop(&self) -> Option<(Range, &Turn<'r>)> {
        let stops = || self.last_by(self.today).filter(|turn| !turn.taken);
        let last = stops().last()?;
        let days = |turn: &Turn<'r>| self.days_since(turn.day);
        let min = stops().filter_map(|turn| days(turn).min()).min();
        let max = stops().filter_map(|turn| days(turn).max()).min();
        Some((Range::from_to(min.unwrap_or(0), max), last))
    }
}

/// One run of days with another that overlaps or follows it without a gap; else the other alone.
fn join(run: Option<Span>, next: Span) -> Span {
    match run {
        Some(run) if next.from <= run.to.plus_days(1) => {
            Span { from: run.from.min(next.from), to: run.to.max(next.to) }
        }
        _ => next,
    }
}

impl<'r> Course<'r> {
    fn taken_after(&self, day: CalendarDate) -> Verdict {
        let strands = self.strands.iter().map(|strand| strand.taken_after(day));
        strands.reduce(Verdict::or).unwrap_or(Verdict::Unknown)
    }

    /// Whether it is being taken now; unknown where nothing is recorded.
    pub(super) fn taken_now(&self) -> Verdict {
        self.strands.iter().map(Strand::taken_now).reduce(Verdict::or).unwrap_or(Verdict::Unknown)
    }

    /// Whether it was taken on a day.
    pub(super) fn taken_on(&self, day: CalendarDate) -> Verdict {
        self.taken_after(day.plus_days(-1)).or(self.taken_after(day))
    }

    /// Whether it was taken on any day of a span.
    pub(super) fn taken_between(&self, span: Span) -> Verdict {
        if self.strands.iter().any(|strand| strand.stopped_in(span)) {
            return Verdict::Met;
        }
        each_day(span).fold(Verdict::Unmet, |taken, day| taken.or(self.taken_on(day)))
    }

    /// Whether it was taken on each day of a span.
    pub(super) fn taken_throughout(&self, span: Span) -> Verdict {
        each_day(span).fold(Verdict::Met, |taken, day| taken.and(self.taken_on(day)))
    }

    /// May a prescription that is on record cover a day of the span?
    pub(super) fn may_cover(&self, span: Span) -> bool {
        let before = span.from.plus_days(-1);
        let days = [before].into_iter().chain(each_day(span));
        let mut turns =
            days.flat_map(|day| self.strands.iter().flat_map(move |strand| strand.last_by(day)));
        let mut stops = self.strands.iter().filter_map(Strand::stop_without_start);
        turns.any(|turn| turn.taken) || stops.any(|stop| stop.day.to >= before)
    }

    /// The events of all its turns.
    pub(super) fn turns(&self) -> impl Iterator<Item = &'r Event> {
        self.strands.iter().flat_map(|strand| strand.turns.iter().map(|turn| turn.event))
    }

    /// The events that say how it stands now.
    pub(super) fn latest(&self) -> impl Iterator<Item = &'r Event> {
        self.strands.iter().flat_map(|strand| strand.last_by(strand.today).map(|turn| turn.event))
    }

    /// Days since the last start of what is being taken; without limit when nothing is.
    pub(super) fn since_start(&self) -> Observed {
        let taken = self.strands.iter().filter(|strand| strand.taken_now() != Verdict::Unmet);
        self.since(self.taken_now(), taken.filter_map(Strand::since_start))
    }

    /// Days since the last stop; without limit while it is being taken.
    pub(super) fn since_stop(&self) -> Observed {
        let stopped = self.strands.iter().filter_map(Strand::since_stop);
        self.since(self.taken_now().not(), stopped)
    }

    fn since<'t>(
        &self,
        holds: Verdict,
        turns: impl Iterator<Item = (Range, &'t Turn<'r>)>,
    ) -> Observed
    where
        'r: 't,
    {
        if holds == Verdict::Unmet {
            return Observed::days(Range::without_limit()).on_all(self.latest());
        }
        let last = turns.reduce(|one, other| {
            let min = one.0.min().min(other.0.min()).unwrap_or(0);
            let max = [one.0.max(), other.0.max()].into_iter().flatten().min();
            let (_, turn) = if other.0.min() <= one.0.min() { other } else { one };
            (Range::from_to(min, max), turn)
        });
        match last {
            Some((days, turn)) if holds == Verdict::Met => Observed::days(days).on(turn.event),
            Some((days, turn)) => {
                Observed::days(Range::at_least(days.min().unwrap_or(0))).on(turn.event)
            }
            None => Observed::days(Range::at_least(0)),
        }
    }
}

fn each_day(span: Span) -> impl Iterator<Item = CalendarDate> {
    (0..span.days()).map(move |day| span.from.plus_days(day))
}
