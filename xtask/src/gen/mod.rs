//! `cargo xtask gen`: every committed file that a program wrote.

mod book;
mod form;
mod licenses;
mod lists;
mod packages;
mod python;
mod schemas;
mod stubs;
mod types;

use crate::{Result, run::root};
use std::{fs, path::PathBuf};

/// A generated file: where it stands below the workspace's folder, and its whole text.
pub(crate) struct Generated {
    path: PathBuf,
    text: String,
}

/// A generator may read what those above it made.
type Generator = fn(&[Generated]) -> Result<Vec<Generated>>;

const GENERATORS: &[Generator] = &[
    licenses::copies,
    packages::manifests,
    book::pages,
    schemas::documents,
    python::modules,
    stubs::python,
    python::page,
    types::typescript,
];

/// Writes the files that differ.
pub(crate) fn write() -> Result<()> {
    stale(|file| {
        let path = root().join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &file.text)?;
        println!("wrote {}", file.path.display());
        Ok(())
    })
}

/// Fails if a file differs from what would be written, and names it.
pub(crate) fn check() -> Result<()> {
    let mut names = Vec::new();
    stale(|file| {
        names.push(format!("\n  {}", file.path.display()));
        Ok(())
    })?;
    if names.is_empty() {
        return Ok(());
    }
    Err(format!("stale, run `cargo xtask gen`:{}", names.concat()).into())
}

/// Visits the files that differ, before the next generator runs: the stubs are those of the module
/// that is compiled with the files above them.
fn stale(mut visit: impl FnMut(&Generated) -> Result<()>) -> Result<()> {
    let mut files = Vec::new();
    for generate in GENERATORS {
        let made = generate(&files)?;
        for file in &made {
            if fs::read_to_string(root().join(&file.path)).ok().as_ref() != Some(&file.text) {
                visit(file)?;
            }
        }
        files.extend(made);
    }
    Ok(())
}
