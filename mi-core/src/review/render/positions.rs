//! Where things stand on each axis, as a table.

use std::fmt::Write as _;

use super::{Page, words::events};
use crate::{
    protocol::Trace,
    review::{
        Move, Review, Status,
        position::{ChangePosition, TargetPosition},
    },
    text::EventId,
    value::{Range, Verdict},
};

impl Page<'_> {
    pub(super) fn positions(&mut self, review: &Review) {
        self.heading("heading.positions");
        let person = &review.positions.treatment_stage.person;
        if person.status != Status::Positioned {
            let status = self.code("status", person.status.code());
            self.line(&status);
        }
        let mut rows = Vec::new();
        for position in &review.positions.treatment_stage.targets {
            rows.push(self.treatment_row(position, &review.moves));
            rows.extend(self.recorded_row(position));
        }
        for position in &review.positions.stage_of_change {
            rows.extend(self.change_row(position));
        }
        if let Some(level) = &review.positions.level_of_care {
            let axis = self.word("axis.level_of_care", &[]);
            let on = self.partial_date(level.on);
            rows.push([
                axis,
                self.code("level_of_care", level.level.code()),
                format!("{on} ({})", level.event),
            ]);
        }
        if !rows.is_empty() {
            let head = self.word("table.head", &[]);
            let mut table = format!("{head}\n| --- | --- | --- |");
            for row in rows {
                let _ = write!(table, "\n| {} |", row.join(" | "));
            }
            self.line(&table);
        }
    }

    fn treatment_row(&self, position: &TargetPosition, moves: &[Move]) -> [String; 3] {
        let target = self.target(&position.target);
        let axis = self.word("axis.treatment_stage", &[("target", &target)]);
        let (floor, ceiling) = (position.floor.code(), position.ceiling.code());
        let (floor, ceiling) = (self.code("step", floor), self.code("step", ceiling));
        let steps = if floor == ceiling {
            floor
        } else {
            self.word("range", &[("floor", &floor), ("ceiling", &ceiling)])
        };
        let supported =
            moves.iter().find(|one| one.target == position.target && one.step == position.floor);
        let mut basis = Vec::new();
        if let Some(supported) = supported {
            let stays = supported.enter.verdict() != Verdict::Met;
            let trace = supported.stay.as_ref().filter(|_| stays).unwrap_or(&supported.enter);
            trace.visit_basis(&mut |part| {
                if let Trace::Fact(fact) = part {
                    basis.push(self.seen(fact) + &events(&fact.events));
                }
            });
            basis.push(supported.rule.to_string());
        }
        [axis, steps, basis.join("; ")]
    }

    fn recorded_row(&self, position: &TargetPosition) -> Option<[String; 3]> {
        let recorded = position.current.recorded.as_ref()?;
        let target = self.target(&position.target);
        let axis = self.word("axis.recorded", &[("target", &target)]);
        let step = recorded.step.map(|step| self.code("step", step.code()));
        let stage = recorded.stage.map(|stage| self.code("stage", stage.code()));
        let scale = recorded.scale.map(|scale| self.code("scale", scale.code()));
        let rated =
            step.or(stage)? + &scale.map_or_else(String::new, |scale| format!(" ({scale})"));
        let age = (recorded.age_days, recorded.age_days_at_most);
        Some([axis, rated, self.rated(age, recorded.stale, &recorded.event)])
    }

    fn change_row(&self, position: &ChangePosition) -> Option<[String; 3]> {
        let event = position.event.as_ref()?;
        let target = self.target(&position.target);
        let axis = self.word("axis.stage_of_change", &[("target", &target)]);
        let stages: Vec<String> = position
            .possible
            .iter()
            .map(|stage| self.code("stage_of_change", stage.code()))
            .collect();
        let rated =
            self.rated((position.age_days?, position.age_days_at_most), position.stale, event);
        let rulers = [
            ("importance", position.importance),
            ("confidence", position.confidence),
            ("readiness", position.readiness),
        ];
        let rulers = rulers.into_iter().filter_map(|(ruler, rating)| {
            Some(format!("; {} {}/10", self.code("ruler", ruler), rating?.get()))
        });
        Some([axis, self.either(&stages), rulers.fold(rated, |text, ruler| text + &ruler)])
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
