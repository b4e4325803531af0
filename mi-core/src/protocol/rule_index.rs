//! Where the rules of a protocol stand, so that none is searched for.

use super::{
    document::Document,
    name::RuleId,
    rule::{Rule, RuleKind},
};
use crate::stage::TreatmentStep;

/// The places of rules among all of a protocol.
#[derive(Clone)]
pub(super) struct RuleIndex {
    /// By the ids of the rules.
    by_id: Vec<usize>,
    /// Of the rules of steps.
    steps: Vec<(TreatmentStep, usize)>,
    /// The rules that are off, sorted.
    off: Vec<RuleId>,
}

impl RuleIndex {
    pub(super) fn of(document: &Document) -> Self {
        let rules = &document.rules;
        let mut by_id: Vec<usize> = (0..rules.len()).collect();
        by_id.sort_by_key(|place| rules.get(*place).map(|rule| &rule.id));
        let steps = rules.iter().enumerate().filter_map(|(place, rule)| match &rule.kind {
            RuleKind::Stage(stage) => Some((stage.step, place)),
            _ => None,
        });
        let mut off: Vec<RuleId> = document.off.iter().map(|off| off.rule.clone()).collect();
        off.sort_unstable();
        Self { by_id, steps: steps.collect(), off }
    }

    /// The rule with this identifier.
    pub(super) fn rule<'r>(&self, rules: &'r [Rule], id: &str) -> Option<&'r Rule> {
        let id_at = |place: &usize| rules.get(*place).map_or("", |rule| rule.id.as_str());
        let found = self.by_id.binary_search_by(|place| id_at(place).cmp(id)).ok()?;
        rules.get(*self.by_id.get(found)?)
    }

    /// The rule of a step.
    pub(super) fn step<'r>(&self, rules: &'r [Rule], step: TreatmentStep) -> Option<&'r Rule> {
        let (_, place) = self.steps.iter().find(|(known, _)| *known == step)?;
        rules.get(*place)
    }

    /// Has a service turned the rule off?
    pub(super) fn is_off(&self, id: &RuleId) -> bool {
        self.off.binary_search(id).is_ok()
    }
}
