//! What a record knows of, one by one: targets and decisional balances.

use std::collections::BTreeSet;

use super::{Facts, Observed, Return};
use crate::{
    balance::DecisionalBalance,
    client::Target,
    readiness::ReadinessRulers,
    record::Event,
    stage::{StageOfChangeAnswers, StageOfChangeRating},
    value::Truth,
};

impl<'r> Facts<'_, 'r> {
    /// Every target that the record names as one, or of which it holds a stage or a ruler.
    pub(crate) fn known_targets(&self) -> Vec<Target> {
        let treated = self.targets().into_iter().map(|(target, _)| target);
        let rated = self.snapshot.of::<StageOfChangeRating>().map(|(_, rating)| &rating.target);
        let answered = self.snapshot.of::<StageOfChangeAnswers>().map(|(_, told)| &told.target);
        let ruled = self.snapshot.of::<ReadinessRulers>().map(|(_, rulers)| &rulers.target);
        let mut seen: BTreeSet<&Target> = BTreeSet::new();
        let all = treated.chain(rated).chain(answered).chain(ruled);
        all.filter(|target| seen.insert(*target)).cloned().collect()
    }

    /// The latest decisional balance about each target.
    pub(crate) fn latest_balances(&self) -> Vec<(&'r Event, &'r DecisionalBalance)> {
        let mut seen: BTreeSet<Option<&Target>> = BTreeSet::new();
        let mut latest: Vec<(&Event, &DecisionalBalance)> = Vec::new();
        for (event, balance) in self.snapshot.of::<DecisionalBalance>().rev() {
            if seen.insert(balance.target.as_ref()) {
                latest.push((event, balance));
            }
        }
        latest.reverse();
        latest
    }

    pub(super) fn return_since_stage_of_change(&self, target: &Target) -> Observed {
        let (Some(seen), Some(substance)) =
            (self.latest_stage_of_change(target), target.substance())
        else {
            return Observed::truth(false);
        };
        let later = |found: &Return| {
            found.first > seen.event.on().latest() && found.against_goal == Truth::Yes
        };
        match self.returns(substance).iter().rfind(|found| later(found)) {
            Some(found) => {
                Observed { events: found.events.clone(), ..Observed::truth(true).on(seen.event) }
            }
            None => Observed::truth(false).on(seen.event),
        }
    }
}
