//! Discharges: when the person last left custody, a ward or a unit.

use super::{
    Fact, Facts, Missing, Observed,
    since::{days_since, since_last},
};
use crate::{
    client::{Answer, Contact, ContactOutcome, Setting, SettingEvent, SettingMoment, Topic},
    record::Event,
    value::{Range, Verdict},
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
    /// Days since the last recorded discharge from one of the settings, completed or not.
    pub(crate) fn left_setting(&self, settings: &[Setting]) -> Observed {
        let left = self.discharges(settings).map(|event| (event, Verdict::Met));
        since_last(self.today(), left).unwrap_or_else(|| match self.not_left() {
            Some(event) => Observed::days(Range::without_limit()).on(event),
            None => Observed::days(Range::at_least(0))
                .missing(Missing::of(Fact::LeftSetting).on_topic(Topic::SettingLeft)),
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
            let days = days_since(self.today(), event.on());
            days.is_at_most(self.settings.left_setting_contact_days) == Verdict::Met
        };
        self.snapshot
            .of::<Contact>()
            .rfind(|(event, contact)| contact.outcome == ContactOutcome::Kept && tells(event))
            .map(|(event, _)| event)
    }
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
}
