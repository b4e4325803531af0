//! The band of age.

use super::{Fact, Facts, Missing, Observed};
use crate::{
    client::{AgeBand, AgeBandRecorded},
    value::Verdict,
};

impl Facts<'_, '_> {
    /// The band of age as recorded; one below adult is outgrown in time.
    pub(crate) fn age(&self) -> Observed {
        let Some((event, recorded)) = self.snapshot.of::<AgeBandRecorded>().next_back() else {
            return Observed::any_code::<AgeBand>().missing(Missing::of(Fact::AGE));
        };
        let age = event.on().days_before(self.today());
        let holds = age.is_at_most(self.settings.age_days) == Verdict::Met;
        let possible = AgeBand::ALL
            .iter()
            .filter(|band| if holds { **band == recorded.band } else { **band >= recorded.band });
        Observed::codes(possible.copied())
            .on(event)
            .missing_if_open(Missing::of(Fact::AGE).by_event(event))
    }
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::fact::case::case;

    const TODAY: &str = "2026-11-22";

    fn age(band: &str) -> Json {
        json!({ "kind": "age_band", "band": band })
    }

    #[test]
    fn a_band_below_adult_is_outgrown() {
        for (on, band, expected) in [
            ("2000-01-01", "adult", "adult"),
            ("2025-11-22", "under_16", "under_16"), // 365 days
            ("2025-11-21", "under_16", "under_16|16_17|adult"),
            ("2025-11-21", "16_17", "16_17|adult"),
        ] {
            assert_eq!(case().staff(on, age(band)).says(TODAY, |f| f.age()), expected, "{on}");
        }
        assert_eq!(case().says(TODAY, |f| f.age()), "under_16|16_17|adult");
    }
}
