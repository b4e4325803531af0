//! The closed vocabulary: what a snapshot says, as values that may be partly known.
//!
//! [`Fact`] lists every fact with its arguments, kind, scope and category; the book's page is made
//! from the same table. A fact is read from a [`Snapshot`](crate::record::Snapshot) by the function
//! of its name, in the file of its subject. What no event covers could be anything, so it widens
//! the value; nothing is guessed, and nothing is refused that the data decides either way.

mod alcohol;
mod asked;
mod call;
#[cfg(test)]
mod case;
mod change;
mod conflicts;
mod contact;
mod days;
mod episode;
mod facts;
mod goal;
mod known;
mod left_setting;
mod medicine;
mod observed;
mod opioid;
mod person;
mod read;
mod reduction;
mod reported;
mod returns;
mod sedative;
mod settings;
mod since;
mod step;
mod stopping;
mod substance_use;
mod suicide;
#[cfg(test)]
mod tests;
mod tolerance;

pub use call::Call;
pub(crate) use call::{Reading, Subject};
pub(crate) use facts::Facts;
pub use observed::{Missing, Observed};
pub(crate) use returns::Return;
pub(crate) use settings::Settings;

use ValueKind::{Code, Quantity};

use crate::{client::Category, code::codes, value::Measured};

/// Declares the vocabulary: one row a fact, and what a protocol may do with it.
macro_rules! facts {
    ($( #[doc = $first:literal] $(#[doc = $more:literal])* $variant:ident = $code:literal,
        $kind:expr, $scope:ident, $category:ident $(, $argument:ident)*; )+) => {
        codes! {
            /// A fact: something that a record says, or leaves open.
            pub enum Fact else UnknownFact {
                $( #[doc = $first] $(#[doc = $more])* $variant = $code, )+
            }
        }

        impl Fact {
            /// What the fact means, in whole sentences.
            #[must_use]
            pub fn definition(self) -> &'static str {
                match self { $(Self::$variant => concat!($first $(, $more)*).trim(),)+ }
            }

            /// The kind of its value.
            #[must_use]
            pub fn kind(self) -> ValueKind {
                match self { $(Self::$variant => $kind,)+ }
            }

            /// What it is asked about.
            #[must_use]
            pub fn scope(self) -> Scope {
                match self { $(Self::$variant => Scope::$scope,)+ }
            }

            /// The category of data.
            #[must_use]
            pub fn category(self) -> Category {
                match self { $(Self::$variant => Category::$category,)+ }
            }

            /// The arguments that it takes.
            #[must_use]
            pub fn arguments(self) -> &'static [Argument] {
                match self { $(Self::$variant => &[$(Argument::$argument),*],)+ }
            }
        }
    };
}

/// The kind of a fact's value, with its codes or unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Yes, no or unknown; tested by `is`.
    Truth,
    /// One of these codes; tested by `one_of`.
    Code(&'static [&'static str]),
    /// A whole number of this unit; tested by `at_least` and `at_most`.
    Quantity(Measured),
    /// A value of the service's own; tested by the test that fits it.
    Own,
}

codes! {
    /// What a fact is asked about.
    pub enum Scope {
        /// The person.
        Person = "person",
        /// One target of the person; a protocol may name a substance instead.
        Target = "target",
        /// One return to use.
        ReturnToUse = "return_to_use",
        /// One decisional balance.
        Balance = "balance",
    }
}

codes! {
    /// An argument of a fact. `days` and all lists are required where a fact takes them, but for
    /// `substance`, which stands in for the target.
    pub enum Argument {
        /// A window of days that ends with the day asked about.
        Days = "days",
        /// A substance or class.
        Substance = "substance",
        /// Settings.
        Settings = "settings",
        /// A topic that people are asked about.
        Topic = "topic",
        /// Signals of suicidality.
        Signals = "signals",
        /// A kind of plan.
        Plan = "plan",
        /// Something that reduces harm.
        Item = "item",
        /// What became of the offer of it.
        Outcomes = "outcomes",
        /// The code of an observation of the service's own.
        Code = "code",
    }
}

const STEPS: &[&str] = &[
    "pre_engagement",
    "engagement",
    "early_persuasion",
    "late_persuasion",
    "early_active_treatment",
    "late_active_treatment",
    "relapse_prevention",
    "none",
];

facts! {
    // Treatment
    /// Whether an episode of care is open, closed, or there never was one.
    EpisodeStatus = "episode_status", Code(&["open", "closed", "none"]), Person, Administrative;
    /// Whether there was a kept contact in the open episode.
    ContactMade = "contact_made", ValueKind::Truth, Person, Administrative;
    /// Kept contacts of the open episode in the window: any place, any channel.
    ContactsKept = "contacts_kept", Quantity(Measured::Count), Person, Administrative, Days;
    /// The longest step from one kept contact of the window to the next and from the last to the
    /// day asked about, less its controlled days. A contact that the service canceled ends a step
    /// and counts as no contact. Without a kept contact it is without limit.
    LongestContactGap = "longest_contact_gap", Quantity(Measured::Day), Person, Administrative, Days;
    /// Community days since the last kept contact of the open episode, or since its opening.
    DaysSinceContact = "days_since_contact", Quantity(Measured::Day), Person, Administrative;
    /// Days with an attempt to reach the person since the last kept contact.
    OutreachDays = "outreach_days", Quantity(Measured::Count), Person, Administrative;
    /// Whether an attempt to reach the person succeeded since the last kept contact.
    OutreachSuccessful = "outreach_successful", ValueKind::Truth, Person, Administrative;
    /// Whether a kept contact of the window talked about the target, or the client reported its
    /// use on the day of one.
    UseDiscussed = "use_discussed", ValueKind::Truth, Target, SubstanceUse, Days;
    /// The latest rating of the treatment step in the open episode that is not stale.
    RecordedStep = "recorded_step", Code(STEPS), Target, SubstanceUse;
    /// Whether the recorded step lies within what the evidence supports.
    RecordedStepPlace = "recorded_step_place", Code(&["within", "outside", "none"]), Target, SubstanceUse;
    /// The recorded step when it lies between floor and ceiling, else the floor.
    CurrentStep = "current_step", Code(STEPS), Target, SubstanceUse;
    /// The steps from the floor to the ceiling.
    PossibleStep = "possible_step", Code(STEPS), Target, SubstanceUse;
    /// The level of care as recorded.
    LevelOfCare = "level_of_care", Code(crate::stage::LevelOfCare::CODES), Person, Administrative;
    /// Days since the level of care last changed with no reason recorded.
    DaysSinceUnexplainedLevelChange = "days_since_unexplained_level_change",
        Quantity(Measured::Day), Person, Administrative;

    // Use
    /// Days of use over the observed community days of the window.
    UseDays = "use_days", Quantity(Measured::Day), Target, SubstanceUse, Days, Substance;
    /// The share of days of use among the observed community days of the window.
    UseShare = "use_share", Quantity(Measured::Percent), Target, SubstanceUse, Days, Substance;
    /// Days since the last day of use.
    DaysSinceUse = "days_since_use", Quantity(Measured::Day), Target, SubstanceUse, Substance;
    /// Observed community days after the last day of use with problems.
    DaysWithoutProblematicUse = "days_without_problematic_use", Quantity(Measured::Day), Target, SubstanceUse;
    /// Whether use with problems, or a concern of a use disorder, is on record.
    ProblematicUseBefore = "problematic_use_before", ValueKind::Truth, Target, SubstanceUse;
    /// The level before change: the share of days with use in the baseline report.
    UseReference = "use_reference", Quantity(Measured::Percent), Target, SubstanceUse;
    /// Observed community days of the present run of reduced use; 0 while use is not reduced.
    DaysReduced = "days_reduced", Quantity(Measured::Day), Target, SubstanceUse;
    /// Observed community days since a reduction was lost, or since the level before change when
    /// use was never reduced; 0 while use is reduced.
    DaysNotReduced = "days_not_reduced", Quantity(Measured::Day), Target, SubstanceUse;
    /// What drives a reduction, as recorded.
    ReductionDriver = "reduction_driver", Code(crate::client::Driver::CODES), Target, SubstanceUse;
    /// The client's own goal on the target now.
    OwnGoal = "own_goal", Code(crate::client::Aim::CODES), Target, SubstanceUse;
    /// The client's latest recorded statement whether use is or was a problem.
    ProblemAcknowledged = "problem_acknowledged", ValueKind::Truth, Target, SubstanceUse;
    /// Observed days without use over the whole record; never reset.
    DaysWithoutUseTotal = "days_without_use_total", Quantity(Measured::Day), Target, SubstanceUse;
    /// The longest run of observed days without use.
    DaysWithoutUseLongest = "days_without_use_longest", Quantity(Measured::Day), Target, SubstanceUse;
    /// The present run of observed days without use.
    DaysWithoutUseCurrent = "days_without_use_current", Quantity(Measured::Day), Target, SubstanceUse;
    /// Controlled days of the window: days in a setting without access.
    ControlledDays = "controlled_days", Quantity(Measured::Day), Person, Social, Days;
    /// Evidence on use that conflicts: a positive test that nothing explains, a comparison that
    /// disagrees with the days reported, a recorded overdose or return that a report denies.
    UseEvidenceConflicts = "use_evidence_conflicts", Quantity(Measured::Count), Target, SubstanceUse;
    /// Observed days that are taken to be in the community because no setting is recorded for them.
    DaysTakenInCommunity = "days_taken_in_community", Quantity(Measured::Day), Target, Social;
    /// Days that no report covers and that are left out: a short tail and short gaps.
    DaysLeftOut = "days_left_out", Quantity(Measured::Day), Target, SubstanceUse;
    /// Observed days of use whose amount is taken to be that of the level before change.
    DaysWithAmountTaken = "days_with_amount_taken", Quantity(Measured::Day), Target, SubstanceUse;

    // Change
    /// The stage of change by the latest rating or answers.
    StageOfChange = "stage_of_change", Code(crate::stage::StageOfChange::CODES), Target, SubstanceUse;
    /// Days since the latest rating or answers on the stage of change.
    StageOfChangeAge = "stage_of_change_age", Quantity(Measured::Day), Target, SubstanceUse;
    /// Of a preparation by answers: whether there was an attempt in the last year.
    PreparationAttempt = "preparation_attempt", Code(&["made", "none_yet", "not_asked", "not_in_preparation"]),
        Target, SubstanceUse;
    /// Whether the day asked about lies past a boundary of the answers, or the value near one.
    StageOfChangeBoundary = "stage_of_change_boundary", Code(&["clear", "near", "passed"]), Target, SubstanceUse;
    /// Whether two ratings of the stage of change within the time allowed differ.
    StageRatingsDiffer = "stage_ratings_differ", ValueKind::Truth, Target, SubstanceUse;
    /// Whether a return to use began after the latest rating or answers.
    ReturnSinceStageOfChange = "return_since_stage_of_change", ValueKind::Truth, Target, SubstanceUse;
    /// Whether the client is ambivalent, has decided to change, or neither.
    Standing = "standing", Code(&["ambivalent", "decided", "neither"]), Target, SubstanceUse;
    /// Whether the client agreed to go over to monitoring of the recovery.
    MonitoringAgreed = "monitoring_agreed", ValueKind::Truth, Target, SubstanceUse;

    // Returns to use
    /// The class of a return to use, as far as it is decided.
    ReturnClass = "return_class", Code(crate::client::ReturnClass::CODES), ReturnToUse, SubstanceUse;
    /// The days of a return to use, from its first to its last.
    ReturnDays = "return_days", Quantity(Measured::Day), ReturnToUse, SubstanceUse;
    /// Whether the goal in force then decides that it is a return to use.
    ReturnAgainstGoal = "return_against_goal", ValueKind::Truth, ReturnToUse, SubstanceUse;
    /// Days since the later of its first day and the day when it was recorded.
    DaysSinceReturn = "days_since_return", Quantity(Measured::Day), ReturnToUse, SubstanceUse;
    /// Whether its learning review is recorded.
    ReturnReviewed = "return_reviewed", ValueKind::Truth, ReturnToUse, SubstanceUse;

    // Decisional balance
    /// The form of a decisional balance.
    BalanceForm = "balance_form", Code(crate::balance::Form::CODES), Balance, SubstanceUse;
    /// The purpose of a decisional balance.
    BalancePurpose = "balance_purpose", Code(crate::balance::Purpose::CODES), Balance, SubstanceUse;

    // Safety
    /// The band of age.
    Age = "age", Code(crate::client::AgeBand::CODES), Person, Administrative;
    /// Whether there is at least one mental-health and one substance-use concern, suspected ones
    /// too.
    Dual = "dual", ValueKind::Truth, Person, MentalHealth;
    /// Whether any use of, or treatment for the use of, opioids is on record or was told.
    OpioidHistory = "opioid_history", ValueKind::Truth, Person, SubstanceUse;
    /// Opioid agonist treatment.
    Agonist = "agonist", Code(&["on", "stopped", "never"]), Person, Physical;
    /// Days since the present agonist treatment began.
    DaysSinceAgonistStart = "days_since_agonist_start", Quantity(Measured::Day), Person, Physical;
    /// Days since agonist treatment stopped.
    DaysSinceAgonistStop = "days_since_agonist_stop", Quantity(Measured::Day), Person, Physical;
    /// Doses of the agonist missed in a row up to the latest report of it.
    AgonistDaysMissed = "agonist_days_missed", Quantity(Measured::Day), Person, Physical;
    /// The substance of the agonist.
    AgonistSubstance = "agonist_substance", Code(&["methadone", "buprenorphine", "other"]), Person, Physical;
    /// Opioid antagonist treatment.
    Antagonist = "antagonist", Code(&["on", "stopped", "never"]), Person, Physical;
    /// Days since antagonist treatment stopped.
    DaysSinceAntagonistStop = "days_since_antagonist_stop", Quantity(Measured::Day), Person, Physical;
    /// Days since a dose of the antagonist was missed.
    DaysSinceAntagonistMissed = "days_since_antagonist_missed", Quantity(Measured::Day), Person, Physical;
    /// Days since the last injection of an antagonist.
    DaysSinceAntagonistInjection = "days_since_antagonist_injection", Quantity(Measured::Day), Person, Physical;
    /// Days since the last recorded discharge from one of the settings.
    LeftSetting = "left_setting", Quantity(Measured::Day), Person, Social, Settings;
    /// Whether tolerance to opioids is reduced.
    ToleranceReduced = "tolerance_reduced", ValueKind::Truth, Person, SubstanceUse;
    /// Whether opioids were used within 14 days, after what reduced tolerance.
    OpioidUseResumed = "opioid_use_resumed", ValueKind::Truth, Person, SubstanceUse;
    /// Whether a sedative was used, or taken as medicine, in the window.
    SedativeUse = "sedative_use", ValueKind::Truth, Person, SubstanceUse, Days;
    /// Days since the last non-fatal overdose.
    DaysSinceOverdose = "days_since_overdose", Quantity(Measured::Day), Person, SubstanceUse;
    /// Days since signs of withdrawal that are not recorded as gone.
    DaysSinceWithdrawalSigns = "days_since_withdrawal_signs", Quantity(Measured::Day), Person, SubstanceUse, Substance;
    /// Whether the person is dependent on alcohol.
    AlcoholDependence = "alcohol_dependence", ValueKind::Truth, Person, SubstanceUse;
    /// Grams of alcohol that were reached on most of the last observed days.
    AlcoholDaily = "alcohol_daily", Quantity(Measured::GramADay), Person, SubstanceUse;
    /// The latest answer on a topic: declined is unknown.
    Answered = "answered", ValueKind::Truth, Person, Administrative, Topic;
    /// Whether stopping or cutting the class is planned without medical supervision.
    StopPlanned = "stop_planned", ValueKind::Truth, Person, SubstanceUse, Substance;
    /// Whether stopping is planned, or was done within the days of withdrawal.
    Stopping = "stopping", ValueKind::Truth, Person, SubstanceUse, Substance;
    /// On how many days a week the class is used or taken as medicine.
    DaysAWeek = "days_a_week", Quantity(Measured::Day), Person, SubstanceUse, Substance;
    /// For how many days the class has been used or taken as medicine.
    DurationOfUse = "duration_of_use", Quantity(Measured::Day), Person, SubstanceUse, Substance;
    /// Days since the last signal of suicidality of these kinds.
    DaysSinceSuicideSignal = "days_since_suicide_signal", Quantity(Measured::Day), Person, MentalHealth, Signals;
    /// Whether a qualified assessment of suicidality is recorded on or after the last signal.
    SuicideAssessed = "suicide_assessed", ValueKind::Truth, Person, MentalHealth;
    /// Whether an assessment after the last signal records it as settled.
    SuicideSettled = "suicide_settled", ValueKind::Truth, Person, MentalHealth;
    /// Days since the topic was last asked about, answered by an instrument, assessed or observed.
    AskedAge = "asked_age", Quantity(Measured::Day), Person, Administrative, Topic;
    /// Whether the topic was not asked about since a recent discharge.
    NotAskedSinceDischarge = "not_asked_since_discharge", ValueKind::Truth, Person, Administrative, Topic;
    /// Whether a concern about substances, or their use, is recorded.
    SubstanceRecorded = "substance_recorded", ValueKind::Truth, Person, SubstanceUse;
    /// Whether an acute state is recorded and not resolved since.
    AcuteState = "acute_state", ValueKind::Truth, Person, MentalHealth;
    /// Days since an acute state was recorded.
    DaysSinceAcuteState = "days_since_acute_state", Quantity(Measured::Day), Person, MentalHealth;
    /// Days since a crisis was recorded.
    DaysSinceCrisis = "days_since_crisis", Quantity(Measured::Day), Person, MentalHealth;
    /// What is recorded about pregnancy.
    Pregnancy = "pregnancy", Code(&["pregnant", "planning", "possible", "not_pregnant"]), Person, Physical;
    /// Days since something that reduces harm was offered with one of these outcomes.
    HarmReductionAge = "harm_reduction_age", Quantity(Measured::Day), Person, SubstanceUse, Item, Outcomes;
    /// Whether a plan of the kind is on record.
    PlanWritten = "plan_written", ValueKind::Truth, Person, SubstanceUse, Plan;

    // A service's own data
    /// The latest observation of the service's own.
    Observation = "observation", ValueKind::Own, Person, CounselingNote, Code;
    /// Days since the latest observation.
    ObservationAge = "observation_age", Quantity(Measured::Day), Person, CounselingNote, Code;
    /// Observations in the window.
    ObservationCount = "observation_count", Quantity(Measured::Count), Person, CounselingNote, Code, Days;
}
