//! The words for what the evidence supports: each step, and why or why not.

use std::collections::BTreeMap;

use super::{
    MoveWords, QuestionWords,
    words::{Words, capitalized},
};
use crate::{
    client::Target,
    protocol::{RuleId, Trace},
    review::{Label, Move, Review},
    value::Verdict,
};

/// The questions that touch a rule, about a target or about the person, in their order.
type Asked<'q> = BTreeMap<(&'q RuleId, Option<&'q Target>), Vec<(usize, &'q QuestionWords)>>;

impl Words<'_> {
    pub(super) fn moves(&self, review: &Review, questions: &[QuestionWords]) -> Vec<MoveWords> {
        let mut asked: Asked<'_> = BTreeMap::new();
        for (place, question) in questions.iter().enumerate() {
            for rule in &question.rules {
                let key = (rule, question.target.as_ref());
                asked.entry(key).or_default().push((place, question));
            }
        }
        review.moves.iter().map(|one| self.one_move(one, &asked)).collect()
    }

    fn one_move(&self, one: &Move, asked: &Asked<'_>) -> MoveWords {
        let target = Some(&one.target);
        let stays = one.enter.verdict() != Verdict::Met && one.verdict == Verdict::Met;
        let decisive = one.stay.as_ref().filter(|_| stays).unwrap_or(&one.enter);
        MoveWords {
            rule: one.rule.clone(),
            target: one.target.clone(),
            step: one.step,
            label: one.label,
            about: capitalized(&self.target(&one.target)),
            title: capitalized(&self.code("treatment_step", one.step.code())),
            support: self.word(&format!("label.{}", one.label), &[]),
            meaning: self.sentence(&one.rule, target, None, None),
            reason: self.reason(one, asked),
            why: self.why(Some(decisive), target),
            basis: self.basis(&one.rule),
        }
    }

    /// Why a step is not supported, or what to ask where it is open.
    fn reason(&self, one: &Move, asked: &Asked<'_>) -> Option<String> {
        match one.label {
            Label::Supported | Label::Surpassed => None,
            Label::Undecided => {
                let about = [Some(&one.target), None];
                let open = about.iter().filter_map(|target| asked.get(&(&one.rule, *target)));
                let open: BTreeMap<usize, &QuestionWords> = open.flatten().copied().collect();
                let open: Vec<String> = open.into_values().map(QuestionWords::asked).collect();
                Some(self.word("move.undecided", &[("questions", &open.join(" "))]))
            }
            Label::NotSupported => {
                let why = self.facts_of(&one.enter);
                let facts = why.join("; ");
                (!why.is_empty()).then(|| self.word("move.not_supported", &[("facts", &facts)]))
            }
        }
    }

    /// The facts of a trace on which its verdict rests, those of definitions left out.
    fn facts_of(&self, trace: &Trace) -> Vec<String> {
        let mut facts = Vec::new();
        trace.visit_basis(&mut |part| {
            if let Trace::Fact(fact) = part {
                facts.push(self.seen(fact));
            }
        });
        facts
    }
}
