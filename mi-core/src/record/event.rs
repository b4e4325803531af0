//! One event: who said or did what, about which day, and when it was recorded.

use std::fmt;

use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_with::skip_serializing_none;
use sha2::{Digest, Sha256};

use crate::{
    Error, ErrorKind,
    balance::DecisionalBalance,
    client::{
        Acknowledgement, AcuteStateRecorded, AgeBandRecorded, Ambivalence, Asked, Category,
        Cognition, Concern, Contact, Coverage, Crisis, Decision, EpisodeClosed, EpisodeOpened,
        Goal, HarmReduction, LearningReview, Measure, Medicine, Observation, Outreach, Overdose,
        PlannedStep, Pregnancy, Retraction, ReturnToUse, Safeguarding, SafetyAssessment,
        SettingEvent, SexRecorded, SubstanceTest, Suicidality, TreatmentTarget, UseReport,
        WithdrawalSigns,
        field::{Field, FieldKind, Fields},
    },
    code::codes,
    date::PartialDate,
    document::{self, JsonText},
    error::Problem,
    instant::Instant,
    plan::Plan,
    readiness::ReadinessRulers,
    stage::{LevelOfCareRecorded, StageOfChangeAnswers, StageOfChangeRating, TreatmentStageRating},
    text::{ActorId, EventId},
};

codes! {
    /// Who speaks or acts. "The client's own" means [`Role::Client`].
    pub enum Role {
        /// The client.
        Client = "client",
        /// A relative, friend or other carer.
        Carer = "carer",
        /// A peer worker with lived experience.
        PeerWorker = "peer_worker",
        /// A nurse.
        Nurse = "nurse",
        /// A doctor.
        Doctor = "doctor",
        /// A prescriber.
        Prescriber = "prescriber",
        /// A psychologist.
        Psychologist = "psychologist",
        /// A social worker.
        SocialWorker = "social_worker",
        /// A support worker.
        SupportWorker = "support_worker",
        /// Someone of the justice system.
        Justice = "justice",
        /// A laboratory.
        Laboratory = "laboratory",
        /// An administrator.
        Administrator = "administrator",
        /// Someone else.
        Other = "other",
    }
}

/// Who speaks or acts, by role and pseudonymous identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Author {
    /// The role.
    pub role: Role,
    /// The pseudonymous identifier.
    pub id: ActorId,
}

/// A type that is the body of one kind of event.
pub trait Kind: Sized {
    /// The place of the kind in [`Body::KINDS`].
    const PLACE: usize;

    /// The body, when it is of this kind.
    fn of(body: &Body) -> Option<&Self>;
}

/// Declares what an event can say: the enum, its kinds, and the reader that goes by the kind.
macro_rules! bodies {
    ($( $(#[$doc:meta])* $variant:ident($body:ty) = $kind:literal, $category:ident; )+) => {
        /// What an event says. The field `kind` tells which.
        #[derive(Clone, PartialEq, Serialize)]
        #[serde(tag = "kind")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum Body {
            $( $(#[$doc])* #[serde(rename = $kind)] $variant($body), )+
        }

        impl Body {
            /// Every kind, in the order of the documentation.
            pub const KINDS: &'static [&'static str] = &[$($kind),+];

            /// The kind, as documents write it.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)+ }
            }

            /// The place of the kind in [`Body::KINDS`].
            pub(crate) fn place_of_kind(&self) -> usize {
                match self { $(Self::$variant(_) => KindPlace::$variant as usize,)+ }
            }

            /// The fields of a kind, by its place.
            pub(crate) fn fields_of(kind: usize) -> &'static [(&'static str, FieldKind)] {
                const FIELDS: &[&[(&str, FieldKind)]] = &[$(<$body as Fields>::FIELDS),+];
                FIELDS.get(kind).copied().unwrap_or_default()
            }

            /// The field at a place among those of its kind.
            pub(crate) fn field(&self, place: usize) -> Field<'_> {
                match self { $(Self::$variant(body) => body.field(place),)+ }
            }

            /// The category of data.
            #[must_use]
            pub fn category(&self) -> Category {
                if let Self::Concern(concern) = self {
                    return concern.category();
                }
                match self { $(Self::$variant(_) => Category::$category,)+ }
            }

            fn read(text: &str) -> Result<Self, Problem> {
                let fields = document::Fields::of(text)?;
                match fields.field::<String>("kind")?.as_str() {
                    $($kind => fields.read(&["kind"]).map(Self::$variant),)+
                    _ => Err(Problem::new(
                        ErrorKind::UnknownKind,
                        "/kind",
                        format!("one of {}", Self::KINDS.join(", ")),
                    )),
                }
            }
        }

        /// The kinds, so that each has a place.
        #[derive(Clone, Copy)]
        enum KindPlace { $($variant),+ }

        $(impl Kind for $body {
            const PLACE: usize = KindPlace::$variant as usize;

            fn of(body: &Body) -> Option<&Self> {
                if let Body::$variant(body) = body { Some(body) } else { None }
            }
        })+

        $(impl From<$body> for Body {
            fn from(body: $body) -> Self {
                Self::$variant(body)
            }
        })+
    };
}

bodies! {
    /// An episode begins.
    EpisodeOpened(EpisodeOpened) = "episode_opened", Administrative;
    /// The open episode ends.
    EpisodeClosed(EpisodeClosed) = "episode_closed", Administrative;
    /// A condition that is suspected or known.
    Concern(Concern) = "concern", MentalHealth;
    /// Whether a target is treated.
    Target(TreatmentTarget) = "target", SubstanceUse;
    /// How well the person can think.
    Cognition(Cognition) = "cognition", MentalHealth;
    /// An appointment or meeting.
    Contact(Contact) = "contact", Administrative;
    /// An attempt to reach the person.
    Outreach(Outreach) = "outreach", Administrative;
    /// A report of use.
    UseReport(UseReport) = "use_report", SubstanceUse;
    /// Every day of use in a span is reported.
    Coverage(Coverage) = "coverage", SubstanceUse;
    /// A test.
    Test(SubstanceTest) = "test", SubstanceUse;
    /// A non-fatal overdose.
    Overdose(Overdose) = "overdose", SubstanceUse;
    /// A return to use, as someone judged it.
    ReturnToUse(ReturnToUse) = "return_to_use", SubstanceUse;
    /// The review of a return to use.
    LearningReview(LearningReview) = "learning_review", SubstanceUse;
    /// A goal.
    Goal(Goal) = "goal", SubstanceUse;
    /// Whether the person says that use is or was a problem.
    Acknowledgement(Acknowledgement) = "acknowledgement", SubstanceUse;
    /// Two sides of one matter.
    Ambivalence(Ambivalence) = "ambivalence", SubstanceUse;
    /// A decision, with the client's view.
    Decision(Decision) = "decision", SubstanceUse;
    /// Importance, confidence and readiness.
    Ruler(ReadinessRulers) = "ruler", SubstanceUse;
    /// A decisional balance.
    Balance(DecisionalBalance) = "balance", SubstanceUse;
    /// A rating of the stage of change.
    StageOfChangeRating(StageOfChangeRating) = "stage_of_change_rating", SubstanceUse;
    /// Answers from which the stage of change follows.
    StageOfChangeAnswers(StageOfChangeAnswers) = "stage_of_change_answers", SubstanceUse;
    /// A rating of the treatment stage.
    TreatmentStageRating(TreatmentStageRating) = "treatment_stage_rating", SubstanceUse;
    /// The level of care.
    LevelOfCare(LevelOfCareRecorded) = "level_of_care", Administrative;
    /// An admission or discharge.
    Setting(SettingEvent) = "setting", Social;
    /// A start, stop or missed doses of a medicine.
    Medicine(Medicine) = "medicine", Physical;
    /// Signs of withdrawal.
    WithdrawalSigns(WithdrawalSigns) = "withdrawal_signs", SubstanceUse;
    /// A signal of suicidality.
    Suicidality(Suicidality) = "suicidality", MentalHealth;
    /// An acute state.
    AcuteState(AcuteStateRecorded) = "acute_state", MentalHealth;
    /// Pregnancy.
    Pregnancy(Pregnancy) = "pregnancy", Physical;
    /// A safety assessment.
    SafetyAssessment(SafetyAssessment) = "safety_assessment", MentalHealth;
    /// A safeguarding concern.
    Safeguarding(Safeguarding) = "safeguarding", Social;
    /// An offer that reduces harm.
    HarmReduction(HarmReduction) = "harm_reduction", SubstanceUse;
    /// A crisis.
    Crisis(Crisis) = "crisis", MentalHealth;
    /// A question and its answer.
    Asked(Asked) = "asked", Administrative;
    /// A plan.
    Plan(PlanRecorded) = "plan", SubstanceUse;
    /// A planned step.
    PlannedStep(PlannedStep) = "planned_step", SubstanceUse;
    /// The band of age.
    AgeBand(AgeBandRecorded) = "age_band", Administrative;
    /// Sex.
    Sex(SexRecorded) = "sex", Administrative;
    /// The result of an instrument.
    Measure(Measure) = "measure", MentalHealth;
    /// Data of the service's own.
    Observation(Observation) = "observation", CounselingNote;
    /// The withdrawal of an event.
    Retraction(Retraction) = "retraction", Administrative;
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Body").field(&self.kind()).finish()
    }
}

/// A plan, as it stands from this day on.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanRecorded {
    /// The plan.
    pub plan: Plan,
}

crate::code::opaque!(PlanRecorded);

/// One dated event of a record.
///
/// Events sort by day (the earliest that it can be), then by when they were recorded, then by id.
///
/// ```
/// # use mi_core::record::Event;
/// let event = Event::from_json(r#"{
///     "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
///     "by": { "role": "nurse", "id": "n1" },
///     "body": { "kind": "contact", "outcome": "kept" }
/// }"#)?;
/// assert_eq!(event.body().kind(), "contact");
/// # Ok::<(), mi_core::Error>(())
/// ```
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Event {
    id: EventId,
    on: PartialDate,
    recorded: Instant,
    by: Author,
    replaces: Option<EventId>,
    body: Body,
    #[serde(skip)]
    sha256: [u8; 32],
}

/// The fields of an event, of which the body has a reader of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    id: EventId,
    on: PartialDate,
    recorded: Instant,
    by: Author,
    replaces: Option<EventId>,
    #[serde(rename = "body")]
    _body: IgnoredAny,
}

impl Event {
    /// An event, checked.
    ///
    /// # Errors
    /// [`ErrorKind::Inconsistent`] when fields of the body do not fit together.
    pub fn new(
        id: EventId,
        on: PartialDate,
        recorded: Instant,
        by: Author,
        body: impl Into<Body>,
    ) -> Result<Self, Error> {
        let body = body.into();
        Self { id, on, recorded, by, replaces: None, body, sha256: [0; 32] }.checked()
    }

    /// The same event as the replacement of an earlier one, which it stands in for as a whole.
    ///
    /// # Errors
    /// [`ErrorKind::Inconsistent`] for a retraction, which replaces nothing.
    pub fn replacing(self, earlier: EventId) -> Result<Self, Error> {
        Self { replaces: Some(earlier), ..self }.checked()
    }

    /// Reads one event; pointers are relative to it.
    ///
    /// # Errors
    /// Whatever is wrong with the text, by pointer and code.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        document::read_with(text, Self::read)
    }

    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let fields = document::Fields::of(text)?;
        let Envelope { id, on, recorded, by, replaces, .. } = fields.read(&[])?;
        let body = Body::read(fields.get("body").unwrap_or_default());
        let body = body.map_err(|problem| problem.below("/body"))?;
        Self { id, on, recorded, by, replaces, body, sha256: [0; 32] }.checked()
    }

    fn checked(mut self) -> Result<Self, Error> {
        if self.replaces.is_some() && matches!(self.body, Body::Retraction(_)) {
            let expected = "no replaces in a retraction";
            return Err(Error::new(ErrorKind::Inconsistent, "/replaces", expected));
        }
        self.body.check().map_err(|error| error.below("/body"))?;
        self.sha256 = Sha256::digest(document::canonical(&self)).into();
        Ok(self)
    }

    /// Writes the event as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::write(self)
    }

    /// The identifier.
    #[must_use]
    pub fn id(&self) -> &EventId {
        &self.id
    }

    /// The client's local date of what happened, or of the statement.
    #[must_use]
    pub fn on(&self) -> PartialDate {
        self.on
    }

    /// When it was recorded.
    #[must_use]
    pub fn recorded(&self) -> Instant {
        self.recorded
    }

    /// Who speaks or acts.
    #[must_use]
    pub fn by(&self) -> &Author {
        &self.by
    }

    /// The earlier event that this one stands in for.
    #[must_use]
    pub fn replaces(&self) -> Option<&EventId> {
        self.replaces.as_ref()
    }

    /// What it says.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The SHA-256 of the event's canonical form (RFC 8785).
    #[must_use]
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// The order in which events are folded.
    pub(crate) fn order(&self) -> (PartialDate, Instant, &EventId) {
        (self.on(), self.recorded(), self.id())
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = JsonText::deserialize(deserializer)?;
        Self::from_json(text.as_str()).map_err(document::marked)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({}, {})", self.id(), self.body.kind())
    }
}
