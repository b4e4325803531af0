//! The band of age.

use super::{Fact, Facts, Missing, Observed, query::take};
use crate::{
    client::{AgeBand, AgeBandRecorded},
    record::Event,
    value::Verdict,
};

impl Facts<'_, '_> {
    /// The band of age as recorded; one below adult is outgrown in time.
    pub(crate) fn age(&self) -> Observed {
        let mut latest: Vec<(&Event, &AgeBandRecorded)> = self.snapshot.of().collect();
        take::keep_latest(self.today(), &mut latest, |(event, _)| event);
        let Some((last, _)) = latest.last() else {
            return Observed::any_code::<AgeBand>().missing(Missing::of(Fact::AGE));
        };
        let mut possible = Vec::new();
        for (event, recorded) in &latest {
            let age = event.on().days_before(self.today());
            let holds = age.is_at_most(self.settings.age_days) == Verdict::Met;
            let is_possible = |band: &&AgeBand| {
                if holds { **band == recorded.band } else { **band >= recorded.band }
            };
            possible.extend(AgeBand::ALL.iter().filter(is_possible).copied());
        }
        Observed::codes(possible)
            .on_all(latest.iter().map(|(event, _)| *event))
            .missing_if_open(Missing::of(Fact::AGE).by_event(last))
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
