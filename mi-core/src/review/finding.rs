//! One finding: a rule, what it is about, and how it came about.

use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::{
    client::{ReturnClass, Substance, Target},
    date::{CalendarDate, Span},
    fact::Return,
    plan::PlanKind,
    protocol::{RuleId, Trace},
    text::EventId,
    value::{Truth, Verdict},
};

/// What a finding speaks of, beside its target.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum About {
    /// An event.
    Event {
        /// The event.
        id: EventId,
    },
    /// A return to use.
    ReturnToUse(ReturnFound),
    /// A plan.
    Plan {
        /// The kind of plan.
        plan: PlanKind,
        /// The event that holds it, when there is one.
        event: Option<EventId>,
    },
}

/// A return to use, as the days reported show it, with what was recorded beside.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReturnFound {
    /// The substance.
    pub substance: Substance,
    /// Its first day.
    pub first: CalendarDate,
    /// Its last day.
    pub last: CalendarDate,
    /// The fewest days that it can have, 1 or more; fewer than from its first to its last where its
    /// days are known only in part.
    pub least_days: i64,
    /// The most days that it can have, at most those from its first to its last.
    pub most_days: i64,
    /// Whether there were problems.
    pub problems: Truth,
    /// Whether the days before it are known to be in keeping with the goal.
    pub start_observed: bool,
    /// Whether it was against the client's own goal of that time; unknown where that does not
    /// decide.
    pub against_goal: Truth,
    /// The classes that are still possible.
    pub possible: Vec<ReturnClass>,
    /// The class as it was recorded.
    pub recorded: Option<ReturnClass>,
    /// The event of its learning review.
    pub reviewed_by: Option<EventId>,
}

impl From<&Return> for ReturnFound {
    fn from(found: &Return) -> Self {
        let span = Span { from: found.first, to: found.last };
        Self {
            substance: found.substance,
            first: found.first,
            last: found.last,
            least_days: found.days.min().unwrap_or(1),
            most_days: found.days.max().unwrap_or(span.days()),
            problems: found.problems,
            start_observed: found.start_observed,
            against_goal: found.against_goal,
            possible: found.possible.clone(),
            recorded: found.recorded.as_ref().map(|(_, class)| *class),
            reviewed_by: found.reviewed_by.clone(),
        }
    }
}

/// Something that a rule found.
///
/// Its rule, its target and what it is about identify it, the same in every review.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// The target, when it is about one.
    pub target: Option<Target>,
    /// What it speaks of, beside its target.
    pub about: Option<About>,
    /// Met, or unknown where the rule is shown while it is open.
    pub verdict: Verdict,
    /// How it came about.
    pub trace: Trace,
    /// How many earlier findings of this rule about this target are left out, where there are more
    /// than 50: the first that stands says so.
    pub more: Option<usize>,
}

crate::code::opaque!(Finding);
