//! The main job: a snapshot and a protocol in, an explained review out.
//!
//! A review answers what a team asks each time: where is this person, what does the evidence
//! support next, what must not be missed, and what do we not know yet. It is data: codes and typed
//! values, every finding with its rule and the trace of how it came about. Words come last, from
//! the protocol's texts ([`Protocol::render`](crate::Protocol::render)).

mod ask;
mod assemble;
mod explain;
mod extent;
mod finding;
mod flag;
mod forms;
mod page;
mod plans;
mod position;
mod safety;
mod sections;

use std::fmt;

use serde::Serialize;

pub use ask::Question;
pub use explain::{
    Axis, EventWords, Explanation, FindingWords, FlagWords, GapWords, MoveWords, PositionWords,
    QuestionWords, SectionWords,
};
pub use finding::{About, Finding, ReturnFound};
pub use flag::{Assessment, DatedEvent, Flag, FlagState, LevelTrace};
pub use forms::PlanContext;
pub use plans::PlanGap;
pub use position::{
    ChangePosition, CurrentStep, Label, LevelPosition, Move, MoveDirection, PersonPosition,
    Positions, RecordedDecision, RecordedDriver, RecordedRating, Status, TargetPosition,
    TreatmentPositions,
};
pub use sections::{Review, Section};

pub use crate::fact::Standing;
use crate::{
    document::{self, hex},
    protocol::{ENGINE, Evidence, Name, OverlayUsed, Override, Protocol, RuleOff, SourceCheck},
};

/// The version of the review format.
const SCHEMA_VERSION: i64 = 1;

/// The protocol by which a review was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProtocolUsed {
    /// Its identifier.
    pub id: Name,
    /// Its version.
    pub version: Name,
    /// The version of the engine that evaluated it: 1 or more.
    pub engine: i64,
    /// The SHA-256 of its canonical form, own numbers included, as 64 hexadecimal digits.
    pub sha256: String,
    /// The numbers that the service has set for itself.
    pub overrides: Vec<Override>,
    /// The rules that the service has turned off, by whom and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<RuleOff>,
    /// The overlays that made it of another protocol, and what each changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<OverlayUsed>,
}

impl ProtocolUsed {
    /// What every review by a protocol says of it.
    #[must_use]
    pub fn of(protocol: &Protocol) -> Self {
        let document = protocol.document();
        Self {
            id: document.id.clone(),
            version: document.version.clone(),
            engine: ENGINE,
            sha256: hex(protocol.sha256()),
            overrides: protocol.overrides().to_vec(),
            off: document.off.clone(),
            overlays: document.overlays.clone(),
        }
    }
}

/// On what a rule rests; stands once for each rule that a review mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RuleBasis {
    /// The version of the rule: 1 or more.
    pub version: i64,
    /// On what it rests.
    pub evidence: Evidence,
    /// How far its sources were checked.
    pub source_check: SourceCheck,
    /// The keys of its sources.
    pub sources: Vec<Name>,
}

impl Review {
    /// Writes the review as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::write(self)
    }
}

impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (flags, questions) = (self.safety.len(), self.to_ask_next.len());
        write!(f, "Review({}, {}: ", self.client, self.as_of)?;
        write!(f, "{flags} safety flags, {questions} to ask)")
    }
}
