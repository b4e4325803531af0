//! The takes against all ways to date the events: what each can give is what one of them gives.
#![expect(clippy::arithmetic_side_effects, reason = "small numbers of test cases")]

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};
use serde_json::json;

use super::QueryRow;
use crate::{
    CalendarDate, ClientRecord,
    client::{AcuteState, AcuteStateRecorded, Crisis},
    date::PartialDate,
    document,
    fact::{Arguments, Fact, Facts, Question, Settings, Subject},
    record::{Author, Body, Event, Role},
    value::{Truth, Value},
};

/// A row of each take: on the states of the last days that no later one says have resolved, since
/// the last crisis.
fn row(take: &str) -> QueryRow {
    let mut row = json!({
        "fact": "f", "scope": "person", "category": "mental_health", "definition": "A question.",
        "events": [{ "kind": "acute_state", "where": { "resolved": { "is_not": ["yes"] } } }],
        "when": { "last": { "argument": "days" }, "since": { "from": "same_day", "events": [
            { "kind": "crisis" }
        ] } },
        "take": take, "silence": "nothing",
    });
    if take == "latest" {
        row["field"] = json!("state");
        row["silence"] = json!("unknown");
    } else {
        row["unless_later"] = json!({
            "events": [{ "kind": "acute_state", "where": { "resolved": { "is": ["yes"] } } }],
            "agree": ["state"],
        });
    }
    document::read_part(&row.to_string()).unwrap()
}

#[derive(Clone, Copy, Debug)]
enum Told {
    State(AcuteState),
    Resolved(AcuteState),
    Crisis,
}

fn told() -> impl Strategy<Value = Told> {
    let state = || prop_oneof![Just(AcuteState::Mania), Just(AcuteState::Delirium)];
    prop_oneof![
        4 => state().prop_map(Told::State),
        2 => state().prop_map(Told::Resolved),
        1 => Just(Told::Crisis),
    ]
}

fn day(number: i64) -> CalendarDate {
    CalendarDate::new(2026, 5, 10).unwrap().plus_days(number)
}

/// The events, each on the days from the one to the other, recorded in the order that they have.
fn record(events: &[(Told, i64, i64)]) -> ClientRecord {
    let mut record = ClientRecord::new("c".parse().unwrap());
    let event = |(number, (told, from, to)): (usize, &(Told, i64, i64))| {
        let body: Body = match told {
            Told::State(state) => AcuteStateRecorded { state: *state, resolved: None }.into(),
            Told::Resolved(state) => {
                AcuteStateRecorded { state: *state, resolved: Some(true) }.into()
            }
            Told::Crisis => Crisis { words: None }.into(),
        };
        let recorded = format!("2026-06-01T00:00:{number:02}Z").parse().unwrap();
        let by = Author { role: Role::Nurse, id: "n".parse().unwrap() };
        let on = PartialDate::between(day(*from), day(*to));
        Event::new(format!("e{number}").parse().unwrap(), on, recorded, by, body).unwrap()
    };
    record.extend(events.iter().enumerate().map(event)).unwrap();
    record
}

fn answer(take: &str, events: &[(Told, i64, i64)], days: i64, today: i64) -> Value {
    let record = record(events);
    let snapshot = record.as_of(day(today));
    let settings = Settings::new(|_| Some(0)).unwrap();
    let query = row(take).query(&mut Vec::new()).unwrap();
    let arguments = Arguments { days: Some(days), ..Arguments::default() };
    let fact = Fact::from_code("days_since_crisis").unwrap();
    let asked = Question::new(fact, &arguments, &Subject::PERSON);
    query.answer(&Facts::new(&snapshot, &settings), &asked).unwrap().value
}

/// What the take gives of events on known days, straight from its definition.
fn defined(take: &str, events: &[(Told, i64)], days: i64, today: i64) -> i64 {
    let crisis = events.iter().filter(|(told, _)| matches!(told, Told::Crisis));
    let first = crisis.map(|(_, day)| *day).max().unwrap_or(0).max(today - days + 1);
    let is_resolved = |number: usize, state: AcuteState, day: i64| {
        events.iter().enumerate().any(|(later, (told, on))| {
            matches!(told, Told::Resolved(of) if *of == state) && (*on, later) > (day, number)
        })
    };
    let states = events.iter().enumerate().filter_map(|(number, (told, day))| match told {
        Told::State(state) => Some((number, *state, *day)),
        _ => None,
    });
    let states: Vec<_> = states.collect();
    let standing: Vec<i64> = states
        .iter()
        .filter(|(number, state, day)| *day >= first && !is_resolved(*number, *state, *day))
        .map(|(_, _, day)| *day)
        .collect();
    match take {
        "any" => i64::from(!standing.is_empty()),
        "count" => number(standing.len()),
        "days" => number(standing.iter().collect::<BTreeSet<_>>().len()),
        "days_since_last" => standing.iter().max().map_or(i64::MAX, |last| today - last),
        _ => {
            let last = states.iter().max_by_key(|(number, _, day)| (*day, *number));
            let last = last.filter(|(_, _, day)| *day >= first);
            last.map_or(-1, |(_, state, _)| {
                number(AcuteState::CODES.iter().position(|code| *code == state.code()).unwrap())
            })
        }
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}

/// Every way to date the events; what has come has come by today.
fn datings(events: &[(Told, i64, i64)], today: i64) -> Vec<Vec<(Told, i64)>> {
    let mut all = vec![Vec::new()];
    for (told, from, to) in events {
        let with = |dated: &Vec<(Told, i64)>, day| {
            let mut dated = dated.clone();
            dated.push((*told, day));
            dated
        };
        all = all
            .iter()
            .flat_map(|dated| (*from..=(*to).min(today)).map(move |day| with(dated, day)))
            .collect();
    }
    all
}

proptest! {
    #[test]
    fn each_take_gives_what_one_way_to_date_the_events_gives(
        events in vec((told(), 0..6_i64, 0..4_i64), 0..5),
        days in 1..7_i64,
        today in 5..9_i64,
    ) {
        let events: Vec<_> =
            events.into_iter().map(|(told, from, more)| (told, from, from + more)).collect();
        for take in ["any", "count", "days", "days_since_last", "latest"] {
            let can_be: BTreeSet<i64> = datings(&events, today)
                .iter()
                .map(|dated| defined(take, dated, days, today))
                .collect();
            let (least, most) = (*can_be.first().unwrap(), *can_be.last().unwrap());
            let answer = answer(take, &events, days, today);
            let is_exact = match &answer {
                Value::Truth(truth) => {
                    let known = if most == 1 { Truth::Yes } else { Truth::No };
                    *truth == if least == most { known } else { Truth::Unknown }
                }
                Value::Quantity(_, range) => {
                    (range.min().unwrap_or(i64::MAX), range.max().unwrap_or(i64::MAX))
                        == (least, most)
                }
                Value::Code(codes) => {
                    let all = AcuteState::CODES.iter().enumerate();
                    let known = all.filter(|(place, _)| {
                        least == -1 || can_be.contains(&i64::try_from(*place).unwrap())
                    });
                    codes.iter().eq(known.map(|(_, code)| code))
                }
                Value::Own(_) => false,
            };
            prop_assert!(
                is_exact, "{take} of {events:?} in {days} days to {today} is {can_be:?}, not {}",
                serde_json::to_string(&answer).unwrap()
            );
        }
    }
}
