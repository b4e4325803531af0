//! How deep evaluation goes: through names and through nested parts, both together.

use std::collections::BTreeMap;

use super::{Check, criteria_of};
use crate::{
    ErrorKind, bounds,
    protocol::{
        criterion::Criterion,
        document::Document,
        name::Name,
        rule::{RuleKind, StageRule},
    },
};

/// The depth of each definition and step that was looked at.
type Known<'d> = BTreeMap<&'d Name, usize>;

impl Check<'_> {
    /// The longest path through names and nested parts is bounded, because evaluation goes down it
    /// on the stack. True when one is longer.
    pub(super) fn depth(&mut self) -> bool {
        let document = self.document;
        let mut known = Known::new();
        let definitions = document.definitions.iter();
        let definitions =
            definitions.map(|(name, criterion)| (format!("/definitions/{name}"), vec![criterion]));
        let rules = document.rules.iter().enumerate().map(|(index, rule)| {
            let criteria: Vec<&Criterion> =
                criteria_of(rule).into_iter().map(|(_, criterion)| criterion).collect();
            (format!("/rules/{index}"), criteria)
        });
        for (path, criteria) in definitions.chain(rules) {
            if criteria.into_iter().any(|part| depth(document, part, 1, &mut known).is_none()) {
                let most = bounds::CRITERION_DEPTH;
                let expected = format!("at most {most} names and nested parts on one path");
                self.report(ErrorKind::LimitExceeded, path, &expected);
                return true;
            }
        }
        false
    }
}

/// The depth below a criterion at the depth `at`; nothing when it is beyond the bound. Each name is
/// looked at once, as a short chain may name them a great many times over.
fn depth<'d>(
    document: &'d Document,
    criterion: &'d Criterion,
    at: usize,
    known: &mut Known<'d>,
) -> Option<usize> {
    if at > bounds::CRITERION_DEPTH {
        return None;
    }
    let below = at.checked_add(1)?;
    let deepest = match criterion {
        Criterion::All { of } | Criterion::Any { of } => {
            let mut deepest = 0;
            for part in of {
                deepest = deepest.max(depth(document, part, below, known)?);
            }
            deepest
        }
        Criterion::Not { of } => depth(document, of, below, known)?,
        Criterion::Defined { name } => {
            if let Some(depth) = known.get(name) {
                *depth
            } else {
                let mut deepest = 0;
                for part in named(document, name) {
                    deepest = deepest.max(depth(document, part, below, known)?);
                }
                known.insert(name, deepest);
                deepest
            }
        }
        Criterion::Raised { .. } | Criterion::Step { .. } | Criterion::Fact { .. } => 0,
    };
    // At the depth 1 the bound itself is the deepest.
    let end = at.checked_add(deepest)?;
    (end <= bounds::CRITERION_DEPTH).then(|| deepest.saturating_add(1))
}

/// What a definition or step says.
pub(super) fn named<'d>(document: &'d Document, name: &'d Name) -> Vec<&'d Criterion> {
    if let Some(definition) = document.definitions.get(name) {
        return vec![definition];
    }
    let step = document.rules.iter().find_map(|rule| match &rule.kind {
        RuleKind::Stage(stage) if stage.step.code() == name.as_str() => Some(stage),
        _ => None,
    });
    let criteria = |stage: &'d StageRule| [Some(&stage.enter), stage.stay.as_ref()];
    step.into_iter().flat_map(criteria).flatten().collect()
}
