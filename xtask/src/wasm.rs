//! `cargo xtask wasm`: the npm package, laid out in `mi-wasm/pkg`.

use crate::{
    Result,
    run::{node, root, run, target},
    standard_library::{self, Source, TARGET},
};
use std::{fs, io::Write, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// The section of the module that holds its version.
const MARK: &str = "mi-wasm";

/// Text of the package's files that stands for the workspace's version.
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
    let module = package.join("mi_wasm.wasm");
    fs::rename(package.join("mi_wasm_bg.wasm"), &module)?;
    optimize(&module)?;
    mark(&module)?;
    add_files(&package)?;
    run(node("scripts/sizes.js").arg(module))
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

/// Puts the version into the module, as a custom section at its end: `source.js` refuses a module of
/// another version, because the functions that wasm-bindgen wrote for this one do not fit it.
fn mark(module: &Path) -> Result<()> {
    const CUSTOM_SECTION: u8 = 0;
    let name = u8::try_from(MARK.len())?;
    let content = [&[name], MARK.as_bytes(), mi_core::VERSION.as_bytes()].concat();
    let length = u8::try_from(content.len())?;
    // Such a length is one byte in the encoding of wasm, and longer ones are more.
    if length >= 128 {
        return Err("the mark of the module is too long".into());
    }
    let section = [&[CUSTOM_SECTION, length], content.as_slice()].concat();
    fs::OpenOptions::new().append(true).open(module)?.write_all(&section)?;
    Ok(())
}

fn add_files(package: &Path) -> Result<()> {
    let schemas = package.join("schemas");
    fs::create_dir(&schemas)?;
    let folders = [("mi-wasm/js", package), ("mi-wasm/types", package), ("docs/schemas", &schemas)];
    for (folder, to) in folders {
        for file in fs::read_dir(root().join(folder))? {
            let file = file?;
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    for file in ["mi-wasm/README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        let from = root().join(file);
        fs::copy(&from, package.join(from.file_name().unwrap_or_default()))?;
    }
    for file in ["package.json", "source.js"] {
        let file = package.join(file);
        let text = fs::read_to_string(&file)?;
        fs::write(file, text.replace(VERSION, mi_core::VERSION))?;
    }
    Ok(())
}
