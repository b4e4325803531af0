//! A service's own data, and the withdrawal of an event.

use serde::{Deserialize, Serialize};

use crate::{
    code::opaque,
    text::{Code, EventId, Text},
    value::ObservedValue,
};

/// Data of the service's own, which its own protocol may read.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Observation {
    /// What was observed: a code with a namespace, such as `acme.sleep_hours`.
    pub code: Code,
    /// The value.
    pub value: ObservedValue,
}

/// The withdrawal of an event that should not have been recorded.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Retraction {
    /// The event that is withdrawn.
    pub of: EventId,
    /// Why.
    pub reason: Text,
}

opaque!(Observation, Retraction);
