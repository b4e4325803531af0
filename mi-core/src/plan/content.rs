//! What plans hold: the client's own words, list by list. An absent list is not written yet.

use serde::{Deserialize, Deserializer, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    Error, ErrorKind,
    client::ClientView,
    code::{codes, opaque},
    date::CalendarDate,
    document::{self, read_union},
    error::Problem,
    readiness::Rating,
    text::Text,
};

codes! {
    /// A kind of plan.
    pub enum PlanKind {
        /// A change plan.
        Change = "change",
        /// A relapse-prevention plan.
        RelapsePrevention = "relapse_prevention",
        /// A crisis plan.
        Crisis = "crisis",
    }
}

/// A situation of high risk.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Situation {
    /// The situation.
    pub situation: Text,
    /// How confident the person is of handling it, 0 to 10.
    pub confidence: Option<Rating>,
}

/// Something that helps.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coping {
    /// What helps.
    pub action: Text,
    /// Whether it was practiced.
    pub practiced: Option<bool>,
}

/// Someone who helps.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Support {
    /// Who.
    pub who: Text,
    /// How to reach them.
    pub how: Option<Text>,
    /// Whether they can be reached at all hours.
    pub at_all_hours: Option<bool>,
}

/// A change plan: what, why, how, with whom, and what if.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangePlan {
    /// The change.
    pub change: Option<Text>,
    /// Why.
    pub why: Option<Vec<Text>>,
    /// The steps.
    pub steps: Option<Vec<Text>>,
    /// Who helps, and with what.
    pub who_helps: Option<Vec<Text>>,
    /// How the person will see that it works.
    pub signs_of_working: Option<Vec<Text>>,
    /// What could get in the way.
    pub obstacles: Option<Vec<Text>>,
    /// What to do then.
    pub if_obstacles: Option<Vec<Text>>,
    /// The client's view; a plan is a draft until it is recorded.
    pub client_view: Option<ClientView>,
}

/// A relapse-prevention plan.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RelapsePreventionPlan {
    /// Situations of high risk.
    pub high_risk_situations: Option<Vec<Situation>>,
    /// Early signs about use.
    pub substance_warning_signs: Option<Vec<Text>>,
    /// Early signs about mental health.
    pub mental_health_warning_signs: Option<Vec<Text>>,
    /// What to do about urges.
    pub urges: Option<Vec<Text>>,
    /// What helps.
    pub coping: Option<Vec<Coping>>,
    /// Who helps, and how to reach them.
    pub supports: Option<Vec<Support>>,
    /// What to do after a lapse.
    pub lapse_steps: Option<Vec<Text>>,
    /// What to change around the person.
    pub environment: Option<Vec<Text>>,
    /// Steps that reduce harm.
    pub harm_reduction: Option<Vec<Text>>,
    /// Loss of tolerance, and an overdose reversal medicine.
    pub overdose_steps: Option<Vec<Text>>,
    /// When to review it.
    pub review_on: Option<CalendarDate>,
    /// Whether the client has a copy.
    pub client_copy: Option<bool>,
    /// The client's view.
    pub client_view: Option<ClientView>,
}

/// A crisis plan: six parts in their order, and what else belongs to it.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrisisPlan {
    /// 1. Warning signs.
    pub warning_signs: Option<Vec<Text>>,
    /// 2. What the person can do alone.
    pub own_coping: Option<Vec<Text>>,
    /// 3. People and places that distract.
    pub distraction: Option<Vec<Text>>,
    /// 4. People to ask for help.
    pub people_to_ask: Option<Vec<Support>>,
    /// 5. Professionals and crisis services.
    pub professionals: Option<Vec<Support>>,
    /// 6. Making the surroundings safer.
    pub safer_environment: Option<Vec<Text>>,
    /// What to do in an overdose.
    pub overdose_response: Option<Vec<Text>>,
    /// Wishes for a time of crisis.
    pub advance_wishes: Option<Vec<Text>>,
    /// Who holds a copy.
    pub copies_with: Option<Vec<Text>>,
    /// When to review it.
    pub review_on: Option<CalendarDate>,
    /// The client's view.
    pub client_view: Option<ClientView>,
}

/// A plan of one of the three kinds.
#[derive(Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Plan {
    /// A change plan.
    Change(ChangePlan),
    /// A relapse-prevention plan.
    RelapsePrevention(RelapsePreventionPlan),
    /// A crisis plan.
    Crisis(CrisisPlan),
}

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_union(deserializer, "kind", |tag, fields| match PlanKind::from_code(tag) {
            Some(PlanKind::Change) => fields.read(&["kind"]).map(Self::Change),
            Some(PlanKind::RelapsePrevention) => {
                fields.read(&["kind"]).map(Self::RelapsePrevention)
            }
            Some(PlanKind::Crisis) => fields.read(&["kind"]).map(Self::Crisis),
            None => {
                let expected = format!("one of {}", PlanKind::CODES.join(", "));
                Err(Problem::new(ErrorKind::UnknownCode, "/kind", expected))
            }
        })
    }
}

impl Plan {
    /// Reads a plan by itself, as a form has it.
    ///
    /// # Errors
    /// Whatever is wrong with the text, by pointer and code.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        document::read(text)
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> PlanKind {
        match self {
            Self::Change(_) => PlanKind::Change,
            Self::RelapsePrevention(_) => PlanKind::RelapsePrevention,
            Self::Crisis(_) => PlanKind::Crisis,
        }
    }
}

opaque!(Situation, Coping, Support, ChangePlan, RelapsePreventionPlan, CrisisPlan, Plan);

codes! {
    /// A part of a plan that a protocol may ask for.
    pub enum PlanPart {
        /// What is to change.
        Change = "change",
        /// Why.
        Why = "why",
        /// The steps.
        Steps = "steps",
        /// Who helps.
        WhoHelps = "who_helps",
        /// Signs that it works.
        SignsOfWorking = "signs_of_working",
        /// What could get in the way.
        Obstacles = "obstacles",
        /// What to do then.
        IfObstacles = "if_obstacles",
        /// Situations of high risk.
        HighRiskSituations = "high_risk_situations",
        /// Early signs about use.
        SubstanceWarningSigns = "substance_warning_signs",
        /// Early signs about mental health.
        MentalHealthWarningSigns = "mental_health_warning_signs",
        /// What to do about urges.
        Urges = "urges",
        /// What helps.
        Coping = "coping",
        /// Who helps, and how to reach them.
        Supports = "supports",
        /// What to do after a lapse.
        LapseSteps = "lapse_steps",
        /// Loss of tolerance, and an overdose reversal medicine.
        OverdoseSteps = "overdose_steps",
        /// Warning signs of a crisis.
        WarningSigns = "warning_signs",
        /// What the person can do alone.
        OwnCoping = "own_coping",
        /// People and places that distract.
        Distraction = "distraction",
        /// People to ask for help.
        PeopleToAsk = "people_to_ask",
        /// Professionals and crisis services.
        Professionals = "professionals",
        /// Making the surroundings safer.
        SaferEnvironment = "safer_environment",
        /// A contact that can be reached at all hours.
        ContactAtAllHours = "contact_at_all_hours",
    }
}

impl PlanPart {
    /// The kind of plan that has this part.
    #[must_use]
    pub fn plan(self) -> PlanKind {
        use PlanPart as Part;
        match self {
            Part::Change
            | Part::Why
            | Part::Steps
            | Part::WhoHelps
            | Part::SignsOfWorking
            | Part::Obstacles
            | Part::IfObstacles => PlanKind::Change,
            Part::HighRiskSituations
            | Part::SubstanceWarningSigns
            | Part::MentalHealthWarningSigns
            | Part::Urges
            | Part::Coping
            | Part::Supports
            | Part::LapseSteps
            | Part::OverdoseSteps => PlanKind::RelapsePrevention,
            Part::WarningSigns
            | Part::OwnCoping
            | Part::Distraction
            | Part::PeopleToAsk
            | Part::Professionals
            | Part::SaferEnvironment
            | Part::ContactAtAllHours => PlanKind::Crisis,
        }
    }
}

impl Plan {
    /// Is the part written: present, and not empty?
    #[must_use]
    pub fn has(&self, part: PlanPart) -> bool {
        fn any<T>(list: Option<&Vec<T>>) -> bool {
            list.is_some_and(|list| !list.is_empty())
        }
        use PlanPart as Part;
        match (self, part) {
            (Self::Change(plan), Part::Change) => plan.change.is_some(),
            (Self::Change(plan), Part::Why) => any(plan.why.as_ref()),
            (Self::Change(plan), Part::Steps) => any(plan.steps.as_ref()),
            (Self::Change(plan), Part::WhoHelps) => any(plan.who_helps.as_ref()),
            (Self::Change(plan), Part::SignsOfWorking) => any(plan.signs_of_working.as_ref()),
            (Self::Change(plan), Part::Obstacles) => any(plan.obstacles.as_ref()),
            (Self::Change(plan), Part::IfObstacles) => any(plan.if_obstacles.as_ref()),
            (Self::RelapsePrevention(plan), Part::HighRiskSituations) => {
                any(plan.high_risk_situations.as_ref())
            }
            (Self::RelapsePrevention(plan), Part::SubstanceWarningSigns) => {
                any(plan.substance_warning_signs.as_ref())
            }
            (Self::RelapsePrevention(plan), Part::MentalHealthWarningSigns) => {
                any(plan.mental_health_warning_signs.as_ref())
            }
            (Self::RelapsePrevention(plan), Part::Urges) => any(plan.urges.as_ref()),
            (Self::RelapsePrevention(plan), Part::Coping) => any(plan.coping.as_ref()),
            (Self::RelapsePrevention(plan), Part::Supports) => any(plan.supports.as_ref()),
            (Self::RelapsePrevention(plan), Part::LapseSteps) => any(plan.lapse_steps.as_ref()),
            (Self::RelapsePrevention(plan), Part::OverdoseSteps) => {
                any(plan.overdose_steps.as_ref())
            }
            (Self::Crisis(plan), Part::WarningSigns) => any(plan.warning_signs.as_ref()),
            (Self::Crisis(plan), Part::OwnCoping) => any(plan.own_coping.as_ref()),
            (Self::Crisis(plan), Part::Distraction) => any(plan.distraction.as_ref()),
            (Self::Crisis(plan), Part::PeopleToAsk) => any(plan.people_to_ask.as_ref()),
            (Self::Crisis(plan), Part::Professionals) => any(plan.professionals.as_ref()),
            (Self::Crisis(plan), Part::SaferEnvironment) => any(plan.safer_environment.as_ref()),
            (Self::Crisis(plan), Part::ContactAtAllHours) => {
                plan.professionals.iter().flatten().any(|one| one.at_all_hours == Some(true))
            }
            _ => false,
        }
    }
}
