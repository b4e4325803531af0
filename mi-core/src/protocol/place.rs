//! The place of a treated substance among the steps: where it can be by the rules of the steps, and
//! where it was recorded.

use super::{
    criterion::AskedStep,
    evaluate::{Evaluation, FactSource},
    missing::missing_behind,
    rule::RuleKind,
    trace::Trace,
};
use crate::{
    client::Target,
    code::codes,
    fact::{Fact, Missing, Observed, RecordedStep, Step, Subject},
    stage::TreatmentStep,
    text::EventId,
    value::Verdict,
};

/// Where a treated substance stands among the steps.
pub(crate) struct Place {
    /// The most advanced step that is met.
    pub(crate) floor: TreatmentStep,
    /// The most advanced step that is not unmet.
    pub(crate) ceiling: TreatmentStep,
    /// The current steps that are possible, in order; one: known.
    pub(crate) current: Vec<TreatmentStep>,
    /// Where the recorded step can lie.
    recorded: Vec<RecordedPlace>,
    /// The ratings behind both.
    ratings: Vec<EventId>,
    /// What leaves the steps above the floor open.
    missing: Vec<Missing>,
    /// What leaves the recorded step open.
    recorded_missing: Vec<Missing>,
}

codes! {
    /// Where the recorded step of a target lies.
    pub(super) enum RecordedPlace {
        /// From floor to ceiling.
        Within = "within",
        /// Outside.
        Outside = "outside",
        /// No step is recorded.
        None = "none",
    }
}

impl Place {
    /// What is seen of a step.
    pub(crate) fn see(&self, asked: AskedStep) -> Observed {
        let steps =
            |steps: &[TreatmentStep]| Observed::codes(steps.iter().map(|step| Step::from(*step)));
        let rated = |seen: Observed| {
            let missing =
                if seen.value.is_known() { Vec::new() } else { self.recorded_missing.clone() };
            Observed { events: self.ratings.clone(), missing, ..seen }
        };
        match asked {
            AskedStep::Current => rated(steps(&self.current)),
            AskedStep::Recorded => rated(Observed::codes(self.recorded.iter().copied())),
            AskedStep::Possible => {
                let possible = TreatmentStep::ALL.iter().copied();
                let possible = possible.filter(|step| (self.floor..=self.ceiling).contains(step));
                let seen = Observed::codes(possible.map(Step::from));
                Observed { missing: self.missing.clone(), ..seen }
            }
        }
    }

    /// What is seen of a step where there is no place on the axis.
    pub(crate) fn nowhere(asked: AskedStep) -> Observed {
        match asked {
            AskedStep::Current | AskedStep::Possible => Observed::codes([Step::NONE]),
            AskedStep::Recorded => Observed::codes([RecordedPlace::None]),
        }
    }
}

impl<A: FactSource> Evaluation<'_, A> {
    /// Places a target, by the rules of the steps and the steps that can be the recorded one.
    pub(super) fn placed(&self, target: &Target, recorded: &[Option<RecordedStep<'_>>]) -> Place {
        let (mut floor, mut ceiling) = (TreatmentStep::PreEngagement, None);
        let mut open: Vec<(TreatmentStep, _)> = Vec::new();
        for step in TreatmentStep::ALL {
            let rule = self.rules().find_map(|rule| match &rule.kind {
                RuleKind::Stage(stage) if stage.step == *step => Some(stage),
                _ => None,
            });
            let Some(rule) = rule else { continue };
            let trace = self.step(rule, target);
            match trace.verdict() {
                Verdict::Met => (floor, ceiling) = (*step, Some(*step)),
                Verdict::Unknown => {
                    ceiling = Some(*step);
                    open.push((*step, trace));
                }
                Verdict::Unmet => {}
            }
        }
        let ceiling = ceiling.unwrap_or(floor);
        // A step below the floor is settled, whatever its own verdict.
        open.retain(|(step, _)| *step > floor);
        let behind: Vec<&Trace> = open
            .iter()
            .flat_map(|(_, trace)| [&trace.enter].into_iter().chain(&trace.stay))
            .collect();
        let missing = missing_behind(self, &Subject::about(target), &behind);
        let mut current: Vec<TreatmentStep> = Vec::new();
        let mut places: Vec<RecordedPlace> = Vec::new();
        for one in recorded {
            let step = one.as_ref().map(RecordedStep::step);
            current.push(step.filter(|step| (floor..=ceiling).contains(step)).unwrap_or(floor));
            places.push(match one {
                None => RecordedPlace::None,
                Some(one) if one.is_within(floor, ceiling) => RecordedPlace::Within,
                Some(_) => RecordedPlace::Outside,
            });
        }
        current.sort_unstable();
        current.dedup();
        let events = || recorded.iter().flatten().map(|one| one.event);
        let about = Missing::of(Fact::RECORDED_STEP).about(target.clone());
        let in_part = events().filter(|event| event.on().exact().is_none());
        let mut recorded_missing: Vec<Missing> =
            in_part.map(|event| about.clone().by_event(event)).collect();
        if recorded_missing.is_empty() {
            recorded_missing.push(about);
        }
        Place {
            floor,
            ceiling,
            current,
            recorded: places,
            ratings: events().map(|event| event.id().clone()).collect(),
            missing,
            recorded_missing,
        }
    }
}
