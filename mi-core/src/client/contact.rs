//! Meetings with the person, and attempts to reach them.

use super::{Body, Target};
use crate::code::codes;

codes! {
    /// What became of an appointment.
    pub enum ContactOutcome {
        /// The person and the service met, in any place and by any channel.
        Kept = "kept",
        /// The person did not come.
        Missed = "missed",
        /// The service canceled; never counted against the person.
        CanceledByService = "canceled_by_service",
    }
}

codes! {
    /// Where a contact took place.
    pub enum Place {
        /// At the service.
        Clinic = "clinic",
        /// At the person's home.
        Home = "home",
        /// In the community, such as a cafe or the street.
        Community = "community",
        /// In custody.
        Custody = "custody",
        /// In a hospital.
        Hospital = "hospital",
        /// Elsewhere.
        Other = "other",
    }
}

codes! {
    /// How people were in contact.
    pub enum Channel {
        /// Face to face.
        InPerson = "in_person",
        /// By telephone.
        Telephone = "telephone",
        /// By video.
        Video = "video",
        /// By message.
        Message = "message",
        /// By letter.
        Letter = "letter",
        /// By a visit.
        Visit = "visit",
        /// By another channel.
        Other = "other",
    }
}

/// An appointment or an unplanned meeting.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "contact", category = Administrative)]
pub struct Contact {
    /// What became of it.
    pub outcome: ContactOutcome,
    /// Where.
    pub place: Option<Place>,
    /// How.
    pub channel: Option<Channel>,
    /// The targets that the person talked about: absent when not recorded, empty when none.
    pub discussed: Option<Vec<Target>>,
}

/// An attempt to reach the person.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "outreach", category = Administrative)]
pub struct Outreach {
    /// How.
    pub channel: Channel,
    /// Whether the person was reached.
    pub successful: bool,
}
