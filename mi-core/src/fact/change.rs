//! Where the client is about a target: stage of change, ambivalence, decisions.

use super::{
    Fact, Facts, Missing, Observed,
    since::{came_after, days_apart, days_since, since_last},
};
use crate::{
    client::{Ambivalence, Choice, ClientView, Decision, Target},
    date::CalendarDate,
    record::{Event, Role},
    stage::{
        Answers, Boundary, PreparationNote, StageLimits, StageOfChange, StageOfChangeAnswers,
        StageOfChangeRating, boundary_of_change,
    },
    value::{Truth, Verdict},
};

/// The latest statement on the stage of change about a target.
struct Statement<'r> {
    event: &'r Event,
    source: Source<'r>,
}

/// The latest statement on the stage of change, and the stages that it leaves possible.
pub(crate) struct StageSeen<'r> {
    pub(crate) event: &'r Event,
    pub(crate) possible: Vec<StageOfChange>,
}

enum Source<'r> {
    Rating(&'r StageOfChangeRating),
    Answers(Answers),
}

impl Statement<'_> {
    fn possible(&self, limits: &StageLimits) -> Vec<StageOfChange> {
        match &self.source {
            Source::Rating(rating) => vec![rating.stage],
            Source::Answers(answers) => answers.stage(limits).possible().to_vec(),
        }
    }
}

const NO_PREPARATION: &str = "not_in_preparation";

impl<'r> Facts<'_, 'r> {
    /// The stage of change by the latest rating or answers; never extrapolated.
    pub(crate) fn stage_of_change(&self, target: &Target) -> Observed {
        let Some(latest) = self.latest_stage(target) else {
            return unstaged(Observed::code(StageOfChange::CODES.to_vec()), target);
        };
        let possible = latest.possible(&self.settings.stage_limits());
        let codes = possible.iter().map(|stage| stage.code()).collect();
        let seen = Observed::code(codes).on(latest.event);
        open_by(seen, target, latest.event)
    }

    /// Days since the latest rating or answers.
    pub(crate) fn stage_of_change_age(&self, target: &Target) -> Observed {
        let latest = self.latest_stage(target).map(|latest| (latest.event, Verdict::Met));
        since_last(self.today(), latest).unwrap_or_else(never)
    }

    /// Of a preparation by answers: whether there was an attempt in the last year.
    pub(crate) fn preparation_attempt(&self, target: &Target) -> Observed {
        let limits = self.settings.stage_limits();
        let Some(latest) = self.latest_stage(target) else {
            let codes = vec!["made", "none_yet", "not_asked", NO_PREPARATION];
            return unstaged(Observed::code(codes), target);
        };
        let mut codes = Vec::new();
        let possible = latest.possible(&limits);
        if let Source::Answers(answers) = &latest.source
            && possible.contains(&StageOfChange::Preparation)
        {
            codes.push(match answers.attempt_note() {
                None => "made",
                Some(PreparationNote::NoAttemptYet) => "none_yet",
                Some(PreparationNote::AttemptNotAsked) => "not_asked",
            });
        }
        if codes.is_empty() || possible.len() > 1 {
            codes.push(NO_PREPARATION);
        }
        open_by(Observed::code(codes).on(latest.event), target, latest.event)
    }

    /// Whether today lies past a boundary of the latest answers or change, or a value near one.
    pub(crate) fn stage_of_change_boundary(&self, target: &Target) -> Observed {
        let (limits, today) = (self.settings.stage_limits(), self.today());
        let Some(latest) = self.latest_stage(target) else {
            return Observed::code(vec![Boundary::Clear.code()]);
        };
        let possible = match &latest.source {
            Source::Answers(answers) => answers.boundary(&limits, today),
            Source::Rating(rating) => rating.changed_on.map_or(vec![Boundary::Clear], |since| {
                boundary_of_change(since, latest.event.on(), &limits, today)
            }),
        };
        let codes = possible.iter().map(|boundary| boundary.code()).collect();
        open_by(Observed::code(codes).on(latest.event), target, latest.event)
    }

    /// Whether another rating within the time allowed differs from the latest one.
    pub(crate) fn stage_ratings_differ(&self, target: &Target) -> Observed {
        let since = self.stages_since();
        let mut ratings = self
            .snapshot
            .of_about::<StageOfChangeRating>(target)
            .filter(|(event, _)| event.on().earliest() >= since)
            .rev();
        let Some((last, latest)) = ratings.next() else {
            return Observed::truth(false);
        };
        let mut seen = Observed::truth(false);
        for (event, _) in ratings.filter(|(_, rating)| rating.stage != latest.stage) {
            match days_apart(last.on(), event.on()).is_at_most(self.settings.ratings_days) {
                Verdict::Met => return Observed::truth(true).on(event).on(last),
                Verdict::Unknown => {
                    seen = open_by(Observed::truth(Truth::Unknown).on(event), target, event);
                }
                Verdict::Unmet => {}
            }
        }
        seen
    }

    /// Whether the client is ambivalent, has decided to change, or neither.
    pub(crate) fn standing(&self, target: &Target) -> Observed {
        let decision = self.decision_in_force(target);
        let has_decided = decision.is_some_and(|(_, choice)| choice == Choice::Change);
        let ambivalence = self.ambivalence(target);
        let latest = self.latest_stage(target);
        let stages = latest.as_ref().map_or(StageOfChange::ALL.to_vec(), |latest| {
            latest.possible(&self.settings.stage_limits())
        });
        let by_stage = |stage: &StageOfChange| match stage {
            StageOfChange::Contemplation => "ambivalent",
            StageOfChange::Preparation if !has_decided => "ambivalent",
            StageOfChange::Precontemplation if !has_decided => "neither",
            StageOfChange::Precontemplation
            | StageOfChange::Preparation
            | StageOfChange::Action
            | StageOfChange::Maintenance => "decided",
        };
        let mut possible: Vec<&str> = match ambivalence {
            Some((_, Verdict::Met)) => Vec::new(),
            _ => stages.iter().map(by_stage).collect(),
        };
        possible.extend(ambivalence.map(|_| "ambivalent"));
        let order = ["ambivalent", "decided", "neither"];
        let seen = Observed::code(order.into_iter().filter(|c| possible.contains(c)).collect())
            .on_all(latest.as_ref().map(|latest| latest.event))
            .on_all(decision.map(|(event, _)| event))
            .on_all(ambivalence.map(|(event, _)| event));
        match (&latest, ambivalence) {
            (_, Some((event, Verdict::Unknown))) => open_by(seen, target, event),
            (Some(latest), _) => open_by(seen, target, latest.event),
            (None, _) => unstaged(seen, target),
        }
    }

    /// Whether the client agreed to go over to monitoring of the recovery.
    pub(crate) fn monitoring_agreed(&self, target: &Target) -> Observed {
        let about = |decision: &Decision| decision.about.as_ref().is_none_or(|on| on == target);
        let moves = |decision: &Decision| {
            matches!(decision.choice, Choice::RecoveryMonitoring | Choice::TreatmentStep)
        };
        let latest = self
            .snapshot
            .of::<Decision>()
            .rfind(|(_, decision)| about(decision) && moves(decision));
        match latest {
            Some((event, decision)) => {
                let agreed = decision.choice == Choice::RecoveryMonitoring
                    && is_the_clients(event, decision);
                Observed::truth(agreed).on(event)
            }
            None => Observed::truth(false),
        }
    }

    /// The latest rating or answers about a target, with the stages that they leave possible.
    pub(crate) fn latest_stage_of_change(&self, target: &Target) -> Option<StageSeen<'r>> {
        let found = self.latest_stage(target)?;
        Some(StageSeen {
            event: found.event,
            possible: found.possible(&self.settings.stage_limits()),
        })
    }

    fn latest_stage(&self, target: &Target) -> Option<Statement<'r>> {
        let since = self.stages_since();
        let counts = |event: &Event| event.on().earliest() >= since;
        let rating = self
            .snapshot
            .of_about::<StageOfChangeRating>(target)
            .rfind(|(event, _)| counts(event))
            .map(|(event, rating)| Statement { event, source: Source::Rating(rating) });
        let answers = self
            .snapshot
            .of_about::<StageOfChangeAnswers>(target)
            .rfind(|(event, _)| counts(event))
            .map(|(event, answers)| {
                let answers = Answers::recorded(answers, event.on());
                Statement { event, source: Source::Answers(answers) }
            });
        rating
            .into_iter()
            .chain(answers)
            .max_by(|one, other| one.event.order().cmp(&other.event.order()))
    }

    /// Stage ratings belong to the episode that was open on their day: those since the opening of
    /// the one that is open now count. Where none is open, all do.
    fn stages_since(&self) -> CalendarDate {
        self.open_episode().map_or(CalendarDate::MIN, |episode| episode.first_day())
    }

    /// The client's latest decision to change the target, not to, or to leave it open.
    fn decision_in_force(&self, target: &Target) -> Option<(&'r Event, Choice)> {
        let decides = |decision: &Decision| {
            matches!(decision.choice, Choice::Change | Choice::NoChange | Choice::Undecided)
        };
        self.snapshot
            .of_about::<Decision>(target)
            .rfind(|(event, decision)| decides(decision) && is_the_clients(event, decision))
            .map(|(event, decision)| (event, decision.choice))
    }

    /// The latest ambivalence that counts, or may count: recent, and nothing decided since.
    fn ambivalence(&self, target: &Target) -> Option<(&'r Event, Verdict)> {
        let decided = self.decision_in_force(target).filter(|(_, c)| *c != Choice::Undecided);
        self.snapshot
            .of_about::<Ambivalence>(target)
            .map(|(event, _)| {
                let recent =
                    days_since(self.today(), event.on()).is_at_most(self.settings.ambivalence_days);
                let since = decided.map_or(Verdict::Unmet, |(on, _)| came_after(on, event));
                (event, recent.and(since.not()))
            })
            .filter(|(_, counts)| *counts != Verdict::Unmet)
            .max_by_key(|(event, counts)| (*counts == Verdict::Met, event.order()))
    }
}

/// A decision is the client's own when the client states it, or is recorded as agreeing.
fn is_the_clients(event: &Event, decision: &Decision) -> bool {
    match decision.client_view {
        ClientView::Agrees => true,
        ClientView::Disagrees => false,
        ClientView::NotAsked => event.by().role == Role::Client,
    }
}

fn never() -> Observed {
    Observed::days(crate::value::Range::without_limit())
}

fn unstaged(seen: Observed, target: &Target) -> Observed {
    seen.missing_if_open(Missing::of(Fact::StageOfChange).about(target.clone()))
}

fn open_by(seen: Observed, target: &Target, event: &Event) -> Observed {
    seen.missing_if_open(Missing::of(Fact::StageOfChange).about(target.clone()).by_event(event))
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case, events, target};

    const TODAY: &str = "2026-11-22";

    fn rated(stage: &str) -> Json {
        json!({ "kind": "stage_of_change_rating", "target": target("alcohol"), "stage": stage,
            "basis": "judgment" })
    }

    fn answered(answers: &Json) -> Json {
        let mut body = json!({ "kind": "stage_of_change_answers", "target": target("alcohol") });
        body.as_object_mut().unwrap().extend(answers.as_object().unwrap().clone());
        body
    }

    fn decided(choice: &str, view: &str) -> Json {
        json!({ "kind": "decision", "about": target("alcohol"), "choice": choice,
            "client_view": view })
    }

    fn says(case: &Case, fact: impl Fn(&Facts<'_, '_>, &Target) -> Observed) -> String {
        case.says(TODAY, |facts| fact(facts, &target("alcohol")))
    }

    #[test]
    fn the_latest_statement_wins_and_belongs_to_the_open_episode() {
        let told = case()
            .staff("2026-09-01", rated("contemplation"))
            .staff("2026-10-01", answered(&json!({ "changed": "yes", "changed_on": "2026-09-20" })))
            .staff("2026-09-15", rated("preparation"));
        assert_eq!(says(&told, |f, on| f.stage_of_change(on)), "action");
        assert_eq!(says(&told, |f, on| f.stage_of_change_age(on)), "52");
        let cocaine = |facts: &Facts<'_, '_>| facts.stage_of_change(&target("cocaine"));
        let seen = told.seen(TODAY, cocaine);
        assert_eq!(seen.value, Observed::code(StageOfChange::CODES.to_vec()).value);
        assert_eq!(seen.missing, [Missing::of(Fact::StageOfChange).about(target("cocaine"))]);

        let opened = json!({ "kind": "episode_opened", "contact_log": "complete" });
        let again = told.clone().staff("2026-10-02", opened);
        assert!(says(&again, |f, on| f.stage_of_change(on)).contains('|'));
        assert_eq!(says(&again, |f, on| f.stage_of_change_age(on)), "never");
        let again = again.staff("2026-10-02", rated("precontemplation"));
        assert_eq!(says(&again, |f, on| f.stage_of_change(on)), "precontemplation");
        let closed = json!({ "kind": "episode_closed", "reason": "planned" });
        assert_eq!(
            says(&again.staff("2026-10-09", closed), |f, on| f.stage_of_change_age(on)),
            "51"
        );
    }

    #[test]
    fn answers_that_are_open_name_their_event() {
        let told = case().staff("2026-11", answered(&json!({ "changed": "yes" })));
        let seen = told.seen(TODAY, |facts| facts.stage_of_change(&target("alcohol")));
        assert_eq!(crate::fact::case::short(&seen.value), "action|maintenance");
        assert_eq!(events(&seen), ["e1"]);
        assert_eq!(seen.missing[0].event.as_ref().unwrap().as_str(), "e1");
        assert_eq!(says(&told, |f, on| f.stage_of_change_age(on)), "0..21");
    }

    #[test]
    fn a_preparation_by_answers_tells_of_an_attempt() {
        let intends = |more: Json| {
            let mut answers = json!({ "changed": "no", "intends_within_six_months": "yes" });
            answers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            says(&case().staff("2026-11-01", answered(&answers)), |f, on| f.preparation_attempt(on))
        };
        let soon = |answer: &str| json!({ "intends_within_thirty_days": answer });
        assert_eq!(intends(soon("yes")), "not_asked");
        assert_eq!(intends(soon("no")), "not_in_preparation");
        assert_eq!(intends(json!({})), "not_asked|not_in_preparation");
        for (answer, code) in [("yes", "made"), ("no", "none_yet")] {
            let told =
                json!({ "intends_within_thirty_days": "yes", "attempt_in_last_year": answer });
            assert_eq!(intends(told), code);
        }
        let rating = case().staff("2026-11-01", rated("preparation"));
        assert_eq!(says(&rating, |f, on| f.preparation_attempt(on)), "not_in_preparation");
        assert_eq!(
            says(&case(), |f, on| f.preparation_attempt(on)),
            "made|none_yet|not_asked|not_in_preparation"
        );
    }

    #[test]
    fn a_rating_with_its_first_day_of_change_has_a_boundary() {
        let rated_since = |day: &str| {
            let mut rating = rated("action");
            rating["changed_on"] = json!(day);
            says(&case().staff("2026-10-01", rating), |f, on| f.stage_of_change_boundary(on))
        };
        assert_eq!(rated_since("2026-05-24"), "passed"); // 183 days today
        assert_eq!(rated_since("2026-05-25"), "near");
        assert_eq!(rated_since("2026-06-07"), "near"); // 169 days
        assert_eq!(rated_since("2026-06-08"), "clear");
        let undated = case().staff("2026-01-01", rated("action"));
        assert_eq!(says(&undated, |f, on| f.stage_of_change_boundary(on)), "clear");
        assert_eq!(says(&case(), |f, on| f.stage_of_change_boundary(on)), "clear");
        let month = case()
            .staff("2026-10-01", answered(&json!({ "changed": "yes", "changed_on": "2026-05" })));
        assert_eq!(says(&month, |f, on| f.stage_of_change_boundary(on)), "near|passed");
    }

    #[test]
    fn two_ratings_within_fourteen_days_may_differ() {
        let apart = |earlier: &str, stage: &str| {
            let told = case().staff(earlier, rated(stage)).staff("2026-11-20", rated("action"));
            says(&told, |f, on| f.stage_ratings_differ(on))
        };
        assert_eq!(apart("2026-11-06", "preparation"), "yes");
        assert_eq!(apart("2026-11-05", "preparation"), "no");
        assert_eq!(apart("2026-11-06", "action"), "no");
        assert_eq!(apart("2026-11", "preparation"), "unknown");
        assert_eq!(apart("2026-10", "preparation"), "no");
        assert_eq!(says(&case(), |f, on| f.stage_ratings_differ(on)), "no");
    }

    #[test]
    fn ambivalence_goes_before_a_decision() {
        let ambivalent = json!({ "kind": "ambivalence", "target": target("alcohol") });
        let change = decided("change", "agrees");
        let on = |stage: &str| case().staff("2026-11-01", rated(stage));
        for (told, expected) in [
            (on("precontemplation"), "neither"),
            (on("contemplation"), "ambivalent"),
            (on("preparation"), "ambivalent"),
            (on("action"), "decided"),
            (on("maintenance"), "decided"),
            (on("preparation").staff("2026-11-02", change.clone()), "decided"),
            (on("precontemplation").staff("2026-11-02", change.clone()), "decided"),
            (on("contemplation").staff("2026-11-02", change.clone()), "ambivalent"),
            (on("preparation").staff("2026-11-02", decided("change", "disagrees")), "ambivalent"),
            (on("preparation").staff("2026-11-02", decided("change", "not_asked")), "ambivalent"),
            (on("preparation").client("2026-11-02", decided("change", "not_asked")), "decided"),
            (
                on("preparation")
                    .staff("2026-11-02", change.clone())
                    .staff("2026-11-03", decided("undecided", "agrees")),
                "ambivalent",
            ),
            (on("action").client("2026-08-24", ambivalent.clone()), "ambivalent"), // 90 days
            (on("action").client("2026-08-23", ambivalent.clone()), "decided"),
            (on("action").client("2026-08", ambivalent.clone()), "ambivalent|decided"),
            (
                on("action")
                    .client("2026-11-02", ambivalent.clone())
                    .client("2026-11-02", change.clone()),
                "decided",
            ),
            (
                on("action")
                    .client("2026-11-02", change.clone())
                    .client("2026-11-02", ambivalent.clone()),
                "ambivalent",
            ),
            (case(), "ambivalent|decided|neither"),
            (case().client("2026-11-02", change), "ambivalent|decided"),
            (case().client("2026-11-02", ambivalent), "ambivalent"),
        ] {
            assert_eq!(says(&told, |f, on| f.standing(on)), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn monitoring_is_agreed_with_the_client_until_treatment_goes_on() {
        let agreed = case().staff("2026-11-01", decided("recovery_monitoring", "agrees"));
        assert_eq!(says(&agreed, |f, on| f.monitoring_agreed(on)), "yes");
        let back = agreed.staff("2026-11-02", decided("treatment_step", "agrees"));
        assert_eq!(says(&back, |f, on| f.monitoring_agreed(on)), "no");
        let not_asked = case().staff("2026-11-01", decided("recovery_monitoring", "not_asked"));
        assert_eq!(says(&not_asked, |f, on| f.monitoring_agreed(on)), "no");
        assert_eq!(says(&case(), |f, on| f.monitoring_agreed(on)), "no");
    }
}
