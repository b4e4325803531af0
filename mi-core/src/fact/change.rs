//! Where the client is about a target: stage of change, ambivalence, decisions.

use std::collections::BTreeSet;

use super::{Fact, Facts, Missing, Observed, query::take};
use crate::{
    client::{Ambivalence, Choice, ClientView, Decision, Target},
    code::{Coded, codes},
    date::CalendarDate,
    record::{Event, Role},
    sort::sort_by,
    stage::{
        Answers, Boundary, PreparationNote, StageLimits, StageOfChange, StageOfChangeAnswers,
        StageOfChangeRating, boundary_of_change,
    },
    text::EventId,
    value::{Truth, Verdict},
};

/// A statement on the stage of change about a target.
struct Statement<'r> {
    event: &'r Event,
    source: Source<'r>,
}

/// The statements on the stage of change that can be the latest, in order.
struct Latest<'r> {
    told: Vec<(Statement<'r>, Verdict)>,
    /// Does one surely count?
    some_count: bool,
}

impl Latest<'_> {
    fn may_be_none(&self) -> bool {
        !self.some_count
    }

    /// Names what leaves a value open: the statement, or those that are dated in part.
    fn open(&self, seen: Observed, target: &Target) -> Observed {
        match self.told.as_slice() {
            [] => unstaged(seen, target),
            [(one, _)] => open_by(seen, target, one.event),
            all => {
                let in_part = all.iter().filter(|(told, _)| told.event.on().exact().is_none());
                in_part.fold(seen, |seen, (told, _)| open_by(seen, target, told.event))
            }
        }
    }
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

codes! {
    /// Of a preparation by answers, whether there was an attempt in the last year.
    pub(super) enum PreparationAttempt {
        /// There was.
        Made = "made",
        /// There was none yet.
        NoneYet = "none_yet",
        /// It was not asked.
        NotAsked = "not_asked",
        /// The answers say nothing of a preparation.
        NotInPreparation = "not_in_preparation",
    }
}

codes! {
    /// Where a person stands on a change.
    pub enum Standing {
        /// Of two minds; that is normal.
        Ambivalent = "ambivalent",
        /// Decided to change, or changing.
        Decided = "decided",
        /// Neither.
        Neither = "neither",
    }
}

impl<'r> Facts<'_, 'r> {
    /// The stage of change by the latest rating or answers; never extrapolated.
    pub(crate) fn stage_of_change(&self, target: &Target) -> Observed {
        let limits = self.settings.stage_limits();
        self.of_latest_stage(target, StageOfChange::ALL, |latest| latest.possible(&limits))
    }

    /// Days since the latest rating or answers.
    pub(crate) fn stage_of_change_age(&self, target: &Target) -> Observed {
        let latest = self.latest_stages(target);
        let told = latest.told.iter().map(|(told, counts)| (told.event, *counts));
        self.days_since_last(told).unwrap_or_else(never)
    }

    /// Of a preparation by answers: whether there was an attempt in the last year.
    pub(crate) fn preparation_attempt(&self, target: &Target) -> Observed {
        let limits = self.settings.stage_limits();
        self.of_latest_stage(target, PreparationAttempt::ALL, |latest| {
            let mut codes = Vec::new();
            let possible = latest.possible(&limits);
            if let Source::Answers(answers) = &latest.source
                && possible.contains(&StageOfChange::Preparation)
            {
                codes.push(match answers.attempt_note() {
                    None => PreparationAttempt::Made,
                    Some(PreparationNote::NoAttemptYet) => PreparationAttempt::NoneYet,
                    Some(PreparationNote::AttemptNotAsked) => PreparationAttempt::NotAsked,
                });
            }
            if codes.is_empty() || possible.len() > 1 {
                codes.push(PreparationAttempt::NotInPreparation);
            }
            codes
        })
    }

    /// Whether today lies past a boundary of the latest answers or change, or a value near one.
    pub(crate) fn stage_of_change_boundary(&self, target: &Target) -> Observed {
        let (limits, today) = (self.settings.stage_limits(), self.today());
        self.of_latest_stage(target, &[Boundary::Clear], |latest| match &latest.source {
            Source::Answers(answers) => answers.boundary(&limits, today),
            Source::Rating(rating) => rating.changed_on.map_or(vec![Boundary::Clear], |since| {
                boundary_of_change(since, latest.event.on(), &limits, today)
            }),
        })
    }

    /// The codes that the latest rating or answers leave possible: those of each that can be the
    /// latest, and `unsaid` where none may count.
    fn of_latest_stage<C: Coded>(
        &self,
        target: &Target,
        unsaid: &[C],
        codes: impl Fn(&Statement<'r>) -> Vec<C>,
    ) -> Observed {
        let latest = self.latest_stages(target);
        let said = latest.told.iter().flat_map(|(told, _)| codes(told));
        let unsaid = unsaid.iter().copied().filter(|_| latest.may_be_none());
        let seen = Observed::codes(said.chain(unsaid));
        let seen = seen.on_all(latest.told.iter().map(|(told, _)| told.event));
        latest.open(seen, target)
    }

    /// Whether another rating within the time allowed differs from the latest one.
    pub(crate) fn stage_ratings_differ(&self, target: &Target) -> Observed {
        let (first, surely) = self.stages_since();
        let ratings = self.snapshot.of_about::<StageOfChangeRating>(target);
        let ratings = ratings.filter(|(event, _)| event.on().latest().min(self.today()) >= first);
        let ratings: Vec<(&Event, &StageOfChangeRating)> = ratings.collect();
        let events = ratings.iter().map(|(event, _)| *event);
        let last: BTreeSet<&EventId> = take::latest(self.today(), events).map(Event::id).collect();
        let latest = ratings.iter().filter(|(event, _)| last.contains(event.id()));
        let is_only = last.len() == 1;
        let mut seen = Observed::truth(false);
        for (last, latest) in latest {
            for (event, _) in ratings.iter().rev().filter(|(_, one)| one.stage != latest.stage) {
                let apart = last.on().days_apart(event.on(), self.today());
                let both_count = Verdict::from(
                    is_only && last.on().earliest().min(event.on().earliest()) >= surely,
                );
                match apart.is_at_most(self.settings.ratings_days) {
                    Verdict::Met if both_count == Verdict::Met => {
                        return Observed::truth(true).on(event).on(last);
                    }
                    Verdict::Met | Verdict::Unknown => {
                        let open = Observed::truth(Truth::Unknown).on(event).on(last);
                        seen = open_by(open, target, event);
                    }
                    Verdict::Unmet => {}
                }
            }
        }
        seen
    }

    pub(super) fn return_since_stage_of_change(&self, target: &Target) -> Observed {
        let latest = self.latest_stages(target);
        let (Some((last, _)), Some(substance)) = (latest.told.last(), target.substance()) else {
            return Observed::truth(false);
        };
        // The latest can have been on any day from the first to the last of these.
        let first = latest.told.iter().map(|(told, _)| told.event.on().earliest()).max();
        let days = latest.told.iter().map(|(told, _)| told.event.on().latest().min(self.today()));
        let until = days.max();
        let returns = self.returns(substance);
        let mut against =
            returns.iter().rev().filter(|found| found.against_goal == Truth::Yes).peekable();
        if let Some(found) = against.peek().filter(|found| Some(found.first) > until) {
            return Observed {
                events: found.events.clone(),
                ..Observed::truth(true).on(last.event)
            };
        }
        if against.any(|found| Some(found.first) > first) {
            let seen = Observed::truth(Truth::Unknown);
            let seen = seen.on_all(latest.told.iter().map(|(told, _)| told.event));
            return latest.open(seen, target);
        }
        Observed::truth(false).on(last.event)
    }

    /// Whether the client is ambivalent, has decided to change, or neither.
    pub(crate) fn standing(&self, target: &Target) -> Observed {
        let decisions = self.decisions_in_force(target);
        let latest = self.latest_stages(target);
        let limits = self.settings.stage_limits();
        let mut stages: Vec<StageOfChange> =
            latest.told.iter().flat_map(|(told, _)| told.possible(&limits)).collect();
        if latest.may_be_none() {
            stages = StageOfChange::ALL.to_vec();
        }
        let by_stage = |stage: &StageOfChange, has_decided: bool| match stage {
            StageOfChange::Contemplation => Standing::Ambivalent,
            StageOfChange::Preparation if !has_decided => Standing::Ambivalent,
            StageOfChange::Precontemplation if !has_decided => Standing::Neither,
            StageOfChange::Precontemplation
            | StageOfChange::Preparation
            | StageOfChange::Action
            | StageOfChange::Maintenance => Standing::Decided,
        };
        let (mut possible, mut ambivalences) = (Vec::new(), Vec::new());
        let none: [Option<(&Event, Choice)>; 1] = [None];
        let each = decisions.iter().copied().map(Some);
        for decision in each.chain(none.into_iter().filter(|_| decisions.is_empty())) {
            let has_decided = decision.is_some_and(|(_, choice)| choice == Choice::Change);
            let ambivalence = self.ambivalence(target, decision);
            if !matches!(ambivalence, Some((_, Verdict::Met))) {
                possible.extend(stages.iter().map(|stage| by_stage(stage, has_decided)));
            }
            possible.extend(ambivalence.map(|_| Standing::Ambivalent));
            ambivalences.extend(ambivalence);
        }
        let seen = Observed::codes(possible)
            .on_all(latest.told.iter().map(|(told, _)| told.event))
            .on_all(decisions.iter().map(|(event, _)| *event))
            .on_all(ambivalences.iter().map(|(event, _)| *event));
        match ambivalences.iter().find(|(_, counts)| *counts == Verdict::Unknown) {
            Some((event, _)) => open_by(seen, target, event),
            None => latest.open(seen, target),
        }
    }

    /// Whether the client agreed to go over to monitoring of the recovery.
    pub(crate) fn monitoring_agreed(&self, target: &Target) -> Observed {
        let about = |decision: &Decision| decision.about.as_ref().is_none_or(|on| on == target);
        let moves = |decision: &Decision| {
            matches!(decision.choice, Choice::RecoveryMonitoring | Choice::TreatmentStep)
        };
        let decisions = self.snapshot.of::<Decision>();
        let decisions = decisions.filter(|(_, decision)| about(decision) && moves(decision));
        let mut last: Vec<(&Event, &Decision)> = decisions.collect();
        take::keep_latest(self.today(), &mut last, |(event, _)| event);
        let agreed = last.iter().map(|(event, decision)| {
            decision.choice == Choice::RecoveryMonitoring && is_the_clients(event, decision)
        });
        let agreed: Vec<bool> = agreed.collect();
        let truth = match (agreed.contains(&true), agreed.contains(&false)) {
            (true, true) => Truth::Unknown,
            (agreed, _) => agreed.into(),
        };
        Observed::truth(truth).on_all(last.into_iter().map(|(event, _)| event))
    }

    /// The latest rating or answers about a target, with the stages that they leave possible.
    pub(crate) fn latest_stage_of_change(&self, target: &Target) -> Option<StageSeen<'r>> {
        let latest = self.latest_stages(target);
        let limits = self.settings.stage_limits();
        let possible: Vec<StageOfChange> =
            latest.told.iter().flat_map(|(told, _)| told.possible(&limits)).collect();
        let mut all = StageOfChange::ALL.to_vec();
        if !latest.may_be_none() {
            all.retain(|stage| possible.contains(stage));
        }
        let (last, _) = latest.told.last()?;
        Some(StageSeen { event: last.event, possible: all })
    }

    /// The ratings and answers about a target that can be the latest of the open episode, each with
    /// whether it surely is of it.
    fn latest_stages(&self, target: &Target) -> Latest<'r> {
        let (first, surely) = self.stages_since();
        let counts = |event: &Event| event.on().latest().min(self.today()) >= first;
        let ratings = self.snapshot.of_about::<StageOfChangeRating>(target);
        let ratings = ratings.filter(|(event, _)| counts(event));
        let ratings =
            ratings.map(|(event, rating)| Statement { event, source: Source::Rating(rating) });
        let answers = self.snapshot.of_about::<StageOfChangeAnswers>(target);
        let answers = answers.filter(|(event, _)| counts(event));
        let answers = answers.map(|(event, answers)| Statement {
            event,
            source: Source::Answers(Answers::recorded(answers, event.on())),
        });
        let mut told: Vec<Statement<'r>> = ratings.chain(answers).collect();
        let is_certain = |event: &Event| event.on().earliest() >= surely;
        let some_count = told.iter().any(|told| is_certain(told.event));
        take::keep_latest(self.today(), &mut told, |told| told.event);
        sort_by(&mut told, |one, other| one.event.order().cmp(&other.event.order()));
        let told = told.into_iter().map(|told| {
            let counts = if is_certain(told.event) { Verdict::Met } else { Verdict::Unknown };
            (told, counts)
        });
        Latest { told: told.collect(), some_count }
    }

    /// Stage ratings belong to the episode that was open on their day: those since the opening of
    /// the one that is open now count. Where none is open, all do. The first day that may be one of
    /// it, and the first that surely is.
    fn stages_since(&self) -> (CalendarDate, CalendarDate) {
        self.open_episode().map_or((CalendarDate::MIN, CalendarDate::MIN), |episode| {
            (episode.first_day(), episode.opened.on().latest().min(self.today()))
        })
    }

    /// The client's decisions to change the target, not to, or to leave it open, that can be the
    /// latest.
    fn decisions_in_force(&self, target: &Target) -> Vec<(&'r Event, Choice)> {
        let decides = |decision: &Decision| {
            matches!(decision.choice, Choice::Change | Choice::NoChange | Choice::Undecided)
        };
        let decisions = self.snapshot.of_about::<Decision>(target);
        let decisions = decisions
            .filter(|(event, decision)| decides(decision) && is_the_clients(event, decision));
        let mut decisions: Vec<(&Event, Choice)> =
            decisions.map(|(event, decision)| (event, decision.choice)).collect();
        take::keep_latest(self.today(), &mut decisions, |(event, _)| event);
        decisions
    }

    /// The latest ambivalence that counts, or may count: recent, and nothing decided since.
    fn ambivalence(
        &self,
        target: &Target,
        decision: Option<(&Event, Choice)>,
    ) -> Option<(&'r Event, Verdict)> {
        let decided = decision.filter(|(_, choice)| *choice != Choice::Undecided);
        self.snapshot
            .of_about::<Ambivalence>(target)
            .map(|(event, _)| {
                let recent =
                    event.on().days_before(self.today()).is_at_most(self.settings.ambivalence_days);
                let since = decided
                    .map_or(Verdict::Unmet, |(on, _)| take::came_after(on, event, self.today()));
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
    seen.missing_if_open(Missing::of(Fact::STAGE_OF_CHANGE).about(target.clone()))
}

fn open_by(seen: Observed, target: &Target, event: &Event) -> Observed {
    seen.missing_if_open(Missing::of(Fact::STAGE_OF_CHANGE).about(target.clone()).by_event(event))
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
        assert_eq!(seen.value, Observed::any_code::<StageOfChange>().value);
        assert_eq!(seen.missing, [Missing::of(Fact::STAGE_OF_CHANGE).about(target("cocaine"))]);

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
