//! Motivational interviewing and the staged, integrated treatment of co-occurring disorders.
#![forbid(unsafe_code)]

/// The version of this crate; the Python and npm packages carry the same one.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
