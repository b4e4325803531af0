//! What bears on safety.

use super::{Body, Substance, asked::Topic};
use crate::{
    code::codes,
    date::PartialDate,
    text::{Code, Text},
};

/// Signs of withdrawal, or their absence.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "withdrawal_signs", category = SubstanceUse)]
pub struct WithdrawalSigns {
    /// From which substance.
    pub substance: Substance,
    /// Whether there are signs.
    pub present: bool,
    /// Which signs, as codes of the service.
    pub signs: Option<Vec<Code>>,
}

codes! {
    /// A signal of suicidality.
    pub enum SuicideSignal {
        /// An item of an instrument above zero.
        Item = "item",
        /// The person spoke of it.
        Disclosure = "disclosure",
        /// Self-harm.
        SelfHarm = "self_harm",
        /// An attempt.
        Attempt = "attempt",
        /// Voices that command self-harm.
        CommandVoices = "command_voices",
        /// Asked or measured, and none: it clears nothing.
        None = "none",
    }
}

/// A signal of suicidality, or that none was found on this day.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "suicidality", category = MentalHealth)]
pub struct Suicidality {
    /// The signal.
    pub signal: SuicideSignal,
}

codes! {
    /// A state in which exercises wait.
    pub enum AcuteState {
        /// Acute psychosis.
        Psychosis = "psychosis",
        /// Mania.
        Mania = "mania",
        /// Disorganization.
        Disorganization = "disorganization",
        /// Command hallucinations.
        CommandHallucinations = "command_hallucinations",
        /// Intoxication.
        Intoxication = "intoxication",
        /// Delirium.
        Delirium = "delirium",
    }
}

/// An acute state, or that it has resolved.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "acute_state", category = MentalHealth)]
pub struct AcuteStateRecorded {
    /// The state.
    pub state: AcuteState,
    /// True when it has resolved.
    pub resolved: Option<bool>,
}

codes! {
    /// What is recorded about pregnancy.
    pub enum PregnancyStatus {
        /// Pregnant.
        Pregnant = "pregnant",
        /// The pregnancy has ended.
        Ended = "ended",
        /// Planning a pregnancy.
        Planning = "planning",
        /// Could become pregnant.
        Possible = "possible",
    }
}

/// What is recorded about pregnancy.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "pregnancy", category = Physical)]
pub struct Pregnancy {
    /// The status.
    pub status: PregnancyStatus,
    /// When the pregnancy began.
    pub since: Option<PartialDate>,
}

/// An assessment by a qualified person.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "safety_assessment", category = MentalHealth)]
pub struct SafetyAssessment {
    /// What was assessed.
    pub of: Topic,
    /// Whether the matter is settled.
    pub settled: Option<bool>,
}

codes! {
    /// What a safeguarding concern is about.
    pub enum SafeguardingConcern {
        /// A child at risk.
        Child = "child",
        /// Domestic abuse or violence.
        DomesticAbuse = "domestic_abuse",
        /// Exploitation.
        Exploitation = "exploitation",
        /// Access to a weapon or other means.
        Weapon = "weapon",
        /// Another concern.
        Other = "other",
    }
}

/// A safeguarding concern.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "safeguarding", category = Social)]
pub struct Safeguarding {
    /// What it is about.
    pub concern_about: SafeguardingConcern,
    /// Open, or closed from this day on.
    pub open: bool,
}

codes! {
    /// Something that reduces harm.
    pub enum HarmReductionItem {
        /// An overdose reversal medicine.
        Naloxone = "naloxone",
        /// Safer-use supplies or advice.
        SaferUse = "safer_use",
        /// A test for blood-borne viruses.
        BbvTest = "bbv_test",
        /// A vaccination.
        Vaccination = "vaccination",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// What became of the offer.
    pub enum HarmReductionOutcome {
        /// Supplied.
        Supplied = "supplied",
        /// Talked about.
        Talked = "talked",
        /// Declined for now.
        Declined = "declined",
    }
}

/// An offer that reduces harm; never conditional on anything.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "harm_reduction", category = SubstanceUse)]
pub struct HarmReduction {
    /// What was offered.
    pub item: HarmReductionItem,
    /// What became of it.
    pub outcome: HarmReductionOutcome,
}

/// A crisis.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "crisis", category = MentalHealth)]
pub struct Crisis {
    /// What happened, in words.
    pub words: Option<Text>,
}
