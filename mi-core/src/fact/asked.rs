//! What was asked, offered, planned and recorded lately.

use super::{
    Fact, Facts, Missing, Observed,
    since::{Later, days_since, is_in_last, last_of, on_or_after, since_last},
};
use crate::{
    client::{
        AcuteState, AcuteStateRecorded, Answer, Asked, Crisis, Domain, HarmReduction,
        HarmReductionItem, HarmReductionOutcome, Measure, Overdose, Pregnancy, SafetyAssessment,
        Setting, Suicidality, Target, Topic, TreatmentTarget, WithdrawalSigns,
    },
    plan::{PlanKind, PlanRecorded},
    record::{Body, Event, Kind},
    value::{Range, Truth, Verdict},
};

/// The kinds that show that a topic was spoken of.
const SPEAKING: [usize; 7] = [
    Asked::PLACE,
    SafetyAssessment::PLACE,
    Suicidality::PLACE,
    Measure::PLACE,
    Overdose::PLACE,
    WithdrawalSigns::PLACE,
    Pregnancy::PLACE,
];

impl<'r> Facts<'_, 'r> {
    /// Days since the topic was last asked about, answered by an instrument, assessed or observed.
    pub(crate) fn asked_age(&self, topic: Topic) -> Observed {
        let asked = self.asked_about(topic).map(|event| (event, Verdict::Met));
        since_last(self.today(), asked).unwrap_or_else(never)
    }

    /// Whether the topic was not asked about since a recent discharge.
    pub(crate) fn not_asked_since_discharge(&self, topic: Topic) -> Observed {
        let today = self.today();
        let asked: Vec<&Event> = self.asked_about(topic).collect();
        let asked = last_of(&asked);
        let mut seen = Observed::truth(false);
        for event in self.discharges(Setting::LEFT) {
            let recent = is_in_last(today, self.settings.discharge_asks_days, event.on());
            if recent == Verdict::Unmet {
                continue;
            }
            let since = asked
                .iter()
                .fold(Verdict::Unmet, |since, asked| since.or(on_or_after(asked.on(), event.on())));
            match recent.and(since.not()) {
                Verdict::Met => return Observed::truth(true).on(event),
                Verdict::Unknown => seen = open(Fact::NotAskedSinceDischarge, topic).on(event),
                Verdict::Unmet => {}
            }
        }
        let asked_today = asked.iter().any(|event| event.on().earliest() == today);
        if self.may_have_left_unrecorded() && !asked_today {
            seen = open(Fact::NotAskedSinceDischarge, topic)
                .missing(Missing::of(Fact::LeftSetting).on_topic(Topic::SettingLeft));
        }
        seen
    }

    /// Whether a concern about substances, or their use, is recorded.
    pub(crate) fn substance_recorded(&self) -> Observed {
        let concerns = self.concerns();
        let concern = concerns.iter().find(|(_, of)| of.domain == Domain::SubstanceUse);
        let treated = |target: &TreatmentTarget| {
            target.treated && matches!(target.target, Target::Substance { .. })
        };
        let event = concern
            .map(|(event, _)| *event)
            .or_else(|| {
                self.snapshot.of::<TreatmentTarget>().rfind(|(_, t)| treated(t)).map(|t| t.0)
            })
            .or_else(|| self.last_report_of_use())
            .or_else(|| self.ever_yes(Topic::Substances));
        Observed::truth(event.is_some()).on_all(event)
    }

    /// Days since something that reduces harm was offered with one of these outcomes.
    pub(crate) fn harm_reduction_age(
        &self,
        item: HarmReductionItem,
        outcomes: &[HarmReductionOutcome],
    ) -> Observed {
        let offered = self
            .snapshot
            .of::<HarmReduction>()
            .filter(|(_, offer)| offer.item == item && outcomes.contains(&offer.outcome))
            .map(|(event, _)| (event, Verdict::Met));
        since_last(self.today(), offered).unwrap_or_else(never)
    }

    /// Whether an acute state was recorded lately and is not recorded as resolved since.
    pub(crate) fn acute_state(&self) -> Observed {
        let states = || self.snapshot.of::<AcuteStateRecorded>();
        let resolved = AcuteState::ALL.iter().map(|of| {
            let is_resolved = |state: &AcuteStateRecorded| state.resolved == Some(true);
            let ends = states().filter(|(_, state)| state.state == *of && is_resolved(state));
            (*of, Later::new(ends.map(|(event, _)| event)))
        });
        let resolved: Vec<(AcuteState, Later<'_>)> = resolved.collect();
        let mut seen = Observed::truth(false);
        for (event, state) in states().filter(|(_, state)| state.resolved != Some(true)) {
            let recent =
                days_since(self.today(), event.on()).is_at_most(self.settings.acute_state_days);
            if recent == Verdict::Unmet {
                continue;
            }
            let of_state = resolved.iter().find(|(of, _)| *of == state.state);
            let resolved = of_state.map_or(Verdict::Unmet, |(_, ends)| ends.any_after(event));
            match recent.and(resolved.not()) {
                Verdict::Met => return Observed::truth(true).on(event),
                Verdict::Unknown => {
                    let missing = Missing::of(Fact::AcuteState).by_event(event);
                    seen = Observed::truth(Truth::Unknown).on(event).missing(missing);
                }
                Verdict::Unmet => {}
            }
        }
        seen
    }

    /// Days since an acute state was recorded.
    pub(crate) fn days_since_acute_state(&self) -> Observed {
        let states = self
            .snapshot
            .of::<AcuteStateRecorded>()
            .filter(|(_, state)| state.resolved != Some(true))
            .map(|(event, _)| (event, Verdict::Met));
        since_last(self.today(), states).unwrap_or_else(never)
    }

    /// Days since a crisis was recorded.
    pub(crate) fn days_since_crisis(&self) -> Observed {
        let crises = self.snapshot.of::<Crisis>().map(|(event, _)| (event, Verdict::Met));
        since_last(self.today(), crises).unwrap_or_else(never)
    }

    /// Days since the last non-fatal overdose.
    pub(crate) fn days_since_overdose(&self) -> Observed {
        let overdoses = self.snapshot.of::<Overdose>().map(|(event, _)| (event, Verdict::Met));
        if let Some(last) = since_last(self.today(), overdoses) {
            return last;
        }
        let answer = self.answer(Topic::Overdose);
        match answer {
            Some((event, Answer::No)) => never().on(event),
            _ => Observed::days(Range::at_least(0))
                .on_all(answer.map(|(event, _)| event))
                .missing(Missing::of(Fact::DaysSinceOverdose).on_topic(Topic::Overdose)),
        }
    }

    /// Whether a plan of the kind is on record.
    pub(crate) fn plan_written(&self, kind: PlanKind) -> Observed {
        let latest = self.snapshot.of::<PlanRecorded>().rfind(|(_, of)| of.plan.kind() == kind);
        Observed::truth(latest.is_some()).on_all(latest.map(|(event, _)| event))
    }

    /// The events that show that a topic was spoken of, whatever came out.
    fn asked_about(&self, topic: Topic) -> impl Iterator<Item = &'r Event> {
        let speaking = self.snapshot.of_kinds(&SPEAKING).into_iter();
        speaking.filter(move |event| speaks_of(event, topic))
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds speak of a topic")]
fn speaks_of(event: &Event, topic: Topic) -> bool {
    match event.body() {
        Body::Asked(asked) => asked.topic == topic,
        Body::SafetyAssessment(assessment) => assessment.of == topic,
        Body::Suicidality(_) | Body::Measure(Measure { suicide_item: Some(_), .. }) => {
            topic == Topic::Suicide
        }
        Body::Overdose(_) => topic == Topic::Overdose,
        Body::WithdrawalSigns(_) => topic == Topic::Withdrawal,
        Body::Pregnancy(_) => topic == Topic::Pregnancy,
        _ => false,
    }
}

fn never() -> Observed {
    Observed::days(Range::without_limit())
}

fn open(fact: Fact, topic: Topic) -> Observed {
    Observed::truth(Truth::Unknown).missing(Missing::of(fact).on_topic(topic))
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case, target};

    const TODAY: &str = "2026-11-22";

    fn discharged(setting: &str) -> Json {
        json!({ "kind": "setting", "setting": setting, "moment": "discharge" })
    }

    fn says(case: &Case, fact: impl Fn(&Facts<'_, '_>) -> Observed) -> String {
        case.says(TODAY, fact)
    }

    #[test]
    fn whatever_shows_that_a_topic_was_spoken_of_counts() {
        let on = |body: Json| case().staff("2026-11-20", body);
        for (topic, told) in [
            (Topic::Suicide, case().asked("2026-11-20", "suicide", "declined")),
            (Topic::Suicide, on(json!({ "kind": "suicidality", "signal": "none" }))),
            (
                Topic::Suicide,
                on(json!({ "kind": "measure", "measure": "phq_9", "suicide_item": 0 })),
            ),
            (Topic::Suicide, on(json!({ "kind": "safety_assessment", "of": "suicide" }))),
            (Topic::Overdose, on(json!({ "kind": "overdose", "substance": "heroin" }))),
            (
                Topic::Withdrawal,
                on(json!({ "kind": "withdrawal_signs", "substance": "alcohol", "present": false })),
            ),
            (Topic::Pregnancy, on(json!({ "kind": "pregnancy", "status": "possible" }))),
            (Topic::Sedatives, case().asked("2026-11-20", "sedatives", "yes")),
        ] {
            assert_eq!(says(&told, |f| f.asked_age(topic)), "2", "{topic}");
        }
        let total = on(json!({ "kind": "measure", "measure": "phq_9", "total": 4 }));
        assert_eq!(says(&total, |f| f.asked_age(Topic::Suicide)), "never");
        let month = case().asked("2026-10", "suicide", "no");
        assert_eq!(says(&month, |f| f.asked_age(Topic::Suicide)), "22..52");
    }

    #[test]
    fn a_recent_discharge_asks_for_new_answers() {
        let overdose = |f: &Facts<'_, '_>| f.not_asked_since_discharge(Topic::Overdose);
        let left = |on: &str| case().staff(on, discharged("custody"));
        assert_eq!(says(&left("2026-10-24"), overdose), "yes"); // the first day of 30
        assert_eq!(says(&left("2026-10-23"), overdose), "no");
        assert_eq!(says(&left("2026-10"), overdose), "unknown");
        let asked = |on: &str| left("2026-11-10").asked(on, "overdose", "declined");
        assert_eq!(says(&asked("2026-11-09"), overdose), "yes");
        assert_eq!(says(&asked("2026-11-10"), overdose), "no");
        assert_eq!(says(&asked("2026-11"), overdose), "unknown");
        let home = case().staff("2026-11-20", discharged("home"));
        assert_eq!(says(&home, overdose), "unknown");
        assert_eq!(says(&home.asked(TODAY, "overdose", "no"), overdose), "no");
        let kept = case().staff("2026-11-01", json!({ "kind": "contact", "outcome": "kept" }));
        assert_eq!(says(&kept, overdose), "no");
    }

    #[test]
    fn substances_are_recorded_as_a_concern_a_target_or_use() {
        let concern = |status: &str| {
            json!({ "kind": "concern", "domain": "substance_use", "substance": "cannabis",
                "status": status })
        };
        let none = case().used("alcohol", "2026-11-01", "2026-11-20", "none");
        for (told, expected) in [
            (case(), "no"),
            (case().staff("2026-11-01", concern("suspected")), "yes"),
            (case().staff("2026-11-01", concern("in_remission")), "yes"),
            (case().staff("2026-11-01", concern("ruled_out")), "no"),
            (none.clone(), "no"),
            (none.used("alcohol", "2026-10-01", "2026-10-31", "2"), "yes"),
            (case().asked("2026-11-01", "substances", "yes"), "yes"),
            (
                case().staff(
                    "2026-11-01",
                    json!({ "kind": "target", "target": target("alcohol"), "treated": true }),
                ),
                "yes",
            ),
        ] {
            let seen = says(&told, |f| f.substance_recorded());
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn an_offer_counts_by_its_outcome() {
        let naloxone = |outcome: &str| json!({ "kind": "harm_reduction", "item": "naloxone", "outcome": outcome });
        let told = case()
            .staff("2026-08-24", naloxone("talked"))
            .staff("2026-11-01", naloxone("declined"));
        let age = |outcomes: &[HarmReductionOutcome]| {
            says(&told, |f| f.harm_reduction_age(HarmReductionItem::Naloxone, outcomes))
        };
        assert_eq!(age(&[HarmReductionOutcome::Talked]), "90");
        assert_eq!(age(&[HarmReductionOutcome::Talked, HarmReductionOutcome::Declined]), "21");
        assert_eq!(age(&[HarmReductionOutcome::Supplied]), "never");
    }

    #[test]
    fn an_acute_state_lasts_fourteen_days_or_until_it_resolves() {
        let state = |state: &str| json!({ "kind": "acute_state", "state": state });
        let resolved = json!({ "kind": "acute_state", "state": "mania", "resolved": true });
        let acute = |case: &Case| says(case, |f| f.acute_state());
        let since = |case: &Case| says(case, |f| f.days_since_acute_state());
        assert_eq!(acute(&case().staff("2026-11-08", state("mania"))), "yes");
        assert_eq!(acute(&case().staff("2026-11-07", state("mania"))), "no");
        assert_eq!(acute(&case().staff("2026-11", state("mania"))), "unknown");
        assert_eq!(acute(&case()), "no");
        let told = case().staff("2026-11-20", state("mania")).staff("2026-11-20", resolved.clone());
        assert_eq!((acute(&told).as_str(), since(&told).as_str()), ("no", "2"));
        assert_eq!(acute(&told.clone().staff("2026-11-21", state("mania"))), "yes");
        assert_eq!(acute(&told.staff("2026-11-19", state("psychosis"))), "yes");
        let before = case().staff("2026-11-19", resolved).staff("2026-11-20", state("mania"));
        assert_eq!(acute(&before), "yes");
        assert_eq!(since(&case()), "never");
        assert_eq!(says(&case(), |f| f.days_since_crisis()), "never");
        let crisis = case().staff("2026-11-01", json!({ "kind": "crisis" }));
        assert_eq!(says(&crisis, |f| f.days_since_crisis()), "21");
    }

    #[test]
    fn no_overdose_is_what_the_person_says() {
        let since = |case: Case| says(&case, |f| f.days_since_overdose());
        assert_eq!(since(case()), "0..");
        assert_eq!(since(case().asked("2026-11-01", "overdose", "no")), "never");
        assert_eq!(since(case().asked("2026-11-01", "overdose", "yes")), "0..");
        let overdose = json!({ "kind": "overdose", "substance": "heroin" });
        let told = case().staff("2026-10-23", overdose).asked("2026-11-01", "overdose", "no");
        assert_eq!(since(told), "30");
    }

    #[test]
    fn a_plan_is_written_by_kind() {
        let plan = json!({ "kind": "plan", "plan": { "kind": "crisis" } });
        let told = case().staff("2026-01-01", plan);
        assert_eq!(says(&told, |f| f.plan_written(PlanKind::Crisis)), "yes");
        assert_eq!(says(&told, |f| f.plan_written(PlanKind::RelapsePrevention)), "no");
    }
}
