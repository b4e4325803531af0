//! The fuzzer: one document after another, each by its seed, until the time is over.
//!
//! ```text
//! mi-fuzz [--minutes N] [--from SEED] [--one SEED] [--write FILE COUNT]
//! ```
//!
//! Panics are caught where the documents are checked. What cannot be caught (a stack that
//! overflows, a check that never ends) ends or halts the process that checks; so this program starts
//! itself once more as a worker, which notes the seed before each document.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a command line tool, which has a clock and sets fields of JSON values"
)]

mod worker;

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode},
    thread,
    time::{Duration, Instant},
};

use mi_fuzz::{Document, Outcome, Seeds, check};
use serde_json::json;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: mi-fuzz [--minutes N] [--from SEED] | --one SEED | --write FILE COUNT";

/// A document that takes longer than this halts the worker.
const PATIENCE: Duration = Duration::from_secs(120);

/// After so many faults it ends before its time.
const FAULTS: usize = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        [] => run(1.0, 1),
        ["--minutes", minutes] => minutes.parse().map_err(Into::into).and_then(|m| run(m, 1)),
        ["--minutes", minutes, "--from", from] => match (minutes.parse(), from.parse()) {
            (Ok(minutes), Ok(from)) => run(minutes, from),
            _ => Err(USAGE.into()),
        },
        ["--one", seed] => seed.parse().map_err(Into::into).and_then(one),
        ["--write", file, count] => {
            count.parse().map_err(Into::into).and_then(|count| write(Path::new(file), count))
        }
        ["--work", folder, from, seconds] => match (from.parse(), seconds.parse()) {
            (Ok(from), Ok(seconds)) => worker::work(Path::new(folder), from, seconds),
            _ => Err(USAGE.into()),
        },
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("mi-fuzz: {error}");
            ExitCode::from(2)
        }
    }
}

/// `<target>/fuzz-documents`, wherever cargo puts the target folder.
fn folder() -> Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("mi-fuzz is run by cargo")?;
    let folder = target.join("fuzz-documents");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Checks documents for so many minutes; false when one was found that is at fault.
fn run(minutes: f64, from: u64) -> Result<bool> {
    let (folder, seeds) = (folder()?, Seeds::of_repository()?);
    let time = Duration::try_from_secs_f64(minutes * 60.0)?;
    let end = Instant::now().checked_add(time).ok_or("a shorter time")?;
    let (mut from, mut faults) = (from, 0_usize);
    loop {
        let left = end.saturating_duration_since(Instant::now()).as_secs();
        let mut work = Command::new(env::current_exe()?);
        work.arg("--work").arg(&folder).args([from.to_string(), left.to_string()]);
        let why = match watch(&mut work.spawn()?, &folder)? {
            End::Done => return Ok(faults == 0),
            End::Fault => "does not hold".to_owned(),
            End::Halted => "does not end".to_owned(),
            End::Died(status) => format!("ended with {status}"),
        };
        let seed = worker::seed_of(&folder)?;
        let document = seeds.document(seed);
        let path = folder.join(format!("{seed}-{}.json", document.kind.name()));
        fs::write(&path, &document.text)?;
        println!("seed {seed}, as of {}: {why}: {}", document.as_of, path.display());
        faults = faults.saturating_add(1);
        from = seed.wrapping_add(1);
        if faults >= FAULTS || Instant::now() >= end {
            return Ok(false);
        }
    }
}

enum End {
    Done,
    Fault,
    Halted,
    Died(String),
}

/// Waits for the worker; one that stays with a document for too long is ended.
fn watch(worker: &mut Child, folder: &Path) -> Result<End> {
    let (mut last, mut since) = (0, Instant::now());
    loop {
        if let Some(status) = worker.try_wait()? {
            return Ok(match status.code() {
                Some(0) => End::Done,
                Some(1) => End::Fault,
                _ => End::Died(status.to_string()),
            });
        }
        thread::sleep(Duration::from_millis(100));
        let seed = worker::seed_of(folder).unwrap_or(last);
        if seed != last {
            (last, since) = (seed, Instant::now());
        } else if since.elapsed() > PATIENCE {
            worker.kill()?;
            worker.wait()?;
            return Ok(End::Halted);
        }
    }
}

/// Checks one document, without catching anything, and says what came of it.
fn one(seed: u64) -> Result<bool> {
    let document = Seeds::of_repository()?.document(seed);
    println!("{} as of {}", document.kind.name(), document.as_of);
    let outcome = check(&document);
    println!("{outcome:?}");
    Ok(outcome.is_ok())
}

/// Writes documents with what comes of them, a line each, for the other languages to try.
fn write(file: &Path, count: u64) -> Result<bool> {
    let seeds = Seeds::of_repository()?;
    let mut lines = String::new();
    for seed in 1..=count {
        let document = seeds.document(seed);
        let Document { kind, text, as_of } = &document;
        let mut line = json!({ "seed": seed, "kind": kind.name(), "as_of": as_of, "text": text });
        match check(&document)? {
            Outcome::Refused(problems) => line["problems"] = json!(problems),
            Outcome::Reviewed(sha256) => line["sha256"] = json!(sha256),
        }
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    fs::write(file, lines)?;
    Ok(true)
}
