//! The reader of facts: a snapshot with the numbers of a protocol.

use super::settings::Settings;
use crate::record::{CalendarDate, Snapshot};

/// Reads facts from a snapshot. The file of each subject adds the functions of its facts.
pub(crate) struct Facts<'s, 'r> {
    pub(crate) snapshot: &'s Snapshot<'r>,
    pub(crate) settings: &'s Settings,
}

impl<'s, 'r> Facts<'s, 'r> {
    pub(crate) fn new(snapshot: &'s Snapshot<'r>, settings: &'s Settings) -> Self {
        Self { snapshot, settings }
    }

    /// The day asked about.
    pub(crate) fn today(&self) -> CalendarDate {
        self.snapshot.date()
    }
}
