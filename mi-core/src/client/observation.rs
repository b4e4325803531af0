//! A service's own data, and the withdrawal of an event.

use super::Body;
use crate::{
    document::{Check, Faults},
    text::{Code, EventId, Text},
    value::ObservedValue,
};

/// Data of the service's own, which its own protocol may read.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "observation", category = CounselingNote, check)]
pub struct Observation {
    /// What was observed: a code with a namespace, such as `acme.sleep_hours`.
    pub code: Code,
    /// The value.
    pub value: ObservedValue,
}

impl Check for Observation {
    fn check(&self, faults: &mut Faults) {
        let parts = self.code.as_str().split('.').filter(|part| !part.is_empty());
        let expected = "a code with a namespace, such as acme.sleep_hours";
        faults.expect(parts.count() > 1, "/code", expected);
    }

    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self {
        let named = Code::new(&format!("acme.{}", self.code));
        Self { code: named.unwrap_or(self.code), ..self }
    }
}

/// The withdrawal of an event that should not have been recorded.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "retraction", category = Administrative)]
pub struct Retraction {
    /// The event that is withdrawn.
    pub of: EventId,
    /// Why.
    pub reason: Text,
}
