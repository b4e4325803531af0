//! Paths of the workspace, and commands run in it.

use crate::Result;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The target folder, wherever the environment or a configuration puts it: this program is in
/// `<target>/<profile>/`.
pub(crate) fn target() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).ok_or("xtask is run by cargo")?.to_path_buf())
}

/// A command that runs in the workspace's folder.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// A script or tool of `mi-wasm`, run by node. The tools are npm packages, the same on every system.
pub(crate) fn node(script: &str) -> Command {
    let mut node = command("node");
    node.current_dir(root().join("mi-wasm")).arg(script);
    node
}

/// Runs a command to its end; its output is shown.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| failed(command, &error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(command, &status.to_string()).into()) }
}

/// Runs a command with `input` and returns what it printed.
pub(crate) fn output(command: &mut Command, input: &str) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(command, &error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(failed(command, &output.status.to_string()).into())
    }
}

fn failed(command: &Command, why: &str) -> String {
    format!("{}: {why}", command.get_program().display())
}
