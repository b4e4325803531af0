//! How much one rule leads to, with the definitions and steps that it names.

use std::collections::BTreeSet;

use super::{Check, criteria_of, depth::named, visit};
use crate::{ErrorKind, bounds, protocol::criterion::Criterion};

impl Check<'_> {
    /// What one rule leads to is bounded, because every rule walks all of it: what it reads, what is
    /// missing, on what it rests. True when a rule leads to more.
    pub(super) fn size(&mut self) -> bool {
        let document = self.document;
        let mut is_exceeded = false;
        for (index, rule) in document.rules.iter().enumerate() {
            let mut pending: Vec<&Criterion> =
                criteria_of(rule).into_iter().map(|(_, criterion)| criterion).collect();
            let (mut parts, mut seen) = (0_usize, BTreeSet::new());
            while let Some(next) = pending.pop() {
                visit(next, &mut |part| {
                    parts = parts.saturating_add(1);
                    if let Criterion::Defined { name } = part
                        && seen.insert(name)
                    {
                        pending.extend(named(document, name));
                    }
                });
                if parts > bounds::CRITERION_PARTS {
                    let most = bounds::CRITERION_PARTS;
                    let expected = format!("a rule that leads to at most {most} parts of criteria");
                    self.report(ErrorKind::LimitExceeded, format!("/rules/{index}"), &expected);
                    is_exceeded = true;
                    break;
                }
            }
        }
        is_exceeded
    }
}
