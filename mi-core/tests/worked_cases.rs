//! Replays the worked cases of `examples/records` against the tables of their README, which were
//! worked out by hand, and event by event as they came to be known.
#![cfg(test)]

use std::{collections::BTreeSet, fs, path::PathBuf};

use mi_core::{CalendarDate, ClientRecord, Instant, Protocol, record::AsOf};
use serde_json::Value;

const ANTIDEPRESSANT: &str = "take_antidepressant_daily";

fn text(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/records");
    fs::read_to_string(folder.join(name)).unwrap()
}

struct Case {
    record: ClientRecord,
    protocol: Protocol,
}

impl Case {
    fn read(name: &str) -> Self {
        let record = ClientRecord::from_json(&text(&format!("{name}.json"))).unwrap();
        Self { record, protocol: Protocol::dual_diagnosis() }
    }

    fn review(&self, as_of: CalendarDate, known_by: Option<Instant>) -> Value {
        let snapshot = self.record.as_of(AsOf::on(as_of).known_by(known_by));
        serde_json::from_str(&self.protocol.review(&snapshot).to_json()).unwrap()
    }

    fn on(&self, as_of: &str) -> Value {
        self.review(as_of.parse().unwrap(), None)
    }

    /// What a reader sees of each event as it is recorded, where that differs from the one before.
    fn replay(&self, see: impl Fn(&Value) -> String) -> Vec<(String, String)> {
        let mut seen: Vec<(String, String)> = Vec::new();
        let mut events: Vec<_> = self.record.events().collect();
        events.sort_by_key(|event| event.recorded());
        for event in events {
            let now = see(&self.review(event.recorded().date(), Some(event.recorded())));
            if seen.last().is_none_or(|(_, before)| *before != now) {
                seen.push((event.id().to_string(), now));
            }
        }
        seen
    }
}

/// The elements of a list, those that are there.
fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn about<'v>(values: &'v [Value], target: &str) -> Option<&'v Value> {
    values.iter().find(|value| value["target"]["code"] == target)
}

/// `floor`, or `floor … ceiling`.
fn range(position: &Value) -> String {
    let (floor, ceiling) = (word(&position["floor"]), word(&position["ceiling"]));
    if floor == ceiling { floor } else { format!("{floor} … {ceiling}") }
}

fn step_of(review: &Value, target: &str) -> String {
    let targets = list(review, "/positions/treatment_stage/targets");
    about(targets, target)
        .map_or_else(|| word(&review["positions"]["treatment_stage"]["person"]["status"]), range)
}

fn stage_of_change(review: &Value, target: &str) -> String {
    let found = about(list(review, "/positions/stage_of_change"), target);
    let Some(age) = found.and_then(|found| found["age_days"].as_i64()) else {
        return "none recorded".to_owned();
    };
    let found = found.unwrap();
    let possible: Vec<String> = list(found, "/possible").iter().map(word).collect();
    let stale = if found["stale"] == true { ", stale" } else { "" };
    format!("{}, {age} days old{stale}", possible.join(" or "))
}

/// Whether any part of a trace fits.
fn any_part(trace: &Value, fits: &impl Fn(&Value) -> bool) -> bool {
    match trace {
        Value::Object(parts) => fits(trace) || parts.values().any(|part| any_part(part, fits)),
        Value::Array(parts) => parts.iter().any(|part| any_part(part, fits)),
        _ => false,
    }
}

/// The topics that SF-60 lists: the arms of its trigger that are met.
fn topics(flag: &Value) -> Vec<&'static str> {
    let names = ["suicide", "overdose", "withdrawal"];
    let asks = |arm: &Value, topic: &str| {
        let name = format!("{topic}_to_be_asked");
        arm["verdict"] == "met" && any_part(arm, &|part| part["name"] == name.as_str())
    };
    let arms = list(flag, "/trigger/of");
    names.into_iter().filter(|topic| arms.iter().any(|arm| asks(arm, topic))).collect()
}

fn safety(review: &Value) -> BTreeSet<String> {
    let flag = |flag: &Value| {
        let shown = format!("{} {}", word(&flag["rule"]), word(&flag["severity"]));
        if flag["rule"] == "SF-60" {
            return format!("{shown}: {}", topics(flag).join(", "));
        }
        shown
    };
    list(review, "/safety").iter().map(flag).collect()
}

/// The other rules that are raised, but for printed assumptions and returns that no goal decides.
fn findings(review: &Value) -> BTreeSet<String> {
    let is_listed = |finding: &&Value| match word(&finding["rule"]).as_str() {
        "UE-02" | "UE-03" | "UE-04" => false,
        "LR-01" => finding["about"]["against_goal"] == "yes",
        _ => true,
    };
    let sections = ["/discordance", "/cautions", "/plans", "/notes"];
    let all = sections.iter().flat_map(|section| list(review, section)).filter(is_listed);
    let shown = |finding: &Value| {
        let open = if finding["verdict"] == "unknown" { " unknown" } else { "" };
        format!("{}{open}", word(&finding["rule"]))
    };
    all.map(shown).collect()
}

/// A cell as a set: without emphasis and what stands in brackets.
fn cell(text: &str, separator: &str) -> BTreeSet<String> {
    let plain = text.replace("**", "");
    let item = |item: &str| item.split(" (").next().unwrap_or_default().trim().to_owned();
    plain.split(separator).map(item).filter(|item| item != "none").collect()
}

/// The tables of a section of the README, row by row: the names of the columns, and the cells.
fn rows(section: &str) -> Vec<Vec<(String, String)>> {
    let readme = text("README.md");
    let section = readme.split("\n## ").find(|part| part.starts_with(section)).unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    let mut lines = section.lines().filter(|line| line.starts_with('|')).map(cells);
    let columns = lines.next().unwrap();
    lines.skip(1).map(|row| columns.iter().cloned().zip(row).collect()).collect()
}

fn compare(section: &str, name: &str) {
    let case = Case::read(name);
    let mut as_of: Option<CalendarDate> = None;
    for row in rows(section) {
        let (when, known_by) = row[0].1.split_once("*known by* ").unwrap_or((&row[0].1, ""));
        if let Ok(date) = when.trim_matches([',', ' ']).parse() {
            as_of = Some(date);
        }
        let known_by = match known_by.len() {
            0 => None,
            10 => Some(format!("{known_by}T23:59:59.999Z")),
            _ => Some(known_by.to_owned()),
        };
        let known_by = known_by.map(|instant| instant.parse().unwrap());
        let review = case.review(as_of.unwrap(), known_by);
        for (column, expected) in &row[1..] {
            let at = format!("{name}, {}, {column}", row[0].1);
            match column.as_str() {
                "stage of change" => {
                    assert_eq!(stage_of_change(&review, ANTIDEPRESSANT), *expected, "{at}");
                }
                "alcohol" => assert_eq!(step_of(&review, "alcohol"), *expected, "{at}"),
                "opioids" => assert_eq!(step_of(&review, "opioid"), *expected, "{at}"),
                "person" => {
                    let person = &review["positions"]["treatment_stage"]["person"];
                    assert_eq!(range(person), *expected, "{at}");
                }
                "safety" => assert_eq!(safety(&review), cell(expected, ";"), "{at}"),
                "findings" => assert_eq!(findings(&review), cell(expected, ","), "{at}"),
                _ => assert_eq!(column, "why"),
            }
        }
    }
}

#[test]
fn finding_her_own_reasons_is_as_its_table_says() {
    compare("Finding her own reasons", "finding-her-own-reasons");
}

#[test]
fn stopping_is_as_its_table_says() {
    compare("Stopping", "stopping");
}

#[test]
fn two_years_are_as_their_table_says() {
    compare("Two years", "two-years");
}

/// The values that a fact has in the traces of the steps of a target.
fn saw(review: &Value, target: &str, fact: &str) -> (Option<i64>, Option<i64>) {
    let mut found = None;
    for step in list(review, "/moves").iter().filter(|step| step["target"]["code"] == target) {
        find(step, fact, &mut found);
    }
    let saw = found.unwrap();
    (saw["min"].as_i64(), saw["max"].as_i64())
}

fn find<'v>(trace: &'v Value, fact: &str, found: &mut Option<&'v Value>) {
    match trace {
        Value::Object(parts) if parts.get("fact").is_some_and(|name| name == fact) => {
            *found = parts.get("saw");
        }
        Value::Object(parts) => parts.values().for_each(|part| find(part, fact, found)),
        Value::Array(parts) => parts.iter().for_each(|part| find(part, fact, found)),
        _ => {}
    }
}

/// The numbers that the README's texts give.
#[test]
fn the_days_are_those_of_the_readme() {
    let (wop, reduced) = ("days_without_problematic_use", "days_reduced");
    let not_reduced = "days_not_reduced";
    let (stopping, two_years) = (Case::read("stopping"), Case::read("two-years"));
    for (case, as_of, target, fact, min, max) in [
        (&stopping, "2026-02-20", "alcohol", reduced, 0, 0),
        (&stopping, "2026-04-12", "alcohol", reduced, 32, 32),
        (&stopping, "2026-04-20", "alcohol", wop, 0, 0),
        (&stopping, "2026-04-29", "alcohol", reduced, 49, 49),
        (&stopping, "2026-04-29", "alcohol", wop, 3, 3),
        (&stopping, "2026-05-28", "alcohol", wop, 32, 32),
        (&stopping, "2026-08-10", "alcohol", wop, 96, 96),
        (&stopping, "2026-10-29", "alcohol", wop, 176, 176),
        (&stopping, "2026-11-05", "alcohol", wop, 183, 183),
        (&stopping, "2026-11-12", "alcohol", wop, 189, 189),
        (&two_years, "2025-01-15", "alcohol", reduced, 0, 0),
        (&two_years, "2025-01-15", "opioid", reduced, 0, 0),
        (&two_years, "2025-05-20", "opioid", reduced, 37, 37),
        (&two_years, "2025-05-20", "opioid", wop, 23, 29),
        (&two_years, "2025-06-04", "opioid", reduced, 52, 52),
        (&two_years, "2025-06-04", "opioid", wop, 38, 44),
        (&two_years, "2025-09-03", "alcohol", reduced, 43, 43),
        (&two_years, "2025-09-03", "alcohol", wop, 43, 43),
        (&two_years, "2025-09-03", "opioid", wop, 72, 72),
        (&two_years, "2025-10-08", "alcohol", wop, 78, 78),
        (&two_years, "2025-10-08", "opioid", wop, 107, 107),
        (&two_years, "2026-03-04", "alcohol", wop, 213, 213),
        (&two_years, "2026-03-04", "opioid", wop, 242, 242),
        (&two_years, "2026-03-20", "alcohol", wop, 229, 229),
        (&two_years, "2026-03-20", "opioid", wop, 258, 258),
        (&two_years, "2026-05-28", "alcohol", wop, 0, 254),
        (&two_years, "2026-06-16", "opioid", not_reduced, 15, 15),
        (&two_years, "2026-07-10", "opioid", reduced, 24, 24),
        (&two_years, "2026-07-10", "opioid", wop, 0, 6),
        (&two_years, "2026-07-10", "alcohol", wop, 22, 294),
        (&two_years, "2026-11-20", "opioid", reduced, 77, 77),
        (&two_years, "2026-11-20", "opioid", wop, 63, 69),
        (&two_years, "2026-11-20", "alcohol", wop, 49, 427),
    ] {
        let seen = saw(&case.on(as_of), target, fact);
        assert_eq!(seen, (Some(min), Some(max)), "{as_of} {target} {fact}");
    }
}

/// At each event by what was known then: where he stands changes with these and no others.
///
/// Where more than 31 days went by without a report, the contact that comes before the report
/// leaves it open what became of the reduction.
#[test]
fn stopping_event_by_event() {
    let open = "early_persuasion … late_active_treatment";
    let expected = [
        ("e1", "not_applicable"),
        ("e5", "pre_engagement"),
        ("e6", "engagement"),
        ("e21", "early_persuasion"),
        ("e39", "late_persuasion"),
        ("e41", "early_active_treatment"),
        ("e56", "late_active_treatment"),
        ("e61", open),
        ("e63", "late_active_treatment"),
        ("e69", open),
        ("e70", "late_active_treatment"),
        ("e71", "early_persuasion … relapse_prevention"),
        ("e72", "relapse_prevention"),
    ];
    let seen = Case::read("stopping").replay(|review| step_of(review, "alcohol"));
    assert_eq!(seen, expected.map(|(event, step)| (event.to_owned(), step.to_owned())));
}

#[test]
fn finding_her_own_reasons_event_by_event() {
    let expected =
        [("e1", ""), ("e13", "contemplation"), ("e20", "preparation"), ("e25", "action")];
    let seen = Case::read("finding-her-own-reasons").replay(|review| {
        let stage = stage_of_change(review, ANTIDEPRESSANT);
        stage.split_once(',').map(|(stage, _)| stage.to_owned()).unwrap_or_default()
    });
    assert_eq!(seen, expected.map(|(event, stage)| (event.to_owned(), stage.to_owned())));
}

/// Never a position without a floor under its ceiling, and nothing that a later event undoes:
/// with the last event everything is known.
#[test]
fn two_years_event_by_event() {
    let case = Case::read("two-years");
    let steps: Vec<String> =
        mi_core::stage::TreatmentStep::ALL.iter().map(|step| step.code().to_owned()).collect();
    let rank = |step: &Value| steps.iter().position(|code| *code == word(step));
    let seen = case.replay(|review| {
        for position in list(review, "/positions/treatment_stage/targets") {
            assert!(rank(&position["floor"]) <= rank(&position["ceiling"]), "{position}");
        }
        [step_of(review, "alcohol"), step_of(review, "opioid")].join(" / ")
    });
    let last = case.on("2026-11-18");
    let whole = [step_of(&last, "alcohol"), step_of(&last, "opioid")].join(" / ");
    assert_eq!(seen.last().unwrap().1, whole);
}
