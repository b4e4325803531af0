//! One event: who said or did what, about which day, and when it was recorded.

use std::{collections::BTreeSet, fmt, sync::OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeStruct};
use sha2::{Digest, Sha256};

use crate::{
    Error, ErrorKind,
    balance::DecisionalBalance,
    client::{
        Acknowledgement, AcuteStateRecorded, AgeBandRecorded, Ambivalence, Asked, Category,
        Cognition, Concern, Contact, Coverage, Crisis, Decision, EpisodeClosed, EpisodeOpened,
        Goal, HarmReduction, LearningReview, Measure, Medicine, Observation, Outreach, Overdose,
        PlannedStep, Pregnancy, Retraction, ReturnToUse, Safeguarding, SafetyAssessment,
        SettingEvent, SexRecorded, Statement, SubstanceTest, Suicidality, TreatmentTarget,
        UseReport, WithdrawalSigns,
        field::{Field, FieldKind, Fields},
    },
    code::codes,
    date::PartialDate,
    document::{self, Faults, Object, Part, Source, Stop, Writer},
    instant::Instant,
    plan::PlanRecorded,
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
#[derive(Clone, PartialEq, Eq, Part)]
#[part(sampled)]
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

/// Declares what an event can say: the enum and its kinds, from what each body says of itself.
macro_rules! bodies {
    ($( #[doc = $doc:literal] $variant:ident($body:ty), )+) => {
        /// What an event says. The field `kind` tells which.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Body {
            $( #[doc = $doc] $variant($body), )+
        }

        impl Body {
            /// Every kind, in the order of the documentation.
            pub const KINDS: &'static [&'static str] = &[$(<$body as Statement>::KIND),+];

            /// Reads the body of each kind, in the same order.
            const READERS: &'static [fn(&mut Source<'_>) -> Result<Self, Stop>] =
                &[$(|from| <$body>::read_fields(from, Some(KIND)).map(Self::$variant)),+];

            /// The kind, as documents write it.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => <$body as Statement>::KIND,)+ }
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
                match self { $(Self::$variant(body) => Statement::category(body),)+ }
            }

            /// The body itself, as what its `Debug` shows of it.
            #[cfg(feature = "testing")]
            pub(crate) fn shown(&self) -> &dyn fmt::Debug {
                match self { $(Self::$variant(body) => body,)+ }
            }

            fn check(&self) -> Result<(), Error> {
                let mut faults = Faults::default();
                match self { $(Self::$variant(body) => Statement::check(body, &mut faults),)+ }
                faults.into_result()
            }
        }

        impl Part for Body {
            fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
                let place = from.tag(KIND, Self::KINDS, ErrorKind::UnknownKind)?;
                Self::READERS.get(place).ok_or(Stop)?(from)
            }

            fn names(names: &mut BTreeSet<&'static str>) {
                names.insert(KIND);
                $(<$body as Part>::names(names);)+
            }

            fn write(&self, to: &mut Writer) {
                match self { $(Self::$variant(body) => to.tagged(KIND, self.kind(), body),)+ }
            }
        }

        impl Serialize for Body {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$variant(body) => {
                    let count = Object::count(body).saturating_add(1);
                    let mut out = serializer.serialize_struct("Body", count)?;
                    out.serialize_field(KIND, self.kind())?;
                    body.serialize_fields(&mut out)?;
                    out.end()
                })+ }
            }
        }

        #[cfg(feature = "schema")]
        impl Body {
            /// The schema of each kind: its documentation, its code, and the object that it is.
            fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<schemars::Schema> {
                vec![$(tagged_schema($doc, <$body as Statement>::KIND,
                    <$body as schemars::JsonSchema>::json_schema(generator))),+]
            }
        }

        #[cfg(feature = "testing")]
        impl Body {
            /// The strategy that makes each kind.
            pub(crate) fn strategies(
                dates: crate::testing::Dates,
            ) -> Vec<(&'static str, proptest::strategy::BoxedStrategy<Self>)> {
                use proptest::strategy::Strategy as _;
                vec![$((
                    <$body as Statement>::KIND,
                    <$body as crate::testing::Sample>::sample(dates).prop_map(Self::$variant).boxed(),
                )),+]
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

/// The field that tells the kind of a body.
const KIND: &str = "kind";

bodies! {
    /// An episode begins.
    EpisodeOpened(EpisodeOpened),
    /// The open episode ends.
    EpisodeClosed(EpisodeClosed),
    /// A condition that is suspected or known.
    Concern(Concern),
    /// Whether a target is treated.
    Target(TreatmentTarget),
    /// How well the person can think.
    Cognition(Cognition),
    /// An appointment or meeting.
    Contact(Contact),
    /// An attempt to reach the person.
    Outreach(Outreach),
    /// A report of use.
    UseReport(UseReport),
    /// Every day of use in a span is reported.
    Coverage(Coverage),
    /// A test.
    Test(SubstanceTest),
    /// A non-fatal overdose.
    Overdose(Overdose),
    /// A return to use, as someone judged it.
    ReturnToUse(ReturnToUse),
    /// The review of a return to use.
    LearningReview(LearningReview),
    /// A goal.
    Goal(Goal),
    /// Whether the person says that use is or was a problem.
    Acknowledgement(Acknowledgement),
    /// Two sides of one matter.
    Ambivalence(Ambivalence),
    /// A decision, with the client's view.
    Decision(Decision),
    /// Importance, confidence and readiness.
    Ruler(ReadinessRulers),
    /// A decisional balance.
    Balance(DecisionalBalance),
    /// A rating of the stage of change.
    StageOfChangeRating(StageOfChangeRating),
    /// Answers from which the stage of change follows.
    StageOfChangeAnswers(StageOfChangeAnswers),
    /// A rating of the treatment stage.
    TreatmentStageRating(TreatmentStageRating),
    /// The level of care.
    LevelOfCare(LevelOfCareRecorded),
    /// An admission or discharge.
    Setting(SettingEvent),
    /// A start, stop or missed doses of a medicine.
    Medicine(Medicine),
    /// Signs of withdrawal.
    WithdrawalSigns(WithdrawalSigns),
    /// A signal of suicidality.
    Suicidality(Suicidality),
    /// An acute state.
    AcuteState(AcuteStateRecorded),
    /// Pregnancy.
    Pregnancy(Pregnancy),
    /// A safety assessment.
    SafetyAssessment(SafetyAssessment),
    /// A safeguarding concern.
    Safeguarding(Safeguarding),
    /// An offer that reduces harm.
    HarmReduction(HarmReduction),
    /// A crisis.
    Crisis(Crisis),
    /// A question and its answer.
    Asked(Asked),
    /// A plan.
    Plan(PlanRecorded),
    /// A planned step.
    PlannedStep(PlannedStep),
    /// The band of age.
    AgeBand(AgeBandRecorded),
    /// Sex.
    Sex(SexRecorded),
    /// The result of an instrument.
    Measure(Measure),
    /// Data of the service's own.
    Observation(Observation),
    /// The withdrawal of an event.
    Retraction(Retraction),
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::deserialize(deserializer)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Body").field(&self.kind()).finish()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Body {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Body".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "What an event says. The field `kind` tells which.",
            "oneOf": Self::schemas(generator),
        })
    }
}

/// The schema of an object, as one of several that their kind tells apart.
#[cfg(feature = "schema")]
fn tagged_schema(about: &str, kind: &str, mut schema: schemars::Schema) -> schemars::Schema {
    use serde_json::{Value, json};
    schema.insert("description".to_owned(), about.trim().into());
    let object = schema.ensure_object();
    let properties = object.entry("properties").or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        properties.insert(KIND.to_owned(), json!({ "type": "string", "const": kind }));
    }
    let required = object.entry("required").or_insert_with(|| json!([]));
    if let Value::Array(required) = required {
        required.insert(0, KIND.into());
    }
    schema
}

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
#[derive(Clone, Part)]
#[part(shown, then = checked)]
pub struct Event {
    id: EventId,
    on: PartialDate,
    recorded: Instant,
    by: Author,
    replaces: Option<EventId>,
    body: Body,
    /// Made when it is first asked for.
    #[part(skip)]
    sha256: OnceLock<[u8; 32]>,
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
        Self { id, on, recorded, by, replaces: None, body, sha256: OnceLock::new() }.checked()
    }

    /// The same event as the replacement of an earlier one, which it stands in for as a whole.
    ///
    /// # Errors
    /// [`ErrorKind::Inconsistent`] for a retraction, which replaces nothing.
    pub fn replacing(self, earlier: EventId) -> Result<Self, Error> {
        Self { replaces: Some(earlier), sha256: OnceLock::new(), ..self }.checked()
    }

    /// Reads one event; pointers are relative to it.
    ///
    /// # Errors
    /// Whatever is wrong with the text, by pointer and code.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        document::read(text)
    }

    fn checked(self) -> Result<Self, Error> {
        if self.replaces.is_some() && matches!(self.body, Body::Retraction(_)) {
            let expected = "no replaces in a retraction";
            return Err(Error::new(ErrorKind::Inconsistent, "/replaces", expected));
        }
        self.body.check().map_err(|error| error.below("/body"))?;
        Ok(self)
    }

    /// Writes the event as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::write_part(self)
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
        self.sha256.get_or_init(|| Sha256::digest(document::canonical_part(self)).into())
    }

    /// The order in which events are folded.
    pub(crate) fn order(&self) -> (PartialDate, Instant, &EventId) {
        (self.on(), self.recorded(), self.id())
    }
}

/// Whether the digest has been made does not count.
impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        let envelope = |event: &Self| (event.on, event.recorded);
        (&self.id, envelope(self), &self.by, &self.replaces, &self.body)
            == (&other.id, envelope(other), &other.by, &other.replaces, &other.body)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({}, {})", self.id(), self.body.kind())
    }
}
