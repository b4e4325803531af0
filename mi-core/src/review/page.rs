//! A review as a page: Markdown that a clinician reads in two minutes.
//!
//! All words are those of the explanation. What stands here is the order of things and the Markdown
//! around them.

use super::{
    About, Explanation, Label, Section,
    explain::{
        FindingWords, FlagWords, GapWords, MoveWords, PositionWords, QuestionWords, SectionWords,
        in_brackets,
    },
};
use crate::protocol::{Protocol, Texts};

/// How many events of a flag are told with their kind, day and role: what raised it, and the newest.
const DATED: usize = 2;

impl Protocol {
    /// Writes a review as Markdown, in words of the protocol that made it. Of what is no rule of
    /// theirs, words of another protocol say the codes.
    ///
    /// ```
    /// # use mi_core::{CalendarDate, ClientRecord, Protocol};
    /// # let record = ClientRecord::from_json(r#"{"schema_version":1,"client":"c1","events":[]}"#)?;
    /// # let review = Protocol::dual_diagnosis().review(&record.as_of("2026-11-22".parse::<CalendarDate>()?));
    /// let protocol = Protocol::dual_diagnosis();
    /// let page = protocol.render(&review, &protocol.texts("en")?);
    /// assert!(page.starts_with("# Review of c1, 22 November 2026"));
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    #[must_use]
    pub fn render(&self, review: &super::Review, texts: &Texts) -> String {
        self.explain(review, texts).to_markdown()
    }
}

impl Explanation {
    /// Writes the explanation as Markdown: the page that [`Protocol::render`] gives.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut page = Page { text: String::new() };
        page.block(&format!("# {}\n\n{}", self.title, self.summary));
        let own = self.overlays.iter().chain(&self.off).chain(&self.overrides);
        own.for_each(|own| page.block(own));
        for shown in &self.sections {
            page.section(shown, self);
            if shown.section == Section::Safety {
                self.notice.iter().for_each(|notice| page.block(notice));
            }
        }
        if self.sections.is_empty() {
            self.notice.iter().for_each(|notice| page.block(notice));
        }
        page.block(&self.foot);
        page.text
    }
}

/// The page as far as it is written.
struct Page {
    text: String,
}

impl Page {
    /// A block of its own.
    fn block(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// A section with its heading, unless it has nothing to say.
    fn section(&mut self, shown: &SectionWords, explained: &Explanation) {
        let blocks = match shown.section {
            Section::Safety => explained.safety.iter().map(flag).collect(),
            Section::Positions => table(shown, &explained.positions),
            Section::Discordance => list(explained.discordance.iter().map(finding)),
            Section::Moves => moves(&explained.moves, &explained.positions),
            Section::Decisions => Vec::new(),
            Section::Cautions => list(explained.cautions.iter().map(finding)),
            Section::Plans => list(explained.plans.iter().map(gap)),
            Section::Notes => list(explained.notes.iter().map(finding)),
            Section::ToAskNext => list(explained.to_ask_next.iter().zip(1_usize..).map(question)),
        };
        let is_always_there = shown.section == Section::Positions;
        if blocks.is_empty() && shown.note.is_none() && !is_always_there {
            return;
        }
        self.block(&format!("## {}", shown.heading));
        shown.note.iter().chain(&blocks).for_each(|text| self.block(text));
    }
}

/// The lines of a list as one block; none for none.
fn list(lines: impl Iterator<Item = String>) -> Vec<String> {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { Vec::new() } else { vec![lines.join("\n")] }
}

/// A sentence that follows another, if there is one.
fn after(sentence: Option<&String>) -> String {
    sentence.map_or_else(String::new, |sentence| format!(" {sentence}"))
}

fn flag(flag: &FlagWords) -> String {
    let events = flag.events.iter().enumerate().map(|(place, event)| {
        if place < DATED {
            format!("{}, {}, {}: {}", event.kind, event.on, event.role, event.event)
        } else {
            event.event.to_string()
        }
    });
    let events = in_brackets(events.chain(flag.more_events.clone()), "; ");
    let mut lines = vec![format!("{}: {}{events}.", flag.who, flag.action)];
    let said = [&flag.advice, &flag.open, &flag.state];
    lines.extend(said.into_iter().flatten().cloned());
    lines.push(flag.basis.clone());
    format!("**{}** · {} · {}  \n{}", flag.title, flag.severity, flag.rule, lines.join("  \n"))
}

fn table(shown: &SectionWords, positions: &[PositionWords]) -> Vec<String> {
    if positions.is_empty() {
        return Vec::new();
    }
    let row = |cells: &[&str]| format!("| {} |", cells.join(" | "));
    let head = [format!("| | {} |", shown.columns.join(" | ")), row(&["---"; 3])];
    let rows = positions.iter().map(|one| row(&[&one.title, &one.position, &one.basis]));
    list(head.into_iter().chain(rows))
}

fn finding(finding: &FindingWords) -> String {
    let (action, more) = (after(finding.action.as_ref()), finding.more.clone());
    format!("- {} ({}){action}{}", finding.title, finding.rule, in_brackets(more.into_iter(), ", "))
}

/// For each substance the steps from the one that is supported on, with what stands beside.
fn moves(moves: &[MoveWords], positions: &[PositionWords]) -> Vec<String> {
    let by_target = moves.chunk_by(|one, next| one.target == next.target);
    let mut placed =
        positions.iter().filter(|position| position.axis == super::Axis::TreatmentStage);
    let blocks = by_target.map(|steps| {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(steps.first().map(|first| format!("{}:\n", first.about)));
        let shown = steps.iter().filter(|one| one.label != Label::Surpassed);
        lines.extend(shown.map(|one| format!("- {}", one_move(one))));
        let target = steps.first().map(|first| &first.target);
        let position = placed.find(|position| position.target.as_ref() == target);
        let beside = position.into_iter().flat_map(|position| &position.beside);
        lines.extend(beside.map(|text| format!("\n{text}")));
        lines.join("\n")
    });
    blocks.collect()
}

fn one_move(one: &MoveWords) -> String {
    let MoveWords { title, support, rule, .. } = one;
    let reason = after(one.reason.as_ref());
    match one.label {
        Label::NotSupported => format!("{title}: {support} ({rule}).{reason}"),
        Label::Supported | Label::Surpassed | Label::Undecided => {
            format!("**{title}**: {support} ({rule}).{reason}")
        }
    }
}

fn gap(gap: &GapWords) -> String {
    let event = match &gap.about {
        About::Plan { event, .. } => event.as_ref(),
        About::Event { .. } | About::ReturnToUse(_) => None,
    };
    let event = in_brackets(event.into_iter().map(ToString::to_string), ", ");
    format!("- {}{event} ({})", gap.title, gap.rule)
}

fn question((question, number): (&QuestionWords, usize)) -> String {
    let rules = in_brackets(question.rules.iter().map(ToString::to_string), ", ");
    let reason = after(question.reason.as_ref());
    format!("{number}. {}{rules}{reason}", question.asked())
}
