//! What plans hold: the client's own words, list by list. An absent list is not written yet.

use crate::{
    Error,
    client::{
        Body, ClientView,
        field::{AsField, Field, FieldKind},
    },
    code::codes,
    date::CalendarDate,
    document::{self, Object, Part, Table},
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
#[derive(Clone, PartialEq, Part)]
pub struct Situation {
    /// The situation.
    pub situation: Text,
    /// How confident the person is of handling it, 0 to 10.
    pub confidence: Option<Rating>,
}

/// Something that helps.
#[derive(Clone, PartialEq, Part)]
pub struct Coping {
    /// What helps.
    pub action: Text,
    /// Whether it was practiced.
    pub practiced: Option<bool>,
}

/// Someone who helps.
#[derive(Clone, PartialEq, Part)]
pub struct Support {
    /// Who.
    pub who: Text,
    /// How to reach them.
    pub how: Option<Text>,
    /// Whether they can be reached at all hours.
    pub at_all_hours: Option<bool>,
}

/// A change plan: what, why, how, with whom, and what if.
#[derive(Clone, PartialEq, Part)]
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
#[derive(Clone, PartialEq, Part)]
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
#[derive(Clone, PartialEq, Part)]
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
#[derive(Clone, PartialEq, Part)]
#[part(tag = "kind")]
pub enum Plan {
    /// A change plan.
    Change(ChangePlan),
    /// A relapse-prevention plan.
    RelapsePrevention(RelapsePreventionPlan),
    /// A crisis plan.
    Crisis(CrisisPlan),
}

/// A plan, as it stands from this day on.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "plan", category = SubstanceUse)]
// Boxed: a plan holds more than any other body, and not every event shall have room for one.
pub struct PlanRecorded {
    /// The plan.
    pub plan: Box<Plan>,
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

/// Of a plan, questions see its kind; what stands in it is read by facts of Rust.
impl AsField for Box<Plan> {
    const KIND: FieldKind = FieldKind::Code(PlanKind::CODES);

    fn as_field(&self) -> Field<'_> {
        Field::Code(self.kind().code())
    }
}

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
        let is_of = |table: &Table| table.has(self.code());
        if is_of(ChangePlan::TABLE) {
            PlanKind::Change
        } else if is_of(RelapsePreventionPlan::TABLE) {
            PlanKind::RelapsePrevention
        } else {
            PlanKind::Crisis
        }
    }
}

impl Plan {
    /// Is the part written: present, and not empty?
    #[must_use]
    pub fn has(&self, part: PlanPart) -> bool {
        match self {
            Self::Change(plan) => plan.has_written(part.code()),
            Self::RelapsePrevention(plan) => plan.has_written(part.code()),
            Self::Crisis(plan) if part == PlanPart::ContactAtAllHours => {
                plan.professionals.iter().flatten().any(|one| one.at_all_hours == Some(true))
            }
            Self::Crisis(plan) => plan.has_written(part.code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_a_field_of_one_plan() {
        let tables = [ChangePlan::TABLE, RelapsePreventionPlan::TABLE, CrisisPlan::TABLE];
        for part in PlanPart::ALL {
            let plans = tables.iter().filter(|table| table.has(part.code())).count();
            let expected = usize::from(*part != PlanPart::ContactAtAllHours);
            assert_eq!(plans, expected, "{part}");
        }
    }
}
