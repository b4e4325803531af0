//! The project's own tasks.
//!
//! ```text
//! cargo xtask gen [--check]                    write, or compare, the generated files
//! cargo xtask wasm [--std auto|rustup|debian]  build the npm package in mi-wasm/pkg
//! cargo xtask fuzz [--minutes N] […]           change documents at random, and check them
//! ```
#![expect(clippy::print_stdout, reason = "a command line tool")]

mod r#gen;
mod run;
mod standard_library;
mod wasm;

use standard_library::Source;
use std::{error::Error, process::ExitCode};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str =
    "usage: cargo xtask gen [--check] | wasm [--std auto|rustup|debian] | fuzz [--minutes N]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["gen"] => r#gen::write(),
        ["gen", "--check"] => r#gen::check(),
        ["wasm"] | ["wasm", "--std", "auto"] => wasm::build(Source::Any),
        ["wasm", "--std", "rustup"] => wasm::build(Source::Rustup),
        ["wasm", "--std", "debian"] => wasm::build(Source::Debian),
        ["fuzz", arguments @ ..] => fuzz(arguments),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the fuzzer, quick and with all checks, and runs it.
fn fuzz(arguments: &[&str]) -> Result<()> {
    let mut cargo = run::command("cargo");
    cargo.args(["run", "--quiet", "--profile", "fuzz", "--package", "mi-fuzz"]);
    run::run(cargo.args(["--bin", "mi-fuzz", "--"]).args(arguments))
}
