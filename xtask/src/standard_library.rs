//! Where the standard library for wasm comes from: rustup's target, or Debian's sources.

use crate::{
    Result,
    run::{command, output, run},
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const RUSTUP_SECONDS: u32 = 60;

/// Where to take the standard library from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    /// rustup's if it is there or comes within a minute, otherwise Debian's.
    Any,
    Rustup,
    Debian,
}

/// A cargo that can build for wasm, ready for `build` and its arguments.
pub(crate) fn cargo(source: Source) -> Result<Command> {
    match source {
        Source::Any | Source::Rustup if installed() || add() => Ok(rustup_cargo()),
        Source::Rustup => Err(format!("rustup could not add {TARGET}").into()),
        Source::Any | Source::Debian => debian_cargo(),
    }
}

fn rustup_cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg("build");
    cargo
}

fn installed() -> bool {
    let mut rustc = command("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).stderr(Stdio::null());
    output(&mut rustc, "").is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// `rustup target add`, given a minute: where its server is out of reach it may hang for long.
fn add() -> bool {
    println!("rustup target add {TARGET} (up to {RUSTUP_SECONDS} s)");
    let Ok(mut rustup) = command("rustup").args(["target", "add", TARGET]).spawn() else {
        return false;
    };
    for _ in 0..RUSTUP_SECONDS * 4 {
        match rustup.try_wait() {
            Ok(None) => sleep(Duration::from_millis(250)),
            Ok(Some(status)) => return status.success() && installed(),
            Err(_) => return false,
        }
    }
    // An error here means that it has just ended.
    let _ = rustup.kill();
    let _ = rustup.wait();
    false
}

/// Debian's cargo and rustc, which build the standard library with the program. `RUSTC_BOOTSTRAP`
/// allows that on a stable compiler; none of rustup's proxies may be met on the way.
fn debian_cargo() -> Result<Command> {
    install()?;
    println!("standard library: Debian's {}", DEBIAN.join(", "));
    let mut cargo = command("/usr/bin/cargo");
    cargo
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("LD_LIBRARY_PATH")
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTDOC", "/usr/bin/rustdoc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?)
        .args(["build", "-Zbuild-std=std,panic_abort"]);
    Ok(cargo)
}

fn install() -> Result<()> {
    if output(command("dpkg").arg("--status").args(DEBIAN).stderr(Stdio::null()), "").is_ok() {
        return Ok(());
    }
    println!("apt-get install {}", DEBIAN.join(" "));
    let apt = || {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "DPkg::Lock::Timeout=600"]);
        apt
    };
    run(apt().arg("update"))
        .and_then(|()| run(apt().args(["install", "-y", "--no-install-recommends"]).args(DEBIAN)))
        .map_err(|error| format!("{TARGET} needs Debian's {}: {error}", DEBIAN.join(", ")).into())
}

/// rustup's own linker for wasm; Debian's packages have none that is new enough.
fn linker() -> Result<PathBuf> {
    let facts = output(command("rustc").arg("-vV"), "")?;
    let host = facts.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let sysroot = output(command("rustc").args(["--print", "sysroot"]), "")?;
    let linker = Path::new(sysroot.trim()).join("lib/rustlib").join(host).join("bin/rust-lld");
    if linker.is_file() { Ok(linker) } else { Err(format!("no {}", linker.display()).into()) }
}
