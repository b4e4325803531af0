//! Tolerance to opioids: what reduces it, and whether use has resumed since.

use super::{Fact, Facts, Missing, Observed, Reading};
use crate::{
    client::{Setting, SettingEvent, SettingMoment, Substance},
    date::{CalendarDate, Span},
    record::Event,
    value::{Range, Truth, Verdict},
};

impl<'r> Facts<'_, 'r> {
    /// Whether tolerance to opioids is reduced: first what keeps it, then what reduces it.
    pub(crate) fn tolerance_reduced(&self) -> Observed {
        let opioid = Substance::opioid();
        let window = self.last_days(self.settings.tolerance_days);
        let used = self.use_between(opioid, window.from, window.to);
        let left = self.left_setting(Setting::LEFT);
        if let Some(kept) = self.tolerance_kept(window, used, left.range()) {
            return kept;
        }
        let stopped = self.days_since_agonist_stop();
        let clear = self.days_since_use(opioid, Reading::Safety);
        let agonist = self.agonist();
        let not_treated = !agonist.could_be("on");
        let holds = |seen: &Observed, holds: Verdict| (holds == Verdict::Met).then(|| seen.clone());
        let reasons = [
            self.discharges_that_reduce()
                .rfind(|(_, counts)| *counts == Verdict::Met)
                .map(|(event, _)| Observed::truth(true).on(event)),
            holds(&stopped, stopped.range().is_at_most(self.settings.tolerance_agonist_days)),
            holds(&clear, clear.range().is_at_least(self.settings.tolerance_clear_days))
                .filter(|_| not_treated)
                .map(|clear| clear.resting_on(&agonist)),
        ];
        if reasons.iter().any(Option::is_some) {
            let reduced =
                reasons.iter().flatten().fold(Observed::truth(true), Observed::resting_on);
            // And on what says that use or treatment did not keep it: days without, a discharge.
            let reduced = reduced.on_all(self.events_between(opioid, window));
            let not_left = left.range().is_at_least(self.settings.tolerance_days);
            return if not_left == Verdict::Met { reduced } else { reduced.resting_on(&left) };
        }
        open(Fact::TOLERANCE_REDUCED, window, used).open_like(&left).open_like(&agonist)
    }

    /// Use on most days, or treatment on each, and no discharge in them.
    fn tolerance_kept(&self, window: Span, used: Range, left: Range) -> Option<Observed> {
        let not_left = left.is_at_least(self.settings.tolerance_days);
        let kept = Observed::truth(false);
        if used.is_at_least(self.settings.tolerance_use_days).and(not_left) == Verdict::Met {
            return Some(kept.on_all(self.events_of_use(Substance::opioid(), window)));
        }
        let agonist = self.agonist_course();
        (agonist.taken_throughout(window).and(not_left) == Verdict::Met)
            .then(|| kept.on_all(agonist.latest()))
    }

    /// Whether opioids were used lately, after what reduced tolerance.
    pub(crate) fn opioid_use_resumed(&self) -> Observed {
        let today = self.today();
        let back = self.settings.use_resumed_days.saturating_neg();
        let lately = Span { from: today.plus_days(back), to: today };
        let used = self.use_between(Substance::opioid(), lately.from, lately.to);
        if used.max() == Some(0) {
            return Observed::truth(false);
        }
        let reports = self.events_of_last_use(Substance::opioid(), lately);
        let mut resumed = Verdict::Unmet;
        for (event, counts) in self.discharges_that_reduce() {
            // On the day of the discharge the person is out.
            let after = self.used_after(event.on().latest(), event.on().earliest(), lately);
            if counts.and(after) == Verdict::Met {
                return Observed::truth(true).on(event).on_all(reports);
            }
            resumed = resumed.or(counts.and(after));
        }
        let stopped = self.days_since_agonist_stop();
        let mut after_stop = Verdict::Unmet;
        for (stopped, counts_for) in self.stops_that_reduce(&stopped) {
            let after = self.used_after_stop(stopped.range(), counts_for, lately);
            if after == Verdict::Met {
                return Observed::truth(true).resting_on(&stopped).on_all(reports);
            }
            after_stop = after_stop.or(after);
        }
        let after_break = self.used_after_break(lately);
        if after_break == Verdict::Met {
            let back = self.settings.tolerance_clear_days.saturating_neg();
            let with_the_break = Span { from: lately.from.plus_days(back), ..lately };
            return Observed::truth(true)
                .on_all(self.events_between(Substance::opioid(), with_the_break))
                .resting_on(&self.agonist());
        }
        let left = self.left_setting(Setting::LEFT);
        let after_unrecorded = match left.range().max() {
            None if left.range().min().is_some() => Verdict::Unknown,
            _ => Verdict::Unmet,
        };
        match resumed.or(after_stop).or(after_break).or(after_unrecorded) {
            Verdict::Unknown => {
                open(Fact::OPIOID_USE_RESUMED, lately, used).open_like(&left).open_like(&stopped)
            }
            known => Observed::truth(known).on_all(reports),
        }
    }

    /// The discharges that count, or may count, as reducing tolerance: for so long after each.
    fn discharges_that_reduce(&self) -> impl DoubleEndedIterator<Item = (&'r Event, Verdict)> {
        self.snapshot.of::<SettingEvent>().filter_map(|(event, left)| {
            let counts_for = if left.setting == Setting::GeneralHospital {
                self.settings.tolerance_hospital_days
            } else {
                self.settings.tolerance_discharge_days
            };
            let is_discharge = left.moment == SettingMoment::Discharge;
            let counts = event.on().days_before(self.today()).is_at_most(counts_for);
            (is_discharge && Setting::LEFT.contains(&left.setting)).then_some((event, counts))
        })
    }

    fn used_from(&self, from: CalendarDate, lately: Span) -> Verdict {
        let from = from.max(lately.from);
        if from > lately.to {
            return Verdict::Unmet;
        }
        self.use_between(Substance::opioid(), from, lately.to).is_at_least(1)
    }

    /// Use from a day on that lies between two days.
    fn used_after(&self, latest: CalendarDate, earliest: CalendarDate, lately: Span) -> Verdict {
        match (self.used_from(latest, lately), self.used_from(earliest, lately)) {
            (Verdict::Met, _) => Verdict::Met,
            (_, Verdict::Unmet) => Verdict::Unmet,
            _ => Verdict::Unknown,
        }
    }

    /// Days since an agonist was stopped, and since the block of an antagonist began to end as far
    /// as is recorded, each with the days for which it counts.
    fn stops_that_reduce(&self, agonist: &Observed) -> impl Iterator<Item = (Observed, i64)> {
        let settings = self.settings;
        let antagonist = [
            (self.days_since_antagonist_stop(), settings.antagonist_days),
            (self.days_since_antagonist_dose_before_missed(), settings.antagonist_days),
            (self.days_since_antagonist_injection(), settings.antagonist_injection_days),
        ];
        let antagonist = antagonist.into_iter().filter(|(since, _)| !since.events.is_empty());
        [(agonist.clone(), settings.tolerance_agonist_days)].into_iter().chain(antagonist)
    }

    fn used_after_stop(&self, stopped: Range, counts_for: i64, lately: Span) -> Verdict {
        let Some(min) = stopped.min() else { return Verdict::Unmet };
        let day_after = |days: i64| lately.to.plus_days(1_i64.saturating_sub(days));
        let earliest = stopped.max().map_or(CalendarDate::MIN, day_after);
        let counts = stopped.is_at_most(counts_for);
        counts.and(self.used_after(day_after(min), earliest, lately))
    }

    /// Use on a day after so many days without, while not on an agonist.
    fn used_after_break(&self, lately: Span) -> Verdict {
        let (opioid, agonist) = (Substance::opioid(), self.agonist_course());
        let clear_days = self.settings.tolerance_clear_days;
        let never = agonist.strands.is_empty() && !self.agonist().could_be("on");
        let days = (0..lately.days()).map(|later| lately.from.plus_days(later));
        days.fold(Verdict::Unmet, |resumed, day| {
            let used = self.use_between(opioid, day, day).is_at_least(1);
            let first = day.plus_days(clear_days.saturating_neg());
            let clear = self.use_between(opioid, first, day.plus_days(-1)).is_at_most(0);
            let untreated = if never { Verdict::Met } else { agonist.taken_on(day).not() };
            // On which of the days that follow there was use need not be known.
            let used_since = self.used_from(day, lately);
            let untreated_since = if never {
                Verdict::Met
            } else {
                agonist.taken_between(Span { from: day, to: lately.to }).not()
            };
            let since = used_since.and(untreated_since);
            resumed.or(used.and(untreated).or(since).and(clear))
        })
    }
}

fn open(fact: Fact, window: Span, used: Range) -> Observed {
    let open = Observed::truth(Truth::Unknown);
    if used.min() == used.max() {
        return open.missing(Missing::of(fact));
    }
    let reports = Missing::of(fact).about_substance(Substance::opioid());
    open.missing(reports.for_days(vec![window]))
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::{
        client::Topic,
        fact::case::{Case, case, events},
    };

    const TODAY: &str = "2026-11-22";

    fn left(setting: &str) -> Json {
        json!({ "kind": "setting", "setting": setting, "moment": "discharge" })
    }

    fn agonist(moment: &str) -> Json {
        json!({ "kind": "medicine", "class": "opioid_agonist", "moment": moment })
    }

    /// Nothing else that could reduce tolerance: no agonist ever, no setting left.
    fn plain() -> Case {
        case().asked("2026-01-01", "agonist_ever", "no").asked("2026-01-01", "setting_left", "no")
    }

    fn reduced(case: &Case) -> String {
        case.says(TODAY, |f| f.tolerance_reduced())
    }

    fn resumed(case: &Case) -> String {
        case.says(TODAY, |f| f.opioid_use_resumed())
    }

    #[test]
    fn most_days_of_use_keep_tolerance() {
        // 8 of the days from 9 to 22 November
        let used = plain().used("heroin", "2026-11-15", TODAY, "daily");
        assert_eq!(reduced(&used), "no");
        assert_eq!(events(&used.seen(TODAY, |f| f.tolerance_reduced())), ["e3"]);
        let seven = plain().used("heroin", "2026-11-16", TODAY, "daily");
        assert_eq!(reduced(&seven), "unknown");
        let missing = &seven.seen(TODAY, |f| f.tolerance_reduced()).missing[0];
        assert_eq!(missing.spans, [seven_and_more()]);
        for (on, setting, expected) in [
            ("2026-11-08", "custody", "no"), // the day before the 14 days
            ("2026-11-09", "custody", "yes"),
            ("2026-11-09", "general_hospital", "yes"),
            ("2026-11-09", "home", "no"),
        ] {
            assert_eq!(reduced(&used.clone().staff(on, left(setting))), expected, "{on} {setting}");
        }
    }

    fn seven_and_more() -> Span {
        Span { from: "2026-11-09".parse().unwrap(), to: TODAY.parse().unwrap() }
    }

    #[test]
    fn an_agonist_on_each_day_keeps_tolerance() {
        let on = |start: &str| {
            case().asked("2026-01-01", "setting_left", "no").staff(start, agonist("start"))
        };
        assert_eq!(reduced(&on("2026-11-09")), "no");
        assert_eq!(reduced(&on("2026-11-10")), "unknown");
        assert_eq!(reduced(&on("2026-11-09").staff("2026-11-20", left("detox"))), "yes");
        assert_eq!(reduced(&on("2026-01-01").staff(TODAY, agonist("stop"))), "no");
        assert_eq!(reduced(&on("2026-01-01").staff("2026-11-21", agonist("stop"))), "yes");
        let silent = case().staff("2026-01-01", agonist("start"));
        assert_eq!(reduced(&silent), "unknown"); // a discharge may not be recorded
    }

    #[test]
    fn a_discharge_a_stop_or_days_without_use_reduce_it() {
        for (told, expected) in [
            (case(), "unknown"),
            (case().staff("2025-11-22", left("custody")), "yes"), // 365 days
            (case().staff("2025-11-21", left("custody")), "unknown"),
            (case().staff("2025-11-22", left("psychiatric_inpatient")), "yes"),
            (case().staff("2026-10-25", left("general_hospital")), "yes"), // 28 days
            (case().staff("2026-10-24", left("general_hospital")), "unknown"),
            (case().staff("2025-11", left("custody")), "unknown"),
            (case().staff("2025-11-22", agonist("stop")), "yes"),
            (case().staff("2025-11-21", agonist("stop")), "unknown"),
            (plain().used("heroin", "2026-11-20", TODAY, "none"), "yes"), // the last is day 3
            (plain().used("heroin", "2026-11-21", TODAY, "none"), "unknown"),
            (case().used("heroin", "2026-11-20", TODAY, "none"), "unknown"), // an agonist?
            (
                case().staff("2026-11-18", agonist("start")).used(
                    "heroin",
                    "2026-11-01",
                    TODAY,
                    "none",
                ),
                "unknown",
            ),
        ] {
            assert_eq!(reduced(&told), expected, "{}", told.told_so_far());
        }
        let seen = case().seen(TODAY, |f| f.tolerance_reduced());
        let topics: Vec<Option<Topic>> = seen.missing.iter().map(|missing| missing.topic).collect();
        assert_eq!(topics, [None, Some(Topic::SettingLeft), Some(Topic::AgonistEver)]);
    }

    #[test]
    fn use_resumes_after_an_antagonist() {
        let antagonist = |moment: &str, more: &Json| {
            let mut body =
                json!({ "kind": "medicine", "class": "opioid_antagonist", "moment": moment });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        // Daily up to a day, and none from the next on.
        let used = |on: &str| {
            let next = on.parse::<CalendarDate>().unwrap().plus_days(1).to_string();
            let told = plain().used("heroin", "2026-07-01", on, "daily");
            if on == TODAY { told } else { told.used("heroin", &next, TODAY, "none") }
        };
        let stopped = antagonist("stop", &json!({}));
        let missed = antagonist("missed", &json!({ "days": 3 }));
        let injected = antagonist("start", &json!({ "form": "injection" }));
        for (told, expected) in [
            (used("2026-11-20").staff("2026-11-20", stopped.clone()), "no"),
            (used("2026-11-20").staff("2026-11-19", stopped.clone()), "yes"),
            (used("2026-11-20").staff("2026-11-23", missed.clone()), "no"), // not yet visible
            (used("2026-11-20").staff(TODAY, missed.clone()), "yes"),
            (used("2026-11-19").staff(TODAY, missed), "no"),
            (used("2026-11-20").staff("2026-11-19", injected.clone()), "yes"),
            (used("2026-11-20").staff("2026-11-20", injected), "no"),
            (used(TODAY).staff("2026-07-25", stopped.clone()), "yes"), // 120 days
            (used(TODAY).staff("2026-07-24", stopped), "no"),
        ] {
            assert_eq!(resumed(&told), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn use_resumes_after_what_reduced_tolerance() {
        let used = |from: &str, to: &str| plain().used("heroin", from, to, "daily");
        let before = |to: &str| used("2026-10-01", to);
        for (told, expected) in [
            (plain(), "unknown"),
            (plain().used("heroin", "2026-11-08", TODAY, "none"), "no"),
            // on the day of the discharge, and before it
            (before("2026-11-15").staff("2026-11-15", left("custody")), "yes"),
            (
                before("2026-11-15").staff("2026-11-16", left("custody")).used(
                    "heroin",
                    "2026-11-16",
                    TODAY,
                    "none",
                ),
                "no",
            ),
            // on the day of a stop, and after it
            (
                before("2026-11-15")
                    .used("heroin", "2026-11-16", TODAY, "none")
                    .staff("2026-11-15", agonist("stop")),
                "no",
            ),
            (
                before("2026-11-16")
                    .used("heroin", "2026-11-17", TODAY, "none")
                    .staff("2026-11-15", agonist("stop")),
                "yes",
            ),
            // after three days without, after two, and longer ago
            (
                used(TODAY, TODAY).used("heroin", "2026-11-01", "2026-11-18", "daily").used(
                    "heroin",
                    "2026-11-19",
                    "2026-11-21",
                    "none",
                ),
                "yes",
            ),
            (
                used(TODAY, TODAY).used("heroin", "2026-11-01", "2026-11-19", "daily").used(
                    "heroin",
                    "2026-11-20",
                    "2026-11-21",
                    "none",
                ),
                "no",
            ),
            (before("2026-11-08").used("heroin", "2026-11-09", TODAY, "none"), "no"),
            (before("2026-11-07").used("heroin", "2026-11-08", TODAY, "none"), "no"),
            (before(TODAY), "no"),
            (used(TODAY, TODAY), "unknown"), // nothing is known of the days before
        ] {
            assert_eq!(resumed(&told), expected, "{}", told.told_so_far());
        }
        let silent = case().asked("2026-01-01", "agonist_ever", "no").used(
            "heroin",
            "2026-10-01",
            TODAY,
            "daily",
        );
        assert_eq!(resumed(&silent), "unknown"); // a discharge may not be recorded
    }
}
