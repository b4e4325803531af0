//! Discharges: when the person last left custody, a ward or a unit.

use super::{Arguments, Fact, Facts, Missing, Observed};
use crate::{
    client::{Answer, Contact, ContactOutcome, Setting, SettingEvent, SettingMoment, Topic},
    record::Event,
    value::{Range, Truth, Verdict},
};

impl Setting {
    /// The settings of which leaving bears on safety.
    pub(super) const LEFT: &'static [Setting] = &[
        Setting::Custody,
        Setting::Detox,
        Setting::Residential,
        Setting::Inpatient,
        Setting::PsychiatricInpatient,
        Setting::GeneralHospital,
    ];
}

impl<'r> Facts<'_, 'r> {
    /// Whether the topic was not asked about since a recent discharge.
    pub(crate) fn not_asked_since_discharge(&self, topic: Topic) -> Observed {
        let today = self.today();
        let asked = self.asked_about(topic);
        let mut seen = Observed::truth(false);
        for event in self.discharges(Setting::LEFT) {
            let recent = event.on().is_in_last(self.settings.discharge_asks_days, today);
            if recent == Verdict::Unmet {
                continue;
            }
            let since = asked.iter().fold(Verdict::Unmet, |since, asked| {
                since.or(asked.on().is_on_or_after(event.on()))
            });
            match recent.and(since.not()) {
                Verdict::Met => return Observed::truth(true).on(event),
                Verdict::Unknown => seen = open(Fact::NOT_ASKED_SINCE_DISCHARGE, topic).on(event),
                Verdict::Unmet => {}
            }
        }
        let asked_today = asked.iter().any(|event| event.on().earliest() == today);
        if self.may_have_left_unrecorded() && !asked_today {
            seen = open(Fact::NOT_ASKED_SINCE_DISCHARGE, topic)
                .missing(Missing::of(Fact::LEFT_SETTING).on_topic(Topic::SettingLeft));
        }
        seen
    }

    /// The events that show that a topic was spoken of, whatever came out.
    fn asked_about(&self, topic: Topic) -> Vec<&'r Event> {
        let arguments = Arguments { topic: Some(topic), ..Arguments::default() };
        self.events_of("asked_age", &arguments)
    }

    /// Days since the last recorded discharge from one of the settings, completed or not.
    pub(crate) fn left_setting(&self, settings: &[Setting]) -> Observed {
        let left = self.discharges(settings).map(|event| (event, Verdict::Met));
        self.days_since_last(left).unwrap_or_else(|| match self.not_left() {
            Some(event) => Observed::days(Range::without_limit()).on(event),
            None => Observed::days(Range::at_least(0))
                .missing(Missing::of(Fact::LEFT_SETTING).on_topic(Topic::SettingLeft)),
        })
    }

    /// The recorded discharges from one of the settings.
    pub(super) fn discharges(&self, settings: &[Setting]) -> impl Iterator<Item = &'r Event> {
        self.snapshot
            .of::<SettingEvent>()
            .filter(|(_, of)| {
                of.moment == SettingMoment::Discharge && settings.contains(&of.setting)
            })
            .map(|(event, _)| event)
    }

    /// Is no discharge recorded, and nothing that says that there was none?
    pub(super) fn may_have_left_unrecorded(&self) -> bool {
        self.discharges(Setting::LEFT).next().is_none() && self.not_left().is_none()
    }

    /// What says that a discharge that is not recorded did not happen: an answer, or a contact
    /// that would have told.
    fn not_left(&self) -> Option<&'r Event> {
        match self.answer(Topic::SettingLeft) {
            Some((event, Answer::No)) => return Some(event),
            Some((_, Answer::Yes)) => return None,
            Some((_, Answer::Declined)) | None => {}
        }
        let tells = |event: &Event| {
            let days = event.on().days_before(self.today());
            days.is_at_most(self.settings.left_setting_contact_days) == Verdict::Met
        };
        self.snapshot
            .of::<Contact>()
            .rfind(|(event, contact)| contact.outcome == ContactOutcome::Kept && tells(event))
            .map(|(event, _)| event)
    }
}

fn open(fact: Fact, topic: Topic) -> Observed {
    Observed::truth(Truth::Unknown).missing(Missing::of(fact).on_topic(topic))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case};

    const TODAY: &str = "2026-11-22";

    fn moved(moment: &str, setting: &str) -> Json {
        json!({ "kind": "setting", "setting": setting, "moment": moment })
    }

    fn left(case: &Case, settings: &[Setting]) -> String {
        case.says(TODAY, |f| f.left_setting(settings))
    }

    #[test]
    fn the_last_recorded_discharge_of_the_kinds_counts() {
        let told = case()
            .staff("2026-10-01", moved("discharge", "custody"))
            .staff("2026-11-01", moved("admission", "detox"))
            .staff("2026-11-10", moved("discharge", "detox"))
            .staff("2026-11-20", moved("admission", "custody"));
        assert_eq!(left(&told, Setting::LEFT), "12");
        assert_eq!(left(&told, &[Setting::Custody]), "52");
        assert_eq!(left(&told, &[Setting::Custody, Setting::Detox]), "12");
        assert_eq!(left(&told, &[Setting::GeneralHospital]), "0..");
        let month = case().staff("2026-11", moved("discharge", "custody"));
        assert_eq!(left(&month, Setting::LEFT), "0..21");
    }

    #[test]
    fn none_recorded_is_unknown_unless_told() {
        let contact = |outcome: &str| json!({ "kind": "contact", "outcome": outcome });
        for (told, expected) in [
            (case(), "0.."),
            (case().asked("2026-01-01", "setting_left", "no"), "never"),
            (case().asked("2026-01-01", "setting_left", "yes"), "0.."),
            (case().asked("2026-01-01", "setting_left", "declined"), "0.."),
            (case().staff("2026-10-23", contact("kept")), "never"), // 30 days
            (case().staff("2026-10-22", contact("kept")), "0.."),
            (case().staff("2026-10", contact("kept")), "0.."),
            (case().staff("2026-11-20", contact("missed")), "0.."),
            (
                case().asked("2026-11-20", "setting_left", "yes").staff(TODAY, contact("kept")),
                "0..",
            ),
        ] {
            assert_eq!(left(&told, Setting::LEFT), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn a_recent_discharge_asks_for_new_answers() {
        let overdose = |f: &Facts<'_, '_>| f.not_asked_since_discharge(Topic::Overdose);
        let left = |on: &str| case().staff(on, moved("discharge", "custody"));
        assert_eq!(left("2026-10-24").says(TODAY, overdose), "yes"); // the first day of 30
        assert_eq!(left("2026-10-23").says(TODAY, overdose), "no");
        assert_eq!(left("2026-10").says(TODAY, overdose), "unknown");
        let asked = |on: &str| left("2026-11-10").asked(on, "overdose", "declined");
        assert_eq!(asked("2026-11-09").says(TODAY, overdose), "yes");
        assert_eq!(asked("2026-11-10").says(TODAY, overdose), "no");
        assert_eq!(asked("2026-11").says(TODAY, overdose), "unknown");
        let home = case().staff("2026-11-20", moved("discharge", "home"));
        assert_eq!(home.says(TODAY, overdose), "unknown");
        assert_eq!(home.asked(TODAY, "overdose", "no").says(TODAY, overdose), "no");
        let kept = case().staff("2026-11-01", json!({ "kind": "contact", "outcome": "kept" }));
        assert_eq!(kept.says(TODAY, overdose), "no");
    }
}
