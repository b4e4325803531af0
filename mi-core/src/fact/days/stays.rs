//! Where the person stayed: controlled days and days in the community.
#![expect(clippy::arithmetic_side_effects, reason = "days of the calendar, within 301 years")]

use std::collections::BTreeMap;

use super::Few;
use crate::{
    client::{Setting, SettingEvent, SettingMoment},
    date::CalendarDate,
    record::Snapshot,
    value::Verdict,
};

/// The stays that settings record, as days from admission up to the day before discharge.
///
/// An admission or discharge that is known only to the month or year leaves open the days that it may
/// cover: admitted in March 2025 and discharged on the 20th, the person was there on the 19th perhaps,
/// and perhaps from the 1st on.
#[derive(Default)]
pub(crate) struct Stays {
    controlled: Bracket,
    recorded: Bracket,
}

/// Spans of days that are certain, and those that are possible.
#[derive(Default)]
struct Bracket {
    certain: Spans,
    possible: Spans,
}

/// The days on which something can have begun; never for certain, where there is no latest.
#[derive(Clone, Copy)]
struct Begun {
    earliest: i64,
    latest: Option<i64>,
}

/// Where a person is: since when, since when controlled, and the last day that an admission can be.
struct Present {
    since: Begun,
    controlled: Option<Begun>,
    last_admission: i64,
}

/// What is read of the stays, event by event.
#[derive(Default)]
struct Reading {
    controlled: [Vec<(i64, i64)>; 2],
    recorded: [Vec<(i64, i64)>; 2],
    present: BTreeMap<Setting, Present>,
    /// The last day of a discharge before which no stay is recorded, where it is known in part.
    discharged_by: BTreeMap<Setting, i64>,
}

impl Stays {
    pub(super) fn new(snapshot: &Snapshot<'_>) -> Self {
        let forever = CalendarDate::MAX.epoch_days() + 1;
        let mut reading = Reading::default();
        for (event, stay) in snapshot.of::<SettingEvent>() {
            // What is visible has come: on 20 July an admission "in July" is one of the 20 days.
            let latest = event.on().latest().min(snapshot.date());
            let day = (event.on().earliest().epoch_days(), latest.epoch_days());
            match stay.moment {
                SettingMoment::Admission => reading.admission(stay, day),
                SettingMoment::Discharge => reading.discharge(stay.setting, day),
            }
        }
        for stay in std::mem::take(&mut reading.present).into_values() {
            reading.end(&stay, (forever, forever));
        }
        let bracket = |[certain, possible]: [Vec<(i64, i64)>; 2]| Bracket {
            certain: Spans::new(certain),
            possible: Spans::new(possible),
        };
        Self { controlled: bracket(reading.controlled), recorded: bracket(reading.recorded) }
    }

    /// The spans in a controlled environment, possible and then certain, each up to the day before
    /// its end.
    pub(super) fn controlled(&self) -> impl Iterator<Item = (i64, i64, Verdict)> {
        self.controlled.spans()
    }

    /// The spans of all recorded stays, controlled or not.
    pub(super) fn recorded(&self) -> impl Iterator<Item = (i64, i64, Verdict)> {
        self.recorded.spans()
    }

    /// The fewest and the most days from the one to the other, both included, that are not
    /// controlled.
    pub(in crate::fact) fn community_days(&self, from: i64, to: i64) -> Few {
        let all = (to + 1 - from).max(0);
        let held =
            |spans: &Spans| if all == 0 { 0 } else { spans.before(to + 1) - spans.before(from) };
        Few {
            min: all - held(&self.controlled.possible),
            max: all - held(&self.controlled.certain),
        }
    }
}

impl Bracket {
    fn spans(&self) -> impl Iterator<Item = (i64, i64, Verdict)> {
        let possible = self.possible.0.iter().map(|span| (span.from, span.until, Verdict::Unknown));
        possible.chain(self.certain.0.iter().map(|span| (span.from, span.until, Verdict::Met)))
    }
}

impl Reading {
    fn admission(&mut self, stay: &SettingEvent, (earliest, latest): (i64, i64)) {
        let is_controlled = stay.controlled.unwrap_or_else(|| stay.setting.is_controlled());
        // A discharge "in March" that stands before an admission on the 10th may have ended it.
        let ended = self.discharged_by.get(&stay.setting).is_some_and(|by| *by >= earliest);
        let begun = Begun { earliest, latest: (!ended).then_some(latest) };
        let new = Present { since: begun, controlled: None, last_admission: latest };
        let present = self.present.entry(stay.setting).or_insert(new);
        present.last_admission = present.last_admission.max(latest);
        match (is_controlled, present.controlled) {
            (true, None) => present.controlled = Some(begun),
            (false, Some(since)) => {
                present.controlled = None;
                add(&mut self.controlled, since, (earliest, latest));
            }
            (true, Some(_)) | (false, None) => {}
        }
    }

    fn discharge(&mut self, setting: Setting, (earliest, latest): (i64, i64)) {
        let Some(stay) = self.present.remove(&setting) else {
            self.discharged_by.insert(setting, latest);
            return;
        };
        self.end(&stay, (earliest, latest));
        // An admission "in March" may have come after a discharge on the 5th.
        if stay.last_admission > earliest {
            let again = Begun { earliest, latest: None };
            let controlled = stay.controlled.map(|_| again);
            let last_admission = stay.last_admission;
            self.present.insert(setting, Present { since: again, controlled, last_admission });
        }
    }

    fn end(&mut self, stay: &Present, end: (i64, i64)) {
        add(&mut self.recorded, stay.since, end);
        if let Some(since) = stay.controlled {
            add(&mut self.controlled, since, end);
        }
    }
}

/// Adds a stay that ended on one of these days.
fn add([certain, possible]: &mut [Vec<(i64, i64)>; 2], since: Begun, (first, last): (i64, i64)) {
    possible.push((since.earliest, last));
    certain.extend(since.latest.map(|latest| (latest, first)));
}

/// Disjoint spans of days in order, each with the days of all spans before it.
#[derive(Default)]
struct Spans(Vec<Counted>);

struct Counted {
    from: i64,
    until: i64,
    days_before: i64,
}

impl Spans {
    fn new(mut spans: Vec<(i64, i64)>) -> Self {
        spans.sort_unstable();
        let mut counted: Vec<Counted> = Vec::new();
        for (from, until) in spans.into_iter().filter(|(from, until)| from < until) {
            match counted.last_mut() {
                Some(last) if from <= last.until => last.until = last.until.max(until),
                last => {
                    let days_before = last.map_or(0, |l| l.days_before + l.until - l.from);
                    counted.push(Counted { from, until, days_before });
                }
            }
        }
        Self(counted)
    }

    /// How many of their days lie before this day.
    fn before(&self, day: i64) -> i64 {
        let begun = self.0.partition_point(|span| span.from < day);
        let last = begun.checked_sub(1).and_then(|index| self.0.get(index));
        last.map_or(0, |span| span.days_before + day.min(span.until) - span.from)
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    #[test]
    fn spans_that_touch_or_overlap_are_one() {
        let spans = Spans::new(vec![(20, 25), (0, 5), (5, 8), (3, 4), (30, 30)]);
        let before: Vec<i64> = [0, 1, 5, 8, 9, 20, 21, 25, 40].map(|d| spans.before(d)).to_vec();
        assert_eq!(before, [0, 1, 5, 8, 8, 8, 9, 13, 13]);
    }
}
