//! Putting a day that it can be in place of a date that is known only in part changes no decided
//! verdict and no known value; what was open may only become narrower.

use mi_core::{
    CalendarDate, ClientRecord,
    date::PartialDate,
    record::{Body, Event},
};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use super::{
    cases,
    probes::{LEAVES, RULES},
    record_and_day, record_of,
};

/// Where a date that is known only in part stands: the event, and the pointer in it.
type Place = (usize, String);

/// Kinds whose days are read by their first one: which episode is open and what is treated follow from
/// the order of events.
fn is_read_by_its_first_day(body: &Body) -> bool {
    matches!(body, Body::EpisodeOpened(_) | Body::EpisodeClosed(_) | Body::Target(_))
}

/// The dates of a record that are known only in part.
fn dates_in_part(record: &ClientRecord) -> Vec<(Place, PartialDate)> {
    let mut found = Vec::new();
    for (number, event) in record.events().enumerate() {
        if is_read_by_its_first_day(event.body()) {
            continue;
        }
        let document: Value = serde_json::from_str(&event.to_json()).unwrap();
        let mut paths = Vec::new();
        strings(&document, "", &mut paths);
        for (path, text) in paths {
            let date = text.parse::<PartialDate>().ok().filter(|date| date.exact().is_none());
            found.extend(date.map(|date| ((number, path), date)));
        }
    }
    found
}

fn strings(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(all) => {
            for (index, one) in all.iter().enumerate() {
                strings(one, &format!("{path}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (key, one) in fields {
                strings(one, &format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// The record with a day in place of a date; `None` where the day does not fit the event.
fn dated(record: &ClientRecord, place: &Place, day: CalendarDate) -> Option<ClientRecord> {
    let mut events: Vec<Event> = record.events().cloned().collect();
    let event = events.get_mut(place.0)?;
    let mut document: Value = serde_json::from_str(&event.to_json()).ok()?;
    *document.pointer_mut(&place.1)? = Value::String(day.to_string());
    *event = Event::from_json(&document.to_string()).ok()?;
    record_of(record, events).ok()
}

/// A day that the date can be. What has come has come by today.
fn day_of(date: PartialDate, today: CalendarDate, index: Index) -> CalendarDate {
    let last = if date.earliest() <= today { date.latest().min(today) } else { date.latest() };
    let days = usize::try_from(last.days_since(date.earliest())).unwrap();
    let edges = [0, days];
    // The ends of what it can be decide more often than any other day.
    let after = match index.index(4) {
        edge @ 0..2 => *edges.get(edge).unwrap(),
        _ => index.index(days.saturating_add(1)),
    };
    date.earliest().plus_days(i64::try_from(after).unwrap())
}

/// Is what was seen after the date was learned one of the things that it could have been?
fn refines(before: &Value, after: &Value) -> bool {
    match before["type"].as_str() {
        Some("truth") => before["value"] == "unknown" || before["value"] == after["value"],
        Some("code") => {
            let all = before["possible"].as_array().unwrap();
            after["possible"].as_array().unwrap().iter().all(|code| all.contains(code))
        }
        Some("quantity") => {
            let bounds = |seen: &Value| {
                let never = seen["without_limit"] == true;
                let least = if never { i64::MAX } else { seen["min"].as_i64().unwrap() };
                (least, seen["max"].as_i64().unwrap_or(i64::MAX))
            };
            let ((least, most), (low, high)) = (bounds(before), bounds(after));
            least <= low && high <= most
        }
        _ => before.get("value").is_none() || before == after,
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn learning_a_day_changes_nothing_that_is_decided(
        (record, today) in record_and_day(),
        which in any::<Index>(),
        day in any::<Index>(),
    ) {
        let dates = dates_in_part(&record);
        if dates.is_empty() {
            return Ok(());
        }
        let (place, date) = which.get(&dates);
        let Some(learned) = dated(&record, place, day_of(*date, today, day)) else {
            return Ok(());
        };
        for probing in [&*LEAVES, &*RULES] {
            let before = probing.judge(&record, today);
            let after = probing.judge(&learned, today);
            for (probe, seen) in &before {
                let Some(again) = after.get(probe) else { continue };
                let fact = &seen.trace["fact"];
                let (one, other) = (&seen.trace, &again.trace);
                let is_narrower = match one.get("saw") {
                    Some(saw) => refines(saw, &other["saw"]),
                    None => true,
                };
                let decided = one["verdict"] == "unknown" || one["verdict"] == other["verdict"];
                prop_assert!(
                    is_narrower && decided,
                    "{} of {} as of {today}: {one} became {other} with a day at {place:?} of {}",
                    seen.rule, fact, record.to_json()
                );
            }
        }
    }
}
