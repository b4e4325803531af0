//! The one reader of questions: it finds the events, and takes from them what is asked for.

use std::collections::BTreeSet;

use super::{
    Condition, From, Number, Query, Selector, Silence, Take, TargetMatch, When,
    take::{self, Found, Moment, first_moment, last_moment},
};
use crate::{
    client::{Answer, Asked, Target, Topic, field::Field},
    date::{CalendarDate, Span},
    fact::{Facts, Missing, Observed, Question, ValueKind},
    record::{Event, Kind},
    text::EventId,
    value::{Measured, ObservedValue, Range, Truth, Verdict},
};

/// The days on which an event counts.
struct Window<'r> {
    /// On an earlier day none counts.
    first: CalendarDate,
    /// From this day on all do.
    surely: CalendarDate,
    /// What has to come before an event: the least and the most that it can be.
    after: Option<(Moment<'r>, Moment<'r>)>,
}

/// What it means that nothing is found.
struct Meaning<'r> {
    /// Unmet where nothing found is nothing there; unknown where it is not.
    holds: Verdict,
    /// The answer that says so, or leaves it open.
    answer: Option<&'r Event>,
    /// What would say it.
    missing: Missing,
}

impl Meaning<'_> {
    fn is_nothing(&self) -> bool {
        self.holds == Verdict::Unmet
    }

    /// A value that rests on silence.
    fn of(&self, seen: Observed) -> Observed {
        let seen = seen.on_all(self.answer);
        if self.is_nothing() { seen } else { seen.missing(self.missing.clone()) }
    }
}

impl Query {
    /// What the record answers; `None` where the question lacks its target.
    pub(in crate::fact) fn answer(
        &self,
        facts: &Facts<'_, '_>,
        asked: &Question<'_>,
    ) -> Option<Observed> {
        if self.events.iter().any(Selector::is_about_a_target) {
            asked.target()?;
        }
        let events = matching(&self.events, facts, asked);
        let before = match &self.when.since {
            Some((others, _)) => matching(others, facts, asked),
            None => Vec::new(),
        };
        let after = matching(&self.unless_later, facts, asked);
        let window = self.when.window(&before, facts, asked);
        let seen = if self.take == Take::Latest {
            self.latest(&events, window.as_ref(), facts, asked)
        } else {
            let (found, taken_back) = match &window {
                Some(window) => self.found(&events, &after, window, facts.today()),
                None => (Vec::new(), None),
            };
            self.taken(&found, taken_back, facts, asked)
        };
        Some(named_where_open(seen, &events, &[&before, &after], asked))
    }

    /// What is taken from the events that are found.
    fn taken<'r>(
        &self,
        found: &[Found<'r>],
        taken_back: Option<&'r Event>,
        facts: &Facts<'_, 'r>,
        asked: &Question<'_>,
    ) -> Observed {
        let all = || found.iter().map(|one| one.event);
        let silence = || self.meaning_of_silence(facts, asked);
        match self.take {
            Take::Any => match take::any(found) {
                Verdict::Met => {
                    let last = found.iter().rev().find(|one| one.is_certain());
                    Observed::truth(true).on_all(last.map(|one| one.event))
                }
                Verdict::Unknown => Observed::truth(Truth::Unknown).on_all(all()),
                Verdict::Unmet => {
                    let silence = silence();
                    silence.of(Observed::truth(silence.holds)).on_all(taken_back)
                }
            },
            Take::Count | Take::Days => {
                let days = self.take == Take::Days;
                let range = if days { take::days(found) } else { take::count(found) };
                let silence = silence();
                let most = range.max().filter(|_| silence.is_nothing());
                let range = Range::from_to(range.min().unwrap_or_default(), most);
                let seen = Observed::quantity(Measured::Count, range).on_all(all());
                if silence.is_nothing() { seen } else { silence.of(seen) }
            }
            Take::DaysSinceLast | Take::Latest => {
                let today = facts.today();
                if let Some(days) = take::days_since_last(today, found) {
                    let last = take::that_may_be_last(today, found, days);
                    return Observed::days(days).on_all(last);
                }
                let silence = silence();
                let never =
                    if silence.is_nothing() { Range::without_limit() } else { Range::at_least(0) };
                silence.of(Observed::days(never)).on_all(taken_back)
            }
        }
    }

    /// The events that the question is about, on whatever day.
    pub(in crate::fact) fn events<'r>(
        &self,
        facts: &Facts<'_, 'r>,
        asked: &Question<'_>,
    ) -> Vec<&'r Event> {
        matching(&self.events, facts, asked)
    }

    /// The events that count or may count, and the last of those that a later one takes back.
    fn found<'r>(
        &self,
        events: &[&'r Event],
        taking_back: &[&'r Event],
        window: &Window<'r>,
        today: CalendarDate,
    ) -> (Vec<Found<'r>>, Option<&'r Event>) {
        let mut by_agreement: Vec<(&'r Event, Option<TakingBack<'r>>)> = Vec::new();
        let (mut found, mut taken_back) = (Vec::with_capacity(events.len()), None);
        for event in events {
            let Some(mut one) = window.found(event, today) else { continue };
            if !taking_back.is_empty() {
                let known = by_agreement.iter().find(|(known, _)| self.agree_alike(known, event));
                let later = if let Some((_, later)) = known {
                    *later
                } else {
                    let agreeing = taking_back.iter().filter(|later| self.agree(event, later));
                    let later = TakingBack::of(agreeing.copied(), today);
                    by_agreement.push((event, later));
                    later
                };
                if let Some(later) = later
                    && !later.leaves(&mut one, today)
                {
                    taken_back = Some(later.event);
                    continue;
                }
            }
            found.push(one);
        }
        (found, taken_back)
    }

    /// Do two events have the same in the fields in which a later one has to agree?
    fn agree_alike(&self, one: &Event, other: &Event) -> bool {
        fields_agree(&self.events, one, &self.events, other, is_same)
    }

    /// Does a later event speak of what an event is about? One on a class speaks of its members.
    fn agree(&self, event: &Event, later: &Event) -> bool {
        fields_agree(&self.events, event, &self.unless_later, later, |one, later| {
            match (one, later) {
                (Field::Substance(one), Field::Substance(class)) => one.is_in(class),
                _ => is_same(one, later),
            }
        })
    }

    /// What the latest event of the window says.
    fn latest<'r>(
        &self,
        events: &[&'r Event],
        window: Option<&Window<'r>>,
        facts: &Facts<'_, 'r>,
        asked: &Question<'_>,
    ) -> Observed {
        let today = facts.today();
        let within = |event: &'r Event| window.and_then(|window| window.found(event, today));
        let possible: Vec<&Event> = take::latest(today, events.iter().copied())
            .filter(|event| within(event).is_some())
            .collect();
        let is_certain = |event: &&'r Event| within(event).is_some_and(|one| one.is_certain());
        let may_be_none = !events.iter().any(is_certain);
        let said = |event: &Event| {
            let place = self.events.iter().find(|one| one.kind == event.body().place_of_kind());
            place.and_then(|one| one.field)
        };
        let said = possible
            .iter()
            .map(|event| said(event).map_or(Field::Absent, |place| event.body().field(place)));
        let seen = match self.kind {
            ValueKind::Own => Observed::own(only_value(said).filter(|_| !may_be_none)),
            ValueKind::Code(codes) => {
                let said: Vec<Field<'_>> = said.collect();
                let is_said = |code: &str| {
                    said.iter().any(|one| matches!(one, Field::Code(said) if *said == code))
                };
                Observed::coded(codes, |code| may_be_none || is_said(code))
            }
            ValueKind::Truth | ValueKind::Quantity(_) => {
                let silence = self.meaning_of_silence(facts, asked);
                let none = may_be_none.then(|| Truth::from(silence.holds));
                let truths = said.map(truth).chain(none);
                Observed::truth(truths.reduce(same_or_unknown).unwrap_or(Truth::Unknown))
            }
        };
        seen.on_all(possible)
    }

    /// What it means that the record is silent.
    fn meaning_of_silence<'r>(&self, facts: &Facts<'_, 'r>, asked: &Question<'_>) -> Meaning<'r> {
        let missing = asked.missing();
        let of = |holds| Meaning { holds, answer: None, missing: missing.clone() };
        match (self.silence, &self.asked) {
            (Silence::Nothing, _) => of(Verdict::Unmet),
            (Silence::Vouched, _) if facts.log_is_complete() => of(Verdict::Unmet),
            (Silence::Vouched, _) => {
                let span = self.when.last.map(|last| {
                    let from = facts.window_start(last.of(facts, asked));
                    Span { from, to: facts.today() }
                });
                let missing = missing.for_days(span.into_iter().collect());
                Meaning { holds: Verdict::Unknown, answer: None, missing }
            }
            (Silence::Asked, Some((topic, or))) => {
                let (holds, answer) = no_by_answer(*topic, or, facts, asked);
                Meaning { holds, answer, missing: missing.on_topic(*topic) }
            }
            (Silence::Unknown | Silence::Asked, _) => of(Verdict::Unknown),
        }
    }
}

/// Names the events that are dated in part and leave a value open: those that it rests on, and
/// those that have to come before or after them.
fn named_where_open(
    seen: Observed,
    events: &[&Event],
    others: &[&[&Event]],
    asked: &Question<'_>,
) -> Observed {
    if seen.value.is_known() || !seen.missing.is_empty() {
        return seen;
    }
    let is_in_part = |event: &&&Event| event.on().exact().is_none();
    let others = others.iter().flat_map(|events| events.iter()).filter(is_in_part);
    let mut resting_on: BTreeSet<&EventId> = BTreeSet::new();
    resting_on.extend(&seen.events);
    let own = events.iter().filter(is_in_part).filter(|event| resting_on.contains(event.id()));
    let mut named: BTreeSet<&EventId> = BTreeSet::new();
    let open = own.chain(others).filter(|event| named.insert(event.id()));
    let missing = open.map(|event| asked.missing().by_event(event)).collect();
    Observed { missing, ..seen }
}

/// Do the fields of two events agree in which they have to?
fn fields_agree(
    selectors: &[Selector],
    event: &Event,
    others: &[Selector],
    other: &Event,
    agree: impl Fn(Field<'_>, Field<'_>) -> bool,
) -> bool {
    let (ones, of_other) = (agreeing(selectors, event), agreeing(others, other));
    let mut pairs = ones.iter().zip(of_other);
    pairs
        .all(|(one, other_place)| agree(event.body().field(*one), other.body().field(*other_place)))
}

/// The places of the fields in which an event has to agree with another.
fn agreeing<'s>(selectors: &'s [Selector], event: &Event) -> &'s [usize] {
    let kind = event.body().place_of_kind();
    let selector = selectors.iter().find(|selector| selector.kind == kind);
    selector.map_or(&[], |selector| &selector.agree)
}

/// Whether the latest answer on a topic, or what stands for one, is no; and the answer.
fn no_by_answer<'r>(
    topic: Topic,
    or: &[Selector],
    facts: &Facts<'_, 'r>,
    asked: &Question<'_>,
) -> (Verdict, Option<&'r Event>) {
    let mut telling = matching(or, facts, asked);
    let answers = facts.snapshot.of_kind(Asked::PLACE).iter().copied();
    telling.extend(answers.filter(|event| answer_on(topic, event).is_some()));
    let latest: Vec<&Event> = take::latest(facts.today(), telling.iter().copied()).collect();
    let is_no = |event: &&Event| answer_on(topic, event).is_none_or(|one| one == Answer::No);
    let holds = if !latest.is_empty() && latest.iter().all(is_no) {
        Verdict::Unmet
    } else {
        Verdict::Unknown
    };
    (holds, latest.last().copied())
}

fn answer_on(topic: Topic, event: &Event) -> Option<Answer> {
    match Asked::of(event.body()) {
        Some(asked) if asked.topic == topic => Some(asked.answer),
        _ => None,
    }
}

impl When {
    /// The days that count; `None` where no episode is open whose days they are.
    fn window<'r>(
        &self,
        before: &[&'r Event],
        facts: &Facts<'_, 'r>,
        asked: &Question<'_>,
    ) -> Option<Window<'r>> {
        let today = facts.today();
        let mut window =
            Window { first: CalendarDate::MIN, surely: CalendarDate::MIN, after: None };
        if self.in_open_episode {
            let opened = facts.open_episode()?.opened.on();
            window.begin(opened.earliest(), opened.latest().min(today));
        }
        if let Some(last) = self.last {
            let first = facts.window_start(last.of(facts, asked));
            window.begin(first, first);
        }
        if let Some(within) = self.within {
            let first = today.plus_days(within.of(facts, asked).saturating_neg());
            window.begin(first, first);
        }
        if let Some((_, from)) = &self.since {
            let first = before.iter().map(|event| first_moment(event)).max();
            let last = before.iter().map(|event| last_moment(event, today)).max();
            if let (Some(first), Some(last)) = (first, last) {
                match from {
                    From::NextDay => window.begin(first.0.plus_days(1), last.0.plus_days(1)),
                    From::SameDay => window.begin(first.0, last.0),
                    From::LaterRecorded => window.after = Some((first, last)),
                }
            }
        }
        Some(window)
    }
}

impl<'r> Window<'r> {
    /// No event counts before the one day, and not all before the other.
    fn begin(&mut self, first: CalendarDate, surely: CalendarDate) {
        self.first = self.first.max(first);
        self.surely = self.surely.max(surely);
    }

    /// Whether and when an event counts; `None` when on none of its days.
    fn found(&self, event: &'r Event, today: CalendarDate) -> Option<Found<'r>> {
        let (earliest, to) = (event.on().earliest(), event.on().latest().min(today));
        let comes_after = match self.after {
            Some((first, _)) if last_moment(event, today) < first => return None,
            Some((_, last)) => first_moment(event) > last,
            None => true,
        };
        if to < self.first {
            return None;
        }
        let is_certain = comes_after && earliest >= self.surely;
        let counts = if is_certain { Verdict::Met } else { Verdict::Unknown };
        Some(Found { event, counts, from: earliest.max(self.first), to })
    }
}

/// The later events that take an event back: the last that can begin, and the last that can end.
#[derive(Clone, Copy)]
struct TakingBack<'r> {
    event: &'r Event,
    first: Moment<'r>,
    last: Moment<'r>,
}

impl<'r> TakingBack<'r> {
    fn of(events: impl Iterator<Item = &'r Event> + Clone, today: CalendarDate) -> Option<Self> {
        let event = events.clone().max_by_key(|event| first_moment(event))?;
        let last = events.map(|event| last_moment(event, today)).max()?;
        Some(Self { event, first: first_moment(event), last })
    }

    /// Does it leave the event on any of its days? Those on which it is taken back fall away.
    fn leaves(&self, one: &mut Found<'r>, today: CalendarDate) -> bool {
        if last_moment(one.event, today) < self.first {
            return false;
        }
        if first_moment(one.event) < self.last {
            one.counts = Verdict::Unknown;
        }
        let (day, recorded, id) = self.first;
        let same_day_counts = (one.event.recorded(), one.event.id()) > (recorded, id);
        one.from = one.from.max(if same_day_counts { day } else { day.plus_days(1) });
        true
    }
}

impl Number {
    fn of(self, facts: &Facts<'_, '_>, asked: &Question<'_>) -> i64 {
        match self {
            Self::Days => asked.days(),
            Self::Parameter(place) => facts.settings.of_queries.get(place).copied().unwrap_or(0),
        }
    }
}

/// The visible events that any of the selectors selects, in order.
fn matching<'r>(
    selectors: &[Selector],
    facts: &Facts<'_, 'r>,
    asked: &Question<'_>,
) -> Vec<&'r Event> {
    let selected = |event: &&'r Event| {
        let kind = event.body().place_of_kind();
        selectors.iter().any(|selector| selector.kind == kind && selector.selects(event, asked))
    };
    if let [selector] = selectors {
        // A behavior is no member of anything, so that only events about itself can fit.
        let behavior = asked.target().filter(|target| target.substance().is_none());
        if let Some(target) = behavior.filter(|_| selector.is_about_a_target()) {
            return facts.snapshot.about(selector.kind, target).filter(selected).collect();
        }
        let events = facts.snapshot.of_kind(selector.kind).iter().copied();
        return events.filter(selected).collect();
    }
    let mut kinds: Vec<usize> = selectors.iter().map(|selector| selector.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut events = facts.snapshot.of_kinds(&kinds);
    events.retain(selected);
    events
}

impl Selector {
    fn is_about_a_target(&self) -> bool {
        self.filters.iter().any(|(_, condition)| matches!(condition, Condition::Target(_)))
    }

    fn selects(&self, event: &Event, asked: &Question<'_>) -> bool {
        let is_by = self.by.as_ref().is_none_or(|roles| roles.contains(&event.by().role));
        is_by
            && self.only_for.iter().all(|(argument, codes)| {
                codes.iter().any(|code| asked.arguments.names(*argument, code))
            })
            && self
                .filters
                .iter()
                .all(|(place, condition)| condition.holds(event.body().field(*place), asked))
    }
}

impl Condition {
    fn holds(&self, field: Field<'_>, asked: &Question<'_>) -> bool {
        match (self, field) {
            (Self::Present(present), field) => *present != matches!(field, Field::Absent),
            (Self::Is(codes), field) => code(field).is_some_and(|code| codes.contains(&code)),
            (Self::IsNot(codes), field) => code(field).is_none_or(|code| !codes.contains(&code)),
            (Self::Argument(argument), Field::OwnCode(code)) => {
                asked.arguments.names(*argument, code.as_str())
            }
            (Self::Argument(argument), field) => {
                code(field).is_some_and(|code| asked.arguments.names(*argument, code))
            }
            (Self::Above(least), Field::Number(number)) => number > *least,
            (Self::Target(fit), Field::Substance(substance)) => {
                asked.target().is_some_and(|target| fit.holds(&substance.into(), target))
            }
            (Self::Target(fit), Field::Target(said)) => {
                asked.target().is_some_and(|target| fit.holds(said, target))
            }
            (Self::Above(_) | Self::Target(_), _) => false,
        }
    }
}

impl TargetMatch {
    fn holds(self, said: &Target, asked: &Target) -> bool {
        match (self, said.substance(), asked.substance()) {
            (Self::Member, Some(said), Some(class)) => said.is_in(class),
            _ => said == asked,
        }
    }
}

/// The code of a field that has one; a truth is `yes` or `no`.
fn code(field: Field<'_>) -> Option<&'static str> {
    match field {
        Field::Code(code) => Some(code),
        Field::Truth(true) => Some("yes"),
        Field::Truth(false) => Some("no"),
        _ => None,
    }
}

fn truth(field: Field<'_>) -> Truth {
    code(field).and_then(Truth::from_code).unwrap_or(Truth::Unknown)
}

fn same_or_unknown(one: Truth, other: Truth) -> Truth {
    if one == other { one } else { Truth::Unknown }
}

/// The value of the service's own that all have.
fn only_value<'b>(mut said: impl Iterator<Item = Field<'b>>) -> Option<ObservedValue> {
    let Some(Field::OwnValue(value)) = said.next() else { return None };
    let is_same = |other: Field<'_>| matches!(other, Field::OwnValue(other) if other == value);
    said.all(is_same).then(|| value.clone())
}

fn is_same(one: Field<'_>, other: Field<'_>) -> bool {
    match (one, other) {
        (Field::Substance(one), Field::Substance(other)) => one == other,
        (Field::Target(one), Field::Target(other)) => one == other,
        (Field::OwnCode(one), Field::OwnCode(other)) => one == other,
        (Field::Absent, Field::Absent) => true,
        (one, other) => code(one).is_some() && code(one) == code(other),
    }
}
