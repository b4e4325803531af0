//! Runs `tests/vectors/*.json`, which the Python and JavaScript packages run too. Their README says
//! what a case holds.
#![cfg(test)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    str::FromStr,
};

use mi_core::{
    CalendarDate, ClientRecord, Error, Instant, Protocol,
    balance::DecisionalBalance,
    plan::Plan,
    protocol::Texts,
    record::AsOf,
    review::{PlanContext, Standing},
    stage::{Answers, StageOfChange},
    value::Truth,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    #[serde(rename = "suite")]
    name: String,
    #[serde(rename = "source")]
    _source: String,
    given: Option<BTreeMap<String, Vec<Value>>>,
    cases: Vec<Case>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(rename = "about")]
    _about: String,
    input: Value,
    gives: Option<Value>,
    expect: Option<Value>,
    only: Option<BTreeMap<String, Value>>,
    lacks: Option<BTreeMap<String, Vec<Value>>>,
    error: Option<Value>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors")
}

fn suites() -> Vec<(String, Suite)> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter(|path| path.file_name().is_some_and(|name| name != "digests.json"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let mut suite: Suite = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for events in suite.cases.iter_mut().filter_map(|case| {
                case.input.pointer_mut("/record/events").and_then(Value::as_array_mut)
            }) {
                if let Some(given) = &suite.given {
                    *events = written_out(given, events);
                }
            }
            (path.display().to_string(), suite)
        })
        .collect()
}

/// The events of a record whose suite gives some of them by name: `"DAY, DAY: NAME"` stands for the
/// events of that name, once for each day. An event without `id` or `recorded` has them of its place:
/// the third is `e3`, written down three minutes past nine on its first possible day.
fn written_out(given: &BTreeMap<String, Vec<Value>>, events: &[Value]) -> Vec<Value> {
    let mut written = Vec::new();
    for event in events {
        let Some(line) = event.as_str() else {
            written.push(event.clone());
            continue;
        };
        let (days, name) = line.split_once(": ").unwrap();
        for day in days.split(", ") {
            let named = given.get(name).unwrap_or_else(|| panic!("no event is given as {name}"));
            written.extend(named.iter().cloned().map(|mut event| {
                event["on"] = json!(day);
                event
            }));
        }
    }
    for (place, event) in (1..).zip(&mut written) {
        let first = format!("{}-01-01", event["on"].as_str().unwrap());
        let fields = event.as_object_mut().unwrap();
        fields.entry("id").or_insert(json!(format!("e{place}")));
        let recorded = json!(format!("{}T09:{place:02}:00.000Z", &first[..10]));
        fields.entry("recorded").or_insert(recorded);
    }
    written
}

/// The text of an input that may be given as a document or, for what only text can hold, as text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Sets or removes what stands at a pointer; `-` appends to a list.
fn edit(document: &mut Value, edit: &Value) {
    let (parent, key) = edit["path"].as_str().unwrap().rsplit_once('/').unwrap();
    let index = || key.parse::<usize>().unwrap();
    match (document.pointer_mut(parent).unwrap(), edit.get("value").cloned()) {
        (Value::Object(fields), Some(value)) => drop(fields.insert(key.to_owned(), value)),
        (Value::Object(fields), None) => drop(fields.remove(key).unwrap()),
        (Value::Array(list), Some(value)) if key == "-" => list.push(value),
        (Value::Array(list), Some(value)) => list[index()] = value,
        (Value::Array(list), None) => drop(list.remove(index())),
        _ => panic!("nothing to edit at {parent}"),
    }
}

/// The default protocol with what a case sets or removes in it, and with its numbers.
fn protocol(input: &Value) -> Result<Protocol, Error> {
    let mut protocol = Protocol::dual_diagnosis();
    if let Some(edits) = input["edits"].as_array() {
        let mut document = serde_json::from_str(&protocol.to_json()).unwrap();
        for one in edits {
            edit(&mut document, one);
        }
        protocol = Protocol::from_json(&document.to_string())?;
    }
    if let Some(overlay) = input.get("overlay") {
        protocol = protocol.with_overlay(&overlay.to_string())?;
    }
    let numbers = input["numbers"].as_object().into_iter().flatten();
    protocol.with(numbers.map(|(name, value)| (name.as_str(), value.as_i64().unwrap())))
}

/// The English of the default protocol with what a case sets or removes in it, read as words of
/// the protocol of the case.
fn read_texts(input: &Value) -> Result<Texts, Error> {
    let english = Protocol::dual_diagnosis().texts("en")?.to_json();
    let mut texts = serde_json::from_str(&english).unwrap();
    for one in input["texts"].as_array().into_iter().flatten() {
        edit(&mut texts, one);
    }
    protocol(input)?.read_texts(&texts.to_string())
}

/// An argument that is no document, where a case has it: its problems are told at its name.
fn argument<T: FromStr<Err = Error>>(input: &Value, name: &str) -> Result<Option<T>, Error> {
    let read = input[name].as_str().map(str::parse::<T>).transpose();
    read.map_err(|error| error.below(&format!("/{name}")))
}

fn as_of(input: &Value) -> Result<AsOf, Error> {
    let date: CalendarDate = argument(input, "as_of")?.unwrap();
    let known_by: Option<Instant> = argument(input, "known_by")?;
    Ok(AsOf::on(date).known_by(known_by))
}

fn run(suite: &str, input: &Value) -> Result<Value, Error> {
    let parsed = |json: String| serde_json::from_str(&json).unwrap();
    match suite {
        "record" => Ok(parsed(ClientRecord::from_json(&text(input))?.to_json())),
        "protocol" => Ok(parsed(Protocol::from_json(&text(input))?.to_json())),
        "protocol_edit" => Ok(parsed(protocol(input)?.to_json())),
        "overlay" => Ok(changed(&parsed(protocol(input)?.to_json()))),
        "texts" => {
            let texts = read_texts(input)?;
            Ok(json!({ "language": texts.language(), "schema_version": 1 }))
        }
        "review" => {
            let record = ClientRecord::from_json(&text(&input["record"]))?;
            Ok(parsed(protocol(input)?.review(&record.as_of(as_of(input)?)).to_json()))
        }
        "render" => {
            let example = input["record"]
                .as_str()
                .map(|name| folder().join(format!("../../mi-core/examples/records/{name}.json")));
            let record = example.map_or_else(
                || input["record"].to_string(),
                |path| fs::read_to_string(path).unwrap(),
            );
            let record = ClientRecord::from_json(&record)?;
            let protocol = protocol(input)?;
            let review = protocol.review(&record.as_of(as_of(input)?));
            Ok(json!(protocol.render(&review, &protocol.texts("en")?)))
        }
        "explain" => {
            let record = ClientRecord::from_json(&text(&input["record"]))?;
            let protocol = protocol(input)?;
            let review = protocol.review(&record.as_of(as_of(input)?));
            Ok(parsed(protocol.explain(&review, &protocol.texts("en")?).to_json()))
        }
        "balance" => {
            let balance = DecisionalBalance::from_json(&input["balance"].to_string())?;
            let standing: Standing = argument(input, "standing")?.unwrap();
            Ok(json!(protocol(input)?.check_balance(&balance, standing)))
        }
        "plan" => {
            let plan = Plan::from_json(&input["plan"].to_string())?;
            let truth = |name| argument::<Truth>(input, name);
            let context =
                PlanContext::new().dual(truth("dual")?).opioid_history(truth("opioid_history")?);
            Ok(json!(protocol(input)?.check_plan(&plan, &context)))
        }
        "stage_of_change" => {
            let answers = Answers::from_json(&input["answers"].to_string())?;
            Ok(json!(protocol(input)?.stage_of_change(&answers)))
        }
        _ => panic!("no runner for the suite {suite}"),
    }
}

/// A line of a page that shows a place of its sentence, in braces, as it is.
fn unfilled(page: &str) -> Option<&str> {
    page.lines().find(|line| line.contains(['{', '}']))
}

/// What the digest of a result is made of: a review without the version and the hash of its
/// protocol, a page without its last line and an explanation without its foot and summary, which say
/// the same, because a new rule would change the digests of all by them. A `Value` writes
/// sorted keys: without floats that is the canonical form.
fn hashed(suite: &str, result: &Value) -> Value {
    let mut result = result.clone();
    if suite == "render" {
        let page = result.as_str().unwrap().trim_end();
        return json!(page.rsplit_once('\n').unwrap().0);
    }
    if suite == "explain" {
        let explained = result.as_object_mut().unwrap();
        explained.retain(|name, _| name != "foot" && name != "summary");
    }
    if suite == "review" {
        let protocol = result["protocol"].as_object_mut().unwrap();
        protocol.retain(|name, _| name != "version" && name != "sha256");
    }
    result
}

/// What a protocol has from overlays.
fn changed(protocol: &Value) -> Value {
    let mut overlays = protocol["overlays"].clone();
    for overlay in overlays.as_array_mut().into_iter().flatten() {
        overlay["extends"].as_object_mut().unwrap().remove("sha256");
        overlay.as_object_mut().unwrap().remove("sha256");
    }
    let numbers = protocol["parameters"].as_object().unwrap().iter();
    let numbers = numbers.filter(|(_, number)| number.get("default").is_some());
    let numbers: BTreeMap<&String, &Value> =
        numbers.map(|(name, number)| (name, &number["value"])).collect();
    let off = protocol.get("off").cloned().unwrap_or(json!([]));
    json!({ "id": protocol["id"], "version": protocol["version"], "off": off,
        "overlays": overlays, "numbers": numbers })
}

/// What a vector says of a problem.
fn place(problem: &mi_core::Problem) -> Value {
    let mut place = json!({ "code": problem.code(), "path": problem.path() });
    if let Some((line, column)) = problem.position() {
        place["line"] = json!(line);
        place["column"] = json!(column);
    }
    place
}

/// Is `part` a part of `whole`?
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| holds(whole, part)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            let mut rest = whole.iter();
            part.iter().all(|part| rest.any(|whole| holds(whole, part)))
        }
        _ => whole == part,
    }
}

/// Examples of the library's own that errors name.
const EXAMPLES: [&str; 3] = ["2026-08-03T09:10:00.000Z", "acme.sleep_hours", "true or false"];

/// Field names and codes of the library's own, and names of arguments.
fn vocabulary() -> BTreeSet<String> {
    let mut words = BTreeSet::from(["as_of", "known_by", "numbers"].map(str::to_owned));
    let schemas = ["record", "protocol", "overlay", "texts"];
    let schemas = schemas.map(|name| format!("../../docs/schemas/{name}.schema.json"));
    // Errors about a protocol name what it defines.
    let rules = "../../mi-core/content/protocols/dual-diagnosis/1.0.0";
    let shipped = ["protocol", "sources"].map(|name| format!("{rules}/{name}.json"));
    for path in schemas.into_iter().chain(shipped) {
        let path = folder().join(path);
        let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut found = Vec::new();
        texts(&schema, &mut found);
        words.extend(found.into_iter().map(str::to_owned));
    }
    words
}

/// The words of an input that its error repeats: none but names of a protocol, where a path needs
/// them.
fn echoes(input: &Value, error: &Error, own: &BTreeSet<String>) -> Vec<String> {
    let mut shown = format!("{error} {error:?}");
    for problem in error.problems() {
        shown += &[" ", problem.path(), " ", problem.expected()].concat();
    }
    for example in EXAMPLES {
        shown = shown.replace(example, "");
    }
    let edits = input["edits"].as_array().into_iter().chain(input["texts"].as_array()).flatten();
    let ids = edits.clone().filter_map(|edit| edit["value"]["id"].as_str());
    let edited = edits.filter_map(|edit| edit["path"].as_str());
    let numbers = input["numbers"].as_object().into_iter().flatten();
    let mut added: Vec<&str> = ids.collect();
    if let Some(overlay) = input.get("overlay") {
        let parts = ["parameters", "definitions", "sources"].map(|part| overlay[part].as_object());
        added.extend(parts.into_iter().flatten().flatten().map(|(name, _)| name.as_str()));
        let rules = overlay["rules"].as_array().into_iter().flatten();
        added.extend(rules.filter_map(|rule| rule["id"].as_str()));
        added.push("overlay"); // a word of the library's own
    }
    let named: Vec<&str> = edited
        .flat_map(|path| path.split('/').chain([path]))
        .chain(numbers.map(|(name, _)| name.as_str()))
        .chain(added)
        .collect();
    let input = text(input);
    let words = input.split('"').filter(|word| word.len() > 3 && !own.contains(*word));
    let echoed = words.filter(|word| !named.contains(word) && shown.contains(*word));
    echoed.map(str::to_owned).collect()
}

#[test]
fn every_case_of_every_suite() {
    let own = vocabulary();
    let digests: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(folder().join("digests.json")).unwrap()).unwrap();
    let (mut failures, mut ran) = (Vec::new(), BTreeMap::new());
    for (path, suite) in suites() {
        for case in &suite.cases {
            let id = format!("{}/{}", suite.name, case.id);
            let result = run(&suite.name, &case.input);
            match (&result, &case.error) {
                (Err(error), Some(expected)) => {
                    let found: Vec<Value> = error.problems().iter().map(place).collect();
                    if json!(found) != *expected {
                        failures.push(format!("{path} {id}: {}", json!(found)));
                    }
                    let echoes = echoes(&case.input, error, &own);
                    if !echoes.is_empty() {
                        failures.push(format!("{path} {id}: {echoes:?} in {error}"));
                    }
                }
                (Err(error), None) => failures.push(format!("{path} {id}: {error}")),
                (Ok(_), Some(_)) => failures.push(format!("{path} {id}: no error")),
                (Ok(result), None) => {
                    if let Some(whole) = case.gives.as_ref().filter(|whole| *whole != result) {
                        failures.push(format!("{path} {id}: expected {whole}, found {result}"));
                    }
                    if let Some(part) = case.expect.as_ref().filter(|part| !holds(result, part)) {
                        failures.push(format!("{path} {id}: expected {part}, found {result}"));
                    }
                    for (pointer, parts) in case.only.iter().flatten() {
                        let list = result.pointer(pointer).unwrap();
                        let is_whole =
                            list.as_array().map(Vec::len) == parts.as_array().map(Vec::len);
                        if !is_whole || !holds(list, parts) {
                            failures.push(format!("{path} {id}: {pointer} is {list}"));
                        }
                    }
                    for (pointer, parts) in case.lacks.iter().flatten() {
                        let list = result.pointer(pointer).and_then(Value::as_array).unwrap();
                        for part in parts {
                            if list.iter().any(|one| holds(one, part)) {
                                failures.push(format!("{path} {id}: {pointer} holds {part}"));
                            }
                        }
                    }
                    if let Some(line) = result.as_str().and_then(unfilled) {
                        failures.push(format!("{path} {id}: {line}"));
                    }
                    if suite.name == "review" {
                        let too_much = overreach(result, &case.input["record"]);
                        failures.extend(too_much.iter().map(|what| format!("{path} {id} {what}")));
                    }
                    let digest = Sha256::digest(hashed(&suite.name, result).to_string());
                    let digest =
                        digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
                    ran.insert(id, digest);
                }
            }
        }
    }
    let update = std::env::var_os("UPDATE_DIGESTS").is_some();
    if update {
        let text = serde_json::to_string_pretty(&ran).unwrap() + "\n";
        fs::write(folder().join("digests.json"), text).unwrap();
    }
    let changed: Vec<&String> = ran
        .iter()
        .filter(|(id, digest)| digests.get(*id) != Some(digest))
        .map(|(id, _)| id)
        .collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(
        update || changed.is_empty() && digests.len() == ran.len(),
        "results changed; if that is meant, run with UPDATE_DIGESTS=1: {changed:?}"
    );
}

/// Words that would label a person, or foretell what one will do.
const LABELS: [&str; 13] = [
    "low",
    "lower",
    "medium",
    "high",
    "higher",
    "risk",
    "risks",
    "probability",
    "probable",
    "likelihood",
    "prediction",
    "score",
    "chance",
];

/// Every key and every text of a document.
fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                found.push(key);
                texts(value, found);
            }
        }
        _ => {}
    }
}

/// Has it a word that labels? A part of a plan is about situations, not about a person.
fn has_label(text: &str) -> bool {
    let text = text.replace("high_risk_situations", "");
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| LABELS.contains(&word.to_lowercase().as_str()))
}

/// A level of care is only what is recorded: of motivation, stage or anything else it never is.
fn level_is_recorded(review: &Value, record: &Value) -> bool {
    let Some(level) = review["positions"].get("level_of_care") else { return true };
    record["events"].as_array().unwrap().iter().any(|event| {
        event["id"] == level["event"]
            && event["body"]["kind"] == "level_of_care"
            && event["body"]["level"] == level["level"]
    })
}

/// The stages of change that stand outside what is about one target: an overall stage would.
fn overall_stages<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) if StageOfChange::from_code(text).is_some() => found.push(text),
        Value::Array(list) => list.iter().for_each(|value| overall_stages(value, found)),
        Value::Object(fields) if !fields.contains_key("target") => {
            fields.values().for_each(|value| overall_stages(value, found));
        }
        _ => {}
    }
}

/// What no review says, whatever its record: a label of risk, a level of care that is not recorded,
/// an overall stage of change.
fn overreach(review: &Value, record: &Value) -> Vec<String> {
    let (mut said, mut overall) = (Vec::new(), Vec::new());
    texts(review, &mut said);
    overall_stages(review, &mut overall);
    let labels = said.into_iter().filter(|text| has_label(text)).map(|text| format!("says {text}"));
    let stages = overall.into_iter().map(|stage| format!("has an overall stage: {stage}"));
    let level = (!level_is_recorded(review, record)).then(|| "computes a level of care".to_owned());
    labels.chain(stages).chain(level).collect()
}

#[test]
fn the_page_of_every_review_fills_its_sentences() {
    let mut failures = Vec::new();
    for (path, suite) in suites().into_iter().filter(|(_, suite)| suite.name == "review") {
        // The words of an own rule are the service's own.
        let shipped = |case: &&Case| case.error.is_none() && case.input.get("edits").is_none();
        for case in suite.cases.iter().filter(shipped) {
            let page = run("render", &case.input).unwrap();
            let line = page.as_str().and_then(unfilled);
            failures.extend(line.map(|line| format!("{path} {}: {line}", case.id)));
        }
    }
    assert!(failures.is_empty(), "{} pages:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_text_labels_a_risk() {
    // What says that there are no labels names them, and a plan names situations so.
    let allowed = ["SF-22", "DB-05", "plan_part"];
    let shipped = include_str!("../content/protocols/dual-diagnosis/1.0.0/texts/en.json");
    let shipped: Value = serde_json::from_str(shipped).unwrap();
    for (name, sentences) in
        shipped.as_object().unwrap().values().filter_map(Value::as_object).flatten()
    {
        let mut found = Vec::new();
        texts(sentences, &mut found);
        let is_labeled = found.iter().any(|text| has_label(text));
        assert!(!is_labeled || allowed.contains(&name.as_str()), "{name}: {sentences}");
    }
}
