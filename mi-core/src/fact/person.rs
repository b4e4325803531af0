//! The person: age, conditions, pregnancy, answers, and a service's own data.

use std::collections::BTreeMap;

use super::{
    Fact, Facts, Missing, Observed,
    since::{days_since, is_in_last, since_last},
};
use crate::{
    client::{
        AgeBand, AgeBandRecorded, Answer, Asked, Concern, ConcernStatus, Domain, Observation,
        Pregnancy, PregnancyStatus, Substance, Topic,
    },
    record::{Body, Event, Kind},
    sort::sort_by,
    text::Code,
    value::{Measured, Range, Truth, Verdict},
};

/// What tells one concern from another.
type ConcernKey<'r> = (Domain, Option<Substance>, Option<&'r Code>);

const PREGNANCIES: [&str; 4] = ["pregnant", "planning", "possible", "not_pregnant"];

impl<'r> Facts<'_, 'r> {
    /// The band of age as recorded; one below adult is outgrown in time.
    pub(crate) fn age(&self) -> Observed {
        let Some((event, recorded)) = self.snapshot.of::<AgeBandRecorded>().next_back() else {
            return Observed::code(AgeBand::CODES.to_vec()).missing(Missing::of(Fact::Age));
        };
        let age = days_since(self.today(), event.on());
        let holds = age.is_at_most(self.settings.age_days) == Verdict::Met;
        let possible = AgeBand::ALL
            .iter()
            .filter(|band| if holds { **band == recorded.band } else { **band >= recorded.band });
        Observed::code(possible.map(|band| band.code()).collect())
            .on(event)
            .missing_if_open(Missing::of(Fact::Age).by_event(event))
    }

    /// Whether there is a mental-health and a substance-use concern, suspected ones too.
    pub(crate) fn dual(&self) -> Observed {
        let concerns = self.concerns();
        let of = |domain: Domain| {
            concerns.iter().find(|(_, concern)| concern.domain == domain).map(|(event, _)| *event)
        };
        let sides = [
            (of(Domain::MentalHealth), Topic::MentalHealth),
            (of(Domain::SubstanceUse), Topic::Substances),
        ];
        if let [(Some(mental), _), (Some(substance), _)] = sides {
            return Observed::truth(true).on(mental).on(substance);
        }
        let open = sides.iter().filter(|(concern, _)| concern.is_none()).map(|(_, topic)| *topic);
        for topic in open.clone() {
            if let Some((event, Answer::No)) = self.answer(topic) {
                return Observed::truth(false).on(event);
            }
        }
        open.fold(Observed::truth(Truth::Unknown), |seen, topic| {
            seen.missing(Missing::of(Fact::Dual).on_topic(topic))
        })
    }

    /// Pregnancy as recorded: a pregnancy that is not recorded as ended lasts as long as one can.
    pub(crate) fn pregnancy(&self) -> Observed {
        let (today, settings) = (self.today(), self.settings);
        let known = |code| Observed::code(vec![code]);
        let open = || {
            let missing = Missing::of(Fact::Pregnancy).on_topic(Topic::Pregnancy);
            Observed::code(PREGNANCIES.to_vec()).missing(missing)
        };
        let telling = self.snapshot.of_kinds(&[Pregnancy::PLACE, Asked::PLACE]);
        let latest = telling.into_iter().rev().find_map(|event| {
            #[expect(clippy::wildcard_enum_match_arm, reason = "two kinds speak of it")]
            let (status, since) = match event.body() {
                Body::Pregnancy(Pregnancy { status, since }) => (*status, *since),
                Body::Asked(Asked { topic: Topic::Pregnancy, answer }) => match answer {
                    Answer::Yes => (PregnancyStatus::Pregnant, None),
                    Answer::No => (PregnancyStatus::Ended, None),
                    Answer::Declined => return None, // leaves what was recorded before
                },
                _ => return None,
            };
            Some((event, status, since))
        });
        let Some((event, status, since)) = latest else { return open() };
        let lasts = match since {
            Some(since) => days_since(today, since).is_at_most(settings.pregnancy_days_from_start),
            None => {
                days_since(today, event.on()).is_at_most(settings.pregnancy_days_from_recording)
            }
        };
        let seen = match status {
            PregnancyStatus::Pregnant if lasts == Verdict::Met => known("pregnant"),
            PregnancyStatus::Pregnant => open(),
            PregnancyStatus::Ended => known("not_pregnant"),
            PregnancyStatus::Planning => known("planning"),
            PregnancyStatus::Possible => known("possible"),
        };
        seen.on(event)
    }

    /// The latest answer on a topic; declined is unknown. What was ever so stays so, whatever is
    /// answered later; and to decline takes no yes back.
    pub(crate) fn answered(&self, topic: Topic) -> Observed {
        let missing = Missing::of(Fact::Answered).on_topic(topic);
        let Some((event, answer)) = self.answer(topic) else {
            return Observed::truth(Truth::Unknown).missing(missing);
        };
        if let Some(yes) = self.standing_yes(topic) {
            return Observed::truth(true).on(yes);
        }
        let truth = match answer {
            Answer::Yes => Truth::Yes,
            Answer::No => Truth::No,
            Answer::Declined => Truth::Unknown,
        };
        Observed::truth(truth).on(event).missing_if_open(missing)
    }

    /// The latest observation of the service's own.
    pub(crate) fn observation(&self, code: &Code) -> Observed {
        match self.observations(code).next_back() {
            Some((event, observation)) => Observed::own(Some(observation.value.clone())).on(event),
            None => Observed::own(None).missing(Missing::of(Fact::Observation)),
        }
    }

    /// Days since the latest observation.
    pub(crate) fn observation_age(&self, code: &Code) -> Observed {
        let events = self.observations(code).map(|(event, _)| (event, Verdict::Met));
        since_last(self.today(), events).unwrap_or_else(|| Observed::days(Range::without_limit()))
    }

    /// Observations in the window.
    pub(crate) fn observation_count(&self, code: &Code, days: i64) -> Observed {
        let within = |event: &Event| is_in_last(self.today(), days, event.on());
        let (mut surely, mut perhaps, mut latest) = (0_i64, 0_i64, None);
        for (event, _) in self.observations(code) {
            match within(event) {
                Verdict::Met => surely = surely.saturating_add(1),
                Verdict::Unknown => perhaps = perhaps.saturating_add(1),
                Verdict::Unmet => continue,
            }
            latest = Some(event);
        }
        let range = Range::between(surely, surely.saturating_add(perhaps));
        let seen = Observed::quantity(Measured::Count, range).on_all(latest);
        seen.missing_if_open(Missing::of(Fact::ObservationCount))
    }

    fn observations(
        &self,
        code: &Code,
    ) -> impl DoubleEndedIterator<Item = (&'r Event, &'r Observation)> {
        self.snapshot.of::<Observation>().filter(move |(_, observed)| observed.code == *code)
    }

    /// The latest answer on a topic, declined ones too.
    pub(super) fn answer(&self, topic: Topic) -> Option<(&'r Event, Answer)> {
        self.snapshot
            .of::<Asked>()
            .rfind(|(_, asked)| asked.topic == topic)
            .map(|(event, asked)| (event, asked.answer))
    }

    /// Where it was ever answered with yes: for what a later no cannot undo.
    pub(super) fn ever_yes(&self, topic: Topic) -> Option<&'r Event> {
        self.snapshot
            .of::<Asked>()
            .rfind(|(_, asked)| asked.topic == topic && asked.answer == Answer::Yes)
            .map(|(event, _)| event)
    }

    /// The yes that stands: of what is asked about as "ever" any, else the latest if nothing but
    /// declined answers came after it.
    fn standing_yes(&self, topic: Topic) -> Option<&'r Event> {
        if topic.is_about_ever() {
            return self.ever_yes(topic);
        }
        self.snapshot
            .of::<Asked>()
            .rfind(|(_, asked)| asked.topic == topic && asked.answer != Answer::Declined)
            .filter(|(_, asked)| asked.answer == Answer::Yes)
            .map(|(event, _)| event)
    }

    /// The concerns that stand, each by its latest statement: all but those that are ruled out.
    pub(super) fn concerns(&self) -> Vec<(&'r Event, &'r Concern)> {
        let mut latest: BTreeMap<ConcernKey<'r>, (&Event, &Concern)> = BTreeMap::new();
        for (event, concern) in self.snapshot.of::<Concern>() {
            let key = (concern.domain, concern.substance, concern.code.as_ref());
            latest.insert(key, (event, concern));
        }
        let mut stand: Vec<(&'r Event, &'r Concern)> = latest
            .into_values()
            .filter(|(_, concern)| concern.status != ConcernStatus::RuledOut)
            .collect();
        sort_by(&mut stand, |(one, _), (other, _)| one.order().cmp(&other.order()));
        stand
    }
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{case, events};

    const TODAY: &str = "2026-11-22";

    fn age(band: &str) -> Json {
        json!({ "kind": "age_band", "band": band })
    }

    fn concern(domain: &str, what: &str, status: &str) -> Json {
        let field = if domain == "substance_use" { "substance" } else { "code" };
        json!({ "kind": "concern", "domain": domain, field: what, "status": status })
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

    #[test]
    fn dual_needs_a_concern_of_each_kind() {
        let alcohol = |status| concern("substance_use", "alcohol", status);
        let psychosis = |status| concern("mental_health", "psychosis", status);
        let one = case().staff("2026-01-01", alcohol("diagnosed"));
        let both = one.clone().staff("2026-01-02", psychosis("suspected"));
        assert_eq!(both.says(TODAY, |f| f.dual()), "yes");
        assert_eq!(events(&both.seen(TODAY, |f| f.dual())), ["e2", "e1"]);
        let remission = both.clone().staff("2026-01-03", alcohol("in_remission"));
        assert_eq!(remission.says(TODAY, |f| f.dual()), "yes");
        let ruled_out = both.staff("2026-01-03", psychosis("ruled_out"));
        let seen = ruled_out.seen(TODAY, |f| f.dual());
        assert_eq!(seen.missing, [Missing::of(Fact::Dual).on_topic(Topic::MentalHealth)]);
        let asked = ruled_out.asked("2026-01-04", "mental_health", "no");
        assert_eq!(asked.says(TODAY, |f| f.dual()), "no");
        let declined = one.asked("2026-01-04", "mental_health", "declined");
        assert_eq!(declined.says(TODAY, |f| f.dual()), "unknown");
        assert_eq!(case().seen(TODAY, |f| f.dual()).missing.len(), 2);
        let physical = case().staff("2026-01-01", concern("physical", "epilepsy", "diagnosed"));
        assert_eq!(physical.says(TODAY, |f| f.dual()), "unknown");
    }

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

    #[test]
    fn the_latest_answer_counts_and_declined_is_unknown() {
        let sedatives = |f: &Facts<'_, '_>| f.answered(Topic::Sedatives);
        let told = case().asked("2026-01-01", "sedatives", "yes");
        assert_eq!(told.says(TODAY, sedatives), "yes");
        let told =
            told.asked("2026-01-02", "sedatives", "no").asked("2026-01-03", "suicide", "yes");
        assert_eq!(told.says(TODAY, sedatives), "no");
        let declined = told.asked("2026-01-03", "sedatives", "declined").seen(TODAY, sedatives);
        assert_eq!(declined.value, Observed::truth(Truth::Unknown).value);
        assert_eq!(declined.missing[0].topic, Some(Topic::Sedatives));
        assert_eq!(events(&declined), ["e4"]);
        assert_eq!(case().says(TODAY, sedatives), "unknown");
    }

    #[test]
    fn to_decline_takes_no_yes_back_and_ever_stays() {
        let told = |topic, later| {
            case().asked("2026-01-01", topic, "yes").asked("2026-01-02", topic, later)
        };
        for (topic, later, expected) in [
            ("morning_drinking", "declined", "yes"),
            ("morning_drinking", "no", "no"),
            ("severe_withdrawal_ever", "declined", "yes"),
            ("severe_withdrawal_ever", "no", "yes"),
        ] {
            let of = |f: &Facts<'_, '_>| f.answered(Topic::from_code(topic).unwrap());
            assert_eq!(told(topic, later).says(TODAY, of), expected, "{topic} {later}");
        }
    }

    #[test]
    fn own_data_is_read_back() {
        let sleep: Code = "acme.sleep_hours".parse().unwrap();
        let slept = |hours: i64| {
            json!({ "kind": "observation", "code": "acme.sleep_hours",
                "value": { "type": "quantity", "value": hours } })
        };
        let told = case()
            .staff("2026-10-23", slept(7)) // the 31st day of a window of 30
            .staff("2026-10-24", slept(6))
            .staff("2026-11", slept(5))
            .staff("2026-11-20", slept(4));
        assert!(told.says(TODAY, |f| f.observation(&sleep)).contains('4'));
        assert_eq!(told.says(TODAY, |f| f.observation_age(&sleep)), "0..2");
        assert_eq!(told.says(TODAY, |f| f.observation_count(&sleep, 30)), "3");
        assert_eq!(told.says(TODAY, |f| f.observation_count(&sleep, 10)), "1..2");
        assert_eq!(case().says(TODAY, |f| f.observation(&sleep)), "null");
        assert_eq!(case().says(TODAY, |f| f.observation_age(&sleep)), "never");
        assert_eq!(case().says(TODAY, |f| f.observation_count(&sleep, 30)), "0");
    }
}
