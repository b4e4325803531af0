//! From a call to the function of its fact.

use std::collections::BTreeSet;

use super::{Call, Fact, Facts, Missing, Observed, Scope, Subject};
use crate::{
    client::{Substance, Target, Topic},
    text::{Code, EventId},
    value::{Measured, Range, Truth},
};

impl Facts<'_, '_> {
    /// What the snapshot says of a fact.
    ///
    /// A protocol that loads asks every fact with the arguments and about the subject that it
    /// takes. The three facts about the place among the steps are answered by the review, which
    /// alone knows it.
    pub(crate) fn read(&self, call: &Call, subject: &Subject<'_>) -> Observed {
        let seen = self.look(call, subject);
        if seen.value.is_known() || !seen.missing.is_empty() {
            return seen;
        }
        // What it rests on is dated only in part; else all that can be named is the fact itself.
        let target = subject.target.filter(|_| call.fact.scope() == Scope::Target);
        let target = call.substance.map(Target::from).or_else(|| target.cloned());
        let missing = Missing { topic: call.topic, ..Missing::of(call.fact).about(target) };
        let mut resting_on: BTreeSet<&EventId> = BTreeSet::new();
        resting_on.extend(&seen.events);
        let dated_in_part = self
            .snapshot
            .events()
            .iter()
            .filter(|event| event.on().exact().is_none() && resting_on.contains(event.id()));
        let mut open: Vec<Missing> =
            dated_in_part.map(|event| missing.clone().by_event(event)).collect();
        if open.is_empty() {
            open.push(missing);
        }
        Observed { missing: open, ..seen }
    }

    #[expect(clippy::too_many_lines, reason = "one line a fact")]
    fn look(&self, call: &Call, subject: &Subject<'_>) -> Observed {
        let days = call.days.unwrap_or_default();
        let reading = subject.reading;
        let stands_in = call.substance.map(Target::from);
        let target = stands_in.as_ref().or(subject.target);
        let on_target = |read: &dyn Fn(&Target) -> Observed| match target {
            Some(target) => read(target),
            None => call.unknown(),
        };
        let on_substance = |read: &dyn Fn(Substance) -> Observed| match call
            .substance
            .or_else(|| target.and_then(Target::substance))
        {
            Some(substance) => read(substance),
            None => call.unknown(),
        };
        let on_topic = |read: &dyn Fn(Topic) -> Observed| match call.topic {
            Some(topic) => read(topic),
            None => call.unknown(),
        };
        let on_code = |read: &dyn Fn(&Code) -> Observed| match &call.code {
            Some(code) => read(code),
            None => call.unknown(),
        };
        let on_return = |read: &dyn Fn(&super::Return) -> Observed| match subject.return_to_use {
            Some(found) => read(found),
            None => call.unknown(),
        };
        match call.fact {
            Fact::EpisodeStatus => self.episode_status(),
            Fact::ContactMade => self.contact_made(),
            Fact::ContactsKept => self.contacts_kept(days),
            Fact::LongestContactGap => self.longest_contact_gap(days),
            Fact::DaysSinceContact => self.days_since_contact(),
            Fact::OutreachDays => self.outreach_days(),
            Fact::OutreachSuccessful => self.outreach_successful(),
            Fact::UseDiscussed => on_target(&|target| self.use_discussed(target, days)),
            // Steps are of substances that are treated: where none is, none is recorded.
            Fact::RecordedStep => {
                target.map_or(Observed::code(vec!["none"]), |target| self.recorded_step(target))
            }
            Fact::RecordedStepPlace | Fact::CurrentStep | Fact::PossibleStep => call.unknown(),
            Fact::LevelOfCare => self.level_of_care(),
            Fact::DaysSinceUnexplainedLevelChange => self.days_since_unexplained_level_change(),
            Fact::UseDays => on_substance(&|of| self.use_days(of, reading, days)),
            Fact::UseShare => on_substance(&|of| self.use_share(of, reading, days)),
            Fact::DaysSinceUse => on_substance(&|of| self.days_since_use(of, reading)),
            Fact::DaysWithoutProblematicUse => {
                on_substance(&|of| self.days_without_problematic_use(of))
            }
            Fact::ProblematicUseBefore => on_substance(&|of| self.problematic_use_before(of)),
            Fact::UseReference => on_substance(&|of| self.use_reference(of)),
            Fact::DaysReduced => on_substance(&|of| self.days_reduced(of)),
            Fact::DaysNotReduced => on_substance(&|of| self.days_not_reduced(of)),
            Fact::ReductionDriver => on_substance(&|of| self.reduction_driver(of)),
            Fact::OwnGoal => on_target(&|target| self.own_goal(target)),
            Fact::ProblemAcknowledged => on_target(&|target| self.problem_acknowledged(target)),
            Fact::DaysWithoutUseTotal => on_substance(&|of| self.days_without_use_total(of)),
            Fact::DaysWithoutUseLongest => on_substance(&|of| self.days_without_use_longest(of)),
            Fact::DaysWithoutUseCurrent => on_substance(&|of| self.days_without_use_current(of)),
            Fact::ControlledDays => self.controlled_days(days),
            // Of a behavior no use is recorded, about which evidence could conflict.
            Fact::UseEvidenceConflicts => match target {
                Some(Target::Behavior { .. }) => {
                    Observed::quantity(Measured::Count, Range::exactly(0))
                }
                _ => on_substance(&|of| self.use_evidence_conflicts(of)),
            },
            Fact::DaysTakenInCommunity => on_substance(&|of| self.days_taken_in_community(of)),
            Fact::DaysLeftOut => on_substance(&|of| self.days_left_out(of)),
            Fact::DaysWithAmountTaken => on_substance(&|of| self.days_with_amount_taken(of)),
            Fact::StageOfChange => on_target(&|target| self.stage_of_change(target)),
            Fact::StageOfChangeAge => on_target(&|target| self.stage_of_change_age(target)),
            Fact::PreparationAttempt => on_target(&|target| self.preparation_attempt(target)),
            Fact::StageOfChangeBoundary => {
                on_target(&|target| self.stage_of_change_boundary(target))
            }
            Fact::StageRatingsDiffer => on_target(&|target| self.stage_ratings_differ(target)),
            Fact::ReturnSinceStageOfChange => {
                on_target(&|target| self.return_since_stage_of_change(target))
            }
            Fact::Standing => on_target(&|target| self.standing(target)),
            Fact::MonitoringAgreed => on_target(&|target| self.monitoring_agreed(target)),
            Fact::ReturnClass => on_return(&|found| self.return_class(found)),
            Fact::ReturnDays => on_return(&|found| self.return_days(found)),
            Fact::ReturnAgainstGoal => on_return(&|found| self.return_against_goal(found)),
            Fact::DaysSinceReturn => on_return(&|found| self.days_since_return(found)),
            Fact::ReturnReviewed => on_return(&|found| self.return_reviewed(found)),
            Fact::BalanceForm => match subject.balance {
                Some(balance) => Observed::code(vec![balance.form.code()]),
                None => call.unknown(),
            },
            Fact::BalancePurpose => match subject.balance.and_then(|balance| balance.purpose) {
                Some(purpose) => Observed::code(vec![purpose.code()]),
                None => call.unknown(),
            },
            Fact::Age => self.age(),
            Fact::Dual => self.dual(),
            Fact::OpioidHistory => self.opioid_history(),
            Fact::Agonist => self.agonist(),
            Fact::DaysSinceAgonistStart => self.days_since_agonist_start(),
            Fact::DaysSinceAgonistStop => self.days_since_agonist_stop(),
            Fact::AgonistDaysMissed => self.agonist_days_missed(),
            Fact::AgonistSubstance => self.agonist_substance(),
            Fact::Antagonist => self.antagonist(),
            Fact::DaysSinceAntagonistStop => self.days_since_antagonist_stop(),
            Fact::DaysSinceAntagonistMissed => self.days_since_antagonist_missed(),
            Fact::DaysSinceAntagonistInjection => self.days_since_antagonist_injection(),
            Fact::LeftSetting => self.left_setting(call.settings.as_deref().unwrap_or_default()),
            Fact::ToleranceReduced => self.tolerance_reduced(),
            Fact::OpioidUseResumed => self.opioid_use_resumed(),
            Fact::SedativeUse => self.sedative_use(days),
            Fact::DaysSinceOverdose => self.days_since_overdose(),
            Fact::DaysSinceWithdrawalSigns => {
                on_substance(&|of| self.days_since_withdrawal_signs(of))
            }
            Fact::AlcoholDependence => self.alcohol_dependence(),
            Fact::AlcoholDaily => self.alcohol_daily(),
            Fact::Answered => on_topic(&|topic| self.answered(topic)),
            Fact::StopPlanned => on_substance(&|of| self.stop_planned(of)),
            Fact::Stopping => on_substance(&|of| self.stopping(of)),
            Fact::DaysAWeek => on_substance(&|of| self.days_a_week(of)),
            Fact::DurationOfUse => on_substance(&|of| self.duration_of_use(of)),
            Fact::DaysSinceSuicideSignal => {
                self.days_since_suicide_signal(call.signals.as_deref().unwrap_or_default())
            }
            Fact::SuicideAssessed => self.suicide_assessed(),
            Fact::SuicideSettled => self.suicide_settled(),
            Fact::AskedAge => on_topic(&|topic| self.asked_age(topic)),
            Fact::NotAskedSinceDischarge => {
                on_topic(&|topic| self.not_asked_since_discharge(topic))
            }
            Fact::SubstanceRecorded => self.substance_recorded(),
            Fact::AcuteState => self.acute_state(),
            Fact::DaysSinceAcuteState => self.days_since_acute_state(),
            Fact::DaysSinceCrisis => self.days_since_crisis(),
            Fact::Pregnancy => self.pregnancy(),
            Fact::HarmReductionAge => match (call.item, &call.outcomes) {
                (Some(item), Some(outcomes)) => self.harm_reduction_age(item, outcomes),
                _ => call.unknown(),
            },
            Fact::PlanWritten => match call.plan {
                Some(plan) => self.plan_written(plan),
                None => Observed::truth(Truth::Unknown),
            },
            Fact::Observation => on_code(&|code| self.observation(code)),
            Fact::ObservationAge => on_code(&|code| self.observation_age(code)),
            Fact::ObservationCount => on_code(&|code| self.observation_count(code, days)),
        }
    }
}
