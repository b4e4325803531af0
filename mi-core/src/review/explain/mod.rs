//! A review in words: structured text for each of its parts, from the texts of a protocol.
//!
//! Here, and nowhere else, sentences are filled. Each part says of what part of the review it is by
//! the same key: rule, target and what it is about. The Markdown page is made of it, and so can a
//! screen, a notebook or a letter be. The client's own words are not repeated.

mod findings;
mod moves;
mod plans;
mod positions;
mod questions;
mod rules;
mod safety;
mod values;
mod words;

use serde::Serialize;

use super::{About, Label, Review, Section, Status};
use crate::{
    client::{ClosingReason, Target, Topic},
    code::codes,
    date::CalendarDate,
    document,
    fact::Fact,
    protocol::{Language, Name, OverlayUsed, Protocol, RuleId, Texts},
    stage::TreatmentStep,
    text::{ClientId, EventId},
};
use words::Words;
pub(super) use words::in_brackets;

/// The version of the format of explanations.
const SCHEMA_VERSION: i64 = 1;

/// A review in words, part by part and in the order of the review.
///
/// ```
/// use mi_core::{CalendarDate, ClientRecord, Protocol};
///
/// let record = ClientRecord::from_json(include_str!("../../../examples/records/stopping.json"))?;
/// let today: CalendarDate = "2026-04-20".parse()?;
/// let protocol = Protocol::dual_diagnosis();
/// let review = protocol.review(&record.as_of(today));
/// let explained = protocol.explain(&review, &protocol.texts("en")?);
///
/// let flag = &explained.safety[0];
/// assert_eq!((flag.rule.as_str(), flag.severity.as_str()), ("SF-10", "urgent"));
/// assert!(flag.title.starts_with("Stopping alcohol at once can be dangerous"));
/// println!("{}: {}. {}", flag.who, flag.action, flag.basis);
/// # Ok::<(), mi_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The version of the format.
    pub schema_version: i64,
    /// The language, as a BCP 47 tag.
    pub language: Language,
    /// The client.
    pub client: ClientId,
    /// The day that was asked about.
    pub as_of: CalendarDate,
    /// What the whole is called.
    pub title: String,
    /// The protocol, and how much the review holds.
    pub summary: String,
    /// What overlays changed in the protocol, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<String>,
    /// The rules that the service has turned off, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// The numbers that the service has set for itself, a sentence each.
    pub overrides: Vec<String>,
    /// That the person has died, or that the episode is closed, and what follows for the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The sections that are shown, in their order.
    pub sections: Vec<SectionWords>,
    /// What must not be missed.
    pub safety: Vec<FlagWords>,
    /// Where the person is on each axis.
    pub positions: Vec<PositionWords>,
    /// Where axes disagree.
    pub discordance: Vec<FindingWords>,
    /// What the evidence supports.
    pub moves: Vec<MoveWords>,
    /// What is planned and does not fit now.
    pub cautions: Vec<FindingWords>,
    /// The gaps of plans.
    pub plans: Vec<GapWords>,
    /// What a reader should know.
    pub notes: Vec<FindingWords>,
    /// What to ask next.
    pub to_ask_next: Vec<QuestionWords>,
    /// By which rules and in which words, as exactly as it can be said.
    pub foot: String,
}

/// The words for a section.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SectionWords {
    /// The section.
    pub section: Section,
    /// What heads it.
    pub heading: String,
    /// The heads of the columns of a table of positions: what it is, where it stands, on what basis.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// What is said of it as a whole: that it holds nothing, or why a person has no position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The words for a flag, by its rule.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FlagWords {
    /// The rule.
    pub rule: RuleId,
    /// What it says.
    pub title: String,
    /// How urgent the action is.
    pub severity: String,
    /// Who does it.
    pub who: String,
    /// What is to be done, in short.
    pub action: String,
    /// What is to be done, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// That its urgency depends on an answer, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// What has been done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The events on which it rests, in the order of the review.
    pub events: Vec<EventWords>,
    /// How many more there are than the review lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_events: Option<String>,
    /// The facts on which it rests, each with its value.
    pub why: Vec<String>,
    /// On what its rule rests: evidence, sources, how far they were checked.
    pub basis: String,
}

/// The words for an event on which a flag rests.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EventWords {
    /// The event.
    pub event: EventId,
    /// Its kind.
    pub kind: String,
    /// Its day.
    pub on: String,
    /// Who said or did it.
    pub role: String,
}

codes! {
    /// What a position is about.
    #[non_exhaustive]
    pub enum Axis {
        /// The treatment stage that the evidence supports.
        TreatmentStage = "treatment_stage",
        /// The treatment stage as the service has recorded it.
        RecordedStage = "recorded_stage",
        /// The stage of change.
        StageOfChange = "stage_of_change",
        /// The level of care.
        LevelOfCare = "level_of_care",
    }
}

/// The words for a position, by axis and target.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PositionWords {
    /// The axis.
    pub axis: Axis,
    /// The target; none for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// What it is the position of.
    pub title: String,
    /// The position.
    pub position: String,
    /// On what basis.
    pub basis: String,
    /// What is shown with it and decides nothing, such as days that nobody reported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
}

/// The words for a finding, by its rule, its target and what it is about.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FindingWords {
    /// The rule.
    pub rule: RuleId,
    /// The target, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// What it speaks of, beside its target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// What it says.
    pub title: String,
    /// What would fit instead, for a caution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// How many earlier ones the review leaves out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    /// The facts on which it rests, each with its value.
    pub why: Vec<String>,
    /// On what its rule rests: evidence, sources, how far they were checked.
    pub basis: String,
}

/// The words for a step of a treated substance, by its rule and target.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MoveWords {
    /// The rule of the step.
    pub rule: RuleId,
    /// The substance.
    pub target: Target,
    /// The step.
    pub step: TreatmentStep,
    /// What the evidence says.
    pub label: Label,
    /// The name of the substance.
    pub about: String,
    /// The name of the step.
    pub title: String,
    /// What the evidence says, in words.
    pub support: String,
    /// What the step is.
    pub meaning: String,
    /// Why it is not supported, or what to ask where it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The facts on which that rests, each with its value.
    pub why: Vec<String>,
    /// On what its rule rests: evidence, sources, how far they were checked.
    pub basis: String,
}

/// The words for a gap of a plan, by its rule and the plan that it is about.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GapWords {
    /// The rule.
    pub rule: RuleId,
    /// The plan, with the event that holds it when there is one.
    pub about: About,
    /// The plan and what it lacks.
    pub title: String,
    /// What the plan lacks, part by part.
    pub parts: Vec<String>,
    /// Why it needs them.
    pub reason: String,
    /// The facts on which that rests, each with its value.
    pub why: Vec<String>,
    /// On what its rule rests: evidence, sources, how far they were checked.
    pub basis: String,
}

/// The words for a question, by what is missing.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QuestionWords {
    /// The fact that the answer would inform.
    pub fact: Fact,
    /// The target, where the fact is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The topic to ask about, where it is an answer that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// The event that leaves something open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// The question.
    pub title: String,
    /// The days that it is about: a day or a span each.
    pub days: Vec<String>,
    /// How many more events leave the same open than the review lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_events: Option<String>,
    /// What the answer alone would decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The rules that it touches.
    pub rules: Vec<RuleId>,
}

crate::code::opaque!(
    Explanation,
    SectionWords,
    FlagWords,
    EventWords,
    PositionWords,
    FindingWords,
    MoveWords,
    GapWords,
    QuestionWords,
);

impl Explanation {
    /// Writes the explanation as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::write(self)
    }
}

impl Protocol {
    /// Puts a review into words of the protocol that made it: each flag, position, finding, move,
    /// gap of a plan and question. Of what is no rule of theirs, words of another protocol say the
    /// codes.
    #[must_use]
    pub fn explain(&self, review: &Review, texts: &Texts) -> Explanation {
        let words = Words::new(self, texts, review);
        let to_ask_next: Vec<QuestionWords> =
            review.to_ask_next.iter().map(|question| words.question(question)).collect();
        Explanation {
            schema_version: SCHEMA_VERSION,
            language: texts.language().clone(),
            client: review.client.clone(),
            as_of: review.as_of,
            title: words.title(review),
            summary: words.summary(review),
            overlays: words.overlays(review),
            off: words.off(review),
            overrides: words.overrides(review),
            notice: words.notice(review),
            sections: words.sections(review),
            safety: review.safety.iter().map(|flag| words.flag(flag)).collect(),
            positions: words.positions(review),
            discordance: words.findings(&review.discordance),
            moves: words.moves(review, &to_ask_next),
            cautions: words.findings(&review.cautions),
            plans: review.plans.iter().filter_map(|gap| words.gap(gap)).collect(),
            notes: words.findings(&review.notes),
            to_ask_next,
            foot: words.foot(review),
        }
    }
}

impl Words<'_> {
    fn title(&self, review: &Review) -> String {
        let date = self.date(review.as_of);
        self.word("title", &[("client", review.client.as_str()), ("date", &date)])
    }

    fn summary(&self, review: &Review) -> String {
        let (used, asked) = (&review.protocol, review.to_ask_next.len());
        let counted = [
            self.counted(review.events, "summary.event", "summary.events"),
            self.counted(review.safety.len(), "summary.flag", "summary.flags"),
            self.counted(asked, "summary.question", "summary.questions"),
        ];
        format!("{} {} · {}", used.id, used.version, counted.join(" · "))
    }

    /// What each overlay changed, and who reviewed it.
    fn overlays(&self, review: &Review) -> Vec<String> {
        let said = |used: &OverlayUsed| {
            let names = used.parameters.iter().chain(&used.definitions).map(Name::as_str);
            let changed: Vec<&str> = used.rules.iter().map(RuleId::as_str).chain(names).collect();
            let changed = match changed.as_slice() {
                [] => self.word("overlay.nothing", &[]),
                changed => changed.join(", "),
            };
            let base = format!("{} {}", used.extends.id, used.extends.version);
            let mut values = vec![
                ("id", used.id.as_str()),
                ("version", used.version.as_str()),
                ("base", &base),
                ("changed", &changed),
            ];
            let by = used.reviewed_by.as_ref().map(|by| ("by", by.as_str()));
            let key = if by.is_some() { "overlay.reviewed" } else { "overlay" };
            values.extend(by);
            self.word(key, &values)
        };
        review.protocol.overlays.iter().map(said).collect()
    }

    fn off(&self, review: &Review) -> Vec<String> {
        let said = review.protocol.off.iter().map(|off| {
            let (rule, reason) = (("rule", off.rule.as_str()), ("reason", off.reason.as_str()));
            self.word("off", &[rule, reason, ("by", off.by.as_str())])
        });
        said.collect()
    }

    fn overrides(&self, review: &Review) -> Vec<String> {
        let overrides = review.protocol.overrides.iter().map(|own| {
            let (value, default) = (own.value.to_string(), own.default.to_string());
            let about = self.texts.parameter(&own.parameter);
            let about = about.unwrap_or(own.parameter.as_str());
            let values = [("about", about), ("value", value.as_str()), ("default", &default)];
            self.word("own_number", &values)
        });
        overrides.collect()
    }

    /// After a death nothing is evaluated, and after an episode nothing but safety.
    fn notice(&self, review: &Review) -> Option<String> {
        let person = &review.positions.treatment_stage.person;
        match (person.status, person.closed_because) {
            (_, Some(ClosingReason::Death)) => Some(self.word("after_death", &[])),
            (Status::Closed, _) => Some(self.word("only_safety", &[])),
            _ => None,
        }
    }

    /// The sections that are shown, with what is said of each as a whole.
    fn sections(&self, review: &Review) -> Vec<SectionWords> {
        let person = &review.positions.treatment_stage.person;
        let is_shown = |section: Section| match person.closed_because {
            Some(ClosingReason::Death) => false,
            _ if person.status == Status::Closed => section == Section::Safety,
            _ => true,
        };
        let shown = Section::ALL.iter().copied().filter(|section| is_shown(*section));
        let words = shown.filter_map(|section| {
            let heading = self.word(section.heading()?, &[]);
            let (mut columns, mut note) = (Vec::new(), None);
            match section {
                Section::Safety if review.safety.is_empty() => {
                    note = Some(self.word("nothing.safety", &[]));
                }
                Section::ToAskNext if review.to_ask_next.is_empty() => {
                    note = Some(self.word("nothing.to_ask_next", &[]));
                }
                Section::Positions => {
                    let names = ["column.position", "column.basis"];
                    columns = names.iter().map(|name| self.word(name, &[])).collect();
                    let status = format!("status.{}", person.status);
                    let is_positioned = person.status == Status::Positioned;
                    note = (!is_positioned).then(|| self.word(&status, &[]));
                }
                _ => {}
            }
            Some(SectionWords { section, heading, columns, note })
        });
        words.collect()
    }

    fn foot(&self, review: &Review) -> String {
        let used = &review.protocol;
        let short = |sha256: &str| sha256.chars().take(12).collect::<String>();
        let (protocol, texts) = (short(&used.sha256), short(&document::hex(self.texts.sha256())));
        let values = [
            ("protocol", used.id.as_str()),
            ("version", used.version.as_str()),
            ("sha256", &protocol),
            ("language", self.texts.language().as_str()),
            ("texts", &texts),
        ];
        self.word("foot", &values)
    }
}
