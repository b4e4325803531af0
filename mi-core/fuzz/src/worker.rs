//! The worker: checks one document after another, and notes where it is.

use std::{
    fs::File,
    io::{Read as _, Seek as _, Write as _},
    panic,
    path::Path,
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use mi_fuzz::{Outcome, Seeds, check};

use super::Result;

/// The stack on which documents are checked: that of a thread of a small runtime.
const STACK: usize = 1024 * 1024;

/// The file in which the worker notes the seed of the document that it is at.
const AT: &str = "at";

/// The seed that a worker noted last.
pub(super) fn seed_of(folder: &Path) -> Result<u64> {
    let mut text = String::new();
    File::open(folder.join(AT))?.read_to_string(&mut text)?;
    Ok(text.trim().parse()?)
}

/// Checks documents until the time is over; false, at once, when one is at fault.
pub(super) fn work(folder: &Path, from: u64, seconds: u64) -> Result<bool> {
    let at = File::create(folder.join(AT))?;
    let work = move || check_all(at, from, Duration::from_secs(seconds));
    let worker = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || work().map_err(|error| error.to_string()))?;
    let done = worker.join().map_err(|_| "the worker panicked")?;
    Ok(done?)
}

fn check_all(mut at: File, from: u64, time: Duration) -> Result<bool> {
    static PANIC: Mutex<String> = Mutex::new(String::new());
    panic::set_hook(Box::new(|panic| {
        if let Ok(mut told) = PANIC.lock() {
            *told = panic.to_string();
        }
    }));
    let seeds = Seeds::of_repository()?;
    let (begin, mut slowest) = (Instant::now(), (Duration::ZERO, from));
    let (mut read, mut refused) = (0_u64, 0_u64);
    for seed in from.. {
        let start = Instant::now();
        if begin.elapsed() >= time {
            break;
        }
        at.rewind()?;
        write!(at, "{seed:020}")?;
        let document = seeds.document(seed);
        match panic::catch_unwind(|| check(&document)) {
            Ok(Ok(Outcome::Reviewed(_))) => read = read.saturating_add(1),
            Ok(Ok(Outcome::Refused(_))) => refused = refused.saturating_add(1),
            Ok(Err(broken)) => {
                println!("{broken}");
                return Ok(false);
            }
            Err(_) => {
                println!("{}", PANIC.lock().map(|told| told.clone()).unwrap_or_default());
                return Ok(false);
            }
        }
        slowest = slowest.max((start.elapsed(), seed));
    }
    let (longest, seed) = slowest;
    println!(
        "{read} documents reviewed and {refused} refused from seed {from}; the slowest took \
         {longest:.1?} (seed {seed})"
    );
    Ok(true)
}
