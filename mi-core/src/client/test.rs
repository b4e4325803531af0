//! Tests for substances. They add no day of use and clear none.

use super::{Body, Substance};
use crate::code::codes;

codes! {
    /// The result of a test.
    pub enum TestResult {
        /// Positive.
        Positive = "positive",
        /// Negative: it does not rule out use.
        Negative = "negative",
        /// Not usable.
        Invalid = "invalid",
    }
}

/// A test of urine, saliva, breath, hair or blood.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "test", category = SubstanceUse)]
pub struct SubstanceTest {
    /// What was tested for.
    pub substance: Substance,
    /// The result.
    pub result: TestResult,
    /// A prescribed medicine that explains a positive result.
    pub explained_by: Option<Substance>,
}
