//! Rules: what a protocol says, each with its evidence and its sources.

use serde::{Deserialize, Deserializer, Serialize};
use serde_with::skip_serializing_none;

use super::{
    criterion::Criterion,
    name::{Name, RuleId},
    urgency::{Action, Severity, Who},
};
use crate::{
    ErrorKind,
    code::codes,
    document::{Keys, read_union},
    error::Problem,
    plan::{PlanKind, PlanPart},
    stage::TreatmentStep,
};

codes! {
    /// What a rule or a number rests on.
    pub enum Evidence {
        /// A guideline, regulation or label.
        Guideline = "guideline",
        /// A study or review.
        Study = "study",
        /// Expert opinion, consensus or a manual.
        Expert = "expert",
        /// Nothing published: a default that a service should set for itself.
        Default = "default",
    }
}

codes! {
    /// How far the sources of a rule were checked.
    pub ordered enum SourceCheck {
        /// Not read: to be checked before anyone relies on it.
        Unchecked = "unchecked",
        /// Only a secondary text was read.
        Secondary = "secondary",
        /// The source's own text was read.
        Read = "read",
    }
}

codes! {
    /// What a rule is evaluated for.
    pub enum Per {
        /// Once for the person.
        Person = "person",
        /// For each treated substance.
        TreatedTarget = "treated_target",
        /// For each target on record.
        Target = "target",
        /// For each return to use.
        ReturnToUse = "return_to_use",
        /// For the latest decisional balance about each target.
        Balance = "balance",
    }
}

/// A severity, and when it applies.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Level {
    /// The urgency.
    pub severity: Severity,
    /// When it applies; always when absent. Of several the highest that is met applies.
    pub when: Option<Criterion>,
    /// What to do.
    pub action: Action,
    /// Who does it.
    pub who: Who,
}

/// What a rule says, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RuleKind {
    /// When a treatment step is supported.
    Stage(StageRule),
    /// When something must not be missed.
    Safety(SafetyRule),
    /// When axes disagree.
    Discordance(FindingRule),
    /// When a plan, or a part of it, is expected and missing.
    Completeness(CompletenessRule),
    /// When something planned does not fit now.
    Caution(CautionRule),
    /// When a reader should know something.
    Note(FindingRule),
    /// What the engine itself keeps to, whatever a record says.
    Principle(PrincipleRule),
}

/// When a treatment step is supported, for each treated substance: `enter` or `stay`.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageRule {
    /// The step.
    pub step: TreatmentStep,
    /// What supports it.
    pub enter: Criterion,
    /// What supports staying in it, once it is on record.
    pub stay: Option<Criterion>,
}

/// When something must not be missed.
///
/// With the trigger met and the modifier met or absent, the highest level that is met applies. With
/// the trigger met and the modifier unknown, or no level met and one open, it is raised at the
/// urgency of `open` and says what to ask. With the trigger unknown it is not raised, and what is missing is asked for.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SafetyRule {
    /// What was recorded.
    pub trigger: Criterion,
    /// What qualifies it.
    pub modifier: Option<Criterion>,
    /// How urgent it is.
    pub levels: Vec<Level>,
    /// What to do when the modifier is open, or no level is met and one is open.
    pub open: Option<OpenLevel>,
    /// The topic whose latest assessment is shown beside the flag.
    pub assessment: Option<crate::client::Topic>,
}

/// What to do when a flag's urgency is open.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenLevel {
    /// The urgency until it is known; attention when absent.
    pub severity: Option<Severity>,
    /// What to do.
    pub action: Action,
    /// Who does it.
    pub who: Who,
}

/// A finding that is shown when its condition is met.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingRule {
    /// For what it is evaluated.
    pub per: Per,
    /// When it is shown.
    pub when: Criterion,
    /// Whether a note is shown, last, when its condition is open.
    pub shown_when_unknown: Option<bool>,
}

/// When something planned does not fit now; its text says what would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CautionRule {
    /// For what it is evaluated.
    pub per: Per,
    /// When it is shown.
    pub when: Criterion,
}

/// When a plan, or a part of it, is expected and missing.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompletenessRule {
    /// The plan.
    pub plan: PlanKind,
    /// The parts that a plan on record needs, by this rule.
    pub parts: Vec<PlanPart>,
    /// When it needs them; always when absent.
    pub when: Option<Criterion>,
    /// When there should be a plan. Only one rule a plan says so.
    pub expected: Option<Criterion>,
    /// Whether a missing plan is shown when it is open whether there should be one.
    pub shown_when_unknown: Option<bool>,
}

/// What the engine keeps to; a test proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PrincipleRule {}

/// A rule of a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("unevaluatedProperties" = false))
)]
pub struct Rule {
    /// The identifier.
    pub id: RuleId,
    /// The version, which grows with every change of meaning.
    pub version: i64,
    /// On what it rests.
    pub evidence: Evidence,
    /// How far its sources were checked.
    pub source_check: SourceCheck,
    /// Its sources, by their keys; none for a `default`.
    pub sources: Vec<Name>,
    /// What it says.
    #[serde(flatten)]
    pub kind: RuleKind,
}

/// The fields that all rules have, read before those of the kind.
#[derive(Deserialize)]
struct Head {
    id: RuleId,
    version: i64,
    evidence: Evidence,
    source_check: SourceCheck,
    sources: Vec<Name>,
}

const HEAD: Keys = &["kind", "id", "version", "evidence", "source_check", "sources"];
const KINDS: &str = "one of stage, safety, discordance, completeness, caution, note, principle";

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_union(deserializer, "kind", |tag, fields| {
            let Head { id, version, evidence, source_check, sources } = fields.read(&[])?;
            let kind = match tag {
                "stage" => fields.read(HEAD).map(RuleKind::Stage),
                "safety" => fields.read(HEAD).map(RuleKind::Safety),
                "discordance" => fields.read(HEAD).map(RuleKind::Discordance),
                "completeness" => fields.read(HEAD).map(RuleKind::Completeness),
                "caution" => fields.read(HEAD).map(RuleKind::Caution),
                "note" => fields.read(HEAD).map(RuleKind::Note),
                "principle" => fields.read(HEAD).map(RuleKind::Principle),
                _ => Err(Problem::new(ErrorKind::UnknownCode, "/kind", KINDS)),
            }?;
            Ok(Self { id, version, evidence, source_check, sources, kind })
        })
    }
}
