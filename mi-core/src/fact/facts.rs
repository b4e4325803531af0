//! The reader of facts: a snapshot with the numbers of a protocol.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use super::{
    days::{DayTable, Stays},
    reduction::Reduction,
    settings::Settings,
};
use crate::{
    client::Substance,
    record::{CalendarDate, Snapshot},
};

/// Reads facts from a snapshot. The file of each subject adds the functions of its facts.
pub(crate) struct Facts<'s, 'r> {
    pub(crate) snapshot: &'s Snapshot<'r>,
    pub(crate) settings: &'s Settings,
    /// Day tables, walks and stays are read by many facts, and made once.
    pub(super) tables: RefCell<BTreeMap<Substance, Rc<DayTable<'r>>>>,
    pub(super) reductions: RefCell<BTreeMap<Substance, Rc<Reduction<'r>>>>,
    pub(super) stays: OnceCell<Stays>,
}

impl<'s, 'r> Facts<'s, 'r> {
    pub(crate) fn new(snapshot: &'s Snapshot<'r>, settings: &'s Settings) -> Self {
        Self {
            snapshot,
            settings,
            tables: RefCell::default(),
            reductions: RefCell::default(),
            stays: OnceCell::new(),
        }
    }

    /// The day asked about.
    pub(crate) fn today(&self) -> CalendarDate {
        self.snapshot.date()
    }
}
