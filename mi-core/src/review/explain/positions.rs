//! The words for where things stand on each axis.

use std::collections::BTreeMap;

use super::{
    Axis, PositionWords,
    words::{Words, in_brackets},
};
use crate::{
    client::Target,
    protocol::Trace,
    review::{ChangePosition, LevelPosition, Move, Review, TargetPosition},
    stage::TreatmentStep,
    text::EventId,
    value::{Range, Verdict},
};

impl Words<'_> {
    pub(super) fn positions(&self, review: &Review) -> Vec<PositionWords> {
        let mut moves: BTreeMap<(&Target, TreatmentStep), &Move> = BTreeMap::new();
        moves.extend(review.moves.iter().map(|one| ((&one.target, one.step), one)));
        let find = |target, step| moves.get(&(target, step)).copied();
        let mut positions = Vec::new();
        for position in &review.positions.treatment_stage.targets {
            let supported = find(&position.target, position.floor);
            let reduced = find(&position.target, TreatmentStep::LatePersuasion);
            positions.push(self.treatment(position, supported, reduced));
            positions.extend(self.recorded(position));
        }
        let changes = review.positions.stage_of_change.iter();
        positions.extend(changes.filter_map(|position| self.change(position)));
        positions.extend(review.positions.level_of_care.as_ref().map(|level| self.level(level)));
        positions
    }

    fn treatment(
        &self,
        position: &TargetPosition,
        supported: Option<&Move>,
        reduced: Option<&Move>,
    ) -> PositionWords {
        let target = self.target(&position.target);
        let step = |step: TreatmentStep| self.code("treatment_step", step.code());
        let (floor, ceiling) = (step(position.floor), step(position.ceiling));
        let steps = if position.floor == position.ceiling {
            floor
        } else {
            self.word("range", &[("floor", &floor), ("ceiling", &ceiling)])
        };
        PositionWords {
            axis: Axis::TreatmentStage,
            target: Some(position.target.clone()),
            title: self.word("axis.treatment_stage", &[("target", &target)]),
            position: steps,
            basis: supported.map(|one| self.supported_by(one)).unwrap_or_default(),
            beside: self.beside(position, reduced),
        }
    }

    /// The facts that support a step with the events they rest on, and its rule.
    fn supported_by(&self, one: &Move) -> String {
        let stays = one.enter.verdict() != Verdict::Met;
        let trace = one.stay.as_ref().filter(|_| stays).unwrap_or(&one.enter);
        let mut basis = Vec::new();
        trace.visit_basis(&mut |part| {
            if let Trace::Fact(fact) = part {
                let events = fact.events.iter().map(ToString::to_string);
                let events = events.chain(self.more(fact.more_events));
                basis.push(self.seen(fact) + &in_brackets(events, ", "));
            }
        });
        basis.push(one.rule.to_string());
        basis.join("; ")
    }

    /// What is shown with the steps and decides none of them: days that nobody reported, what
    /// drives a reduction where there may be one, and controlled days.
    fn beside(&self, position: &TargetPosition, reduced: Option<&Move>) -> Vec<String> {
        let left_out = position.days_not_reported.filter(|days| *days != 0);
        let reported = position.observed_through.zip(left_out).map(|(day, days)| {
            let date = self.date(day);
            let key = if days == 1 { "last_reported.one" } else { "last_reported" };
            self.word(key, &[("date", &date), ("days", &days.to_string())])
        });
        let may_be_reduced = reduced.is_some_and(|one| one.verdict != Verdict::Unmet);
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
        reported.into_iter().chain(driver).chain(controlled).collect()
    }

    fn recorded(&self, position: &TargetPosition) -> Option<PositionWords> {
        let recorded = position.current.recorded.as_ref()?;
        let target = self.target(&position.target);
        let step = recorded.step.map(|step| self.code("treatment_step", step.code()));
        let stage = recorded.stage.map(|stage| self.code("treatment_stage", stage.code()));
        let scale = recorded.scale.map(|scale| self.code("scale", scale.code()));
        let scale = scale.map_or_else(String::new, |scale| format!(" ({scale})"));
        Some(PositionWords {
            axis: Axis::RecordedStage,
            target: Some(position.target.clone()),
            title: self.word("axis.recorded", &[("target", &target)]),
            position: step.or(stage)? + &scale,
            basis: self.rated(
                (recorded.age_days, recorded.age_days_at_most),
                recorded.stale,
                &recorded.event,
            ),
            beside: Vec::new(),
        })
    }

    fn change(&self, position: &ChangePosition) -> Option<PositionWords> {
        let event = position.event.as_ref()?;
        let target = self.target(&position.target);
        let stage =
            |stage: &crate::stage::StageOfChange| self.code("stage_of_change", stage.code());
        let stages: Vec<String> = position.possible.iter().map(stage).collect();
        let age = (position.age_days?, position.age_days_at_most);
        let rated = self.rated(age, position.stale, event);
        let rulers = [
            ("importance", position.importance),
            ("confidence", position.confidence),
            ("readiness", position.readiness),
        ];
        let rulers = rulers.into_iter().filter_map(|(ruler, rating)| {
            Some(format!("; {} {}/10", self.word(&format!("ruler.{ruler}"), &[]), rating?.get()))
        });
        Some(PositionWords {
            axis: Axis::StageOfChange,
            target: Some(position.target.clone()),
            title: self.word("axis.stage_of_change", &[("target", &target)]),
            position: self.either(&stages),
            basis: rulers.fold(rated, |text, ruler| text + &ruler),
            beside: Vec::new(),
        })
    }

    fn level(&self, level: &LevelPosition) -> PositionWords {
        PositionWords {
            axis: Axis::LevelOfCare,
            target: None,
            title: self.word("axis.level_of_care", &[]),
            position: self.code("level_of_care", level.level.code()),
            basis: format!("{} ({})", self.partial_date(level.on), level.event),
            beside: Vec::new(),
        }
    }

    fn rated(
        &self,
        (least, most): (i64, Option<i64>),
        stale: Option<bool>,
        event: &EventId,
    ) -> String {
        let age = self.range(Range::between(least, most.unwrap_or(least)));
        let rated = self.word("rated", &[("days", &age), ("event", event.as_str())]);
        if stale == Some(true) { format!("{rated}; {}", self.word("stale", &[])) } else { rated }
    }
}
