//! Where the person lives or stays.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::code::{codes, opaque};

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
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

opaque!(SettingEvent);
