//! Questions that were asked, and their answers: the only way to record a "no".

use super::Body;
use crate::code::codes;

codes! {
    /// What was asked about.
    pub enum Topic {
        /// Ever used opioids.
        OpioidUseEver = "opioid_use_ever",
        /// Ever had opioid agonist treatment.
        AgonistEver = "agonist_ever",
        /// Ever had opioid antagonist treatment.
        AntagonistEver = "antagonist_ever",
        /// Dependent on alcohol.
        AlcoholDependence = "alcohol_dependence",
        /// Ever had severe withdrawal, such as a seizure or delirium.
        SevereWithdrawalEver = "severe_withdrawal_ever",
        /// Drinks in the morning for relief.
        MorningDrinking = "morning_drinking",
        /// Uses sedatives, or takes them as medicine.
        Sedatives = "sedatives",
        /// Left custody, detoxification, residential or inpatient care.
        SettingLeft = "setting_left",
        /// Uses other substances.
        Substances = "substances",
        /// Thoughts of suicide.
        Suicide = "suicide",
        /// Overdose.
        Overdose = "overdose",
        /// Withdrawal.
        Withdrawal = "withdrawal",
        /// Pregnancy.
        Pregnancy = "pregnancy",
        /// A goal of the person's own.
        OwnGoal = "own_goal",
        /// Mental health.
        MentalHealth = "mental_health",
    }
}

codes! {
    /// The answer to a question.
    pub enum Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Declined to answer: asked, and still unknown.
        Declined = "declined",
    }
}

/// A question and its answer.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "asked", category = Administrative)]
pub struct Asked {
    /// What was asked about.
    pub topic: Topic,
    /// The answer.
    pub answer: Answer,
}

impl Topic {
    /// Is it about what ever was, so that no later answer undoes a yes?
    pub(crate) fn is_about_ever(self) -> bool {
        matches!(
            self,
            Self::OpioidUseEver
                | Self::AgonistEver
                | Self::AntagonistEver
                | Self::SevereWithdrawalEver
        )
    }
}
