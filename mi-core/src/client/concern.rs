//! Conditions that are suspected or known, what is treated, and how well the person can think.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{Substance, Target};
use crate::{
    client::Category,
    code::{codes, opaque},
    text::Code,
};

codes! {
    /// The domain of a concern.
    pub enum Domain {
        /// The use of a substance.
        SubstanceUse = "substance_use",
        /// A mental-health condition.
        MentalHealth = "mental_health",
        /// A physical condition.
        Physical = "physical",
        /// A social need.
        Social = "social",
    }
}

codes! {
    /// How sure a concern is, now.
    pub enum ConcernStatus {
        /// Suspected, not assessed in full.
        Suspected = "suspected",
        /// Established by someone qualified.
        Diagnosed = "diagnosed",
        /// Established, and in remission.
        InRemission = "in_remission",
        /// Assessed and not present.
        RuledOut = "ruled_out",
    }
}

codes! {
    /// How severe a condition is.
    pub enum Severity as "ConcernSeverity" {
        /// Mild.
        Mild = "mild",
        /// Moderate.
        Moderate = "moderate",
        /// Severe.
        Severe = "severe",
        /// Dependence on a substance.
        Dependence = "dependence",
    }
}

/// A condition; the latest statement on the same substance or code is the one that counts.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Concern {
    /// Its domain.
    pub domain: Domain,
    /// The substance, for a concern about substance use.
    pub substance: Option<Substance>,
    /// The condition, as a code of the service, for any other concern.
    pub code: Option<Code>,
    /// How sure it is.
    pub status: ConcernStatus,
    /// How severe it is.
    pub severity: Option<Severity>,
}

/// Whether the service treats a target now. Stages are told for treated substances.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TreatmentTarget {
    /// The target.
    pub target: Target,
    /// Treated from this day on, or no longer.
    pub treated: bool,
}

codes! {
    /// How far thinking is impaired.
    pub enum CognitionLevel {
        /// Not impaired.
        Unimpaired = "unimpaired",
        /// Mildly impaired.
        Mild = "mild",
        /// Moderately impaired.
        Moderate = "moderate",
        /// Severely impaired.
        Severe = "severe",
    }
}

/// How well the person can think, remember and plan.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cognition {
    /// The level.
    pub level: CognitionLevel,
}

opaque!(Concern, TreatmentTarget, Cognition);

impl Concern {
    /// The category of data, by domain.
    #[must_use]
    pub fn category(&self) -> Category {
        match self.domain {
            Domain::SubstanceUse => Category::SubstanceUse,
            Domain::MentalHealth => Category::MentalHealth,
            Domain::Physical => Category::Physical,
            Domain::Social => Category::Social,
        }
    }
}
