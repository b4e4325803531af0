//! The words for the plans and what they lack.

use super::{
    GapWords,
    words::{Words, capitalized},
};
use crate::{
    protocol::fill,
    review::{About, PlanGap},
    value::Verdict,
};

impl Words<'_> {
    pub(super) fn gap(&self, gap: &PlanGap) -> Option<GapWords> {
        let About::Plan { plan, event } = &gap.about else { return None };
        let parts = gap.missing_parts.iter().map(|part| self.code("plan_part", part.code()));
        let parts: Vec<String> = parts.collect();
        let (plan, listed) = (self.code("plan_kind", plan.code()), parts.join(", "));
        let key = match (event, gap.verdict) {
            (None, Verdict::Unknown) => "plan.open",
            (None, _) => "plan.absent",
            (Some(_), _) => "plan.missing",
        };
        let title = self.word(key, &[("plan", &capitalized(&plan)), ("parts", &listed)]);
        let reason = self.texts.rule(&gap.rule).map_or_else(
            || gap.rule.to_string(),
            |text| fill(text.sentence.as_str(), &[("plan", &plan), ("parts", &listed)]),
        );
        Some(GapWords {
            rule: gap.rule.clone(),
            about: gap.about.clone(),
            title,
            parts,
            reason,
            why: self.why(gap.trace.as_ref(), None),
            basis: self.basis(&gap.rule),
        })
    }
}
