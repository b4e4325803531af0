//! Decisional balance: the two sides of staying and of changing, in the client's words.

use crate::{
    Error,
    client::{Body, Target},
    code::codes,
    document::{self, Part},
    readiness::Rating,
    text::Text,
};

codes! {
    /// The form of a decisional balance.
    pub enum Form as "BalanceForm" {
        /// The neutral grid of four cells.
        NeutralGrid = "neutral_grid",
        /// The form that dwells on reasons for change.
        Tilted = "tilted",
    }
}

codes! {
    /// What a decisional balance is for.
    pub enum Purpose as "BalancePurpose" {
        /// To explore, favoring neither side.
        NeutralExploration = "neutral_exploration",
        /// To strengthen a decision that was made.
        StrengthenDecision = "strengthen_decision",
        /// To evoke change.
        EvokeChange = "evoke_change",
    }
}

/// One entry of a cell.
#[derive(Clone, PartialEq, Part)]
pub struct BalanceItem {
    /// In the client's words.
    pub words: Text,
    /// The weight that the client gives it, 0 to 10; weights are never summed.
    pub weight: Option<Rating>,
}

/// A decisional balance: four cells in the client's words. No net score and no verdict is ever made of it.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "balance", category = SubstanceUse)]
pub struct DecisionalBalance {
    /// The target.
    pub target: Option<Target>,
    /// Its form.
    pub form: Form,
    /// What it is for; a planned exercise may lack it.
    pub purpose: Option<Purpose>,
    /// What is good about staying the same.
    pub good_of_staying: Option<Vec<BalanceItem>>,
    /// What is less good about staying the same.
    pub less_good_of_staying: Option<Vec<BalanceItem>>,
    /// What is good about changing.
    pub good_of_changing: Option<Vec<BalanceItem>>,
    /// What is less good about changing.
    pub less_good_of_changing: Option<Vec<BalanceItem>>,
}

impl DecisionalBalance {
    /// Reads a decisional balance by itself, as a form has it.
    ///
    /// # Errors
    /// Whatever is wrong with the text, by pointer and code.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        document::read(text)
    }
}
