//! `cargo xtask wasm`: the npm package, laid out in `mi-wasm/pkg`.

use crate::{
    Result,
    run::{node, root, run, target},
    standard_library::{self, Source, TARGET},
};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// Text of the package's manifest that stands for the workspace's version.
const VERSION: &str = "0.0.0";

/// The WebAssembly features that Rust's target has by default and every current browser knows.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub(crate) fn build(source: Source) -> Result<()> {
    run(standard_library::cargo(source)?.args([
        "--package",
        "mi-wasm",
        "--lib",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ]))?;
    let package = root().join("mi-wasm/pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    bind(&package)?;
    optimize(&package.join("mi_wasm_bg.wasm"))?;
    add_files(&package)?;
    run(node("scripts/sizes.js").arg(package.join("mi_wasm_bg.wasm")))
}

/// The JavaScript side of every exported function. Our own `index.js` and `node.js` say where the
/// wasm file is, our own `index.d.ts` has the types.
fn bind(package: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(target()?.join(TARGET).join("wasm/mi_wasm.wasm"))
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(package)?;
    Ok(())
}

fn optimize(module: &Path) -> Result<()> {
    let optimizer = "node_modules/binaryen/bin/wasm-opt";
    let (level, module) = (["-Oz", "--converge"], module.as_os_str());
    run(node(optimizer).args(level).args(FEATURES).args([module, "-o".as_ref(), module]))
        .map_err(|error| format!("wasm-opt (`npm ci` in mi-wasm installs it): {error}").into())
}

fn add_files(package: &Path) -> Result<()> {
    for folder in ["mi-wasm/js", "mi-wasm/types"] {
        for file in fs::read_dir(root().join(folder))? {
            let file = file?;
            fs::copy(file.path(), package.join(file.file_name()))?;
        }
    }
    for file in ["mi-wasm/README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        let from = root().join(file);
        fs::copy(&from, package.join(from.file_name().unwrap_or_default()))?;
    }
    let manifest = package.join("package.json");
    let text = fs::read_to_string(&manifest)?.replace(VERSION, mi_core::VERSION);
    Ok(fs::write(manifest, text)?)
}
