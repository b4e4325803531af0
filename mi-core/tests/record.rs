//! The record: what it takes, what it refuses, and what stands as of a day.
#![cfg(test)]

use mi_core::{ClientRecord, ErrorKind, Instant, record::AsOf};

const SKETCH: &str = r#"{"schema_version":1,"client":"client-7","events":[
 {"id":"e2","on":"2026-08-03","recorded":"2026-08-03T09:12:00.000Z","by":{"role":"nurse","id":"n1"},"body":{"kind":"concern","domain":"substance_use","substance":"alcohol","status":"diagnosed","severity":"dependence"}},
 {"id":"e1","on":"2026-08-03","recorded":"2026-08-03T09:10:00.000Z","by":{"role":"nurse","id":"n1"},"body":{"contact_log":"complete","kind":"episode_opened"}},
 {"id":"e4","on":"2026-08-03","recorded":"2026-08-03T09:40:00Z","by":{"role":"client","id":"client-7"},"body":{"kind":"use_report","substance":"alcohol","baseline":true,"periods":[{"from":"2026-07-04","to":"2026-08-02","use":{"kind":"daily"},"per_use_day":{"amount":80.0,"unit":"gram_ethanol"},"problems":true}]}}
]}"#;

#[test]
fn writing_what_was_read_is_the_identity() {
    let record = ClientRecord::from_json(SKETCH).unwrap();
    let text = record.to_json();
    assert_eq!(ClientRecord::from_json(&text).unwrap().to_json(), text);
    assert_eq!(record.events().next().unwrap().id().as_str(), "e1");
}

#[test]
fn pointers_reach_the_field() {
    for (from, to, kind, path) in [
        ("\"daily\"", "\"dayly\"", ErrorKind::UnknownCode, "/events/2/body/periods/0/use/kind"),
        (
            "\"amount\":80.0",
            "\"amount\":-1",
            ErrorKind::OutOfRange,
            "/events/2/body/periods/0/per_use_day/amount",
        ),
        (
            "\"problems\":true",
            "\"problem\":true",
            ErrorKind::UnknownField,
            "/events/2/body/periods/0",
        ),
        (
            "\"episode_opened\"",
            "\"episode_started\"",
            ErrorKind::UnknownKind,
            "/events/1/body/kind",
        ),
        ("2026-07-04", "2026-02-30", ErrorKind::InvalidDate, "/events/2/body/periods/0/from"),
        (
            "\"alcohol\",\"status\"",
            "\"alcool\",\"status\"",
            ErrorKind::UnknownCode,
            "/events/0/body/substance",
        ),
        ("\"schema_version\":1", "\"schema_version\":2", ErrorKind::NewerSchema, "/schema_version"),
        ("\"status\":\"diagnosed\",", "", ErrorKind::MissingField, "/events/0/body"),
    ] {
        assert!(SKETCH.contains(from), "{from}");
        let error = ClientRecord::from_json(&SKETCH.replace(from, to)).unwrap_err();
        assert_eq!((error.kind(), error.problems()[0].path()), (kind, path), "{error}");
    }
}

#[test]
fn corrections_made_apart_from_each_other_count_once() {
    let event = |id: &str, minute: u8, replaces: Option<&str>| {
        let replaces = replaces.map_or(String::new(), |of| format!(r#""replaces":"{of}","#));
        format!(
            r#"{{"id":"{id}","on":"2026-08-03","recorded":"2026-08-03T09:{minute:02}:00Z",{replaces}
                "by":{{"role":"nurse","id":"n1"}},"body":{{"kind":"contact","outcome":"kept"}}}}"#
        )
    };
    let standing = |known_by: &str| -> Vec<String> {
        let events = [
            event("e1", 0, None),
            event("here", 1, Some("e1")),
            event("there", 2, Some("e1")),
            event("here-again", 3, Some("here")),
        ];
        let events = events.join(",");
        let text = format!(r#"{{"schema_version":1,"client":"c1","events":[{events}]}}"#);
        let record = ClientRecord::from_json(&text).unwrap();
        let as_of: AsOf = "2026-08-03".parse().unwrap();
        let known_by: Instant = known_by.parse().unwrap();
        let snapshot = record.as_of(as_of.known_by(known_by));
        snapshot.events().iter().map(|event| event.id().to_string()).collect()
    };
    for (known_by, expected) in [
        ("2026-08-03T09:00:00Z", "e1"),
        ("2026-08-03T09:01:00Z", "here"),
        ("2026-08-03T09:02:00Z", "there"),
        ("2026-08-03T09:03:00Z", "here-again"),
    ] {
        assert_eq!(standing(known_by), [expected], "known by {known_by}");
    }
}

#[test]
fn a_list_of_events_is_added_whole_or_not_at_all() {
    let mut record = ClientRecord::from_json(SKETCH).unwrap();
    let event = |id: &str, outcome: &str| {
        format!(
            r#"{{"id":"{id}","on":"2026-08-10","recorded":"2026-08-10T15:00:00Z","by":{{"role":"nurse","id":"n1"}},"body":{{"kind":"contact","outcome":"{outcome}"}}}}"#
        )
    };
    let list = format!("[{},{}]", event("e5", "kept"), event("e6", "keptt"));
    let error = record.extend_from_json(&list).unwrap_err();
    assert_eq!(error.problems()[0].path(), "/1/body/outcome");
    let list = format!("[{},{}]", event("e5", "kept"), event("e1", "kept"));
    let error = record.extend_from_json(&list).unwrap_err();
    assert_eq!((error.kind(), error.problems()[0].path()), (ErrorKind::DuplicateId, "/1/id"));
    assert_eq!(record.events().len(), 3);
    record.extend_from_json(&format!("[{}]", event("e5", "kept"))).unwrap();
    assert_eq!(record.events().len(), 4);
}
