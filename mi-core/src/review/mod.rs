//! The main job: a snapshot and a protocol in, an explained review out.
//!
//! A review answers what a team asks each time: where is this person, what does the evidence
//! support next, what must not be missed, and what do we not know yet. It is data: codes and typed
//! values, every finding with its rule and the trace of how it came about. Words come last, from
//! the protocol's texts ([`Protocol::render`](crate::Protocol::render)).

mod ask;
mod assemble;
mod finding;
mod forms;
mod plans;
mod position;
mod render;
mod safety;

use std::fmt;

use serde::Serialize;
use serde_with::skip_serializing_none;

pub use ask::Question;
pub use finding::{About, Finding, ReturnFound};
pub use forms::PlanContext;
pub use plans::PlanGap;
pub use position::{
    ChangePosition, CurrentStep, Label, LevelPosition, Move, MoveDirection, PersonPosition,
    Positions, RecordedDecision, RecordedDriver, RecordedRating, Status, TargetPosition,
    TreatmentPositions,
};
pub use safety::{Assessment, Flag, LevelTrace};

pub use crate::fact::Standing;
use crate::{
    date::CalendarDate,
    document,
    instant::Instant,
    protocol::{DefinitionTrace, ENGINE, Evidence, Name, Override, Protocol, RuleId, SourceCheck},
    text::ClientId,
};
use std::collections::BTreeMap;

/// The version of the review format.
const SCHEMA_VERSION: i64 = 1;

/// The sections that this version fills. A section that is not among them is not "nothing found".
const COVERS: &[&str] = &[
    "safety",
    "positions",
    "discordance",
    "moves",
    "decisions",
    "cautions",
    "plans",
    "notes",
    "to_ask_next",
];

/// A review: where a person is, what the evidence supports, what must not be missed, what is not
/// known. Its sections stand in the order in which they matter.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    schema_version: i64,
    client: ClientId,
    as_of: CalendarDate,
    known_by: Option<Instant>,
    record_sha256: String,
    events: usize,
    protocol: ProtocolUsed,
    covers: Vec<String>,
    rules: BTreeMap<RuleId, RuleBasis>,
    safety: Vec<Flag>,
    positions: Positions,
    discordance: Vec<Finding>,
    moves: Vec<Move>,
    decisions: Vec<RecordedDecision>,
    cautions: Vec<Finding>,
    plans: Vec<PlanGap>,
    notes: Vec<Finding>,
    to_ask_next: Vec<Question>,
    definitions: Vec<DefinitionTrace>,
}

/// The protocol by which a review was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProtocolUsed {
    /// Its identifier.
    pub id: Name,
    /// Its version.
    pub version: Name,
    /// The version of the engine.
    pub engine: i64,
    /// The SHA-256 of its canonical form.
    pub sha256: String,
    /// The numbers that the service has set for itself.
    pub overrides: Vec<Override>,
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
        }
    }
}

/// On what a rule rests; stands once for each rule that a review mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleBasis {
    /// The version of the rule.
    pub version: i64,
    /// On what it rests.
    pub evidence: Evidence,
    /// How far its sources were checked.
    pub source_check: SourceCheck,
    /// The keys of its sources.
    pub sources: Vec<Name>,
}

impl Review {
    /// The client.
    #[must_use]
    pub fn client(&self) -> &ClientId {
        &self.client
    }

    /// The day that was asked about.
    #[must_use]
    pub fn as_of(&self) -> CalendarDate {
        self.as_of
    }

    /// The instant by which events had to be recorded, when one was given.
    #[must_use]
    pub fn known_by(&self) -> Option<Instant> {
        self.known_by
    }

    /// The SHA-256 over the visible events, as hexadecimal digits.
    #[must_use]
    pub fn record_sha256(&self) -> &str {
        &self.record_sha256
    }

    /// The number of visible events.
    #[must_use]
    pub fn events(&self) -> usize {
        self.events
    }

    /// The protocol by which it was made.
    #[must_use]
    pub fn protocol(&self) -> &ProtocolUsed {
        &self.protocol
    }

    /// The sections that are filled.
    #[must_use]
    pub fn covers(&self) -> &[String] {
        &self.covers
    }

    /// The rules that the review mentions, with what they rest on.
    #[must_use]
    pub fn rules(&self) -> &BTreeMap<RuleId, RuleBasis> {
        &self.rules
    }

    /// What must not be missed, the most urgent first.
    #[must_use]
    pub fn safety(&self) -> &[Flag] {
        &self.safety
    }

    /// Where the person is, on each axis.
    #[must_use]
    pub fn positions(&self) -> &Positions {
        &self.positions
    }

    /// Where the person is on the treatment axis.
    #[must_use]
    pub fn treatment_stage(&self) -> &TreatmentPositions {
        &self.positions.treatment_stage
    }

    /// Where axes disagree.
    #[must_use]
    pub fn discordance(&self) -> &[Finding] {
        &self.discordance
    }

    /// What the evidence supports: every step of every treated substance, with its verdict.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The decisions on record to work in another step, labeled.
    #[must_use]
    pub fn decisions(&self) -> &[RecordedDecision] {
        &self.decisions
    }

    /// What is planned and does not fit now.
    #[must_use]
    pub fn cautions(&self) -> &[Finding] {
        &self.cautions
    }

    /// The gaps of plans.
    #[must_use]
    pub fn plans(&self) -> &[PlanGap] {
        &self.plans
    }

    /// What a reader should know.
    #[must_use]
    pub fn notes(&self) -> &[Finding] {
        &self.notes
    }

    /// What to ask next: safety first, then what decides most.
    #[must_use]
    pub fn to_ask_next(&self) -> &[Question] {
        &self.to_ask_next
    }

    /// The traces of the definitions that the findings name.
    #[must_use]
    pub fn definitions(&self) -> &[DefinitionTrace] {
        &self.definitions
    }

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

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to memory cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
