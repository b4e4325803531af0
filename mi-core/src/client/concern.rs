//! Conditions that are suspected or known, what is treated, and how well the person can think.

use super::{Body, Substance, Target};
use crate::{
    client::Category,
    code::codes,
    document::{Check, Faults},
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
#[derive(Clone, PartialEq, Body)]
#[body(kind = "concern", category_by = domain, check)]
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

impl Check for Concern {
    fn check(&self, faults: &mut Faults) {
        let of_use = self.domain == Domain::SubstanceUse;
        faults.expect(
            self.substance.is_some() == of_use && self.code.is_none() == of_use,
            "",
            "a substance with the domain substance_use, a code with any other",
        );
        faults.expect(
            self.severity != Some(Severity::Dependence) || of_use,
            "/severity",
            "dependence only with the domain substance_use",
        );
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        if self.domain == Domain::SubstanceUse {
            let substance = self.substance.unwrap_or_else(Substance::alcohol);
            Self { substance: Some(substance), code: None, ..self }
        } else {
            let code = self.code.or_else(|| Code::new("anxiety").ok());
            let severity = self.severity.filter(|severity| *severity != Severity::Dependence);
            Self { substance: None, code, severity, ..self }
        }
    }
}

/// Whether the service treats a target now. Stages are told for treated substances.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "target", category = SubstanceUse)]
pub struct TreatmentTarget {
    /// The target.
    pub target: Target,
    /// Treated from this day on, or no longer.
    pub treated: bool,
}

codes! {
    /// How far thinking is impaired.
    pub ordered enum CognitionLevel {
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
#[derive(Clone, PartialEq, Body)]
#[body(kind = "cognition", category = MentalHealth)]
pub struct Cognition {
    /// The level.
    pub level: CognitionLevel,
}

impl Domain {
    /// The category of data to which a concern of this domain belongs.
    #[must_use]
    pub fn category(self) -> Category {
        match self {
            Self::SubstanceUse => Category::SubstanceUse,
            Self::MentalHealth => Category::MentalHealth,
            Self::Physical => Category::Physical,
            Self::Social => Category::Social,
        }
    }
}
