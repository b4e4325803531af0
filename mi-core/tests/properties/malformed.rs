//! Malformed input: it is read or refused, and every problem has a code and a place.

use mi_core::{CalendarDate, ClientRecord, Error, ErrorKind, Protocol, record::Event, testing};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use super::cases;

/// Any JSON, with the names of fields of ours among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::from("contact")),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        let key = prop_oneof![
            any::<String>(),
            "schema_version|client|events|id|on|body|kind|op|of|parameters|definitions|rules",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// One change somewhere in a document.
#[derive(Clone, Debug)]
enum Change {
    Set(Value),
    Remove,
    Rename(String),
    Add(String, Value),
}

fn any_changes() -> impl Strategy<Value = Vec<(Index, Change)>> {
    let change = prop_oneof![
        4 => any_json().prop_map(Change::Set),
        2 => Just(Change::Remove),
        1 => any::<String>().prop_map(Change::Rename),
        1 => (any::<String>(), any_json()).prop_map(|(key, value)| Change::Add(key, value)),
    ];
    prop::collection::vec((any::<Index>(), change), 1..4)
}

/// The pointers of all values of a document but the document itself.
pub(crate) fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(at.clone());
        pointers(value, &at, found);
    };
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, one)| below(&index.to_string(), one));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, one)| below(key, one)),
        _ => {}
    }
}

fn changed(mut document: Value, changes: &[(Index, Change)]) -> Value {
    for (index, change) in changes {
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        if all.is_empty() {
            break;
        }
        let pointer = index.get(&all);
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        match (document.pointer_mut(parent).unwrap(), change) {
            (Value::Object(fields), Change::Set(value)) => drop(fields.insert(key, value.clone())),
            (Value::Object(fields), Change::Remove) => drop(fields.remove(&key)),
            (Value::Object(fields), Change::Rename(name)) => {
                let value = fields.remove(&key).unwrap();
                fields.insert(name.clone(), value);
            }
            (Value::Object(fields), Change::Add(name, value)) => {
                fields.insert(name.clone(), value.clone());
            }
            (Value::Array(list), Change::Set(value)) => {
                list[key.parse::<usize>().unwrap()] = value.clone();
            }
            (Value::Array(list), Change::Add(_, value)) => list.push(value.clone()),
            (Value::Array(list), _) => drop(list.remove(key.parse().unwrap())),
            _ => {}
        }
    }
    document
}

/// An error names its problems by known codes, and its pointers lead to a place in the document.
fn check_error(error: &Error, document: Option<&Value>) -> Result<(), TestCaseError> {
    prop_assert!(!error.problems().is_empty());
    for problem in error.problems() {
        prop_assert_eq!(ErrorKind::from_code(problem.code()), Some(problem.kind()));
        prop_assert_eq!(problem.position().is_some(), problem.kind() == ErrorKind::NotJson);
        prop_assert!(!problem.expected().is_empty());
        let leads = document.is_none_or(|document| document.pointer(problem.path()).is_some());
        prop_assert!(leads, "{problem} leads nowhere");
    }
    Ok(())
}

/// Whatever a reader makes of a document, it is the document or an error.
fn check_readers(text: &str, document: Option<&Value>) -> Result<(), TestCaseError> {
    match ClientRecord::from_json(text) {
        Ok(record) => prop_assert!(ClientRecord::from_json(&record.to_json()).unwrap() == record),
        Err(error) => check_error(&error, document)?,
    }
    if let Err(error) = Event::from_json(text) {
        check_error(&error, document)?;
    }
    match Protocol::from_json(text) {
        Ok(protocol) => {
            let date = "2025-01-01".parse::<CalendarDate>().unwrap();
            let record = ClientRecord::new("c".parse().unwrap());
            let review = protocol.review(&record.as_of(date));
            prop_assert!(!protocol.render(&review, &protocol.texts("en").unwrap()).is_empty());
        }
        Err(error) => check_error(&error, document)?,
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), text in any::<String>()) {
        check_readers(&String::from_utf8_lossy(&bytes), None)?;
        check_readers(&text, None)?;
    }

    #[test]
    fn any_json_is_read_or_refused(document in any_json()) {
        check_readers(&document.to_string(), Some(&document))?;
    }

    #[test]
    fn a_record_with_some_change_is_read_or_refused(
        record in testing::record(),
        changes in any_changes(),
        cut in any::<Index>(),
    ) {
        let document = changed(serde_json::from_str(&record.to_json()).unwrap(), &changes);
        let text = document.to_string();
        check_readers(&text, Some(&document))?;
        let cut = text.char_indices().map(|(at, _)| at).nth(cut.index(text.chars().count()));
        check_readers(&text[..cut.unwrap()], None)?;
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_protocol_with_some_change_is_read_or_refused(
        changes in any_changes(),
    ) {
        let default = Protocol::dual_diagnosis().to_json();
        let document = changed(serde_json::from_str(&default).unwrap(), &changes);
        check_readers(&document.to_string(), Some(&document))?;
    }
}
