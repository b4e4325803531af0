//! The main job: a record in, a review out, as Markdown.
//!
//! `cargo run -p mi-core --example review` reviews a worked case; give it the path of a record and
//! a date to review your own.

use std::{env, error::Error, fs};

use mi_core::{CalendarDate, ClientRecord, Protocol};

const TWO_YEARS: &str = include_str!("records/two-years.json");

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let text = arguments.next().map(fs::read_to_string).transpose()?;
    let date = arguments.next().unwrap_or_else(|| "2026-11-20".to_owned());

    let record = ClientRecord::from_json(text.as_deref().unwrap_or(TWO_YEARS))?;
    let protocol = Protocol::dual_diagnosis();
    let review = protocol.review(&record.as_of(date.parse::<CalendarDate>()?));
    print!("{}", protocol.render(&review, &protocol.texts("en")?));
    Ok(())
}
