//! Questions of the rows that ship, answered from records.

use serde_json::{Value as Json, json};

use super::QueryRow;
use crate::{
    client::{HarmReductionOutcome, SuicideSignal, Topic},
    document::read_part,
    fact::case::{Case, case, events},
};

const TODAY: &str = "2026-11-22";
const ALL: &[SuicideSignal] = &[
    SuicideSignal::Item,
    SuicideSignal::Disclosure,
    SuicideSignal::SelfHarm,
    SuicideSignal::Attempt,
    SuicideSignal::CommandVoices,
];

fn signal(signal: &str) -> Json {
    json!({ "kind": "suicidality", "signal": signal })
}

fn item(score: i64) -> Json {
    json!({ "kind": "measure", "measure": "phq_9", "suicide_item": score })
}

fn assessed(settled: Option<bool>) -> Json {
    match settled {
        Some(settled) => {
            json!({ "kind": "safety_assessment", "of": "suicide", "settled": settled })
        }
        None => json!({ "kind": "safety_assessment", "of": "suicide" }),
    }
}

fn since(case: &Case, signals: &[SuicideSignal]) -> String {
    case.answers(TODAY, "days_since_suicide_signal", &json!({ "signals": signals }))
}

/// The record of a case that opens with an episode of a complete log and alcohol treated.
fn opened(on: &str) -> Case {
    case().staff(on, json!({ "kind": "episode_opened", "contact_log": "complete" })).staff(
        on,
        json!({ "kind": "target", "treated": true,
            "target": { "kind": "substance", "code": "alcohol" } }),
    )
}

fn kept() -> Json {
    json!({ "kind": "contact", "outcome": "kept" })
}

fn letter(successful: bool) -> Json {
    json!({ "kind": "outreach", "channel": "letter", "successful": successful })
}

#[test]
fn attempts_dated_in_part_may_lie_on_either_side_of_the_last_contact() {
    let asks = |case: &Case, code: &str| case.answers("2026-07-15", code, &json!({}));
    let one = opened("2025-11-02").staff("2026-06-10", kept()).staff("2026-06", letter(true));
    assert_eq!(asks(&one, "outreach_days"), "0..1"); // B
    assert_eq!(asks(&one, "outreach_successful"), "unknown");
    let two =
        opened("2025-11-02").staff("2026-06-10", letter(false)).staff("2026-06", letter(false));
    assert_eq!(asks(&two, "outreach_days"), "1..2"); // F
    let lost = opened("2025-04-01")
        .staff("2025-08-05", kept())
        .staff("2025-08", letter(false))
        .staff("2025-08-31", letter(false));
    assert_eq!(lost.answers("2025-09-01", "outreach_days", &json!({})), "1..2"); // P8
}

#[test]
fn a_contact_of_the_month_of_the_opening_may_lie_before_it() {
    let told = opened("2026-06-10").staff("2026-06", kept());
    assert_eq!(told.answers("2026-07-15", "contact_made", &json!({})), "unknown"); // G
    let days = json!({ "days": 60 });
    assert_eq!(told.answers("2026-07-15", "contacts_kept", &days), "0..1");
    let more = told.staff("2026-06-20", kept()).staff("2026-06-20", kept());
    assert_eq!(more.answers("2026-07-15", "contacts_kept", &days), "1..2"); // days, not contacts
}

#[test]
fn whatever_shows_that_a_topic_was_spoken_of_counts() {
    let on = |body: Json| case().staff("2026-11-20", body);
    for (topic, told) in [
        (Topic::Suicide, case().asked("2026-11-20", "suicide", "declined")),
        (Topic::Suicide, on(json!({ "kind": "suicidality", "signal": "none" }))),
        (Topic::Suicide, on(json!({ "kind": "measure", "measure": "phq_9", "suicide_item": 0 }))),
        (Topic::Suicide, on(json!({ "kind": "safety_assessment", "of": "suicide" }))),
        (Topic::Overdose, on(json!({ "kind": "overdose", "substance": "heroin" }))),
        (
            Topic::Withdrawal,
            on(json!({ "kind": "withdrawal_signs", "substance": "alcohol", "present": false })),
        ),
        (Topic::Pregnancy, on(json!({ "kind": "pregnancy", "status": "possible" }))),
        (Topic::Sedatives, case().asked("2026-11-20", "sedatives", "yes")),
    ] {
        assert_eq!(told.answers(TODAY, "asked_age", &json!({ "topic": topic })), "2", "{topic}");
    }
    let total = on(json!({ "kind": "measure", "measure": "phq_9", "total": 4 }));
    assert_eq!(total.answers(TODAY, "asked_age", &json!({ "topic": "suicide" })), "never");
    let month = case().asked("2026-10", "suicide", "no");
    assert_eq!(month.answers(TODAY, "asked_age", &json!({ "topic": "suicide" })), "22..52");
}

#[test]
fn an_offer_counts_by_its_outcome() {
    let naloxone =
        |outcome: &str| json!({ "kind": "harm_reduction", "item": "naloxone", "outcome": outcome });
    let told =
        case().staff("2026-08-24", naloxone("talked")).staff("2026-11-01", naloxone("declined"));
    let age = |outcomes: &[HarmReductionOutcome]| {
        let asked = json!({ "item": "naloxone", "outcomes": outcomes });
        told.answers(TODAY, "harm_reduction_age", &asked)
    };
    assert_eq!(age(&[HarmReductionOutcome::Talked]), "90");
    assert_eq!(age(&[HarmReductionOutcome::Talked, HarmReductionOutcome::Declined]), "21");
    assert_eq!(age(&[HarmReductionOutcome::Supplied]), "never");
}

#[test]
fn an_acute_state_lasts_fourteen_days_or_until_it_resolves() {
    let state = |state: &str| json!({ "kind": "acute_state", "state": state });
    let resolved = json!({ "kind": "acute_state", "state": "mania", "resolved": true });
    let acute = |case: &Case| case.answers(TODAY, "acute_state", &json!({}));
    let since = |case: &Case| case.answers(TODAY, "days_since_acute_state", &json!({}));
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
    assert_eq!(case().answers(TODAY, "days_since_crisis", &json!({})), "never");
    let crisis = case().staff("2026-11-01", json!({ "kind": "crisis" }));
    assert_eq!(crisis.answers(TODAY, "days_since_crisis", &json!({})), "21");
}

#[test]
fn no_overdose_is_what_the_person_says() {
    let since = |case: Case| case.answers(TODAY, "days_since_overdose", &json!({}));
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
    assert_eq!(told.answers(TODAY, "plan_written", &json!({ "plan": "crisis" })), "yes");
    assert_eq!(told.answers(TODAY, "plan_written", &json!({ "plan": "relapse_prevention" })), "no");
}

#[test]
fn own_data_is_read_back() {
    let sleep = json!({ "code": "acme.sleep_hours" });
    let in_days = |days: i64| json!({ "code": "acme.sleep_hours", "days": days });
    let slept = |hours: i64| {
        json!({ "kind": "observation", "code": "acme.sleep_hours",
            "value": { "type": "quantity", "value": hours } })
    };
    let told = case()
        .staff("2026-10-23", slept(7)) // the 31st day of a window of 30
        .staff("2026-10-24", slept(6))
        .staff("2026-11", slept(5))
        .staff("2026-11-20", slept(4));
    assert!(told.answers("2026-10-30", "observation", &sleep).contains('6'));
    assert_eq!(told.answers(TODAY, "observation_age", &sleep), "0..2");
    assert_eq!(told.answers(TODAY, "observation_count", &in_days(30)), "3");
    assert_eq!(told.answers(TODAY, "observation_count", &in_days(10)), "1..2");
    assert_eq!(case().answers(TODAY, "observation", &sleep), "null");
    assert_eq!(told.answers(TODAY, "observation", &sleep), "null"); // 5 may have come last
    assert_eq!(case().answers(TODAY, "observation_age", &sleep), "never");
    assert_eq!(case().answers(TODAY, "observation_count", &in_days(30)), "0");
}

#[test]
fn each_signal_has_its_own_days() {
    let told = case()
        .staff("2026-08-24", signal("attempt"))
        .staff("2026-11-12", item(1))
        .staff("2026-11-15", item(0))
        .staff("2026-11-16", signal("none"))
        .asked("2026-11-17", "suicide", "no");
    assert_eq!(since(&told, &[SuicideSignal::Attempt]), "90");
    assert_eq!(since(&told, &[SuicideSignal::Item]), "10");
    assert_eq!(since(&told, ALL), "10");
    let asked = told.clone().asked("2026-11-20", "suicide", "yes");
    assert_eq!(since(&asked, &[SuicideSignal::Disclosure]), "2");
    let month = case().staff("2026-10", signal("self_harm"));
    assert_eq!(since(&month, ALL), "22..52");
    let both = month.staff("2026-10-20", signal("self_harm"));
    let seen = both.asks(TODAY, "days_since_suicide_signal", &json!({ "signals": ALL }));
    assert_eq!((since(&both, ALL).as_str(), events(&seen)), ("22..33", vec!["e1", "e2"]));
}

#[test]
fn only_an_answer_says_that_there_is_no_signal() {
    for (told, expected) in [
        (case(), "0.."),
        (case().staff("2026-11-20", item(0)), "0.."),
        (case().asked("2026-11-20", "suicide", "declined"), "0.."),
        (case().asked("2026-11-20", "suicide", "no"), "never"),
        (case().staff("2026-11-20", signal("none")), "never"),
        (
            case().staff("2026-11-20", signal("none")).asked("2026-11-21", "suicide", "declined"),
            "0..",
        ),
    ] {
        assert_eq!(since(&told, ALL), expected, "{}", told.told_so_far());
    }
}

#[test]
fn an_assessment_counts_on_the_day_of_the_signal_or_later() {
    let told = |on: &str| {
        let told = case().staff("2026-11-10", signal("disclosure"));
        told.staff(on, assessed(None)).answers(TODAY, "suicide_assessed", &json!({}))
    };
    assert_eq!(told("2026-11-09"), "no");
    assert_eq!(told("2026-11-10"), "yes");
    assert_eq!(told("2026-11-11"), "yes");
    assert_eq!(told("2026-11"), "unknown");
    let again = case()
        .staff("2026-11-10", signal("disclosure"))
        .staff("2026-11-11", assessed(None))
        .staff("2026-11-12", item(2));
    assert_eq!(again.answers(TODAY, "suicide_assessed", &json!({})), "no");
    assert_eq!(case().answers(TODAY, "suicide_assessed", &json!({})), "no");
}

#[test]
fn settled_is_what_an_assessment_after_the_signal_records() {
    let told = case().staff("2026-11-10", signal("attempt"));
    let settled = |case: &Case| case.answers(TODAY, "suicide_settled", &json!({}));
    assert_eq!(settled(&told.clone().staff("2026-11-09", assessed(Some(true)))), "no");
    assert_eq!(settled(&told.clone().staff("2026-11-11", assessed(None))), "no");
    assert_eq!(settled(&told.clone().staff("2026-11-11", assessed(Some(false)))), "no");
    let same_day = told.staff("2026-11-10", assessed(Some(true)));
    assert_eq!(settled(&same_day), "yes");
    assert_eq!(settled(&same_day.clone().staff("2026-11-12", assessed(None))), "yes");
    assert_eq!(settled(&same_day.clone().staff("2026-11-12", assessed(Some(false)))), "no");
    assert_eq!(settled(&same_day.staff("2026-11-10", signal("disclosure"))), "no");
    assert_eq!(settled(&case()), "no");
}

#[test]
fn signs_stand_until_they_are_recorded_as_gone() {
    let signs = |substance: &str, present: bool| json!({ "kind": "withdrawal_signs", "substance": substance, "present": present });
    let shown = case().staff("2026-11-12", signs("alcohol", true));
    for (told, expected) in [
        (case(), "0.."),
        (case().asked(TODAY, "withdrawal", "no"), "never"),
        (case().asked(TODAY, "withdrawal", "yes"), "0.."),
        (case().staff(TODAY, signs("alcohol", false)), "never"),
        (shown.clone(), "10"),
        (shown.clone().asked(TODAY, "withdrawal", "no"), "10"),
        (shown.clone().staff("2026-11-12", signs("alcohol", false)), "never"),
        (shown.clone().staff("2026-11-13", signs("opioid", false)), "10"),
        (shown.clone().staff("2026-11", signs("alcohol", false)), "10.."),
        (
            shown
                .staff("2026-11-13", signs("alcohol", false))
                .staff("2026-11-14", signs("alcohol", true)),
            "8",
        ),
    ] {
        let seen =
            told.answers(TODAY, "days_since_withdrawal_signs", &json!({ "substance": "alcohol" }));
        assert_eq!(seen, expected, "{}", told.told_so_far());
    }
    let two = case()
        .staff("2026-11-12", signs("ghb", true))
        .staff("2026-11-13", signs("baclofen", false));
    let sedative = |told: &Case| {
        told.answers(TODAY, "days_since_withdrawal_signs", &json!({ "substance": "sedative" }))
    };
    assert_eq!(sedative(&two), "10");
    assert_eq!(sedative(&two.staff("2026-11-13", signs("sedative", false))), "never");
}

#[test]
fn a_problem_is_acknowledged_by_the_client_alone() {
    let said = |problem: &str| {
        json!({ "kind": "acknowledgement", "problem": problem,
        "target": { "kind": "substance", "code": "alcohol" } })
    };
    let acknowledged = |case: &Case| case.answers(TODAY, "problem_acknowledged", &json!({}));
    assert_eq!(acknowledged(&case()), "unknown");
    assert_eq!(acknowledged(&case().staff("2026-05-01", said("yes"))), "unknown");
    let told = case().client("2021-05-01", said("yes"));
    assert_eq!(acknowledged(&told), "yes", "it does not age");
    assert_eq!(acknowledged(&told.clone().client("2026-05-02", said("no"))), "no");
    assert_eq!(acknowledged(&told.clone().client("2026-05-02", said("unsure"))), "unknown");
    assert_eq!(acknowledged(&told.client("2021", said("no"))), "unknown");
}

/// Where a row is wrong, if it is.
fn refused(edit: impl Fn(&mut Json)) -> Option<String> {
    let mut row = json!({
        "fact": "f", "scope": "person", "category": "administrative", "definition": "A question.",
        "events": [{ "kind": "contact", "where": { "outcome": { "is": ["kept"] } } }],
        "when": { "in": "open_episode", "last": { "argument": "days" } },
        "take": "days", "silence": "vouched",
    });
    edit(&mut row);
    let row: Result<QueryRow, _> = read_part(&row.to_string());
    let query = row.and_then(|row| row.query(&mut Vec::new()));
    query.err().map(|problem| problem.path().to_owned())
}

#[test]
fn a_row_that_does_not_fit_is_refused_where_it_is_wrong() {
    let set = |path: &'static str, value: Json| {
        refused(move |row| {
            let (parent, name) = path.rsplit_once('/').unwrap();
            row.pointer_mut(parent).unwrap()[name] = value.clone();
        })
    };
    assert_eq!(refused(|_| {}), None);
    for (path, value, wrong) in [
        ("/events/0/kind", json!("meeting"), "/events"),
        ("/events/0/where", json!({ "result": { "is": ["kept"] } }), "/events"),
        ("/events/0/where", json!({ "outcome": { "is": ["postponed"] } }), "/events"),
        ("/events/0/where", json!({ "outcome": { "above": 1 } }), "/events"),
        ("/events/0/where", json!({ "outcome": { "is": ["kept"], "present": true } }), "/events"),
        ("/events/0/for", json!({ "people": ["all"] }), "/events"),
        ("/events/0/by", json!(["visitor"]), "/events/0/by/0"),
        ("/when/last", json!({ "argument": "topic" }), "/when/last"),
        ("/take", json!("most"), "/take"),
        ("/take", json!("latest"), "/field"),
        ("/field", json!("outcome"), "/field"),
        ("/silence", json!("asked"), "/asked"),
        ("/asked", json!({ "topic": "overdose" }), "/asked"),
        ("/silence", json!("assumed"), "/silence"),
        (
            "/unless_later",
            json!({ "events": [{ "kind": "outreach" }], "agree": ["outcome"] }),
            "/unless_later/agree",
        ),
        ("/note", json!("x"), ""),
    ] {
        assert_eq!(set(path, value.clone()).as_deref(), Some(wrong), "{path} {value}");
    }
    let without =
        |name: &'static str| refused(move |row| drop(row.as_object_mut().unwrap().remove(name)));
    assert_eq!(without("silence").as_deref(), Some(""), "silence is stated for every row");
    let latest = refused(|row| {
        row["take"] = json!("latest");
        row["field"] = json!("outcome");
    });
    assert_eq!(latest.as_deref(), Some("/silence"), "no code says that there was nothing");
}
