use super::*; use crate::{client::*, record::*, plan::PlanKind, stage::StageOfChange};
#[derive(Clone)] pub(crate) struct Return { pub substance: Substance, pub first: CalendarDate, pub last: CalendarDate, pub days: Range, pub start_observed: bool, pub against_goal: Truth, pub problems: Truth, pub possible: Vec<ReturnClass>, pub recorded: Option<(EventId, ReturnClass)>, pub known_on: CalendarDate, pub reviewed_by: Option<EventId>, pub events: Vec<EventId> }
pub(crate) struct StageSeen<'r> { pub event: &'r Event, pub possible: Vec<StageOfChange> }
impl<'r> Facts<'_, 'r> {
    pub(super) fn use_days(&self, _0: Substance, _1: Reading, _2: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn use_share(&self, _0: Substance, _1: Reading, _2: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_use(&self, _0: Substance, _1: Reading) -> Observed { Observed::truth(Truth::Unknown) }
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
    pub(super) fn stage_of_change(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn stage_of_change_age(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn preparation_attempt(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn stage_of_change_boundary(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn stage_ratings_differ(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn standing(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn monitoring_agreed(&self, _0: &Target) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_class(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_days(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_against_goal(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_return(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn return_reviewed(&self, _0: &Return) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn age(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn dual(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn opioid_history(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn agonist(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_agonist_start(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_agonist_stop(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn agonist_days_missed(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn agonist_substance(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn antagonist(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_antagonist_stop(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_antagonist_missed(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_antagonist_injection(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn left_setting(&self, _0: &[Setting]) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn tolerance_reduced(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn opioid_use_resumed(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn sedative_use(&self, _0: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_overdose(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_withdrawal_signs(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn alcohol_dependence(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn alcohol_daily(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn answered(&self, _0: Topic) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn stop_planned(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn stopping(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_a_week(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn duration_of_use(&self, _0: Substance) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_suicide_signal(&self, _0: &[SuicideSignal]) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn suicide_assessed(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn suicide_settled(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn asked_age(&self, _0: Topic) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn not_asked_since_discharge(&self, _0: Topic) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn substance_recorded(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn acute_state(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_acute_state(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn days_since_crisis(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn pregnancy(&self, ) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn harm_reduction_age(&self, _0: HarmReductionItem, _1: &[HarmReductionOutcome]) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn plan_written(&self, _0: PlanKind) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn observation(&self, _0: &crate::record::Code) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn observation_age(&self, _0: &crate::record::Code) -> Observed { Observed::truth(Truth::Unknown) }
    pub(super) fn observation_count(&self, _0: &crate::record::Code, _1: i64) -> Observed { Observed::truth(Truth::Unknown) }
    pub(crate) fn returns(&self, _: Substance) -> Vec<Return> { Vec::new() }
    pub(crate) fn observed_through(&self, _: Substance) -> Option<(CalendarDate, i64)> { None }
    pub(crate) fn community_days_after(&self, a: CalendarDate, b: CalendarDate) -> i64 { b.days_since(a) }
    pub(crate) fn latest_stage_of_change(&self, _: &Target) -> Option<StageSeen<'r>> { None }
}
