//! Dates and instants as other crates keep them: jiff's and chrono's, each behind the feature of
//! its name.
//!
//! Ours fit into theirs always, theirs into ours only in the years 1900 to 2200. The error never
//! holds the date that was refused.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
