//! Tests for substances. They add no day of use and clear none.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::Substance;
use crate::code::{codes, opaque};

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
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubstanceTest {
    /// What was tested for.
    pub substance: Substance,
    /// The result.
    pub result: TestResult,
    /// A prescribed medicine that explains a positive result.
    pub explained_by: Option<Substance>,
}

opaque!(SubstanceTest);
