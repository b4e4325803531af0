//! The plans and what they lack.

use super::{
    Page,
    words::{capitalized, events},
};
use crate::{
    review::{About, Review},
    value::Verdict,
};

impl Page<'_> {
    pub(super) fn plans(&mut self, review: &Review) {
        if review.plans.is_empty() {
            return;
        }
        self.heading("heading.plans");
        let mut lines = Vec::new();
        for gap in &review.plans {
            let About::Plan { plan, event } = &gap.about else { continue };
            let parts: Vec<String> =
                gap.missing_parts.iter().map(|part| self.code("part", part.code())).collect();
            let plan = capitalized(&self.code("plan", plan.code()));
            let parts = parts.join(", ");
            let values = [("plan", plan.as_str()), ("parts", &parts)];
            let key = match (event, gap.verdict) {
                (None, Verdict::Unknown) => "plan.open",
                (None, _) => "plan.absent",
                (Some(_), _) => "plan.missing",
            };
            let found = events(event.as_slice());
            lines.push(format!("- {}{found} ({})", self.word(key, &values), gap.rule));
        }
        self.line(&lines.join("\n"));
    }
}
