//! Steps that someone plans.

use super::{Body, Substance};
use crate::{
    code::codes,
    date::PartialDate,
    document::{Check, Faults},
    text::Text,
};

codes! {
    /// What a planned step does.
    pub enum StepAction {
        /// Stop the use or the medicine of a class.
        Stop = "stop",
        /// Cut the use or the medicine of a class.
        Cut = "cut",
        /// Start a medicine.
        StartMedicine = "start_medicine",
        /// Stop a medicine.
        StopMedicine = "stop_medicine",
        /// Close the case.
        CloseCase = "close_case",
        /// Make help conditional.
        MakeHelpConditional = "make_help_conditional",
        /// Confront.
        Confront = "confront",
        /// Do an exercise.
        Exercise = "exercise",
        /// Something else.
        Other = "other",
    }
}

/// A step that the client or staff plan; the client's when the client states it.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "planned_step", category = SubstanceUse, check)]
pub struct PlannedStep {
    /// What it does.
    pub action: StepAction,
    /// The substance or class, for `stop` and `cut`.
    pub class: Option<Substance>,
    /// When.
    pub due: Option<PartialDate>,
    /// Whether it is medically supervised.
    pub supervised: Option<bool>,
    /// True when it is done.
    pub done: Option<bool>,
    /// The step in words.
    pub words: Option<Text>,
}

impl Check for PlannedStep {
    fn check(&self, faults: &mut Faults) {
        let has_class = self.class.is_some() || !self.action.is_about_a_class();
        faults.expect(has_class, "", "a class with the action stop or cut");
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        let needed = self.action.is_about_a_class().then(Substance::alcohol);
        Self { class: self.class.or(needed), ..self }
    }
}

impl StepAction {
    /// Does the action concern a substance or class?
    pub(crate) fn is_about_a_class(self) -> bool {
        matches!(self, Self::Stop | Self::Cut)
    }
}
