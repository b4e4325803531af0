//! The documents that are changed: those of this repository.
#![expect(clippy::indexing_slicing, reason = "a field of a JSON value, which is null or made")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use mi_core::{CalendarDate, Protocol};
use serde_json::{Value, json};

use crate::{Document, Kind, Random, mutate};

/// The most values that are kept of one key.
const OF_A_KEY: usize = 300;

/// Documents to begin with, and all values that stand in them, by their keys.
#[derive(Debug)]
pub struct Seeds {
    records: Vec<Value>,
    protocols: Vec<Value>,
    texts: Vec<Value>,
    overlays: Vec<Value>,
    /// Events without id and date, as the tables of the vectors give them.
    given: Vec<Value>,
    pub(crate) by_key: BTreeMap<String, Vec<Value>>,
    pub(crate) keys: Vec<String>,
}

impl Seeds {
    /// Reads the documents of this repository.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn of_repository() -> Result<Self, Box<dyn std::error::Error>> {
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut records = Vec::new();
        for file in json_files(&core.join("examples/records"))? {
            records.push(read(&file)?);
        }
        records.push(read(&core.join("../tests/data/every-text.json"))?);
        let (mut given, mut overlays) = (Vec::new(), Vec::new());
        for file in json_files(&core.join("../tests/vectors"))? {
            let suite = read(&file)?;
            for events in suite["given"].as_object().into_iter().flat_map(|given| given.values()) {
                given.extend(events.as_array().into_iter().flatten().cloned());
            }
            for case in suite["cases"].as_array().into_iter().flatten() {
                let input = &case["input"];
                let is_written_out = |record: &&Value| {
                    let events = record["events"].as_array();
                    events.is_some_and(|events| events.iter().all(Value::is_object))
                };
                records.extend(Some(&input["record"]).filter(is_written_out).cloned());
                let overlay = Some(&input["overlay"]).filter(|overlay| overlay.is_object());
                overlays.extend(overlay.cloned());
            }
        }
        let protocol = Protocol::dual_diagnosis();
        let texts =
            fs::read_to_string(core.join("content/protocols/dual-diagnosis/1.0.0/texts/en.json"))?;
        overlays.push(json!({
            "schema_version": 1, "id": "our-own", "version": "1",
            "extends": { "id": protocol.id(), "version": protocol.version() },
            "numbers": { "regular_contact.count": 3 },
        }));
        let mut seeds = Self {
            records,
            protocols: vec![serde_json::from_str(&protocol.to_json())?],
            texts: vec![serde_json::from_str(&texts)?],
            overlays,
            given,
            by_key: BTreeMap::new(),
            keys: Vec::new(),
        };
        seeds.gather();
        Ok(seeds)
    }

    /// Keeps the values of every key, so that a change can put one in place of another.
    fn gather(&mut self) {
        let mut by_key = BTreeMap::new();
        let all = [&self.records, &self.protocols, &self.overlays, &self.given, &self.texts];
        for document in all.into_iter().flatten() {
            gather("", document, &mut by_key);
        }
        self.keys = by_key.keys().cloned().collect();
        self.by_key = by_key;
    }

    /// The document of a seed.
    #[must_use]
    pub fn document(&self, seed: u64) -> Document {
        let mut random = Random::new(seed);
        let kind = match random.below(10) {
            0..=4 => Kind::Record,
            5..=7 => Kind::Protocol,
            8 => Kind::Overlay,
            _ => Kind::Texts,
        };
        let seeds = match kind {
            Kind::Record => &self.records,
            Kind::Protocol => &self.protocols,
            Kind::Overlay => &self.overlays,
            Kind::Texts => &self.texts,
        };
        let is_composed = kind == Kind::Record && !random.once_in(3);
        let mut document = match random.pick(seeds) {
            Some(seed) if !is_composed => seed.clone(),
            _ => self.composed(&mut random),
        };
        // Of most documents little is changed, so that many are accepted.
        let mut changes = random.below(if is_composed { 3 } else { 4 });
        if random.once_in(10) {
            changes = changes.saturating_add(random.below(30));
        }
        for _ in 0..changes {
            mutate::change(&mut document, self, &mut random);
        }
        let mut text = document.to_string();
        if random.once_in(12) {
            text = mutate::bytes(&text, &mut random);
        }
        let days = i64::try_from(random.below(1500)).unwrap_or_default();
        let as_of = match random.below(30) {
            0 => CalendarDate::new(1900, 1, 1),
            1 => CalendarDate::new(2200, 12, 31),
            _ => CalendarDate::new(2024, 1, 1).map(|first| first.plus_days(days)),
        };
        // Each of these days is one of ours.
        let as_of = as_of.unwrap_or_else(|_| unreachable!());
        Document { kind, text, as_of }
    }

    /// A record of events that the vectors give, on days of these years.
    fn composed(&self, random: &mut Random) -> Value {
        let mut events = Vec::new();
        let count = random.below(40);
        for number in 1..=count {
            let Some(given) = random.pick(&self.given) else { continue };
            let mut event = given.clone();
            let year = 2022_usize.saturating_add(random.below(6));
            let month = random.below(12).saturating_add(1);
            let day = random.below(28).saturating_add(1);
            let (hour, minute) = (random.below(24), random.below(60));
            event["id"] = json!(format!("e{number}"));
            event["recorded"] =
                json!(format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00.000Z"));
            event["on"] = json!(match random.below(8) {
                0 => format!("{year}"),
                1 => format!("{year}-{month:02}"),
                _ => format!("{year}-{month:02}-{day:02}"),
            });
            if number > 1 && random.once_in(15) {
                let other = random.below(number.saturating_sub(1)).saturating_add(1);
                event["replaces"] = json!(format!("e{other}"));
            }
            events.push(event);
        }
        json!({ "schema_version": 1, "client": "c1", "events": events })
    }
}

fn gather(key: &str, value: &Value, found: &mut BTreeMap<String, Vec<Value>>) {
    let known = found.entry(key.to_owned()).or_default();
    if known.len() < OF_A_KEY && !known.contains(value) {
        known.push(value.clone());
    }
    match value {
        Value::Array(list) => list.iter().for_each(|one| gather(key, one, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, one)| gather(key, one, found)),
        _ => {}
    }
}

fn json_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<Value, Box<dyn std::error::Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}
