//! The episodes of care: stage history belongs to an episode, safety and totals to the person.

use super::Body;
use crate::{code::codes, text::EventId};

codes! {
    /// Whether the contacts recorded here are all that the service had.
    pub enum ContactLog {
        /// Every contact of the service is recorded: what is not there did not happen.
        Complete = "complete",
        /// Some contacts are recorded elsewhere: counts are open-ended.
        Partial = "partial",
    }
}

/// The service takes the person on.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "episode_opened", category = Administrative)]
pub struct EpisodeOpened {
    /// Whether this record holds every contact of the service.
    pub contact_log: ContactLog,
    /// The opening of the earlier episode to which the person comes back.
    pub re_entry_of: Option<EventId>,
}

codes! {
    /// Why an episode ended. None of them is a failure.
    pub enum ClosingReason {
        /// As agreed.
        Planned = "planned",
        /// Another service took over.
        Transferred = "transferred",
        /// Contact was lost.
        LostContact = "lost_contact",
        /// The person declined further care.
        Declined = "declined",
        /// The person died.
        Death = "death",
        /// Another reason.
        Other = "other",
    }
}

/// The episode that is open ends.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "episode_closed", category = Administrative)]
pub struct EpisodeClosed {
    /// Why.
    pub reason: ClosingReason,
}
