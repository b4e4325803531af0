//! Learning what was not known decides what was open, and changes nothing that was decided.

use mi_core::{
    CalendarDate, ClientRecord,
    client::{Aim, Substance},
    record::{Body, Event, Role},
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use super::{
    cases,
    inputs::{Learned, days_told, joined, with},
    probes::{Judged, LEAVES, RULES},
    record_and_day,
};

/// What a record leaves unknown and an event of today could tell: answers to a question that was
/// never asked, a goal or a statement of a client who has made none, the use in a stretch or a tail
/// without reports that is longer than those left out.
fn learnable(
    record: &ClientRecord,
    leaves: impl Iterator<Item = Judged>,
    today: CalendarDate,
) -> Vec<Learned> {
    let says = |told: &dyn Fn(&Body) -> bool| record.events().any(|e| told(e.body()));
    let mut bodies: Vec<(Role, Value)> = Vec::new();
    for leaf in leaves.filter(Judged::is_open) {
        for missing in leaf.trace["missing"].as_array().unwrap() {
            let target = &missing["target"];
            let is_about = |one: &mi_core::client::Target| json!(one) == *target;
            let mut add = |by: Role, body: Value| {
                if !bodies.contains(&(by, body.clone())) {
                    bodies.push((by, body));
                }
            };
            if let Some(topic) = missing["topic"].as_str()
                && !says(&|body| matches!(body, Body::Asked(one) if one.topic.code() == topic))
            {
                for answer in ["yes", "no"] {
                    let asked = json!({ "kind": "asked", "topic": topic, "answer": answer });
                    add(Role::Nurse, asked);
                }
            }
            let has_goal = |body: &Body| matches!(body, Body::Goal(goal) if goal.target.as_ref().is_some_and(is_about));
            let has_said =
                |body: &Body| matches!(body, Body::Acknowledgement(said) if is_about(&said.target));
            match missing["fact"].as_str().unwrap() {
                "own_goal" if !says(&has_goal) => {
                    for aim in Aim::CODES {
                        let goal = json!({ "kind": "goal", "target": target, "aim": aim });
                        add(Role::Client, goal);
                    }
                }
                "problem_acknowledged" if !says(&has_said) => {
                    for answer in ["yes", "no"] {
                        let said = json!({ "kind": "acknowledgement", "target": target,
                            "problem": answer });
                        add(Role::Client, said);
                    }
                }
                "age" if !says(&|body| matches!(body, Body::AgeBand(_))) => {
                    for band in ["adult", "under_16"] {
                        add(Role::Nurse, json!({ "kind": "age_band", "band": band }));
                    }
                }
                // For staging these are the days that widen: what is left out is decided.
                "days_without_problematic_use" | "days_reduced" | "days_not_reduced" => {
                    let spans = missing["spans"].as_array().into_iter().flatten();
                    for span in spans.filter(|span| !is_told(record, target, span)) {
                        for told in days_told() {
                            let periods = [joined(span.clone(), &told)];
                            let report = json!({ "kind": "use_report",
                                "substance": target["code"], "periods": periods });
                            add(Role::Nurse, report);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    let learned = |(by, body)| Learned { by, on: today.to_string(), replaces: None, body };
    bodies.into_iter().map(learned).collect()
}

/// Whether the days of a stretch are told of otherwise: by a report on another substance of a class
/// of its, which tells of the class, or by a concern of that time, which counts as a day with
/// problems as long as no report tells of any.
fn is_told(record: &ClientRecord, target: &Value, span: &Value) -> bool {
    let substance = Substance::from_code(target["code"].as_str().unwrap()).unwrap();
    let related = |other: Substance| {
        let has_both = |class: Substance| other.is_in(class) && substance.is_in(class);
        other != substance && Substance::all().any(has_both)
    };
    let [from, to] = ["from", "to"].map(|end| span[end].as_str().unwrap().parse().unwrap());
    let inside = |event: &Event| event.on().earliest() <= to && event.on().latest() >= from;
    record.events().any(|event| match event.body() {
        Body::UseReport(report) => related(report.substance),
        Body::Coverage(coverage) => related(coverage.substance),
        Body::Concern(concern) => concern.substance.is_some() && inside(event),
        _ => false,
    })
}

/// Whether what is learned is also something that a rule reads apart from what it tells, so that it
/// may change what was decided.
fn may_change(judged: &Judged, learned: &Learned) -> bool {
    let (rule, kind) = (judged.rule.as_str(), &learned.body["kind"]);
    let asks = |topic: &str, answer: &str| {
        *kind == "asked" && learned.body["topic"] == topic && learned.body["answer"] == answer
    };
    // A no decides that opioids were never used as long as nothing recorded tells otherwise, and
    // after a discharge tolerance counts as reduced while no use is known that keeps it.
    if matches!(rule, "SF-01" | "SF-04" | "SF-06a" | "SF-06b" | "HR-02" | "RP-05")
        && (*kind == "use_report" || asks("agonist_ever", "yes"))
    {
        return true;
    }
    match rule {
        // The asking itself is what it looks for; and a goal of abstinence is a plan to stop, of
        // which withdrawal is asked more often.
        "SF-60" => *kind == "asked" || learned.body["aim"] == "abstinence",
        // A goal of abstinence is a plan to stop. A plan stands while it is not known whether there
        // is any use to stop, and falls when that is known.
        "SF-10" | "SF-13" => {
            learned.body["aim"] == "abstinence" || *kind == "use_report" || asks("sedatives", "no")
        }
        // To say yes when asked about suicide is itself a signal, of today.
        "SF-20" | "CP-01" => asks("suicide", "yes"),
        // These speak of what is on record, not of the client: how days were reported, where they
        // were spent as far as is recorded, what contradicts what.
        "UE-01" | "UE-02" | "UE-03" | "UE-04" => *kind == "use_report",
        // A return is a run of days reported, known by its first: a stretch that is reported now can
        // belong to it. One that no known goal decides is shown, and is none by some goals.
        "LR-01" | "LR-05" => {
            *kind == "use_report" || *kind == "goal" && judged.about["against_goal"] == "unknown"
        }
        "SC-07" => *kind == "use_report" || *kind == "goal",
        // The current step is the floor as long as no more is known, and a recorded step is within
        // the range as long as it is not ruled out.
        "AX-01" | "AX-02" | "AX-03" | "AX-04" | "AX-05" => true,
        "AX-06" => judged.trace["verdict"] == "unmet",
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn learning_what_is_not_known_changes_no_verdict_that_was_decided(
        (record, date) in record_and_day(),
        index in any::<Index>(),
    ) {
        let leaves = LEAVES.judge(&record, date);
        let all = learnable(&record, leaves.into_values(), date);
        if all.is_empty() {
            return Ok(());
        }
        let learned = index.get(&all);
        let more = with(&record, &[learned]).unwrap();
        let (before, after) = (RULES.judge(&record, date), RULES.judge(&more, date));
        for (place, was) in before {
            if was.is_open() || may_change(&was, learned) {
                continue;
            }
            let is = after.get(&place).map_or(&Value::Null, |is| &is.trace["verdict"]);
            prop_assert!(
                *is == was.trace["verdict"],
                "{} ({:?} of {}), as of {date}: {} becomes {is} with {} in {}",
                was.rule, was.scope, was.target, was.trace["verdict"], learned.body,
                record.to_json()
            );
        }
    }
}
