//! The record: an append-only log of dated events about one client.
//!
//! Nothing is overwritten. A later event may replace an earlier one as a whole, a retraction
//! withdraws one, and both count only once they are known. [`ClientRecord::as_of`] asks the log
//! about a day and gives a [`Snapshot`]: the events that are visible then, from which all facts
//! are read.

mod about;
mod arrivals;
mod corrections;
mod event;
mod ids;
mod log;
mod snapshot;
mod targets;

pub use event::{Author, Body, Event, Kind, Role};
pub use log::ClientRecord;
pub(crate) use snapshot::in_order;
pub use snapshot::{AsOf, Snapshot};
