//! Medicines by class: no drug is chosen here and no dose is named.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::Substance;
use crate::{
    code::{codes, opaque},
    value::{Count, DayCount},
};

codes! {
    /// A class of medicines.
    pub enum MedicineClass {
        /// Opioid agonist treatment, such as methadone or buprenorphine.
        OpioidAgonist = "opioid_agonist",
        /// Opioid antagonist treatment, such as naltrexone.
        OpioidAntagonist = "opioid_antagonist",
        /// A benzodiazepine.
        Benzodiazepine = "benzodiazepine",
        /// A gabapentinoid.
        Gabapentinoid = "gabapentinoid",
        /// Another sedative.
        OtherSedative = "other_sedative",
        /// An antipsychotic.
        Antipsychotic = "antipsychotic",
        /// An antidepressant.
        Antidepressant = "antidepressant",
        /// A mood stabilizer.
        MoodStabilizer = "mood_stabilizer",
        /// A medicine for alcohol dependence.
        AlcoholMedicine = "alcohol_medicine",
        /// Another class.
        Other = "other",
    }
}

codes! {
    /// What happened with a medicine.
    pub enum MedicineMoment {
        /// Begun, or an injection given.
        Start = "start",
        /// Stopped on this day.
        Stop = "stop",
        /// Doses missed up to this day.
        Missed = "missed",
    }
}

codes! {
    /// The form of a medicine.
    pub enum Form as "MedicineForm" {
        /// Taken by mouth.
        Tablet = "tablet",
        /// A long-acting injection.
        Injection = "injection",
        /// Another depot, such as an implant.
        Depot = "depot",
        /// Another form.
        Other = "other",
    }
}

/// A start, a stop or missed doses of a medicine.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Medicine {
    /// The class.
    pub class: MedicineClass,
    /// The substance, where it matters for tests and safety.
    pub substance: Option<Substance>,
    /// What happened.
    pub moment: MedicineMoment,
    /// With `missed`: the days missed in a row, this day included; one when absent.
    pub days: Option<DayCount>,
    /// The form.
    pub form: Option<Form>,
    /// On how many days a week it is taken.
    pub days_a_week: Option<Count>,
}

opaque!(Medicine);
