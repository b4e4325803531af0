//! The fields of bodies by name, kind by kind, until each body declares its own.

use crate::{
    balance::{DecisionalBalance, Form, Purpose},
    client::{
        self, Acknowledgement, AcuteState, AcuteStateRecorded, AgeBand, AgeBandRecorded,
        Ambivalence, Answer, Asked, Channel, Choice, ClientView, ClosingReason, Cognition,
        CognitionLevel, Concern, ConcernStatus, Contact, ContactLog, ContactOutcome, Coverage,
        CoverageOf, Crisis, Decision, Domain, Driver, EpisodeClosed, EpisodeOpened, Goal,
        HarmReduction, HarmReductionItem, HarmReductionOutcome, LearningReview, Measure, Medicine,
        MedicineClass, MedicineMoment, Observation, Outreach, Overdose, Place, PlanOutcome,
        PlannedStep, Pregnancy, PregnancyStatus, Retraction, ReturnClass, ReturnToUse,
        Safeguarding, SafeguardingConcern, SafetyAssessment, Setting, SettingEvent, SettingMoment,
        Severity, Sex, SexRecorded, StepAction, Substance, SubstanceTest, Suicidality,
        SuicideSignal, Target, TestResult, Topic, TreatmentTarget, UseReport, WithdrawalSigns,
        field::{AsField, Field, FieldKind, fields},
    },
    code::Coded,
    date::{CalendarDate, PartialDate},
    plan::{Plan, PlanKind},
    readiness::{Rating, ReadinessRulers},
    record::PlanRecorded,
    stage::{
        Basis, LevelOfCare, LevelOfCareRecorded, Scale, StageOfChange, StageOfChangeAnswers,
        StageOfChangeRating, TreatmentStage, TreatmentStageRating, TreatmentStep, YesNo,
    },
    text::{Code, EventId, Text},
    value::{Amount, Count, DayCount, ObservedValue, YesNoUnsure},
};

/// Of a plan, questions see its kind; what stands in it is read by facts of Rust.
impl AsField for Plan {
    const KIND: FieldKind = FieldKind::Code(PlanKind::CODES);

    fn as_field(&self) -> Field<'_> {
        Field::Code(Coded::code(self.kind()))
    }
}

impl AsField for Rating {
    const KIND: FieldKind = FieldKind::Number;

    fn as_field(&self) -> Field<'_> {
        #[expect(clippy::cast_precision_loss, reason = "ratings end at ten")]
        Field::Number(self.get() as f64)
    }
}

fields! {
    EpisodeOpened { contact_log: ContactLog, re_entry_of: Option<EventId> }
    EpisodeClosed { reason: ClosingReason }
    Concern {
        domain: Domain, substance: Option<Substance>, code: Option<Code>, status: ConcernStatus,
        severity: Option<Severity>,
    }
    TreatmentTarget { target: Target, treated: bool }
    Cognition { level: CognitionLevel }
    Contact { outcome: ContactOutcome, place: Option<Place>, channel: Option<Channel> }
    Outreach { channel: Channel, successful: bool }
    UseReport { substance: Substance, baseline: Option<bool>, driver: Option<Driver> }
    Coverage { of: CoverageOf, substance: Substance, from: PartialDate, to: PartialDate }
    SubstanceTest { substance: Substance, result: TestResult, explained_by: Option<Substance> }
    Overdose { substance: Substance }
    ReturnToUse {
        substance: Substance, from: PartialDate, to: PartialDate, class: ReturnClass,
        problems: Option<bool>,
    }
    LearningReview { substance: Substance, from: PartialDate, plan: PlanOutcome }
    Goal {
        target: Option<Target>, aim: client::Aim, in_force_from: Option<CalendarDate>,
        words: Option<Text>,
    }
    Acknowledgement { target: Target, problem: YesNoUnsure }
    Ambivalence { target: Target, for_change: Option<Text>, against_change: Option<Text> }
    Decision {
        about: Option<Target>, choice: Choice, client_view: ClientView,
        to_step: Option<TreatmentStep>, words: Option<Text>,
    }
    ReadinessRulers {
        target: Target, importance: Option<Rating>, confidence: Option<Rating>,
        readiness: Option<Rating>,
    }
    DecisionalBalance { target: Option<Target>, form: Form, purpose: Option<Purpose> }
    StageOfChangeRating {
        target: Target, stage: StageOfChange, basis: Basis, changed_on: Option<PartialDate>,
    }
    StageOfChangeAnswers {
        target: Target, changed: Option<YesNo>, changed_on: Option<PartialDate>,
        intends_within_six_months: Option<YesNo>, intends_within_thirty_days: Option<YesNo>,
        attempt_in_last_year: Option<YesNo>,
    }
    TreatmentStageRating {
        step: Option<TreatmentStep>, stage: Option<TreatmentStage>, target: Option<Target>,
        scale: Option<Scale>,
    }
    LevelOfCareRecorded { level: LevelOfCare, reason: Option<Text> }
    SettingEvent {
        setting: Setting, moment: SettingMoment, controlled: Option<bool>, completed: Option<bool>,
    }
    Medicine {
        class: MedicineClass, substance: Option<Substance>, moment: MedicineMoment,
        days: Option<DayCount>, form: Option<client::Form>, days_a_week: Option<Count>,
    }
    WithdrawalSigns { substance: Substance, present: bool, signs: Option<Vec<Code>> }
    Suicidality { signal: SuicideSignal }
    AcuteStateRecorded { state: AcuteState, resolved: Option<bool> }
    Pregnancy { status: PregnancyStatus, since: Option<PartialDate> }
    SafetyAssessment { of: Topic, settled: Option<bool> }
    Safeguarding { concern_about: SafeguardingConcern, open: bool }
    HarmReduction { item: HarmReductionItem, outcome: HarmReductionOutcome }
    Crisis { words: Option<Text> }
    Asked { topic: Topic, answer: Answer }
    PlanRecorded { plan: Plan }
    PlannedStep {
        action: StepAction, class: Option<Substance>, due: Option<PartialDate>,
        supervised: Option<bool>, done: Option<bool>, words: Option<Text>,
    }
    AgeBandRecorded { band: AgeBand }
    SexRecorded { sex: Sex }
    Measure { measure: Code, total: Option<Amount>, suicide_item: Option<Amount> }
    Observation { code: Code, value: ObservedValue }
    Retraction { of: EventId, reason: Text }
}
