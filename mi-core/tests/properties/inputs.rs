//! What a review says is missing: where a verdict is open, learning it decides.
#![expect(clippy::arithmetic_side_effects, reason = "small numbers of test cases")]

use std::collections::BTreeMap;

use mi_core::{
    CalendarDate, ClientRecord,
    client::{Aim, ContactOutcome},
    date::PartialDate,
    record::{Body, Event, Role},
    stage::StageOfChange,
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};

use super::{
    cases,
    probes::{Judged, LEAVES, Place, Scope},
    record_and_day,
};

/// Something that could be learned, and the event that it stands in for, if it corrects one.
#[derive(Clone)]
pub(crate) struct Learned {
    pub(crate) by: Role,
    pub(crate) on: String,
    pub(crate) replaces: Option<Value>,
    pub(crate) body: Value,
}

/// What could be learned of an input: events that are learned together.
type Answer = Vec<Learned>;

/// The record with what was learned, last of all.
pub(crate) fn with(record: &ClientRecord, learned: &[&Learned]) -> Option<ClientRecord> {
    let event = |(index, one): (usize, &&Learned)| {
        let mut event = json!({
            "id": format!("zz{index:03}"), "on": one.on, "recorded": "2200-12-31T23:00:00Z",
            "by": { "role": one.by, "id": "x1" }, "body": one.body,
        });
        if let Some(replaced) = &one.replaces {
            event["replaces"] = replaced.clone();
        }
        Event::from_json(&event.to_string()).ok()
    };
    let events: Option<Vec<Event>> = learned.iter().enumerate().map(event).collect();
    let mut more = record.clone();
    more.extend(events?).ok()?;
    Some(more)
}

fn document_of(record: &ClientRecord, id: &Value) -> Value {
    let event = record.events().find(|event| *id == event.id().as_str()).unwrap();
    serde_json::from_str(&event.to_json()).unwrap()
}

/// The fields of both.
pub(crate) fn joined(mut one: Value, more: &Value) -> Value {
    one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    one
}

/// A document with every date that is known in part on its first or its last day.
fn dated(value: &Value, last: bool) -> Value {
    match value {
        Value::String(text) => match text.parse::<PartialDate>() {
            Ok(date) => json!(if last { date.latest() } else { date.earliest() }),
            Err(_) => value.clone(),
        },
        Value::Array(all) => all.iter().map(|one| dated(one, last)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, one)| (key.clone(), dated(one, last)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// What a report could say of a day: no use, use without problems and much of it, use with problems
/// and little of it.
pub(crate) fn days_told() -> [Value; 3] {
    let daily = |problems: bool, grams: u32| {
        json!({ "use": { "kind": "daily" }, "problems": problems,
            "per_use_day": { "amount": grams, "unit": "gram_ethanol" } })
    };
    [json!({ "use": { "kind": "none" } }), daily(false, 200), daily(true, 20)]
}

/// The event that leaves something open, with what it leaves open filled in.
fn corrected(event: &Value) -> Vec<Answer> {
    let mut found = Vec::new();
    for last in [false, true] {
        let body = dated(&event["body"], last);
        let mut bodies = vec![body.clone()];
        if body["periods"].is_array() {
            bodies.extend(days_told().map(|told| {
                let mut body = body.clone();
                for period in body["periods"].as_array_mut().unwrap() {
                    period.as_object_mut().unwrap().remove("problem_days");
                    *period = joined(period.clone(), &told);
                }
                body
            }));
        }
        let more = match body["kind"].as_str() {
            Some("contact") => vec![json!({ "discussed": [] })],
            Some("goal") => vec![json!({ "target": { "kind": "substance", "code": "cannabis" } })],
            Some("stage_of_change_answers") => ["yes", "no"]
                .map(|answer| {
                    json!({ "changed": answer, "intends_within_six_months": answer,
                        "intends_within_thirty_days": answer, "attempt_in_last_year": answer })
                })
                .to_vec(),
            _ => Vec::new(),
        };
        bodies.extend(more.iter().map(|more| joined(body.clone(), more)));
        let on = dated(&event["on"], last).as_str().unwrap().to_owned();
        let replaces = Some(event["id"].clone());
        let answer = |body| {
            vec![Learned { by: Role::Client, on: on.clone(), replaces: replaces.clone(), body }]
        };
        found.extend(bodies.into_iter().map(answer));
    }
    found
}

/// What a report, or a diagnosis, could say about a substance.
fn reported(missing: &Value, today: CalendarDate) -> Vec<Value> {
    let substance = &missing["target"]["code"];
    let any_days = vec![json!({ "from": today.plus_days(-400), "to": today })];
    let spans = missing["spans"].as_array().unwrap_or(&any_days);
    let report = |told: &Value| {
        let periods: Value = spans.iter().map(|span| joined(span.clone(), told)).collect();
        json!({ "kind": "use_report", "substance": substance, "periods": periods })
    };
    let mut bodies: Vec<Value> = days_told().iter().map(report).collect();
    let before = json!([{ "from": today.plus_days(-500), "to": today.plus_days(-401),
        "use": { "kind": "daily" } }]);
    bodies.push(match missing["fact"].as_str() {
        Some("use_reference") => json!({ "kind": "use_report", "substance": substance,
            "baseline": true, "periods": before }),
        _ => json!({ "kind": "concern", "domain": "substance_use", "substance": substance,
            "status": "diagnosed", "severity": "severe" }),
    });
    bodies
}

/// What could be learned of a missing input.
fn answers(
    missing: &Value,
    of: &Judged,
    record: &ClientRecord,
    today: CalendarDate,
) -> Vec<Answer> {
    let (fact, target) = (missing["fact"].as_str().unwrap(), &missing["target"]);
    let ago = |days: i64, body: &Value| Learned {
        by: Role::Client,
        on: today.plus_days(-days).to_string(),
        replaces: None,
        body: body.clone(),
    };
    let now = |body: &Value| vec![ago(0, body)];
    let each = |codes: &[&str], make: &dyn Fn(&str) -> Value| -> Vec<Answer> {
        codes.iter().map(|code| now(&make(code))).collect()
    };
    let mut found = Vec::new();
    if let Some(topic) = missing.get("topic") {
        found.extend(each(
            &["no", "yes"],
            &|answer| json!({ "kind": "asked", "topic": topic, "answer": answer }),
        ));
    }
    if let Some(event) = missing.get("event") {
        found.extend(corrected(&document_of(record, event)));
    }
    if target["kind"] == "substance" {
        found.extend(reported(missing, today).iter().map(now));
    }
    let of_fact = match fact {
        "own_goal" | "return_against_goal" => each(Aim::CODES, &|aim| {
            let goal = json!({ "kind": "goal", "target": target, "aim": aim });
            match missing["spans"].get(0) {
                Some(day) => joined(goal, &json!({ "in_force_from": day["from"] })),
                None => goal,
            }
        }),
        "problem_acknowledged" => each(
            &["yes", "no"],
            &|answer| json!({ "kind": "acknowledgement", "target": target, "problem": answer }),
        ),
        "contact_made" | "contacts_kept" | "longest_contact_gap" | "days_since_contact" => {
            let kept = json!({ "kind": "contact", "outcome": "kept" });
            vec![(0..12).map(|week| ago(7 * week, &kept)).collect(), vec![ago(0, &kept); 4]]
        }
        "use_discussed" => {
            vec![now(&json!({ "kind": "contact", "outcome": "kept", "discussed": [target] }))]
        }
        "outreach_days" | "outreach_successful" => {
            let tried = json!({ "kind": "outreach", "channel": "telephone", "successful": true });
            vec![(0..2).map(|days| ago(days, &tried)).collect()]
        }
        "stage_of_change" => each(StageOfChange::CODES, &|stage| {
            json!({ "kind": "stage_of_change_rating", "target": target, "stage": stage,
                "basis": "judgment" })
        }),
        "age" => each(&["adult"], &|band| json!({ "kind": "age_band", "band": band })),
        // A balance that leaves out its purpose, or what it is about.
        "balance_purpose" | "standing" => {
            let balance = document_of(record, &of.about["id"]);
            let alcohol = json!({ "kind": "substance", "code": "alcohol" });
            let named = joined(json!({ "target": alcohol }), &balance["body"]);
            let body = joined(named, &json!({ "purpose": "evoke_change" }));
            let ambivalent = json!({ "kind": "ambivalence", "target": body["target"] });
            let on = balance["on"].as_str().unwrap().to_owned();
            let instead =
                Learned { by: Role::Client, on, replaces: Some(balance["id"].clone()), body };
            vec![vec![instead, ago(0, &ambivalent)]]
        }
        "return_reviewed" => vec![now(&json!({ "kind": "learning_review",
            "substance": target["code"], "from": of.about["first"], "plan": "confirmed" }))],
        _ => Vec::new(),
    };
    found.extend(of_fact);
    let class = if fact.contains("antagonist") { "opioid_antagonist" } else { "opioid_agonist" };
    if fact.contains("agonist") {
        found.extend(each(&["start", "stop", "missed"], &|moment| {
            json!({ "kind": "medicine", "class": class, "moment": moment, "form": "injection" })
        }));
    }
    found
}

/// Does what was learned decide the leaf?
fn decides(
    place: &Place,
    leaf: &Judged,
    learned: &[&Learned],
    record: &ClientRecord,
    today: CalendarDate,
) -> bool {
    let Some(more) = with(record, learned) else { return false };
    let judged = LEAVES.judge(&more, today);
    match leaf.scope {
        // Whatever is learned of its days can make it another return, or none.
        Scope::ReturnToUse => judged.get(place).is_none_or(|leaf| !leaf.is_open()),
        // A balance that is corrected can be about another target.
        Scope::Balance => {
            let is_it = |(at, leaf): &(&Place, &Judged)| {
                at.0 == place.0 && (*at == place || leaf.about["id"] == "zz000")
            };
            judged.iter().filter(is_it).any(|(_, leaf)| !leaf.is_open())
        }
        _ => judged.get(place).is_some_and(|leaf| !leaf.is_open()),
    }
}

/// Is there something to be learned of what is missing, one input or several together, that
/// decides?
fn is_decidable(place: &Place, leaf: &Judged, record: &ClientRecord, today: CalendarDate) -> bool {
    let missing = leaf.trace["missing"].as_array().into_iter().flatten();
    let all: Vec<Vec<Answer>> =
        missing.map(|missing| answers(missing, leaf, record, today)).collect();
    let does = |learned: &[&Learned]| decides(place, leaf, learned, record, today);
    // Of each input one answer or none.
    let ways: usize = all.iter().map(|answers| answers.len() + 1).product();
    let mut found = (0..ways).map(|mut way| {
        let mut learned = Vec::new();
        for answers in &all {
            learned.extend(answers.get(way % (answers.len() + 1)).into_iter().flatten());
            way /= answers.len() + 1;
        }
        learned
    });
    found.any(|learned| does(&learned))
}

/// Counts of a partial log are open-ended: where the days since the last contact are fewer than the
/// attempts that a rule asks for, the rest can be recorded on no day.
fn is_without_room(leaf: &Judged, record: &ClientRecord, today: CalendarDate) -> bool {
    let begins = |body: &Body| match body {
        Body::EpisodeOpened(_) => true,
        Body::Contact(contact) => contact.outcome == ContactOutcome::Kept,
        _ => false,
    };
    let lately = |event: &&Event| {
        event.on().earliest() <= today && event.on().latest() >= today.plus_days(-1)
    };
    let fact = leaf.trace["fact"].as_str().unwrap();
    fact.starts_with("outreach") && record.events().filter(lately).any(|event| begins(event.body()))
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn what_is_missing_decides_what_is_open(
        (record, date) in record_and_day(),
        fact in any::<Index>(),
        index in any::<Index>(),
    ) {
        let mut open: BTreeMap<String, Vec<(Place, Judged)>> = BTreeMap::new();
        for (place, leaf) in LEAVES.judge(&record, date) {
            if leaf.is_open() {
                open.entry(leaf.trace["fact"].to_string()).or_default().push((place, leaf));
            }
        }
        let open: Vec<_> = open.into_values().collect(); // facts that are seldom open as often as others
        if open.is_empty() {
            return Ok(()); // after a death nothing is judged
        }
        let (place, leaf) = index.get(fact.get(&open).as_slice());
        prop_assert!(
            is_without_room(leaf, &record, date) || is_decidable(place, leaf, &record, date),
            "of {} ({:?}), as of {date}: no answer decides {} in {}",
            leaf.rule, leaf.scope, leaf.trace, record.to_json()
        );
    }
}
