//! The sections of a review: one row each, from which all else about a section follows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Finding, Flag, Move, PlanGap, Positions, ProtocolUsed, Question, RecordedDecision, RuleBasis,
};
use crate::{
    code::codes,
    date::CalendarDate,
    instant::Instant,
    protocol::{DefinitionTrace, Protocol, RuleId, RuleKind},
    text::ClientId,
};

/// Declares the review with its sections. A row gives the section's name and code, the type of its
/// field, the kinds of rule that fill it, and the word that heads it on the page, if it is printed.
/// The rows stand in the order of the JSON and of the page.
macro_rules! sections {
    (
        $(#[$about:meta])*
        pub struct Review {
            $( $(#[$head_about:meta])* pub $head:ident: $head_type:ty, )+
            sections {
                $(
                    #[doc = $doc:literal]
                    $variant:ident = $code:literal, $section:ident: $type:ty,
                    [$($kind:ident)*], $heading:expr;
                )+
            }
            $( $(#[$tail_about:meta])* pub $tail:ident: $tail_type:ty, )+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct Review {
            $( $(#[$head_about])* pub $head: $head_type, )+
            $( #[doc = $doc] pub $section: $type, )+
            $( $(#[$tail_about])* pub $tail: $tail_type, )+
        }

        codes! {
            /// A section of a review, in the order in which they matter.
            #[non_exhaustive]
            pub enum Section {
                $( #[doc = $doc] $variant = $code, )+
            }
        }

        impl Section {
            /// Do rules of this kind fill it?
            fn is_filled_by(self, rule: &RuleKind) -> bool {
                match self { $( Self::$variant => is_one_of!(rule, $($kind)*), )+ }
            }

            /// Does it say something whatever rules there are?
            fn needs_no_rule(self) -> bool {
                match self { $( Self::$variant => <[&str]>::is_empty(&[$(stringify!($kind)),*]), )+ }
            }

            /// The word that heads it on the page; none where it is not printed.
            pub(super) fn heading(self) -> Option<&'static str> {
                match self { $( Self::$variant => $heading, )+ }
            }
        }

        impl Review {
            /// Shows every rule that a section names.
            pub(super) fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
                $( self.$section.name_rules(see); )+
            }
        }
    };
}

macro_rules! is_one_of {
    ($rule:ident,) => {{
        let _ = $rule;
        false
    }};
    ($rule:ident, $($kind:ident)+) => { matches!($rule, $(RuleKind::$kind(_))|+) };
}

sections! {
    /// A review: where a person is, what the evidence supports, what must not be missed, what is
    /// not known.
    ///
    /// Its sections stand in the order in which they matter. It is data to read; only
    /// [`Protocol::review`](crate::Protocol::review) makes one.
    ///
    /// ```
    /// use mi_core::{CalendarDate, ClientRecord, Protocol, review::Section};
    ///
    /// let record = ClientRecord::from_json(include_str!("../../examples/records/stopping.json"))?;
    /// let today: CalendarDate = "2026-04-20".parse()?;
    /// let review = Protocol::dual_diagnosis().review(&record.as_of(today));
    ///
    /// assert!(review.covers.contains(&Section::Safety));
    /// assert_eq!(review.safety[0].rule, "SF-10");
    /// let alcohol = &review.positions.treatment_stage.targets[0];
    /// assert!(alcohol.floor <= alcohol.ceiling);
    /// // On what a rule rests stands once for each rule that the review names.
    /// assert!(review.rules.contains_key(&review.safety[0].rule));
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    pub struct Review {
        /// The version of the review format.
        pub schema_version: i64,
        /// The client.
        pub client: ClientId,
        /// The day that was asked about.
        pub as_of: CalendarDate,
        /// The instant by which events had to be recorded, when one was given.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub known_by: Option<Instant>,
        /// The SHA-256 over the visible events, as 64 hexadecimal digits.
        pub record_sha256: String,
        /// The number of visible events: 0 to 1,000,000.
        pub events: usize,
        /// The protocol by which it was made.
        pub protocol: ProtocolUsed,
        /// The sections that are filled. A section that is not among them is not "nothing found".
        pub covers: Vec<Section>,
        /// The rules that the review names, with what they rest on.
        pub rules: BTreeMap<RuleId, RuleBasis>,
        sections {
            /// What must not be missed, the most urgent first.
            Safety = "safety", safety: Vec<Flag>, [Safety], Some("heading.safety");
            /// Where the person is, on each axis.
            Positions = "positions", positions: Positions, [], Some("heading.positions");
            /// Where axes disagree.
            Discordance = "discordance", discordance: Vec<Finding>, [Discordance], Some("heading.discordance");
            /// What the evidence supports: every step of every treated substance, with its verdict.
            Moves = "moves", moves: Vec<Move>, [Stage], Some("heading.moves");
            /// The decisions on record to work in another step, labeled.
            Decisions = "decisions", decisions: Vec<RecordedDecision>, [], None;
            /// What is planned and does not fit now.
            Cautions = "cautions", cautions: Vec<Finding>, [Caution], Some("heading.cautions");
            /// The gaps of plans.
            Plans = "plans", plans: Vec<PlanGap>, [Completeness], Some("heading.plans");
            /// What a reader should know.
            Notes = "notes", notes: Vec<Finding>, [Note], Some("heading.notes");
            /// What to ask next: safety first, then what decides most.
            ToAskNext = "to_ask_next", to_ask_next: Vec<Question>, [], Some("heading.to_ask_next");
        }
        /// The traces of the definitions that the findings name.
        pub definitions: Vec<DefinitionTrace>,
    }
}

impl Section {
    /// The sections that a protocol fills: one of whose rules it has none, or has them all off, says
    /// nothing, and so it is not covered.
    pub(super) fn covered_by(protocol: &Protocol) -> Vec<Self> {
        let rules = || protocol.inner().rules();
        let fills = |section: &Self| rules().any(|rule| section.is_filled_by(&rule.kind));
        let is_covered = |section: &Self| section.needs_no_rule() || fills(section);
        Self::ALL.iter().copied().filter(is_covered).collect()
    }
}

/// What a part of a review names of the protocol.
trait NamesRules {
    /// Shows every rule that it names.
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId));
}

impl<T: NamesRules> NamesRules for Vec<T> {
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
        for part in self {
            part.name_rules(see);
        }
    }
}

impl NamesRules for Flag {
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
        see(&self.rule);
    }
}

impl NamesRules for Finding {
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
        see(&self.rule);
    }
}

impl NamesRules for Move {
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
        see(&self.rule);
    }
}

impl NamesRules for PlanGap {
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
        see(&self.rule);
    }
}

impl NamesRules for Question {
    fn name_rules(&self, see: &mut dyn FnMut(&RuleId)) {
        self.rules.iter().for_each(see);
    }
}

// Positions and decisions name no rule: what the evidence says of them stands in the moves.
impl NamesRules for Positions {
    fn name_rules(&self, _: &mut dyn FnMut(&RuleId)) {}
}

impl NamesRules for RecordedDecision {
    fn name_rules(&self, _: &mut dyn FnMut(&RuleId)) {}
}
