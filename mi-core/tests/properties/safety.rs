//! Flags: nothing else lowers them than what they rest on.

use mi_core::{
    CalendarDate, ClientRecord,
    client::{Answer, Asked, ClosingReason, Measure, Suicidality, SuicideSignal, Topic},
    record::{Author, Body, Event, Role},
    review::Flag,
    testing,
    text::{ActorId, Code, EventId},
    value::Amount,
};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use super::{cases, probes::RULES, record_and_day, record_of, references, reviewed};

/// An event with all that refers to it and all to which it refers, on and on. Without a part of
/// these a record would not hold an event less but another one: what was replaced or withdrawn.
fn bound_to(record: &ClientRecord, event: &Event) -> Vec<EventId> {
    let mut bound = vec![event.id().clone()];
    loop {
        let ends = record.events().map(|event| {
            let mut ends = references(event);
            ends.push(event.id());
            ends
        });
        let touching = ends.filter(|ends| ends.iter().any(|id| bound.contains(id)));
        let mut more: Vec<EventId> = touching.flatten().cloned().collect();
        more.sort();
        more.dedup();
        if more.len() == bound.len() {
            return more;
        }
        bound = more;
    }
}

/// What became of the criteria of a safety rule: its trigger first, then what qualifies it.
fn verdicts(record: &ClientRecord, date: CalendarDate, rule: &str) -> Vec<Value> {
    let judged = RULES.judge(record, date).into_values().filter(|one| one.rule == rule);
    judged.map(|one| one.trace["verdict"].clone()).collect()
}

fn flag_of<'f>(flags: &'f [Flag], rule: &str) -> Option<&'f Flag> {
    flags.iter().find(|flag| flag.rule == rule)
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_flag_is_not_lowered_by_removing_what_it_does_not_rest_on(
        (record, date) in record_and_day(),
        index in any::<Index>(),
    ) {
        let events: Vec<&Event> = record.events().collect();
        if events.is_empty() {
            return Ok(());
        }
        let removed = bound_to(&record, index.get::<&Event>(&events));
        let is_removed = |event: &Event| removed.contains(event.id());
        let less: Vec<Event> =
            record.events().filter(|event| !is_removed(event)).cloned().collect();
        let less = record_of(&record, less).unwrap();

        // After a death nothing is said; an episode that was opened later says that there was none.
        let is_death = |body: &Body| {
            matches!(body, Body::EpisodeClosed(closed) if closed.reason == ClosingReason::Death)
        };
        let opens = |event: &Event| matches!(event.body(), Body::EpisodeOpened(_));
        if record.events().any(|event| is_death(event.body()))
            && record.events().any(|event| is_removed(event) && opens(event))
        {
            return Ok(());
        }

        let (before, after) = (reviewed(&record, date), reviewed(&less, date));
        for flag in &before.safety {
            if flag.events.iter().any(|event| removed.contains(&event.event)) {
                continue;
            }
            let still = flag_of(&after.safety, flag.rule.as_str());
            if still.is_some_and(|still| still.severity >= flag.severity) {
                continue;
            }
            // What leaves the urgency of a flag open is no part of its basis: without it, it can be
            // known to be less, or none. What triggers the flag stands.
            let was = verdicts(&record, date, flag.rule.as_str());
            let is = verdicts(&less, date, flag.rule.as_str());
            let decided = was.iter().zip(&is).any(|(was, is)| was == "unknown" && is != "unknown");
            prop_assert!(
                flag.open && is[0] == "met" && decided,
                "as of {date}: {} is lowered without {removed:?}: {was:?} becomes {is:?}",
                flag.rule
            );
        }
    }

    #[test]
    fn nothing_negative_lowers_a_signal_of_suicidality(
        (record, date) in record_and_day(),
        signal in prop::sample::select(SuicideSignal::ALL),
        signal_on in -400..=0_i64,
        negative in 0..3,
        on in -400..30_i64,
        recorded in testing::instant(),
    ) {
        let event = |id: &str, on: CalendarDate, body: Body| {
            let by = Author { role: Role::Nurse, id: ActorId::new("n1").unwrap() };
            Event::new(EventId::new(id).unwrap(), on.into(), recorded, by, body).unwrap()
        };
        let mut told = record.clone();
        let signal = Suicidality { signal };
        told.append(event("signal", date.plus_days(signal_on), signal.into())).unwrap();
        let negative: Body = match negative {
            0 => Measure {
                measure: Code::new("phq_9").unwrap(),
                total: None,
                suicide_item: Some(Amount::new(0.0).unwrap()),
            }
            .into(),
            1 => Suicidality { signal: SuicideSignal::None }.into(),
            _ => Asked { topic: Topic::Suicide, answer: Answer::No }.into(),
        };
        let mut denied = told.clone();
        denied.append(event("denied", date.plus_days(on), negative)).unwrap();

        let (before, after) = (reviewed(&told, date), reviewed(&denied, date));
        if let Some(flag) = flag_of(&before.safety, "SF-20") {
            let still = flag_of(&after.safety, "SF-20");
            prop_assert!(still.is_some_and(|still| still.severity >= flag.severity));
            prop_assert!(still.is_some_and(|still| still.open || !flag.open));
        }
    }
}
