//! Contacts of the open episode: how many, how far apart, and what was talked about.
//!
//! A complete contact log vouches for what the service itself did: what is not there did not
//! happen. A partial one leaves counts open-ended.

use super::{Facts, Missing, Observed};
use crate::{
    client::{Contact, ContactLog, ContactOutcome, Target, UseReport},
    date::{CalendarDate, Span},
    fact::Fact,
    record::{Event, Role},
    value::{Range, Truth},
};

impl<'r> Facts<'_, 'r> {
    /// Contacts that can be of the open episode, in order.
    fn contacts(&self) -> impl DoubleEndedIterator<Item = (&'r Event, &'r Contact)> {
        let contacts = self.contacts.get_or_init(|| {
            let Some(episode) = self.open_episode() else { return Vec::new() };
            let may_hold = |event: &Event| event.on().latest() >= episode.first_day();
            self.snapshot.of::<Contact>().filter(|(event, _)| may_hold(event)).collect()
        });
        contacts.iter().copied()
    }

    fn kept(&self) -> impl DoubleEndedIterator<Item = (&'r Event, &'r Contact)> {
        self.contacts().filter(|(_, contact)| contact.outcome == ContactOutcome::Kept)
    }

    pub(super) fn log_is_complete(&self) -> bool {
        self.open_episode().is_some_and(|episode| episode.log == ContactLog::Complete)
    }

    /// The first day of a window of `days` that ends today.
    pub(crate) fn window_start(&self, days: i64) -> CalendarDate {
        self.today().plus_days(1_i64.saturating_sub(days))
    }

    fn missing_contacts(&self, fact: Fact, from: CalendarDate) -> Missing {
        Missing::of(fact).for_days(vec![Span { from, to: self.today() }])
    }

    /// The first day that may be one of the window, and the first that surely is: the window cannot
    /// begin before the episode.
    fn window_of_episode(&self, days: i64) -> (CalendarDate, CalendarDate) {
        let start = self.window_start(days);
        let opened = self.open_episode().map(|episode| episode.opened.on());
        let first = opened.map_or(start, |on| on.earliest().max(start));
        (first, opened.map_or(start, |on| on.latest().min(self.today()).max(start)))
    }

    pub(super) fn longest_contact_gap(&self, days: i64) -> Observed {
        let (first, surely) = self.window_of_episode(days);
        // A contact that the service canceled ends a step, and begins none on its own.
        let ends_a_step = |contact: &Contact| contact.outcome != ContactOutcome::Missed;
        let points: Vec<Point<'r>> = self
            .contacts()
            .filter(|(event, contact)| ends_a_step(contact) && event.on().latest() >= first)
            .skip_while(|(_, contact)| contact.outcome != ContactOutcome::Kept)
            .map(|(event, contact)| Point {
                event,
                from: event.on().earliest().max(first),
                to: event.on().latest().min(self.today()),
                begins: contact.outcome == ContactOutcome::Kept && event.on().earliest() >= surely,
            })
            .collect();
        let missing = || self.missing_contacts(Fact::LONGEST_CONTACT_GAP, first);
        let never =
            if self.log_is_complete() { Range::without_limit() } else { Range::at_least(0) };
        if points.is_empty() {
            let seen = Observed::days(never);
            return if self.log_is_complete() { seen } else { seen.missing(missing()) };
        }
        let (most, longest) = self.longest_step(&points);
        let least = if self.log_is_complete() { self.shortest_step(&points) } else { 0 };
        let begins = points.iter().any(|point| point.begins);
        let seen = Observed::days(Range::from_to(least, begins.then_some(most)));
        let [one, other] = longest;
        let seen = seen.on_all(one).on_all(other);
        if self.log_is_complete() { seen } else { seen.missing(missing()) }
    }

    /// The longest step that there can be, with the contacts between which it lies. From the first
    /// day on which one can be, a step lasts at most until the next that begins later has to be over.
    fn longest_step(&self, points: &[Point<'r>]) -> (i64, [Option<&'r Event>; 2]) {
        let (mut longest, mut between) = (-1, [None, None]);
        // Of those that begin later, the one that has to be over first.
        let mut next: (CalendarDate, Option<&Event>) = (self.today(), None);
        let mut later = points.iter().rev().peekable();
        let mut same_day = next;
        while let Some(point) = later.next() {
            let step = self.community_days_after(point.from, next.0).max;
            if step > longest {
                (longest, between) = (step, [Some(point.event), next.1]);
            }
            if point.to <= same_day.0 {
                same_day = (point.to, Some(point.event));
            }
            if later.peek().is_none_or(|earlier| earlier.from < point.from) {
                next = same_day;
            }
        }
        (longest.max(0), between)
    }

    /// The least that the longest step can be: the days on which no contact can have been, between
    /// the last day of all before and the first day of all after.
    fn shortest_step(&self, points: &[Point<'r>]) -> i64 {
        let (mut shortest, mut until, mut begun) = (0, None, false);
        let last = (self.today(), false, self.today());
        let ends = points.iter().map(|point| (point.from, point.begins, point.to)).chain([last]);
        for (from, begins, to) in ends {
            if let Some(until) = until.filter(|until| begun && *until < from) {
                shortest = shortest.max(self.community_days_after(until, from).min);
            }
            begun |= begins;
            until = until.max(Some(to));
        }
        shortest
    }

    /// Community days since the last kept contact, or the opening: the later of them all.
    pub(super) fn days_since_contact(&self) -> Observed {
        let Some(episode) = self.open_episode() else {
            return Observed::days(Range::at_least(0));
        };
        let until = |day| self.community_days_after(day, self.today());
        let all = || self.kept().map(|(event, _)| event).chain([episode.opened]);
        let (mut first, mut last) = (CalendarDate::MIN, CalendarDate::MIN);
        for event in all() {
            first = first.max(event.on().earliest());
            last = last.max(event.on().latest().min(self.today()));
        }
        let is_last = |event: &&Event| event.on().latest().min(self.today()) >= first;
        let (longest, shortest) = (until(first).max, until(last).min);
        let seen = |range: Range| Observed::days(range).on_all(all().filter(is_last));
        if self.log_is_complete() {
            return seen(Range::between(shortest, longest));
        }
        seen(Range::between(0, longest))
            .missing(self.missing_contacts(Fact::DAYS_SINCE_CONTACT, last))
    }

    pub(super) fn use_discussed(&self, target: &Target, days: i64) -> Observed {
        let (first, surely) = self.window_of_episode(days);
        let kept: Vec<(&Event, &Contact)> =
            self.kept().filter(|(event, _)| event.on().latest() >= first).collect();
        let is_certain = |event: &Event| event.on().earliest() >= surely;
        let about = |discussed: &Target| covers(target, discussed);
        let tells = |contact: &Contact| contact.discussed.iter().flatten().any(about);
        let said = kept.iter().rev().filter(|(_, contact)| tells(contact));
        let said = said.map(|(event, _)| (*event, is_certain(event)));
        let reported = self.snapshot.of::<UseReport>().rev().filter_map(|(event, report)| {
            let counts =
                event.by().role == Role::Client && covers(target, &report.substance.into());
            let day = event.on();
            let may_meet = |contact: &Event| {
                contact.on().earliest().max(first) <= day.latest()
                    && day.earliest() <= contact.on().latest().min(self.today())
            };
            let meets = |contact: &Event| {
                day.exact().is_some() && contact.on() == day && is_certain(contact)
            };
            let mut on_one = kept.iter().filter(|(contact, _)| counts && may_meet(contact));
            let first_met = on_one.next()?;
            Some((event, meets(first_met.0) || on_one.any(|(contact, _)| meets(contact))))
        });
        let telling: Vec<(&Event, bool)> = said.chain(reported).collect();
        if let Some((event, _)) = telling.iter().find(|(_, certain)| *certain) {
            return Observed::truth(true).on(event);
        }
        let open = Observed::truth(Truth::Unknown);
        if !telling.is_empty() {
            return open.on_all(telling.iter().map(|(event, _)| *event));
        }
        let mut silent = kept.iter().filter(|(_, contact)| contact.discussed.is_none());
        let missing = Missing::of(Fact::USE_DISCUSSED).about(target.clone());
        let any = kept.iter().any(|(event, _)| is_certain(event));
        match silent.next_back() {
            None if any && self.log_is_complete() => {
                Observed::truth(false).on_all(kept.iter().map(|(event, _)| *event))
            }
            None => open.missing(missing),
            Some((event, _)) => open.on(event).missing(missing.by_event(event)),
        }
    }
}

/// A contact that ends a step from one contact to the next.
struct Point<'r> {
    event: &'r Event,
    /// The first day of the window on which it can have been.
    from: CalendarDate,
    /// The last.
    to: CalendarDate,
    /// Is it surely kept, and in the window?
    begins: bool,
}

/// Is `said` about the target: the same, or a member of its class?
pub(super) fn covers(target: &Target, said: &Target) -> bool {
    match (target.substance(), said.substance()) {
        (Some(class), Some(said)) => said.is_in(class),
        _ => target == said,
    }
}
