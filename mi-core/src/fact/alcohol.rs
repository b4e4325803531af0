//! Alcohol: dependence, and how much is drunk on most days.

use super::{Fact, Facts, Missing, Observed, query::take, substance_use::DayAmount};
use crate::{
    client::{Answer, ConcernStatus, Severity, Substance, Topic},
    sort::sort_by_key,
    value::{Measured, Range, Truth, Unit, Verdict},
};

impl Facts<'_, '_> {
    /// Whether the person is dependent on alcohol: by a concern that says so, or asked.
    ///
    /// A disorder that is suspected, mild or of no stated severity leaves it open, and an answer
    /// from before it does too. Nothing negative clears an answer of yes.
    pub(crate) fn alcohol_dependence(&self) -> Observed {
        let alcohol = Substance::alcohol();
        let concern = self.concerns().into_iter().find(|(_, of)| of.substance == Some(alcohol));
        if let Some((event, of)) = concern
            && of.status != ConcernStatus::Suspected
            && matches!(
                of.severity,
                Some(Severity::Moderate | Severity::Severe | Severity::Dependence)
            )
        {
            return Observed::truth(true).on(event);
        }
        let concern = concern.map(|(event, _)| event);
        if let Some(event) = self.ever_yes(Topic::AlcoholDependence) {
            return Observed::truth(true).on(event);
        }
        match self.answer(Topic::AlcoholDependence) {
            Some((event, Answer::No))
                if concern.is_none_or(|concern| {
                    take::came_after(event, concern, self.today()) == Verdict::Met
                }) =>
            {
                Observed::truth(false).on(event)
            }
            _ => Observed::truth(Truth::Unknown)
                .on_all(concern)
                .missing(Missing::of(Fact::ALCOHOL_DEPENDENCE).on_topic(Topic::AlcoholDependence)),
        }
    }

    /// Grams of alcohol that were reached on most of the last observed days.
    pub(crate) fn alcohol_daily(&self) -> Observed {
        let (alcohol, settings) = (Substance::alcohol(), self.settings);
        let days = usize::try_from(settings.alcohol_observed_days).unwrap_or_default();
        let (amounts, reports) = self.last_amounts(alcohol, days, Unit::GramEthanol);
        let Some(latest) = amounts.first().map(|latest| latest.day) else {
            return self.open_grams(Range::at_least(0));
        };
        if self.today().days_since(latest) > settings.alcohol_last_days {
            return self.open_grams(Range::at_least(0));
        }
        let mut grams: Vec<Range> = amounts.iter().map(in_grams).collect();
        // A day that was not observed could have had any amount.
        grams.resize(days, Range::at_least(0));
        let rank = usize::try_from(settings.alcohol_reached_days.saturating_sub(1));
        let reached = |mut amounts: Vec<Option<i64>>| {
            sort_by_key(&mut amounts, |grams| std::cmp::Reverse(grams.unwrap_or(i64::MAX)));
            rank.ok().and_then(|rank| amounts.get(rank).copied()).flatten()
        };
        let least = reached(grams.iter().map(|grams| grams.min()).collect());
        let most = reached(grams.iter().map(|grams| grams.max()).collect());
        self.open_grams(Range::from_to(least.unwrap_or(0), most)).on_all(reports)
    }

    fn open_grams(&self, grams: Range) -> Observed {
        let days = self.last_days(self.settings.alcohol_observed_days);
        let missing = Missing::of(Fact::ALCOHOL_DAILY).about_substance(Substance::alcohol());
        Observed::quantity(Measured::GramADay, grams).missing_if_open(missing.for_days(vec![days]))
    }
}

/// The whole grams that a day reached. They are never rounded up, because a band begins where it is
/// reached: 59.9 g are 59, and not perhaps 60.
fn in_grams(amount: &DayAmount) -> Range {
    const MILLION: i128 = 1_000_000;
    let reached =
        |millionths: i128| i64::try_from(millionths.div_euclid(MILLION)).unwrap_or(i64::MAX);
    Range::from_to(reached(amount.least), amount.most.map(reached))
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::fact::case::{Case, case};

    const TODAY: &str = "2026-11-22";

    fn disorder(status: &str, severity: Option<&str>) -> Json {
        let mut body = json!({ "kind": "concern", "domain": "substance_use",
            "substance": "alcohol", "status": status });
        if let Some(severity) = severity {
            body["severity"] = json!(severity);
        }
        body
    }

    #[test]
    fn dependence_is_a_concern_that_says_so_or_an_answer() {
        let on = |status: &str, severity: &str| {
            case().staff("2026-06-01", disorder(status, Some(severity)))
        };
        let some = case().staff("2026-06-01", disorder("diagnosed", None));
        for (told, expected) in [
            (case(), "unknown"),
            (on("diagnosed", "dependence"), "yes"),
            (on("diagnosed", "severe"), "yes"),
            (on("diagnosed", "moderate"), "yes"),
            (on("in_remission", "dependence"), "yes"),
            (on("diagnosed", "mild"), "unknown"),
            (on("suspected", "dependence"), "unknown"),
            (on("ruled_out", "dependence"), "unknown"),
            (some.clone(), "unknown"),
            (case().asked("2026-06-01", "alcohol_dependence", "yes"), "yes"),
            (case().asked("2026-06-01", "alcohol_dependence", "no"), "no"),
            (case().asked("2026-06-01", "alcohol_dependence", "declined"), "unknown"),
            (
                case().asked("2026-06-01", "alcohol_dependence", "yes").asked(
                    "2026-06-02",
                    "alcohol_dependence",
                    "no",
                ),
                "yes",
            ),
            (some.clone().asked("2026-06-01", "alcohol_dependence", "no"), "no"),
            (some.asked("2026-05-31", "alcohol_dependence", "no"), "unknown"),
            (on("diagnosed", "severe").asked("2026-06-02", "alcohol_dependence", "no"), "yes"),
        ] {
            let seen = told.says(TODAY, |f| f.alcohol_dependence());
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
    }

    fn drank(told: Case, from: &str, to: &str, grams: i64) -> Case {
        let period = json!({ "from": from, "to": to, "use": { "kind": "daily" },
            "per_use_day": { "amount": grams, "unit": "gram_ethanol" } });
        told.client(
            to,
            json!({ "kind": "use_report", "substance": "alcohol", "periods": [period] }),
        )
    }

    #[test]
    fn an_amount_counts_when_five_of_seven_days_reach_it() {
        for (told, expected) in [
            (case(), "0.."),
            (drank(case(), "2026-11-16", TODAY, 130), "130"),
            (drank(drank(case(), "2026-11-16", "2026-11-17", 40), "2026-11-18", TODAY, 130), "130"),
            (drank(drank(case(), "2026-11-16", "2026-11-18", 40), "2026-11-19", TODAY, 130), "40"),
            (drank(case(), "2026-11-18", TODAY, 130), "130"), // five days are observed
            (
                drank(drank(case(), "2026-11-18", "2026-11-18", 40), "2026-11-19", TODAY, 130),
                "40..130",
            ),
            (drank(case(), "2026-11-19", TODAY, 130), "0..130"),
            (drank(case(), "2026-11-02", "2026-11-08", 130), "130"), // 14 days ago
            (drank(case(), "2026-11-01", "2026-11-07", 130), "0.."),
            (case().used("alcohol", "2026-11-16", TODAY, "daily"), "0.."),
        ] {
            let seen = told.says(TODAY, |f| f.alcohol_daily());
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
    }
}
