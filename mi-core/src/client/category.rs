//! The categories of data, for consent and views.

use crate::code::codes;

codes! {
    /// The category of data to which an event or a fact belongs, for consent and views.
    pub enum Category {
        /// The use of substances and its treatment.
        SubstanceUse = "substance_use",
        /// Mental health.
        MentalHealth = "mental_health",
        /// Physical health.
        Physical = "physical",
        /// Social matters.
        Social = "social",
        /// Justice.
        Justice = "justice",
        /// Notes of counseling that are kept apart.
        CounselingNote = "counseling_note",
        /// Administration.
        Administrative = "administrative",
    }
}
