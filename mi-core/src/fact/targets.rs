//! What a record knows of, one by one: targets and decisional balances.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::{
    balance::DecisionalBalance,
    client::{Target, TreatmentTarget},
    readiness::ReadinessRulers,
    record::Event,
    stage::{StageOfChangeAnswers, StageOfChangeRating},
};

impl<'r> Facts<'_, 'r> {
    /// The targets that are on record, with whether they are treated now, in order.
    pub(crate) fn targets(&self) -> Vec<(&'r Target, bool)> {
        let mut places: BTreeMap<&Target, usize> = BTreeMap::new();
        let mut targets: Vec<(&Target, bool)> = Vec::new();
        for (_, stated) in self.snapshot.of::<TreatmentTarget>() {
            let place = *places.entry(&stated.target).or_insert(targets.len());
            match targets.get_mut(place) {
                Some((_, treated)) => *treated = stated.treated,
                None => targets.push((&stated.target, stated.treated)),
            }
        }
        targets
    }

    /// The substances that are treated now, in order.
    pub(crate) fn treated_targets(&self) -> Vec<&'r Target> {
        let treated = |(target, treated): (&'r Target, bool)| {
            (treated && target.substance().is_some()).then_some(target)
        };
        self.targets().into_iter().filter_map(treated).collect()
    }

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
}
