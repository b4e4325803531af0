//! One finding: a rule, what it is about, and how it came about.

use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::{
    client::{ReturnClass, Substance, Target},
    date::{CalendarDate, Span},
    fact::Return,
    plan::PlanKind,
    protocol::{Name, RuleId, Trace},
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
pub struct ReturnFound {
    /// The substance.
    pub substance: Substance,
    /// Its first day.
    pub first: CalendarDate,
    /// Its last day.
    pub last: CalendarDate,
    /// The fewest days that it can have; fewer than from its first to its last where its days are
    /// known only in part.
    pub least_days: i64,
    /// The most days that it can have.
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

/// A finding. It is identified by its rule, target and what it is about, the same in every review.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    pub(super) rule: RuleId,
    pub(super) target: Option<Target>,
    pub(super) about: Option<About>,
    pub(super) verdict: Verdict,
    pub(super) alternative: Option<Name>,
    pub(super) trace: Trace,
}

impl Finding {
    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.rule.as_str()
    }

    /// The target, when it is about one.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        self.target.as_ref()
    }

    /// What it speaks of.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        self.about.as_ref()
    }

    /// Met, or unknown.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The text of what would fit instead, for a caution.
    #[must_use]
    pub fn alternative(&self) -> Option<&Name> {
        self.alternative.as_ref()
    }

    /// How it came about.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.trace
    }
}

crate::code::opaque!(Finding);
