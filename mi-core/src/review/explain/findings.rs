//! The words for discordance, cautions and notes: the sentence of each rule.

use super::{FindingWords, words::Words};
use crate::review::Finding;

impl Words<'_> {
    pub(super) fn findings(&self, findings: &[Finding]) -> Vec<FindingWords> {
        findings.iter().map(|finding| self.finding(finding)).collect()
    }

    fn finding(&self, finding: &Finding) -> FindingWords {
        let Finding { rule, target, about, trace, .. } = finding;
        let text = self.texts.rule(rule);
        let action = text.and_then(|text| text.alternative.as_ref());
        FindingWords {
            rule: rule.clone(),
            target: target.clone(),
            about: about.clone(),
            title: self.sentence(rule, target.as_ref(), about.as_ref(), Some(trace)),
            action: action.map(|action| action.as_str().to_owned()),
            more: self.more(finding.more),
            why: self.why(Some(trace), target.as_ref()),
            basis: self.basis(rule),
        }
    }
}
