//! Medicines by class: no drug is chosen here and no dose is named.

use super::{Body, Substance};
use crate::{
    code::codes,
    document::{Check, Faults},
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
#[derive(Clone, PartialEq, Body)]
#[body(kind = "medicine", category = Physical, check)]
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

impl Check for Medicine {
    fn check(&self, faults: &mut Faults) {
        faults.expect(
            self.days.is_none() || self.moment == MedicineMoment::Missed,
            "/days",
            "days only with the moment missed",
        );
        if let Some(days) = self.days_a_week {
            let is_of_a_week = 1 <= days.min.get() && days.max.get() <= 7;
            faults.expect(is_of_a_week, "/days_a_week", "1 to 7 days");
            faults.expect(days.min <= days.max, "/days_a_week", "min at most max");
        }
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        let is_missed = self.moment == MedicineMoment::Missed;
        let days = self.days.filter(|days| is_missed && days.get() <= 30);
        let within = |days| crate::testing::count_within(days, 1, 7);
        Self { days, days_a_week: self.days_a_week.map(within), ..self }
    }
}
