//! Every kind of error has a case that gives it and a line in the book.
#![cfg(test)]

use std::{collections::BTreeSet, fs, path::PathBuf};

use mi_core::{ErrorKind, review::Standing};
use serde_json::Value;

/// Kinds that no readable vector can hold, with a test of `limits.rs` that gives them.
const BY_UNIT_TEST: &[(ErrorKind, &str)] =
    &[(ErrorKind::LimitExceeded, "a_text_has_at_most_64_kib")];

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The codes of all errors that vectors expect.
fn codes_in_vectors() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(project().join("tests/vectors")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let suite: Value = serde_json::from_str(&text).unwrap();
        for case in suite["cases"].as_array().into_iter().flatten() {
            let problems = case["error"].as_array().into_iter().flatten();
            codes.extend(problems.map(|problem| problem["code"].as_str().unwrap().to_owned()));
        }
    }
    codes
}

#[test]
fn every_kind_of_error_has_a_test() {
    let codes = codes_in_vectors();
    let limits = include_str!("limits.rs");
    for (kind, test) in BY_UNIT_TEST {
        assert!(limits.contains(&format!("fn {test}()")), "{kind}: no test {test} in limits.rs");
    }
    for kind in ErrorKind::ALL {
        let has_test = BY_UNIT_TEST.iter().any(|(tested, _)| tested == kind);
        assert!(codes.contains(kind.code()) || has_test, "no test gives {kind}");
    }
    for code in codes {
        assert!(ErrorKind::from_code(&code).is_some(), "a vector expects {code}, which is no kind");
    }
}

#[test]
fn every_kind_of_error_has_a_line_in_the_book() {
    let page = fs::read_to_string(project().join("docs/book/src/errors.md")).unwrap();
    let rows: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(code, rest)| (code, rest.split(" | ").next().unwrap_or_default()))
        .collect();
    let kinds: Vec<(&str, &str)> =
        ErrorKind::ALL.iter().map(|kind| (kind.code(), kind.meaning())).collect();
    assert_eq!(rows, kinds, "docs/book/src/errors.md lists other kinds or meanings");
}

#[test]
fn a_text_that_is_no_code_is_told_which_there_are() {
    assert_eq!("decided".parse(), Ok(Standing::Decided));
    let error = "sure".parse::<Standing>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownCode);
    assert!(error.problems()[0].expected().starts_with("one of ambivalent, "), "{error}");
}
