//! Contacts of the open episode: how many, how far apart, and what was talked about.
//!
//! A complete contact log vouches for what the service itself did: what is not there did not
//! happen. A partial one leaves counts open-ended.

use super::{Facts, Missing, Observed, days::Few};
use crate::{
    client::{Contact, ContactLog, ContactOutcome, Outreach, Target, UseReport},
    date::{CalendarDate, Span},
    fact::Fact,
    record::{Event, Role},
    value::{Measured, Range, Truth},
};

impl<'r> Facts<'_, 'r> {
    /// Contacts of the open episode, in order.
    fn contacts(&self) -> impl DoubleEndedIterator<Item = (&'r Event, &'r Contact)> {
        let contacts = self.contacts.get_or_init(|| {
            let Some(episode) = self.open_episode() else { return Vec::new() };
            let holds = |event: &Event| episode.holds(event.on().latest());
            self.snapshot.of::<Contact>().filter(|(event, _)| holds(event)).collect()
        });
        contacts.iter().copied()
    }

    fn kept(&self) -> impl DoubleEndedIterator<Item = (&'r Event, &'r Contact)> {
        self.contacts().filter(|(_, contact)| contact.outcome == ContactOutcome::Kept)
    }

    fn log_is_complete(&self) -> bool {
        self.open_episode().is_some_and(|episode| episode.log == ContactLog::Complete)
    }

    /// The first day of a window of `days` that ends today.
    pub(crate) fn window_start(&self, days: i64) -> CalendarDate {
        self.today().plus_days(1_i64.saturating_sub(days))
    }

    fn missing_contacts(&self, fact: Fact, from: CalendarDate) -> Missing {
        Missing::of(fact).for_days(vec![Span { from, to: self.today() }])
    }

    pub(super) fn contact_made(&self) -> Observed {
        match self.kept().next_back() {
            Some((event, _)) => Observed::truth(true).on(event),
            None if self.log_is_complete() => Observed::truth(false),
            None => Observed::truth(Truth::Unknown).missing(Missing::of(Fact::ContactMade)),
        }
    }

    pub(super) fn contacts_kept(&self, days: i64) -> Observed {
        let start = self.window_start(days);
        let inside = self.kept().map(|(event, _)| event).filter(|e| e.on().latest() >= start);
        let inside: Vec<&Event> = inside.collect();
        let is_certain = |event: &&&Event| event.on().earliest() >= start;
        let certain = count(inside.iter().filter(is_certain).count());
        let possible = count(inside.len());
        let max = self.log_is_complete().then_some(possible);
        let observed =
            Observed::quantity(Measured::Count, Range::from_to(certain, max)).on_all(inside);
        if max == Some(certain) {
            return observed;
        }
        observed.missing(self.missing_contacts(Fact::ContactsKept, start))
    }

    pub(super) fn longest_contact_gap(&self, days: i64) -> Observed {
        let start = self.window_start(days);
        // A contact that the service canceled ends a step, and begins none on its own.
        let ends_a_step = |contact: &Contact| contact.outcome != ContactOutcome::Missed;
        let points: Vec<(&Event, &Contact)> = self
            .contacts()
            .filter(|(event, contact)| ends_a_step(contact) && event.on().latest() >= start)
            .skip_while(|(_, contact)| contact.outcome != ContactOutcome::Kept)
            .collect();
        let Some((first, _)) = points.first() else {
            return if self.log_is_complete() {
                Observed::days(Range::without_limit())
            } else {
                Observed::days(Range::at_least(0))
                    .missing(self.missing_contacts(Fact::LongestContactGap, start))
            };
        };
        let exact = points.iter().filter_map(|(event, _)| Some((*event, event.on().exact()?)));
        let (mut longest, mut between, mut from) = (Few::NONE, (*first, None), None);
        for (event, day) in
            exact.map(|(event, day)| (Some(event), day)).chain([(None, self.today())])
        {
            if let Some((begun, since)) = from {
                let step = self.community_days_after(since, day);
                if step.max >= longest.max {
                    between = (begun, event);
                }
                longest = longest.at_least(step);
            }
            if let Some(event) = event {
                from = Some((event, day));
            }
        }
        let all_exact = points.iter().all(|(event, _)| event.on().exact().is_some());
        let known = all_exact && self.log_is_complete();
        let longest = Range::between(longest.min, longest.max);
        let longest = if from.is_some() { longest } else { Range::at_least(0) };
        let range = if known { longest } else { longest.or(Range::exactly(0)) };
        let observed = Observed::days(range).on(between.0).on_all(between.1);
        if known {
            observed
        } else {
            observed.missing(self.missing_contacts(Fact::LongestContactGap, start))
        }
    }

    pub(super) fn days_since_contact(&self) -> Observed {
        let Some(episode) = self.open_episode() else {
            return Observed::days(Range::at_least(0));
        };
        let last = self.kept().next_back().map_or(episode.opened, |(event, _)| event);
        let until = |day| self.community_days_after(day, self.today());
        let longest = until(last.on().earliest());
        if self.log_is_complete() {
            return Observed::days(Range::between(until(last.on().latest()).min, longest.max))
                .on(last);
        }
        Observed::days(Range::between(0, longest.max))
            .on(last)
            .missing(self.missing_contacts(Fact::DaysSinceContact, last.on().latest()))
    }

    /// Attempts to reach the person since the last kept contact of the open episode.
    fn attempts(&self) -> Vec<(&'r Event, &'r Outreach)> {
        let Some(episode) = self.open_episode() else { return Vec::new() };
        let last = self.kept().next_back().map(|(event, _)| event.on().earliest());
        self.snapshot
            .of::<Outreach>()
            .filter(|(event, _)| episode.holds(event.on().earliest()))
            .filter(|(event, _)| last.is_none_or(|last| event.on().earliest() > last))
            .collect()
    }

    pub(super) fn outreach_days(&self) -> Observed {
        let attempts = self.attempts();
        let mut days: Vec<_> = attempts.iter().map(|(event, _)| event.on()).collect();
        days.dedup();
        let days = count(days.len());
        let max = self.log_is_complete().then_some(days);
        let observed = Observed::quantity(Measured::Count, Range::from_to(days, max))
            .on_all(attempts.iter().map(|(event, _)| *event));
        if max.is_some() { observed } else { observed.missing(Missing::of(Fact::OutreachDays)) }
    }

    pub(super) fn outreach_successful(&self) -> Observed {
        let attempts = self.attempts();
        match attempts.iter().rev().find(|(_, outreach)| outreach.successful) {
            Some((event, _)) => Observed::truth(true).on(event),
            None if self.log_is_complete() => {
                Observed::truth(false).on_all(attempts.iter().map(|(event, _)| *event))
            }
            None => Observed::truth(Truth::Unknown).missing(Missing::of(Fact::OutreachSuccessful)),
        }
    }

    pub(super) fn use_discussed(&self, target: &Target, days: i64) -> Observed {
        let start = self.window_start(days);
        let kept = self.kept().filter(|(event, _)| event.on().earliest() >= start);
        let kept: Vec<(&Event, &Contact)> = kept.collect();
        let about = |discussed: &Target| covers(target, discussed);
        let said =
            kept.iter().rev().find(|(_, contact)| contact.discussed.iter().flatten().any(about));
        if let Some((event, _)) = said {
            return Observed::truth(true).on(event);
        }
        let reported = self.snapshot.of::<UseReport>().rev().find(|(event, report)| {
            event.by().role == Role::Client
                && covers(target, &report.substance.into())
                && kept.iter().any(|(contact, _)| contact.on() == event.on())
        });
        if let Some((event, _)) = reported {
            return Observed::truth(true).on(event);
        }
        let mut silent = kept.iter().filter(|(_, contact)| contact.discussed.is_none());
        let missing = Missing::of(Fact::UseDiscussed).about(target.clone());
        match silent.next_back() {
            None if !kept.is_empty() && self.log_is_complete() => {
                Observed::truth(false).on_all(kept.iter().map(|(event, _)| *event))
            }
            None => Observed::truth(Truth::Unknown).missing(missing),
            Some((event, _)) => {
                Observed::truth(Truth::Unknown).on(event).missing(missing.by_event(event))
            }
        }
    }
}

/// Is `said` about the target: the same, or a member of its class?
pub(super) fn covers(target: &Target, said: &Target) -> bool {
    match (target.substance(), said.substance()) {
        (Some(class), Some(said)) => said.is_in(class),
        _ => target == said,
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
