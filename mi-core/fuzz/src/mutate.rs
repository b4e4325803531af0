//! Changes of a document: of its keys, values, numbers and structure, or of the bytes of its text.

use serde_json::{Map, Value, json};

use crate::{CANARY, Random, Seeds};

/// Values at the edges of what types can hold, and such as no type holds.
const EDGES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "-0",
    "0.5",
    "1.5",
    "7",
    "28",
    "120",
    "365",
    "10",
    "11",
    "1000",
    "1001",
    "36525",
    "150000",
    "150001",
    "1000000000",
    "1000000001",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "1e308",
    "5e-324",
    "734197.25",
    "[]",
    "{}",
    "\"\"",
    "\" \"",
    "\"a\"",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"{target}\"",
    "\"{\"",
    "\"}\"",
    "\"**\"",
    "\"1900-01-01\"",
    "\"2200-12-31\"",
    "\"2024-02-29\"",
    "\"2023-02-29\"",
    "\"2024\"",
    "\"2024-02\"",
    "\"1900\"",
    "\"2200\"",
    "\"2201\"",
    "\"0000\"",
    "\"2024-13\"",
    "\"1900-01-01T00:00:00.000Z\"",
    "\"2200-12-31T23:59:59.999Z\"",
    "\"2024-02-29T23:59:60Z\"",
    "\"2026-08-20T00:00:00+14:00\"",
    "\"e1\"",
    "\"e2\"",
    "\"alcohol\"",
    "\"any_opioid\"",
];

/// Changes one place of a document.
pub(crate) fn change(document: &mut Value, seeds: &Seeds, random: &mut Random) {
    let mut index = random.below(count(document));
    let Some((key, value)) = find(document, "", &mut index) else { return };
    match random.below(12) {
        0..=3 => of_same_key(&key, value, seeds, random),
        4 => *value = edge(random),
        5 => *value = json!(CANARY),
        6 => tweak(value, random),
        7 => wrap(value, random),
        8 => {
            // Another place's value, such as a record within a rule.
            let other = random.pick(&seeds.keys).and_then(|key| seeds.by_key.get(key));
            if let Some(other) = other.and_then(|values| random.pick(values)) {
                *value = other.clone();
            }
        }
        _ => match value {
            Value::Array(list) => of_list(&key, list, seeds, random),
            Value::Object(fields) => of_object(fields, seeds, random),
            _ => of_same_key(&key, value, seeds, random),
        },
    }
}

/// How many values a document holds, itself among them.
fn count(value: &Value) -> usize {
    let below: usize = match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    };
    below.saturating_add(1)
}

/// The value at an index, and the key at which it stands, or the list in which it stands.
fn find<'v>(value: &'v mut Value, key: &str, index: &mut usize) -> Option<(String, &'v mut Value)> {
    if *index == 0 {
        return Some((key.to_owned(), value));
    }
    *index = index.saturating_sub(1);
    match value {
        Value::Array(list) => list.iter_mut().find_map(|one| find(one, key, index)),
        Value::Object(fields) => fields.iter_mut().find_map(|(key, one)| find(one, key, index)),
        _ => None,
    }
}

fn edge(random: &mut Random) -> Value {
    random.pick(EDGES).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn of_same_key(key: &str, value: &mut Value, seeds: &Seeds, random: &mut Random) {
    if let Some(other) = seeds.by_key.get(key).and_then(|values| random.pick(values)) {
        *value = other.clone();
    }
}

/// A little more, a little less, a part of it.
fn tweak(value: &mut Value, random: &mut Random) {
    match value {
        Value::Number(number) => {
            let found = number.as_i64().unwrap_or_default();
            let steps = [-1, 1, -30, 30, 365, found, found.wrapping_neg()];
            let step = random.pick(&steps).copied().unwrap_or_default();
            *value = json!(found.wrapping_add(step));
        }
        Value::String(text) => {
            let length = text.chars().count();
            match random.below(4) {
                0 => *text = text.chars().take(random.below(length)).collect(),
                1 => *text = text.repeat(2),
                2 => {
                    let place = random.below(length);
                    let digit = char::from_digit(u32::try_from(random.below(10)).unwrap_or(0), 10);
                    let change = |(at, c)| if at == place { digit.unwrap_or(c) } else { c };
                    *text = text.chars().enumerate().map(change).collect();
                }
                _ => {
                    let more = random.pick(&["s", "_", "é", "\u{2028}", "{x}"]);
                    text.push_str(more.copied().unwrap_or_default());
                }
            }
        }
        Value::Bool(truth) => *truth = !*truth,
        _ => *value = edge(random),
    }
}

fn wrap(value: &mut Value, random: &mut Random) {
    let within = value.take();
    *value = match random.below(5) {
        0 => json!([within]),
        1 => json!({ "op": "all", "of": [within] }),
        2 => json!({ "op": "any", "of": [within.clone(), within] }),
        3 => json!({ "kind": within }),
        _ => (0..random.below(70)).fold(within, |of, _| json!({ "op": "not", "of": of })),
    };
}

fn of_list(key: &str, list: &mut Vec<Value>, seeds: &Seeds, random: &mut Random) {
    let place = random.below(list.len());
    match random.below(5) {
        0 if !list.is_empty() => drop(list.remove(place)),
        1 => {
            let values = seeds.by_key.get(key);
            list.extend(values.and_then(|values| random.pick(values)).cloned());
        }
        2 => list.reverse(),
        3 => {
            // The same over and over, each with an id of its own where it has one.
            let Some(one) = list.get(place).cloned() else { return };
            for number in 0..random.below(60) {
                let mut more = one.clone();
                if let Some(id) = more.get_mut("id") {
                    *id = json!(format!("m{number}"));
                }
                list.push(more);
            }
        }
        _ => {
            if let Some(one) = list.get(place).cloned() {
                list.push(one);
            }
        }
    }
}

fn of_object(fields: &mut Map<String, Value>, seeds: &Seeds, random: &mut Random) {
    let keys: Vec<String> = fields.keys().cloned().collect();
    let key = random.pick(&keys).cloned().unwrap_or_default();
    match random.below(4) {
        0 => drop(fields.remove(&key)),
        1 => {
            let value = fields.remove(&key).unwrap_or_default();
            let name = random.pick(&seeds.keys).cloned().unwrap_or_default();
            fields.insert(if random.once_in(3) { CANARY.to_owned() } else { name }, value);
        }
        2 => {
            let name = random.pick(&seeds.keys).cloned().unwrap_or_default();
            let value = seeds.by_key.get(&name).and_then(|values| random.pick(values)).cloned();
            fields.insert(name, value.unwrap_or_default());
        }
        _ => {
            if let (Some(name), Some(value)) = (random.pick(&keys), fields.get(&key).cloned()) {
                fields.insert(name.clone(), value);
            }
        }
    }
}

/// Changes the bytes of a text.
pub(crate) fn bytes(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let place = random.below(bytes.len().saturating_add(1));
        match random.below(5) {
            0 => bytes.truncate(place),
            1 => {
                let odd = [b"\"", b"\\", b"{", b"[", b"}", b",", b":", b"\r", b"\0", b"\xff", b"e"];
                bytes.splice(place..place, random.pick(&odd).into_iter().flat_map(|b| **b));
            }
            2 => {
                let end = place.saturating_add(random.below(40)).min(bytes.len());
                bytes.drain(place..end);
            }
            3 => {
                let end = place.saturating_add(random.below(400)).min(bytes.len());
                let slice: Vec<u8> = bytes.drain(place..end).collect();
                let twice = slice.iter().chain(&slice).copied();
                bytes.splice(place..place, twice);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = u8::try_from(random.below(256)).unwrap_or_default();
                }
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
