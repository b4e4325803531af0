//! What the evidence supports: each step that may come next, and why or why not.

use super::{Page, words::capitalized};
use crate::{
    protocol::Trace,
    review::{Label, Move, Question, Review, TargetPosition},
    stage::TreatmentStep,
    value::Verdict,
};

impl Page<'_> {
    pub(super) fn moves(&mut self, review: &Review) {
        if review.moves.is_empty() {
            return;
        }
        self.heading("heading.moves");
        for position in &review.positions.treatment_stage.targets {
            let target = self.target(&position.target);
            let mut lines = vec![format!("{}:", capitalized(&target)), String::new()];
            let of_target = review.moves.iter().filter(|one| one.target == position.target);
            for one in of_target.filter(|one| one.step >= position.floor) {
                lines.push(format!("- {}", self.one_move(one, &review.to_ask_next)));
            }
            let left_out = position.days_not_reported.filter(|days| *days != 0);
            if let Some((day, days)) = position.observed_through.zip(left_out) {
                let date = self.date(day);
                let key = if days == 1 { "last_reported.one" } else { "last_reported" };
                let text = self.word(key, &[("date", &date), ("days", &days.to_string())]);
                lines.extend([String::new(), text]);
            }
            lines.extend(
                self.beside(position, &review.moves)
                    .into_iter()
                    .flat_map(|text| [String::new(), text]),
            );
            self.line(&lines.join("\n"));
        }
    }

    /// What is shown with the steps and decides none of them: what drives a reduction where there
    /// may be one, and controlled days.
    fn beside(&self, position: &TargetPosition, moves: &[Move]) -> Vec<String> {
        let may_be_reduced = moves.iter().any(|one| {
            one.target == position.target
                && one.step == TreatmentStep::LatePersuasion
                && one.verdict != Verdict::Unmet
        });
        let driver = position.reduction_driver.as_ref().filter(|_| may_be_reduced);
        let driver = driver.map(|recorded| {
            let driver = self.code("driver", recorded.driver.code());
            let (date, event) = (self.partial_date(recorded.on), recorded.event.as_str());
            self.word("reduction_driver", &[("date", &date), ("driver", &driver), ("event", event)])
        });
        let controlled = position.controlled_days.filter(|days| *days > 0).map(|days| {
            let key = if days == 1 { "controlled_days.one" } else { "controlled_days" };
            self.word(key, &[("days", &days.to_string())])
        });
        driver.into_iter().chain(controlled).collect()
    }

    fn one_move(&self, one: &Move, questions: &[Question]) -> String {
        let step = capitalized(&self.code("step", one.step.code()));
        let label = self.code("label", one.label.code());
        let rule = &one.rule;
        match one.label {
            Label::Supported | Label::Surpassed => format!("**{step}**: {label} ({rule})."),
            Label::Undecided => {
                let open = questions.iter().filter(|question| {
                    question.rules.contains(rule)
                        && question.missing.target.as_ref().is_none_or(|t| *t == one.target)
                });
                let open: Vec<String> = open.map(|question| self.ask(question)).collect();
                let open = self.word("move.undecided", &[("questions", &open.join(" "))]);
                format!("**{step}**: {label} ({rule}). {open}")
            }
            Label::NotSupported => {
                let mut why = Vec::new();
                one.enter.visit_basis(&mut |part| {
                    if let Trace::Fact(fact) = part {
                        why.push(self.seen(fact));
                    }
                });
                if why.is_empty() {
                    return format!("{step}: {label} ({rule}).");
                }
                let why = self.word("move.not_supported", &[("facts", &why.join("; "))]);
                format!("{step}: {label} ({rule}). {why}")
            }
        }
    }
}
