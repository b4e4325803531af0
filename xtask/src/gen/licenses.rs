//! The licenses, beside each manifest that packs its own folder.

use super::Generated;
use crate::{Result, run::root};
use std::{fs, path::Path};

pub(super) fn copies(_: &[Generated]) -> Result<Vec<Generated>> {
    let mut copies = Vec::new();
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let text = fs::read_to_string(root().join(license))?;
        copies.extend(["mi-core", "mi-core/derive", "mi-py"].map(|package| Generated {
            path: Path::new(package).join(license),
            text: text.clone(),
        }));
    }
    Ok(copies)
}
