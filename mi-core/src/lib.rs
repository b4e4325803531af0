//! Motivational interviewing and the staged, integrated treatment of co-occurring disorders.
#![forbid(unsafe_code)]

pub mod balance;
pub mod bounds;
pub mod client;
mod code;
mod document;
mod error;
pub mod fact;
pub mod plan;
pub mod protocol;
pub mod readiness;
pub mod record;
pub mod review;
pub mod stage;

pub use document::read_arguments;
pub use error::{Error, ErrorKind, Problem};
pub use protocol::Protocol;
pub use record::{CalendarDate, ClientRecord, Instant};
pub use review::Review;

/// The version of this crate; the Python and npm packages carry the same one.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
