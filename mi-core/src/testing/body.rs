//! Strategies for what events say: each body declares its own.

use proptest::{prelude::*, strategy::Union};

use super::{Dates, Sample};
use crate::{balance::DecisionalBalance, plan::Plan, record::Body};

/// What an event says, of any kind but a retraction, which needs an event to withdraw.
pub fn body() -> impl Strategy<Value = Body> {
    body_within(Dates::ALL)
}

/// The same, about days that lie close together.
pub(super) fn body_within(dates: Dates) -> impl Strategy<Value = Body> {
    let kinds = Body::strategies(dates).into_iter();
    let free = kinds.filter(|(kind, _)| *kind != "retraction");
    Union::new_weighted(free.map(|(kind, strategy)| (weight(kind), strategy)).collect())
}

/// Contacts and reports are what records have most.
fn weight(kind: &str) -> u32 {
    match kind {
        "contact" | "use_report" => 3,
        "concern" | "goal" | "medicine" => 2,
        _ => 1,
    }
}

/// A decisional balance, in full or in part.
pub fn balance() -> impl Strategy<Value = DecisionalBalance> {
    DecisionalBalance::sample(Dates::ALL)
}

/// A plan of any kind, in full or in part.
pub fn plan() -> impl Strategy<Value = Plan> {
    Plan::sample(Dates::ALL)
}

/// The body of an event as its own `Debug` shows it, which says nothing of what is in it.
#[must_use]
pub fn debug_of(body: &Body) -> String {
    format!("{0:?} {0:#?}", body.shown())
}
