//! Plans to stop, stopping, and signs of withdrawal.

use std::collections::BTreeMap;

use super::{Fact, Facts, Missing, Observed, medicine::is_of};
use crate::{
    client::{Aim, Goal, Medicine, MedicineMoment, PlannedStep, StepAction, Substance, Target},
    date::PartialDate,
    record::{Event, Role},
    sort::sort_by,
    value::{Truth, Verdict},
};

impl<'r> Facts<'_, 'r> {
    /// Whether stopping or cutting the class is planned without medical supervision.
    ///
    /// What is known not to be used or taken lately cannot be stopped.
    pub(crate) fn stop_planned(&self, class: Substance) -> Observed {
        let unsupervised = self.plans(class, |step| step.supervised != Some(true));
        self.planned(Fact::STOP_PLANNED, class, unsupervised)
    }

    /// Whether stopping is planned, supervised or not, or was done within the days of withdrawal.
    pub(crate) fn stopping(&self, class: Substance) -> Observed {
        let done = self.stops_done(class);
        if let Some((event, _)) = done.iter().rfind(|(_, counts)| *counts == Verdict::Met) {
            return Observed::truth(true).on(event);
        }
        let planned = self.planned(Fact::STOPPING, class, self.plans(class, |_| true));
        if planned.verdict() == Verdict::Unmet && !done.is_empty() {
            return open(Fact::STOPPING, class, done.iter().map(|(event, _)| *event));
        }
        planned
    }

    fn planned(&self, fact: Fact, class: Substance, plans: Vec<(&'r Event, Verdict)>) -> Observed {
        if plans.is_empty() {
            return Observed::truth(false);
        }
        let lately = self.last_days(self.settings.stop_clear_days);
        let used = self.use_between(class, lately.from, lately.to);
        let taken = self.taken_as_medicine(class, lately);
        if used.max() == Some(0) && taken.verdict() == Verdict::Unmet {
            return Observed::truth(false).resting_on(&taken);
        }
        let surely = plans.iter().filter(|(_, counts)| *counts == Verdict::Met);
        let surely: Vec<&Event> = surely.map(|(event, _)| *event).collect();
        if surely.is_empty() {
            return open(fact, class, plans.into_iter().map(|(event, _)| event));
        }
        Observed::truth(true).on_all(surely)
    }

    /// Steps and goals of the client's own that plan to stop or cut the class, or may.
    fn plans(
        &self,
        class: Substance,
        keep: impl Fn(&PlannedStep) -> bool,
    ) -> Vec<(&'r Event, Verdict)> {
        let steps = self
            .snapshot
            .of::<PlannedStep>()
            .filter(|(_, step)| stops(step, class) && step.done != Some(true) && keep(step))
            .map(|(event, step)| (event, step.due.map_or(Verdict::Met, |due| self.is_near(due))));
        let goals = self.latest_goals().iter().filter_map(|(target, (event, aim))| {
            // A goal of abstinence that names no target may be about this class.
            let of_class = match target.map(Target::substance) {
                None => Verdict::Unknown,
                Some(of) => of.is_some_and(|of| is_about(of, class)).into(),
            };
            let days = event.on().days_before(self.today());
            let counts = of_class.and(days.is_at_most(self.settings.stop_goal_days));
            (*aim == Aim::Abstinence).then_some((*event, counts))
        });
        let mut plans: Vec<(&Event, Verdict)> =
            steps.chain(goals).filter(|(_, counts)| *counts != Verdict::Unmet).collect();
        sort_by(&mut plans, |(one, _), (other, _)| one.order().cmp(&other.order()));
        plans
    }

    /// The client's latest goal of each target, and the latest of none; found once.
    fn latest_goals(&self) -> &BTreeMap<Option<&'r Target>, (&'r Event, Aim)> {
        self.latest_goals.get_or_init(|| {
            let goals = self.snapshot.of::<Goal>();
            let own = goals.filter(|(event, _)| event.by().role == Role::Client);
            let mut latest = BTreeMap::new();
            latest.extend(own.map(|(event, goal)| (goal.target.as_ref(), (event, goal.aim))));
            latest
        })
    }

    /// Does a due date lie near enough: not long overdue, and not far ahead?
    fn is_near(&self, due: PartialDate) -> Verdict {
        let first = self.today().plus_days(self.settings.stop_overdue_days.saturating_neg());
        let last = self.today().plus_days(self.settings.stop_due_days);
        if due.latest() < first || due.earliest() > last {
            Verdict::Unmet
        } else if due.earliest() >= first && due.latest() <= last {
            Verdict::Met
        } else {
            Verdict::Unknown
        }
    }

    /// Steps of stopping that are done, and medicines of the class that were stopped, so lately
    /// that withdrawal can come, or may have been.
    fn stops_done(&self, class: Substance) -> Vec<(&'r Event, Verdict)> {
        let lately = |day: PartialDate| {
            day.days_before(self.today()).is_at_most(self.settings.stopping_days)
        };
        let steps = self
            .snapshot
            .of::<PlannedStep>()
            .filter(|(_, step)| stops(step, class) && step.done == Some(true))
            .map(|(event, step)| {
                let due = step.due.filter(|due| due.earliest() <= self.today());
                (event, lately(due.unwrap_or(event.on())))
            });
        let medicines = self
            .snapshot
            .of::<Medicine>()
            .filter(|(_, of)| of.moment == MedicineMoment::Stop && is_of(of, class))
            .map(|(event, _)| (event, lately(event.on())));
        steps.chain(medicines).filter(|(_, counts)| *counts != Verdict::Unmet).collect()
    }
}

/// Is it a step to stop or cut the class, as use or as medicine?
fn stops(step: &PlannedStep, class: Substance) -> bool {
    matches!(step.action, StepAction::Stop | StepAction::Cut | StepAction::StopMedicine)
        && step.class.is_some_and(|of| is_about(of, class))
}

/// Does a plan for one class reach another: as a member of it, or as the class that has it?
fn is_about(planned: Substance, class: Substance) -> bool {
    planned.is_in(class) || class.is_in(planned)
}

fn open<'e>(fact: Fact, class: Substance, events: impl Iterator<Item = &'e Event>) -> Observed {
    let events: Vec<&Event> = events.collect();
    let missing = Missing::of(fact).about_substance(class);
    let missing = events.iter().map(|event| missing.clone().by_event(event)).collect();
    Observed { missing, ..Observed::truth(Truth::Unknown).on_all(events) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case, events, target};

    const TODAY: &str = "2026-11-22";

    fn step(action: &str, class: &str, more: &Json) -> Json {
        let mut body = json!({ "kind": "planned_step", "action": action, "class": class });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    fn goal(code: &str, aim: &str) -> Json {
        json!({ "kind": "goal", "target": target(code), "aim": aim })
    }

    fn planned(told: &Case) -> String {
        told.says(TODAY, |f| f.stop_planned(Substance::alcohol()))
    }

    fn stopping(told: &Case) -> String {
        told.says(TODAY, |f| f.stopping(Substance::alcohol()))
    }

    #[test]
    fn a_step_is_a_plan_from_its_due_date_on_for_a_week() {
        let on = |more: Json| case().staff("2026-06-01", step("stop", "alcohol", &more));
        for (told, expected) in [
            (case(), "no"),
            (on(json!({})), "yes"),
            (case().client("2026-06-01", step("cut", "alcohol", &json!({}))), "yes"),
            (case().staff("2026-06-01", step("exercise", "alcohol", &json!({}))), "no"),
            (case().staff("2026-06-01", step("stop", "cannabis", &json!({}))), "no"),
            (on(json!({ "due": "2026-12-22" })), "yes"), // in 30 days
            (on(json!({ "due": "2026-12-23" })), "no"),
            (on(json!({ "due": TODAY })), "yes"),
            (on(json!({ "due": "2026-11-15" })), "yes"), // 7 days ago
            (on(json!({ "due": "2026-11-14" })), "no"),
            (on(json!({ "due": "2026-12" })), "unknown"),
            (on(json!({ "due": "2026-11" })), "unknown"),
            (on(json!({ "due": "2027-01" })), "no"),
            (on(json!({ "done": true })), "no"),
            (on(json!({ "done": false })), "yes"),
            (on(json!({ "supervised": true })), "no"),
            (on(json!({ "supervised": false })), "yes"),
        ] {
            assert_eq!(planned(&told), expected, "{}", told.told_so_far());
        }
        let open =
            on(json!({ "due": "2026-12" })).seen(TODAY, |f| f.stop_planned(Substance::alcohol()));
        assert_eq!(open.missing[0].event.as_ref().unwrap().as_str(), "e1");
        assert_eq!(events(&open), ["e1"]);
    }

    #[test]
    fn a_goal_of_abstinence_is_a_plan_when_it_is_the_clients_and_new() {
        for (told, expected) in [
            (case().client("2026-10-23", goal("alcohol", "abstinence")), "yes"), // 30 days
            (case().client("2026-10-22", goal("alcohol", "abstinence")), "no"),
            (case().client("2026-10", goal("alcohol", "abstinence")), "unknown"),
            (case().staff("2026-11-01", goal("alcohol", "abstinence")), "no"),
            (case().client("2026-11-01", goal("alcohol", "reduction")), "no"),
            (case().client("2026-11-01", goal("cocaine", "abstinence")), "no"),
            (
                case().client("2026-11-01", json!({ "kind": "goal", "aim": "abstinence" })),
                "unknown",
            ),
            (case().client("2026-10-22", json!({ "kind": "goal", "aim": "abstinence" })), "no"),
            (
                case()
                    .client("2026-11-01", goal("alcohol", "abstinence"))
                    .client("2026-11-02", goal("alcohol", "undecided")),
                "no",
            ),
        ] {
            assert_eq!(planned(&told), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn what_is_known_not_to_be_used_cannot_be_stopped() {
        let plan = |class: &str| case().staff("2026-06-01", step("stop", class, &json!({})));
        let none = |class: &str, from: &str| plan(class).used(class, from, TODAY, "none");
        assert_eq!(planned(&none("alcohol", "2026-11-09")), "no");
        assert_eq!(planned(&none("alcohol", "2026-11-10")), "yes");
        let benzodiazepine =
            |told: &Case| told.says(TODAY, |f| f.stop_planned(Substance::benzodiazepine()));
        let told = none("benzodiazepine", "2026-11-09");
        assert_eq!(benzodiazepine(&told), "yes"); // a medicine is not asked about
        assert_eq!(benzodiazepine(&told.clone().asked(TODAY, "sedatives", "no")), "no");
        let medicine =
            |moment| json!({ "kind": "medicine", "class": "benzodiazepine", "moment": moment });
        let taken = told.staff("2026-01-01", medicine("start"));
        assert_eq!(benzodiazepine(&taken), "yes");
        assert_eq!(benzodiazepine(&taken.clone().staff("2026-11-08", medicine("stop"))), "no");
        assert_eq!(benzodiazepine(&taken.staff("2026-11-09", medicine("stop"))), "yes");
    }

    #[test]
    fn a_plan_for_a_class_reaches_its_members() {
        let plan = |class: &str| case().staff("2026-06-01", step("stop", class, &json!({})));
        let of = |told: &Case, class: &str| {
            let class = class.parse().unwrap();
            told.says(TODAY, |f| f.stop_planned(class))
        };
        assert_eq!(of(&plan("ghb"), "sedative"), "yes");
        assert_eq!(of(&plan("sedative"), "ghb"), "yes");
        assert_eq!(of(&plan("baclofen"), "ghb"), "no");
        let medicine = case().staff("2026-06-01", step("stop_medicine", "ghb", &json!({})));
        assert_eq!(of(&medicine, "ghb"), "yes");
    }

    #[test]
    fn stopping_goes_on_for_the_days_of_withdrawal() {
        let on = |day: &str, more: Json| case().staff(day, step("stop", "alcohol", &more));
        for (told, expected) in [
            (case(), "no"),
            (on("2026-06-01", json!({ "supervised": true })), "yes"),
            (on("2026-11-12", json!({ "done": true })), "yes"), // 10 days
            (on("2026-11-11", json!({ "done": true })), "no"),
            (on(TODAY, json!({ "done": true, "due": "2026-11-11" })), "no"),
            (on("2026-11", json!({ "done": true })), "unknown"),
            (on("2026-06-01", json!({ "due": "2026-11-14" })), "no"),
        ] {
            assert_eq!(stopping(&told), expected, "{}", told.told_so_far());
        }
        let medicine = |on| {
            case().staff(
                on,
                json!({ "kind": "medicine", "class": "benzodiazepine", "moment": "stop" }),
            )
        };
        let benzodiazepine =
            |told: Case| told.says(TODAY, |f| f.stopping(Substance::benzodiazepine()));
        assert_eq!(benzodiazepine(medicine("2026-11-12")), "yes");
        assert_eq!(benzodiazepine(medicine("2026-11-11")), "no");
    }
}
