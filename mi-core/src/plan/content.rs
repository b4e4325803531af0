//! What plans hold: the client's own words, list by list. An absent list is not written yet.

use serde::{Deserialize, Deserializer, Serialize};
use serde_with::skip_serializing_none;

use crate::{
    ErrorKind,
    client::{ClientView, opaque},
    code::codes,
    document::{read_tagged, read_union},
    error::Problem,
    readiness::Rating,
    record::{CalendarDate, Text},
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
        read_union(deserializer, "kind", |tag, part| match PlanKind::from_code(tag) {
            Some(PlanKind::Change) => read_tagged(part, "kind", part).map(Self::Change),
            Some(PlanKind::RelapsePrevention) => {
                read_tagged(part, "kind", part).map(Self::RelapsePrevention)
            }
            Some(PlanKind::Crisis) => read_tagged(part, "kind", part).map(Self::Crisis),
            None => {
                let expected = format!("one of {}", PlanKind::CODES.join(", "));
                Err(Problem::new(ErrorKind::UnknownCode, "/kind", expected))
            }
        })
    }
}

impl Plan {
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
