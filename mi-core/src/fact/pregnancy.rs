//! Pregnancy.

use super::{Fact, Facts, Missing, Observed, query::take};
use crate::{
    client::{Answer, Asked, Pregnancy, PregnancyStatus, Topic},
    code::codes,
    record::{Body, Event, Kind},
    value::Verdict,
};

codes! {
    /// What is recorded about pregnancy, as it stands now.
    pub(super) enum PregnancyNow {
        /// Pregnant.
        Pregnant = "pregnant",
        /// Planning a pregnancy.
        Planning = "planning",
        /// Could become pregnant.
        Possible = "possible",
        /// Not pregnant.
        NotPregnant = "not_pregnant",
    }
}

impl Facts<'_, '_> {
    /// Pregnancy as recorded: a pregnancy that is not recorded as ended lasts as long as one can.
    pub(crate) fn pregnancy(&self) -> Observed {
        let (today, settings) = (self.today(), self.settings);
        let open = || {
            let missing = Missing::of(Fact::PREGNANCY).on_topic(Topic::Pregnancy);
            Observed::any_code::<PregnancyNow>().missing(missing)
        };
        let status = |event: &Event| {
            #[expect(clippy::wildcard_enum_match_arm, reason = "two kinds speak of it")]
            match event.body() {
                Body::Pregnancy(Pregnancy { status, since }) => Some((*status, *since)),
                Body::Asked(Asked { topic: Topic::Pregnancy, answer }) => match answer {
                    Answer::Yes => Some((PregnancyStatus::Pregnant, None)),
                    Answer::No => Some((PregnancyStatus::Ended, None)),
                    Answer::Declined => None, // leaves what was recorded before
                },
                _ => None,
            }
        };
        let mut telling = self.snapshot.of_kinds(&[Pregnancy::PLACE, Asked::PLACE]);
        telling.retain(|event| status(event).is_some());
        let latest: Vec<&Event> = take::latest(today, telling.iter().copied()).collect();
        let mut possible = Vec::new();
        for event in &latest {
            let Some((status, since)) = status(event) else { continue };
            let lasts = match since {
                Some(since) => {
                    since.days_before(today).is_at_most(settings.pregnancy_days_from_start)
                }
                None => {
                    event.on().days_before(today).is_at_most(settings.pregnancy_days_from_recording)
                }
            };
            match status {
                PregnancyStatus::Pregnant if lasts == Verdict::Met => {
                    possible.push(PregnancyNow::Pregnant);
                }
                PregnancyStatus::Pregnant => return open().on_all(latest),
                PregnancyStatus::Ended => possible.push(PregnancyNow::NotPregnant),
                PregnancyStatus::Planning => possible.push(PregnancyNow::Planning),
                PregnancyStatus::Possible => possible.push(PregnancyNow::Possible),
            }
        }
        if latest.is_empty() { open() } else { Observed::codes(possible).on_all(latest) }
    }
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::json;

    use crate::fact::case::case;

    const TODAY: &str = "2026-11-22";

    #[test]
    fn a_pregnancy_lasts_as_long_as_one_can() {
        let pregnant = |on: &str, since: Option<&str>| {
            let mut body = json!({ "kind": "pregnancy", "status": "pregnant" });
            if let Some(since) = since {
                body["since"] = json!(since);
            }
            case().staff(on, body)
        };
        let all = "pregnant|planning|possible|not_pregnant";
        for (on, since, expected) in [
            ("2026-03-01", Some("2026-01-25"), "pregnant"), // 301 days
            ("2026-03-01", Some("2026-01-24"), all),
            ("2026-03-01", Some("2026-01"), all), // 295 to 325 days
            ("2026-03-01", Some("2026-02"), "pregnant"),
            ("2026-02-15", None, "pregnant"), // 280 days
            ("2026-02-14", None, all),
        ] {
            let says = pregnant(on, since).says(TODAY, |f| f.pregnancy());
            assert_eq!(says, expected, "{on} {since:?}");
        }
        let known = pregnant("2026-08-01", None);
        let status = |status: &str| json!({ "kind": "pregnancy", "status": status });
        for (later, expected) in [
            (known.clone().staff("2026-10-01", status("ended")), "not_pregnant"),
            (known.clone().staff("2026-10-01", status("planning")), "planning"),
            (known.clone().staff("2026-10-01", status("possible")), "possible"),
            (known.clone().asked("2026-10-01", "pregnancy", "no"), "not_pregnant"),
            (known.asked("2026-10-01", "pregnancy", "declined"), "pregnant"),
            (case().asked("2026-10-01", "pregnancy", "yes"), "pregnant"),
            (case().asked("2026-10-01", "pregnancy", "declined"), all),
            (case(), all),
        ] {
            assert_eq!(later.says(TODAY, |f| f.pregnancy()), expected, "{}", later.told_so_far());
        }
    }
}
