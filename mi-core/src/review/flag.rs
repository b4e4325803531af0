//! A flag: something that must not be missed, with what it rests on and what has been done.

use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::{
    client::Topic,
    code::codes,
    date::PartialDate,
    protocol::{Action, RuleId, Severity, Trace, Who},
    record::{Event, Role},
    text::EventId,
    value::Verdict,
};

codes! {
    /// What has been done about a flag, by the latest assessment of the matter on record.
    #[non_exhaustive]
    pub enum FlagState {
        /// No assessment of the matter is on record, or the rule names none.
        NothingRecorded = "nothing_recorded",
        /// The latest assessment was, or may have been, made before something that raised the flag.
        AssessedBefore = "assessed_before",
        /// It was assessed after all that raised the flag, and not recorded as settled.
        Assessed = "assessed",
        /// It was assessed after all that raised the flag, and recorded as settled.
        Settled = "settled",
    }
}

/// Something that must not be missed. Its severity is the urgency of the action, never a risk.
///
/// ```
/// use mi_core::{CalendarDate, ClientRecord, Protocol, protocol::Severity, review::FlagState};
///
/// let record = ClientRecord::from_json(include_str!("../../examples/records/stopping.json"))?;
/// let today: CalendarDate = "2026-04-20".parse()?;
/// let review = Protocol::dual_diagnosis().review(&record.as_of(today));
///
/// let flag = &review.safety[0];
/// assert_eq!(flag.rule, "SF-10");
/// assert!(flag.severity >= Severity::Attention);
/// // What raised it, told by whom and when, comes first.
/// let raised_by = &flag.events[0];
/// println!("{} on {}, by a {}", raised_by.kind, raised_by.on, raised_by.role);
/// // An assessment stands beside it and erases nothing.
/// assert_eq!(flag.state == FlagState::NothingRecorded, flag.assessment.is_none());
/// # Ok::<(), mi_core::Error>(())
/// ```
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Flag {
    /// The rule.
    pub rule: RuleId,
    /// The urgency of the action.
    pub severity: Severity,
    /// The urgencies that it could have by what is recorded, from the least: one, unless a level
    /// above it is open. Where what qualifies it is open too, it may also come to nothing.
    pub possible: Vec<Severity>,
    /// Whether the urgency stands for want of an answer; it is then at attention at least.
    pub open: bool,
    /// What has been done.
    pub state: FlagState,
    /// What to do.
    pub action: Action,
    /// Who does it.
    pub who: Who,
    /// The events on which it rests, at most 50: the newest that raised it, then all others from
    /// the newest.
    pub events: Vec<DatedEvent>,
    /// How many more there are, where they are more than 50.
    pub more_events: Option<usize>,
    /// The latest assessment of the matter.
    pub assessment: Option<Assessment>,
    /// How the trigger came out.
    pub trigger: Trace,
    /// How the modifier came out.
    pub modifier: Option<Trace>,
    /// How the levels came out, in the order written.
    pub levels: Vec<LevelTrace>,
}

/// An event on which a flag rests: what was recorded, about which day, and who said it.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DatedEvent {
    /// The event.
    pub event: EventId,
    /// Its kind.
    #[cfg_attr(feature = "schema", schemars(schema_with = "kinds"))]
    pub kind: &'static str,
    /// Its day.
    pub on: PartialDate,
    /// The role of who said or did it.
    pub role: Role,
}

#[cfg(feature = "schema")]
fn kinds(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": crate::record::Body::KINDS })
}

impl From<&Event> for DatedEvent {
    fn from(event: &Event) -> Self {
        Self {
            event: event.id().clone(),
            kind: event.body().kind(),
            on: event.on(),
            role: event.by().role,
        }
    }
}

/// How one level of a flag came out.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LevelTrace {
    /// The urgency.
    pub severity: Severity,
    /// What became of its condition.
    pub verdict: Verdict,
    /// How it came out, when it has a condition.
    pub when: Option<Trace>,
}

/// The latest assessment of what a flag is about: shown beside it, erasing nothing.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Assessment {
    /// What was assessed.
    pub of: Topic,
    /// The event.
    pub event: EventId,
    /// Its day.
    pub on: PartialDate,
    /// Whether it records the matter as settled.
    pub settled: Option<bool>,
}

crate::code::opaque!(Flag, DatedEvent, LevelTrace, Assessment);
