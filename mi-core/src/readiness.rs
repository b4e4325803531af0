//! Rulers on which clients rate importance, confidence and readiness.

use serde::{Deserialize, Serialize};

use crate::{
    Error, ErrorKind, bounds,
    client::{
        Body, Target,
        field::{AsField, Field, FieldKind},
    },
    document,
};

/// A rating on the 0–10 ruler that clients use for importance, confidence and readiness.
///
/// 0 is "not at all", 10 is "extremely". Three rulers are three numbers: they are kept beside the
/// stage of change and never added up.
///
/// # Source
/// Miller & Rollnick; Heather et al. 2008, doi:10.1016/j.drugalcdep.2008.06.005.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Rating(i64);

impl Rating {
    /// The highest rating, 10.
    pub const MAX: Rating = Rating(*bounds::RATING.end());

    /// A rating from 0 to 10.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] outside 0 to 10.
    ///
    /// ```
    /// # use mi_core::readiness::Rating;
    /// assert!(Rating::new(7)? < Rating::MAX);
    /// assert!(Rating::new(11).is_err());
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    pub fn new(value: i64) -> Result<Self, Error> {
        if bounds::RATING.contains(&value) {
            Ok(Self(value))
        } else {
            Err(Error::new(ErrorKind::OutOfRange, "", "a whole number from 0 to 10"))
        }
    }

    /// The number, 0 to 10.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Rating {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        document::read_integer(deserializer, Self::new)
    }
}

impl document::Part for Rating {
    fn read(from: &mut document::Source<'_>) -> Result<Self, document::Stop> {
        let number = from.whole()?;
        from.checked(Self::new(number))
    }

    fn write(&self, to: &mut document::Writer) {
        to.whole(self.0);
    }
}

impl AsField for Rating {
    const KIND: FieldKind = FieldKind::Number;

    fn as_field(&self) -> Field<'_> {
        #[expect(clippy::cast_precision_loss, reason = "ratings end at ten")]
        Field::Number(self.get() as f64)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Rating {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rating".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A rating on the ruler of a client, a whole number from 0 (not at all) to 10 (extremely).",
            "type": "integer",
            "minimum": 0,
            "maximum": 10,
        })
    }
}

/// The three rulers about one target, as the client rates them. Each is optional and they are never added up: high importance with low confidence asks for something else than the reverse.
#[derive(Clone, PartialEq, Body)]
#[body(kind = "ruler", category = SubstanceUse)]
pub struct ReadinessRulers {
    /// The target.
    pub target: Target,
    /// How important the change is.
    pub importance: Option<Rating>,
    /// How confident the person is of making it.
    pub confidence: Option<Rating>,
    /// How ready the person is.
    pub readiness: Option<Rating>,
}
