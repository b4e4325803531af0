//! The level of care as recorded.

use super::{Facts, Observed};
use crate::{record::Event, stage::LevelOfCareRecorded, value::Range};

impl<'r> Facts<'_, 'r> {
    /// The level of care now, with the event that says so.
    pub(crate) fn recorded_level(&self) -> Option<(&'r Event, &'r LevelOfCareRecorded)> {
        self.snapshot.of::<LevelOfCareRecorded>().last()
    }

    pub(super) fn days_since_unexplained_level_change(&self) -> Observed {
        let mut before = None;
        let mut change = None;
        for (event, recorded) in self.snapshot.of::<LevelOfCareRecorded>() {
            let changed = before.is_some_and(|before| before != recorded.level);
            if changed && recorded.reason.is_none() {
                change = Some(event);
            }
            before = Some(recorded.level);
        }
        let levels = || self.snapshot.of::<LevelOfCareRecorded>().map(|(event, _)| event);
        // Each begins after the one before it has ended, or both are of one known day.
        let is_in_order = levels().zip(levels().skip(1)).all(|(one, next)| {
            one.on().latest() < next.on().earliest()
                || one.on().exact().is_some() && next.on().exact().is_some()
        });
        if !is_in_order {
            // Which level came before which is open, and so is what changed.
            let last = levels().map(|event| event.on().latest().min(self.today())).max();
            let days = last.map_or(0, |last| self.today().days_since(last));
            return Observed::days(Range::at_least(days)).on_all(levels());
        }
        match change {
            Some(event) => Observed::days(self.days_since(event)).on(event),
            None => Observed::days(Range::without_limit()),
        }
    }
}
