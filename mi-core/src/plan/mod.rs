//! Plans: change, relapse prevention, crisis.
//!
//! A plan is the client's, in the client's words. What makes one complete is a matter of the
//! protocol, which lists the gaps of a plan with [`crate::Protocol::check_plan`].

mod content;

pub use content::{
    ChangePlan, Coping, CrisisPlan, Plan, PlanKind, PlanPart, PlanRecorded, RelapsePreventionPlan,
    Situation, Support,
};
