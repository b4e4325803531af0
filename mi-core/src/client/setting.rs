//! Where the person lives or stays.

use super::Body;
use crate::code::codes;

codes! {
    /// A kind of place.
    pub enum Setting {
        /// Custody.
        Custody = "custody",
        /// A detoxification unit.
        Detox = "detox",
        /// Residential treatment.
        Residential = "residential",
        /// Inpatient treatment.
        Inpatient = "inpatient",
        /// A psychiatric ward.
        PsychiatricInpatient = "psychiatric_inpatient",
        /// A general hospital.
        GeneralHospital = "general_hospital",
        /// Supported housing.
        SupportedHousing = "supported_housing",
        /// A home of the person's own or shared.
        Home = "home",
        /// No home.
        Homeless = "homeless",
        /// Another place.
        Other = "other",
    }
}

impl Setting {
    /// Is access to substances usually controlled there?
    #[must_use]
    pub fn is_controlled(self) -> bool {
        matches!(
            self,
            Self::Custody
                | Self::Detox
                | Self::Residential
                | Self::Inpatient
                | Self::PsychiatricInpatient
        )
    }
}

codes! {
    /// Whether the person comes or goes.
    pub enum SettingMoment {
        /// The first day there.
        Admission = "admission",
        /// The day of leaving.
        Discharge = "discharge",
    }
}

/// An admission to a setting, or a discharge from it.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "setting", category = Social)]
pub struct SettingEvent {
    /// The setting.
    pub setting: Setting,
    /// Coming or going.
    pub moment: SettingMoment,
    /// Whether access to substances is controlled there, when it differs from the usual.
    pub controlled: Option<bool>,
    /// Whether a treatment there was completed.
    pub completed: Option<bool>,
}
