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
        match change {
            Some(event) => Observed::days(self.days_since(event)).on(event),
            None => Observed::days(Range::without_limit()),
        }
    }
}
