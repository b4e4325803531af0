//! Signals of suicidality, and what a qualified person made of them.
//!
//! Only an answer, or the record that none was found, says that there is no signal, and neither
//! clears an earlier one. Zero on an item of an instrument says nothing at all.

use super::{
    Fact, Facts, Missing, Observed,
    since::{came_after, last_of, on_or_after, since_last},
};
use crate::{
    client::{Answer, Asked, Measure, SafetyAssessment, Suicidality, SuicideSignal, Topic},
    record::{Body, Event, Kind},
    value::{Range, Truth, Verdict},
};

/// The kinds that tell of signals.
const TELLING: [usize; 3] = [Suicidality::PLACE, Measure::PLACE, Asked::PLACE];

impl<'r> Facts<'_, 'r> {
    /// Days since the last signal of these kinds.
    pub(crate) fn days_since_suicide_signal(&self, signals: &[SuicideSignal]) -> Observed {
        let of_kinds = self.suicide_signals().filter(|(_, signal)| signals.contains(signal));
        let last = since_last(self.today(), of_kinds.map(|(event, _)| (event, Verdict::Met)));
        last.unwrap_or_else(|| match self.no_suicide_signal() {
            Some(event) => Observed::days(Range::without_limit()).on(event),
            None => Observed::days(Range::at_least(0))
                .missing(Missing::of(Fact::DaysSinceSuicideSignal).on_topic(Topic::Suicide)),
        })
    }

    /// Whether a qualified assessment is recorded on or after the last signal.
    pub(crate) fn suicide_assessed(&self) -> Observed {
        let signals: Vec<&Event> = self.suicide_signals().map(|(event, _)| event).collect();
        let signals = last_of(&signals);
        let mut seen = Observed::truth(false);
        for (event, _) in self.suicide_assessments() {
            let covers = signals.iter().fold(Verdict::Met, |covers, signal| {
                covers.and(on_or_after(event.on(), signal.on()))
            });
            seen = match covers {
                Verdict::Met => return Observed::truth(true).on(event),
                Verdict::Unknown => open(Fact::SuicideAssessed, event),
                Verdict::Unmet => seen,
            };
        }
        seen
    }

    /// Whether the latest assessment after the last signal that judges it records it as settled.
    pub(crate) fn suicide_settled(&self) -> Observed {
        let judged = self
            .suicide_assessments()
            .filter_map(|(event, assessment)| Some((event, assessment.settled?)))
            .next_back();
        let Some((event, settled)) = judged else { return Observed::truth(false) };
        let after_all = self
            .suicide_signals()
            .fold(Verdict::Met, |after, (signal, _)| after.and(came_after(event, signal)));
        match after_all.and(settled.into()) {
            Verdict::Met => Observed::truth(true).on(event),
            Verdict::Unknown => open(Fact::SuicideSettled, event),
            Verdict::Unmet => Observed::truth(false).on(event),
        }
    }

    /// Every signal: as recorded, told when asked, or an item of an instrument above zero.
    fn suicide_signals(&self) -> impl DoubleEndedIterator<Item = (&'r Event, SuicideSignal)> {
        self.snapshot.of_kinds(&TELLING).into_iter().filter_map(|event| {
            #[expect(clippy::wildcard_enum_match_arm, reason = "three kinds are signals")]
            let signal = match event.body() {
                Body::Suicidality(Suicidality { signal }) => {
                    Some(*signal).filter(|signal| *signal != SuicideSignal::None)
                }
                Body::Measure(Measure { suicide_item: Some(item), .. }) => {
                    (item.get() > 0.0).then_some(SuicideSignal::Item)
                }
                Body::Asked(Asked { topic: Topic::Suicide, answer: Answer::Yes }) => {
                    Some(SuicideSignal::Disclosure)
                }
                _ => None,
            };
            signal.map(|signal| (event, signal))
        })
    }

    /// The latest record that there was none: when asked, or as found.
    fn no_suicide_signal(&self) -> Option<&'r Event> {
        let latest = self.snapshot.of_kinds(&TELLING).into_iter().rev().find_map(|event| {
            #[expect(clippy::wildcard_enum_match_arm, reason = "two kinds say so")]
            match event.body() {
                Body::Suicidality(Suicidality { signal: SuicideSignal::None }) => {
                    Some((event, Answer::No))
                }
                Body::Asked(Asked { topic: Topic::Suicide, answer }) => Some((event, *answer)),
                _ => None,
            }
        });
        latest.filter(|(_, answer)| *answer == Answer::No).map(|(event, _)| event)
    }

    fn suicide_assessments(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&'r Event, &'r SafetyAssessment)> {
        self.snapshot.of::<SafetyAssessment>().filter(|(_, of)| of.of == Topic::Suicide)
    }
}

fn open(fact: Fact, event: &Event) -> Observed {
    Observed::truth(Truth::Unknown).on(event).missing(Missing::of(fact).by_event(event))
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case, events};

    const TODAY: &str = "2026-11-22";
    const ALL: &[SuicideSignal] = &[
        SuicideSignal::Item,
        SuicideSignal::Disclosure,
        SuicideSignal::SelfHarm,
        SuicideSignal::Attempt,
        SuicideSignal::CommandVoices,
    ];

    fn signal(signal: &str) -> Json {
        json!({ "kind": "suicidality", "signal": signal })
    }

    fn item(score: i64) -> Json {
        json!({ "kind": "measure", "measure": "phq_9", "suicide_item": score })
    }

    fn assessed(settled: Option<bool>) -> Json {
        match settled {
            Some(settled) => {
                json!({ "kind": "safety_assessment", "of": "suicide", "settled": settled })
            }
            None => json!({ "kind": "safety_assessment", "of": "suicide" }),
        }
    }

    fn since(case: &Case, signals: &[SuicideSignal]) -> String {
        case.says(TODAY, |f| f.days_since_suicide_signal(signals))
    }

    #[test]
    fn each_signal_has_its_own_days() {
        let told = case()
            .staff("2026-08-24", signal("attempt"))
            .staff("2026-11-12", item(1))
            .staff("2026-11-15", item(0))
            .staff("2026-11-16", signal("none"))
            .asked("2026-11-17", "suicide", "no");
        assert_eq!(since(&told, &[SuicideSignal::Attempt]), "90");
        assert_eq!(since(&told, &[SuicideSignal::Item]), "10");
        assert_eq!(since(&told, ALL), "10");
        let asked = told.clone().asked("2026-11-20", "suicide", "yes");
        assert_eq!(since(&asked, &[SuicideSignal::Disclosure]), "2");
        let month = case().staff("2026-10", signal("self_harm"));
        assert_eq!(since(&month, ALL), "22..52");
        let both = month.staff("2026-10-20", signal("self_harm"));
        let seen = both.seen(TODAY, |f| f.days_since_suicide_signal(ALL));
        assert_eq!((since(&both, ALL).as_str(), events(&seen)), ("22..33", vec!["e1", "e2"]));
    }

    #[test]
    fn only_an_answer_says_that_there_is_no_signal() {
        for (told, expected) in [
            (case(), "0.."),
            (case().staff("2026-11-20", item(0)), "0.."),
            (case().asked("2026-11-20", "suicide", "declined"), "0.."),
            (case().asked("2026-11-20", "suicide", "no"), "never"),
            (case().staff("2026-11-20", signal("none")), "never"),
            (
                case().staff("2026-11-20", signal("none")).asked(
                    "2026-11-21",
                    "suicide",
                    "declined",
                ),
                "0..",
            ),
        ] {
            assert_eq!(since(&told, ALL), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn an_assessment_counts_on_the_day_of_the_signal_or_later() {
        let told = |on: &str| {
            let told = case().staff("2026-11-10", signal("disclosure"));
            told.staff(on, assessed(None)).says(TODAY, |f| f.suicide_assessed())
        };
        assert_eq!(told("2026-11-09"), "no");
        assert_eq!(told("2026-11-10"), "yes");
        assert_eq!(told("2026-11-11"), "yes");
        assert_eq!(told("2026-11"), "unknown");
        let again = case()
            .staff("2026-11-10", signal("disclosure"))
            .staff("2026-11-11", assessed(None))
            .staff("2026-11-12", item(2));
        assert_eq!(again.says(TODAY, |f| f.suicide_assessed()), "no");
        assert_eq!(case().says(TODAY, |f| f.suicide_assessed()), "no");
    }

    #[test]
    fn settled_is_what_an_assessment_after_the_signal_records() {
        let told = case().staff("2026-11-10", signal("attempt"));
        let settled = |case: &Case| case.says(TODAY, |f| f.suicide_settled());
        assert_eq!(settled(&told.clone().staff("2026-11-09", assessed(Some(true)))), "no");
        assert_eq!(settled(&told.clone().staff("2026-11-11", assessed(None))), "no");
        assert_eq!(settled(&told.clone().staff("2026-11-11", assessed(Some(false)))), "no");
        let same_day = told.staff("2026-11-10", assessed(Some(true)));
        assert_eq!(settled(&same_day), "yes");
        assert_eq!(settled(&same_day.clone().staff("2026-11-12", assessed(None))), "yes");
        assert_eq!(settled(&same_day.clone().staff("2026-11-12", assessed(Some(false)))), "no");
        assert_eq!(settled(&same_day.staff("2026-11-10", signal("disclosure"))), "no");
        assert_eq!(settled(&case()), "no");
    }
}
