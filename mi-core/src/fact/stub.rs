use super::*; use crate::{client::*, record::*, plan::PlanKind, stage::StageOfChange};
#[derive(Clone)] pub(crate) struct Return { pub substance: Substance, pub first: CalendarDate, pub last: CalendarDate, pub days: Range, pub start_observed: bool, pub against_goal: Truth, pub problems: Truth, pub possible: Vec<ReturnClass>, pub recorded: Option<(EventId, ReturnClass)>, pub known_on: CalendarDate, pub reviewed_by: Option<EventId>, pub events: Vec<EventId> }
impl<'r> Facts<'_, 'r> {
    pub(super) fn use_days(&self, _0: Substance, _1: Reading, _2: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn use_share(&self, _0: Substance, _1: Reading, _2: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_without_problematic_use(&self, _0: Substance, _1: Reading) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn problematic_use_before(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn use_reference(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_reduced(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_not_reduced(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn reduction_driver(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn own_goal(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn problem_acknowledged(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_without_use_total(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_without_use_longest(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_without_use_current(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn controlled_days(&self, _0: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn use_evidence_conflicts(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_taken_in_community(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_left_out(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_with_amount_taken(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_class(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_days(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_against_goal(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_return(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_reviewed(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(crate) fn returns(&self, _: Substance) -> Vec<Return> { Vec::new() }
    pub(crate) fn observed_through(&self, _: Substance) -> Option<(CalendarDate, i64)> { None }
    pub(crate) fn community_days_after(&self, a: CalendarDate, b: CalendarDate) -> i64 { b.days_since(a) }
}
