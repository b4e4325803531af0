//! What people answered when they were asked.

use super::{Fact, Facts, Missing, Observed, query::take};
use crate::{
    client::{Answer, Asked, Topic},
    record::Event,
    value::Truth,
};

impl<'r> Facts<'_, 'r> {
    /// The latest answer on a topic; declined is unknown. What was ever so stays so, whatever is
    /// answered later; and to decline takes no yes back.
    pub(crate) fn answered(&self, topic: Topic) -> Observed {
        let missing = Missing::of(Fact::ANSWERED).on_topic(topic);
        if let Some(yes) = self.standing_yes(topic) {
            return Observed::truth(true).on(yes);
        }
        let latest = self.latest_answers(topic, |_| true);
        let is_no = !latest.is_empty() && latest.iter().all(|(_, answer)| *answer == Answer::No);
        let truth = if is_no { Truth::No } else { Truth::Unknown };
        Observed::truth(truth)
            .on_all(latest.iter().map(|(event, _)| *event))
            .missing_if_open(missing)
    }

    /// The latest answer on a topic, declined ones too. Where it is open which came last, yes if one
    /// of them is, and else declined: neither says no.
    pub(super) fn answer(&self, topic: Topic) -> Option<(&'r Event, Answer)> {
        let latest = self.latest_answers(topic, |_| true);
        let with = |wanted| latest.iter().rev().find(|(_, answer)| *answer == wanted);
        let open = with(Answer::Yes).or_else(|| with(Answer::Declined));
        open.or_else(|| latest.last()).copied()
    }

    /// The answers on a topic that can be the latest of those that count.
    fn latest_answers(&self, topic: Topic, counts: fn(Answer) -> bool) -> Vec<(&'r Event, Answer)> {
        let on_topic =
            self.snapshot.of::<Asked>().filter(|(_, one)| one.topic == topic && counts(one.answer));
        let mut answers: Vec<(&Event, Answer)> =
            on_topic.map(|(event, asked)| (event, asked.answer)).collect();
        take::keep_latest(self.today(), &mut answers, |(event, _)| event);
        answers
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
        let latest = self.latest_answers(topic, |answer| answer != Answer::Declined);
        let is_yes = latest.iter().all(|(_, answer)| *answer == Answer::Yes);
        latest.last().filter(|_| is_yes).map(|(event, _)| *event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::case::{case, events};

    const TODAY: &str = "2026-11-22";

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
}
