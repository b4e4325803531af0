//! The modules of the crate stand in layers that only look down, as docs/design.md lists them.
#![cfg(test)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The rank of each module: the row of the table of layers in which it stands.
fn layers() -> BTreeMap<String, usize> {
    let page = fs::read_to_string("../docs/design.md").unwrap();
    let rows = page.lines().skip_while(|line| !line.starts_with("| layer |")).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let mut layers = BTreeMap::new();
    for (rank, row) in rows.enumerate() {
        let modules = row.split('|').nth(2).unwrap();
        for module in modules.split('`').skip(1).step_by(2) {
            layers.insert(module.to_owned(), rank);
        }
    }
    layers
}

/// The modules that a source text names, from `crate::one` and `crate::{one, two::{…}}`.
fn modules_named(text: &str) -> Vec<String> {
    let mut named = Vec::new();
    for rest in text.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            named.push(first_name(rest));
            continue;
        };
        let (mut depth, mut begins) = (1_usize, true);
        for (place, letter) in list.char_indices() {
            match letter {
                '{' => depth = depth.saturating_add(1),
                '}' => depth = depth.saturating_sub(1),
                ',' if depth == 1 => begins = true,
                letter if begins && letter.is_alphanumeric() => {
                    named.push(first_name(list.get(place..).unwrap()));
                    begins = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    named
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The part of a file that ships: documentation and tests name what they like.
fn shipped(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    code.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_module_looks_only_down() {
    let layers = layers();
    // What the crate's root names again, by the module that holds it.
    let root = BTreeMap::from([
        ("Error", "error"),
        ("ErrorKind", "error"),
        ("Problem", "error"),
        ("CalendarDate", "date"),
        ("Instant", "instant"),
        ("ClientRecord", "record"),
        ("Protocol", "protocol"),
        ("Review", "review"),
    ]);
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut looking_up = Vec::new();
    for file in &files {
        let place = file.strip_prefix("src").unwrap();
        let module = place.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(module, "lib" | "testing" | "_documentation") || place.ends_with("case.rs") {
            continue;
        }
        let rank = layers.get(module).unwrap_or_else(|| panic!("{module} stands in no layer"));
        let text = fs::read_to_string(file).unwrap();
        for name in modules_named(&shipped(&text)) {
            let named = root.get(name.as_str()).map_or(name.as_str(), |module| module);
            if layers.get(named).is_some_and(|above| above > rank) {
                looking_up.push(format!("{} names {named}", file.display()));
            }
        }
    }
    assert!(looking_up.is_empty(), "look up:\n{}", looking_up.join("\n"));
    assert!(files.len() > 80, "the sources were found");
}

#[test]
fn names_are_found_in_lists_and_paths() {
    let text =
        "use crate::{client::{Aim, Goal}, date::Span, Error};\nlet x = crate::record::Event;";
    assert_eq!(modules_named(text), ["client", "date", "Error", "record"]);
}

#[test]
fn the_reference_holds_every_page_of_the_book() {
    let summary = fs::read_to_string("../docs/book/src/SUMMARY.md").unwrap();
    let module = fs::read_to_string("src/_documentation.rs").unwrap();
    let pages = summary.split("](").skip(1).filter_map(|rest| rest.split(".md)").next());
    let missing: Vec<&str> =
        pages.filter(|page| !module.contains(&format!("/{page}.md\")"))).collect();
    assert!(missing.is_empty(), "pages without a module: {missing:?}");
}
