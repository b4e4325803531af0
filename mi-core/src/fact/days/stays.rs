//! Where the person stayed: controlled days and days in the community.
#![expect(clippy::arithmetic_side_effects, reason = "days of the calendar, within 301 years")]

use std::collections::BTreeMap;

use crate::{
    client::{Setting, SettingEvent, SettingMoment},
    date::CalendarDate,
    record::Snapshot,
};

/// The stays that settings record, as days from admission up to the day before discharge.
///
/// An admission or discharge that is known only to the month or year counts for the days that are
/// certain: a day is in the community unless a setting says otherwise.
pub(crate) struct Stays {
    controlled: Spans,
    recorded: Spans,
}

impl Stays {
    pub(super) fn new(snapshot: &Snapshot<'_>) -> Self {
        let forever = CalendarDate::MAX.epoch_days() + 1;
        let (mut controlled, mut recorded) = (Vec::new(), Vec::new());
        // Of each setting where the person is: since when, and since when controlled.
        let mut present: BTreeMap<Setting, (i64, Option<i64>)> = BTreeMap::new();
        let mut leave = |since: Option<i64>, until: i64, recorded_since: Option<i64>| {
            controlled.extend(since.map(|from| (from, until)));
            recorded.extend(recorded_since.map(|from| (from, until)));
        };
        for (event, stay) in snapshot.of::<SettingEvent>() {
            let (earliest, latest) =
                (event.on().earliest().epoch_days(), event.on().latest().epoch_days());
            match stay.moment {
                SettingMoment::Discharge => {
                    if let Some((since, controlled)) = present.remove(&stay.setting) {
                        leave(controlled, earliest, Some(since));
                    }
                }
                SettingMoment::Admission => {
                    let is = stay.controlled.unwrap_or_else(|| stay.setting.is_controlled());
                    let (_, since) = present.entry(stay.setting).or_insert((latest, None));
                    match (is, *since) {
                        (true, None) => *since = Some(latest),
                        (false, Some(_)) => leave(since.take(), earliest, None),
                        (true, Some(_)) | (false, None) => {}
                    }
                }
            }
        }
        for (since, controlled) in present.into_values() {
            leave(controlled, forever, Some(since));
        }
        Self { controlled: Spans::new(controlled), recorded: Spans::new(recorded) }
    }

    /// The spans in a controlled environment, each up to the day before its end.
    pub(super) fn controlled(&self) -> impl Iterator<Item = (i64, i64)> {
        self.controlled.0.iter().map(|span| (span.from, span.until))
    }

    /// The spans of all recorded stays, controlled or not.
    pub(super) fn recorded(&self) -> impl Iterator<Item = (i64, i64)> {
        self.recorded.0.iter().map(|span| (span.from, span.until))
    }

    /// The days from the one to the other, both included, that are not controlled.
    pub(in crate::fact) fn community_days(&self, from: i64, to: i64) -> i64 {
        if to < from {
            return 0;
        }
        (to + 1 - from) - (self.controlled.before(to + 1) - self.controlled.before(from))
    }
}

/// Disjoint spans of days in order, each with the days of all spans before it.
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
