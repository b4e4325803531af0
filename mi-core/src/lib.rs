//! Motivational interviewing (MI) and the staged, integrated treatment of people who live with both
//! a mental-health condition and a substance-use disorder.
//!
//! A client's dated history goes in; an explained review comes out. It answers what a care team
//! asks each time: *where is this person, what does the evidence support next, what must not be
//! missed, and what do we not know yet?*
//!
//! ```
//! use mi_core::{CalendarDate, ClientRecord, Protocol};
//!
//! let record = ClientRecord::from_json(r#"{
//!   "schema_version": 1, "client": "client-7", "events": [
//!     { "id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00.000Z",
//!       "by": { "role": "nurse", "id": "n1" },
//!       "body": { "kind": "episode_opened", "contact_log": "complete" } },
//!     { "id": "e2", "on": "2026-08-03", "recorded": "2026-08-03T09:13:00.000Z",
//!       "by": { "role": "nurse", "id": "n1" },
//!       "body": { "kind": "target", "target": { "kind": "substance", "code": "alcohol" }, "treated": true } },
//!     { "id": "e3", "on": "2026-08-10", "recorded": "2026-08-10T15:00:00.000Z",
//!       "by": { "role": "nurse", "id": "n1" },
//!       "body": { "kind": "contact", "outcome": "kept" } } ] }"#)?;
//!
//! let protocol = Protocol::dual_diagnosis();
//! let today: CalendarDate = "2026-08-20".parse()?;
//! let review = protocol.review(&record.as_of(today)); // cannot fail
//!
//! let position = &review.positions.treatment_stage.targets[0];
//! assert_eq!(position.floor.code(), "engagement");
//! println!("{}", protocol.render(&review, &protocol.texts("en")?)); // Markdown
//! # Ok::<(), mi_core::Error>(())
//! ```
//!
//! # What it is not
//!
//! It supports qualified staff; it does not diagnose, predict or decide, and it is not meant to
//! advise clients directly. There is no risk score and no probability of anything: a severity is
//! the urgency of an action. The default protocol has not been signed off by a clinician; what
//! each rule rests on, and how far that was checked, is shown with every finding.
//!
//! # The way through
//!
//! ```text
//! text ─read─▶ ClientRecord ─as_of─▶ Snapshot ─facts─▶ Value ─criteria─▶ Trace ─rules─▶ Finding ─▶ Review ─texts─▶ Markdown
//! ```
//!
//! | module | what is in it |
//! | --- | --- |
//! | [`record`] | the log: events, dates, instants, corrections, [`record::Snapshot`] |
//! | [`client`] | what events say about a person, a file a subject |
//! | [`stage`] | the three axes: treatment steps, stages of change, levels of care |
//! | [`balance`], [`readiness`], [`plan`] | decisional balance, rulers, plans |
//! | [`fact`] | the closed vocabulary: values that may be partly known |
//! | [`protocol`] | rules as data: criteria, traces, checks at load |
//! | [`review`] | the main job, and the same rules for forms that hold no record |
//!
//! The book, and why things are as they are: `_documentation`, on docs.rs.
//!
//! # Principles
//!
//! * **Pure.** No clock, no input or output, no randomness: "today" is an argument, and the same
//!   input gives the same bytes, natively and in wasm.
//! * **Unknown is a value.** A missing observation is never "no", never zero, never "safe".
//! * **History is append-only.** A correction replaces or retracts by reference.
//! * **Advice never blocks.** Any move can be recorded.
//! * **Confidential.** `Debug` and errors hold ids, codes and counts, never what a record says.
//!
//! # Features
//!
//! None is on by default.
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `jiff`, `chrono` | [`CalendarDate`] and [`Instant`] from and into their civil dates and UTC instants |
//! | `schema` | JSON Schemas of the documents (schemars) |
//! | `testing` | strategies that make records (proptest), so that you can property-test your own code |
#![forbid(unsafe_code)]

#[cfg(doc)]
pub mod _documentation;
pub mod balance;
pub mod bounds;
pub mod client;
mod code;
#[cfg(any(feature = "chrono", feature = "jiff"))]
mod convert;
pub mod date;
mod document;
mod error;
pub mod fact;
pub mod instant;
pub mod plan;
pub mod protocol;
pub mod readiness;
pub mod record;
pub mod review;
mod sort;
pub mod stage;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;
pub mod value;

pub use date::CalendarDate;
pub use document::{JsonText, read_arguments};
pub use error::{Error, ErrorKind, Problem};
pub use instant::Instant;
pub use protocol::Protocol;
pub use record::ClientRecord;
pub use review::Review;

/// The version of this crate; the Python and npm packages carry the same one.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
