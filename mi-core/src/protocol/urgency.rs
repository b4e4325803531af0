//! How urgent an action is, what it is and who does it.

use crate::code::codes;

codes! {
    /// The urgency of an action. It is never a level of risk.
    pub ordered enum Severity {
        /// Shown only.
        Note = "note",
        /// Discuss and record.
        Attention = "attention",
        /// A review by a prescriber, doctor or specialist.
        Urgent = "urgent",
        /// Emergency, or in the same contact.
        Immediate = "immediate",
    }
}

codes! {
    /// The class of an action.
    pub enum Action {
        /// Call emergency services.
        EmergencyServices = "emergency_services",
        /// A qualified assessment in the same contact.
        SameContactAssessment = "same_contact_assessment",
        /// A review by a prescriber or doctor.
        MedicalReview = "medical_review",
        /// Discuss it and record what was said.
        DiscussAndRecord = "discuss_and_record",
        /// Ask again.
        Ask = "ask",
    }
}

codes! {
    /// Who acts.
    pub enum Who {
        /// Whoever is with the person.
        Anyone = "anyone",
        /// A member of the team.
        TeamMember = "team_member",
        /// The coordinator of the care.
        Coordinator = "coordinator",
        /// Someone qualified to assess it.
        QualifiedAssessor = "qualified_assessor",
        /// A prescriber.
        Prescriber = "prescriber",
        /// A doctor.
        Doctor = "doctor",
    }
}
