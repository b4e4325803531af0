//! Sedatives: whether, how often and for how long they are used or taken as medicine.

use super::{Fact, Facts, Missing, Observed, medicine::is_of};
use crate::{
    client::{Answer, Medicine, Substance, Topic},
    date::{CalendarDate, PartialDate, Span},
    record::Event,
    sort::sort_by_key,
    value::{Range, Truth, Verdict},
};

impl Facts<'_, '_> {
    /// Whether a benzodiazepine, alcohol or another sedative was used or taken in the window.
    ///
    /// The topic speaks of sedatives in the narrow sense: an answer of no leaves alcohol open.
    pub(crate) fn sedative_use(&self, days: i64) -> Observed {
        let span = self.last_days(days);
        let is_of_window = |(event, _): &(&Event, _)| event.on().earliest() >= span.from;
        let yes = self.ever_yes(Topic::Sedatives).map(|event| (event, Answer::Yes));
        let answer =
            yes.filter(is_of_window).or_else(|| self.answer(Topic::Sedatives).filter(is_of_window));
        let [alcohol, ..] = classes();
        let by_class = classes().map(|class| {
            let taken = self.taken_as_medicine(class, span);
            let told = answer.filter(|_| class != alcohol);
            let used = match self.use_between(class, span.from, span.to).is_at_least(1) {
                Verdict::Met => Observed::truth(true).on_all(self.events_of_last_use(class, span)),
                Verdict::Unmet => Observed::truth(false),
                Verdict::Unknown => match told {
                    Some((event, Answer::Yes)) => Observed::truth(true).on(event),
                    Some((event, Answer::No)) => Observed::truth(false).on(event),
                    Some((_, Answer::Declined)) | None => Observed::truth(Truth::Unknown),
                },
            };
            (class, used, taken)
        });
        let ways = || by_class.iter().flat_map(|(_, used, taken)| [used, taken]);
        let is = |verdict: Verdict| move |seen: &&Observed| seen.verdict() == verdict;
        if ways().any(|seen| seen.verdict() == Verdict::Met) {
            return ways()
                .filter(is(Verdict::Met))
                .fold(Observed::truth(true), Observed::resting_on);
        }
        if ways().all(|seen| seen.verdict() == Verdict::Unmet) {
            return ways().fold(Observed::truth(false), Observed::resting_on);
        }
        let open = by_class
            .iter()
            .filter(|(_, used, taken)| used.verdict().or(taken.verdict()) == Verdict::Unknown);
        open.fold(Observed::truth(Truth::Unknown), |seen, (class, ..)| {
            let missing = Missing::of(Fact::SEDATIVE_USE).about_substance(*class);
            let missing = missing.for_days(vec![span]);
            seen.missing(if *class == alcohol {
                missing
            } else {
                missing.on_topic(Topic::Sedatives)
            })
        })
    }

    /// On how many days a week the class is used or taken as medicine: the mean of some weeks, or of
    /// the present run of use where that is surely shorter, though of a week at least.
    pub(crate) fn days_a_week(&self, class: Substance) -> Observed {
        let weeks = self.settings.days_a_week_days;
        let run = self.run_of_use(class).range().max().filter(|run| *run > 0);
        let span = self.last_days(run.map_or(weeks, |run| run.max(WEEK).min(weeks)));
        let used = self.use_a_week(class, span);
        // A medicine that is not recorded adds nothing to reported use, which tells of it. Where
        // neither is known of lately, it is open what would be stopped.
        let recorded = self.medicine_days_a_week(class, span);
        let taken = if recorded.events.is_empty() && self.use_is_open(class) {
            Observed::days(Range::between(0, WEEK))
        } else {
            recorded
        };
        let least = used.min().max(taken.range().min()).unwrap_or(0);
        let most = [used.max(), taken.range().max()].into_iter().flatten();
        let most = most.fold(0, i64::saturating_add).min(WEEK);
        let missing = Missing::of(Fact::DAYS_A_WEEK).about_substance(class);
        Observed::days(Range::between(least.min(most), most))
            .resting_on(&taken)
            .on_all(self.events_of_use(class, span))
            .missing_if_open(missing.for_days(vec![span]))
    }

    /// Is it not known whether the class was used or taken in the days that a plan to stop looks at?
    fn use_is_open(&self, class: Substance) -> bool {
        let lately = self.last_days(self.settings.stop_clear_days);
        let used = self.use_between(class, lately.from, lately.to);
        let used = used.is_at_least(1).or(self.taken_as_medicine(class, lately).verdict());
        used == Verdict::Unknown
    }

    fn medicine_days_a_week(&self, class: Substance, span: Span) -> Observed {
        let course = self.course(|medicine| is_of(medicine, class), None);
        if course.strands.is_empty() || course.taken_between(span) == Verdict::Unmet {
            return Observed::days(Range::exactly(0));
        }
        let told = self.snapshot.of::<Medicine>().filter(|(_, of)| is_of(of, class));
        let told = told.filter_map(|(event, of)| Some((event, of.days_a_week?))).next_back();
        let Some((event, days)) = told else {
            return Observed::days(Range::between(0, WEEK)).on_all(course.latest());
        };
        let surely = course.taken_now() == Verdict::Met;
        let least = if surely { days.min.get() } else { 0 };
        Observed::days(Range::between(least, days.max.get())).on(event)
    }

    /// For how many days, today included, the class has been used or taken as medicine.
    pub(crate) fn duration_of_use(&self, class: Substance) -> Observed {
        let used = self.run_of_use(class);
        let course = self.course(|medicine| is_of(medicine, class), None);
        let missing = Missing::of(Fact::DURATION_OF_USE).about_substance(class);
        if course.strands.is_empty() || course.taken_now() != Verdict::Met {
            return used.missing_if_open(missing);
        }
        let taken = course.since_start();
        let counted = |days: i64| days.saturating_add(1);
        let least = used.range().min().max(taken.range().min().map(counted));
        let most = used.range().max().zip(taken.range().max().map(counted));
        let most = most.map(|(used, taken)| used.max(taken));
        Observed::days(Range::from_to(least.unwrap_or(0), most))
            .resting_on(&taken)
            .resting_on(&used)
            .missing_if_open(missing)
    }

    /// The present run of use by the reports: a break as long as ends a plan to stop ends it.
    fn run_of_use(&self, class: Substance) -> Observed {
        let (today, gap) = (self.today(), self.settings.stop_clear_days);
        let is_clear = |from: CalendarDate, to| self.use_between(class, from, to).max() == Some(0);
        let mut runs: Vec<(PartialDate, CalendarDate)> = Vec::new();
        for (from, to) in self.spans_of_use(class) {
            match runs.last_mut() {
                Some((_, end)) if from.latest().days_since(*end) <= gap => *end = to.max(*end),
                _ => runs.push((from, to)),
            }
        }
        let present = runs.last().filter(|(_, end)| today.days_since(*end) < gap);
        let last = self.last_days(gap);
        let reports = self.reports_of_use(class, last).next_back();
        match present {
            _ if is_clear(last.from, last.to) => Observed::days(Range::exactly(0)),
            None => Observed::days(Range::at_least(0)),
            Some((from, _)) => {
                let counted = |day| today.days_since(day).saturating_add(1);
                let earliest = from.earliest();
                let begins =
                    is_clear(earliest.plus_days(gap.saturating_neg()), earliest.plus_days(-1));
                let most = begins.then(|| counted(earliest));
                Observed::days(Range::from_to(counted(from.latest()), most)).on_all(reports)
            }
        }
    }

    /// The periods that surely have use, up to today, by their first day.
    fn spans_of_use(&self, class: Substance) -> Vec<(PartialDate, CalendarDate)> {
        let today = self.today();
        let periods = self.reports(class).flat_map(|(_, report)| &report.periods);
        let mut spans: Vec<(PartialDate, CalendarDate)> = periods
            .filter(|period| period.surely_has_use() && period.from.latest() <= today)
            .map(|period| (period.from, period.to.earliest().min(today)))
            .collect();
        sort_by_key(&mut spans, |span| *span);
        spans.dedup();
        spans.retain(|(from, to)| self.has_use(class, Span { from: from.earliest(), to: *to }));
        spans
    }

    /// Is use in the span possible still, whatever was reported later?
    fn has_use(&self, class: Substance, span: Span) -> bool {
        span.from <= span.to && self.use_between(class, span.from, span.to).max() != Some(0)
    }
}

const WEEK: i64 = 7;

fn classes() -> [Substance; 3] {
    [Substance::alcohol(), Substance::benzodiazepine(), Substance::sedative()]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case, events, substance};

    const TODAY: &str = "2026-11-22";

    fn medicine(class: &str, moment: &str) -> Json {
        json!({ "kind": "medicine", "class": class, "moment": moment })
    }

    fn sober() -> Case {
        case().used("alcohol", "2026-10-01", TODAY, "none")
    }

    #[test]
    fn any_sedative_counts_as_use_or_as_medicine() {
        let first = "2026-10-24"; // of 30 days
        for (told, expected) in [
            (case(), "unknown"),
            (case().used("alcohol", first, first, "daily"), "yes"),
            (case().used("alcohol", "2026-10-23", "2026-10-23", "daily"), "unknown"),
            (case().used("ghb", first, first, "daily"), "yes"),
            (case().used("heroin", first, TODAY, "daily"), "unknown"),
            (case().staff("2026-01-01", medicine("benzodiazepine", "start")), "yes"),
            (case().staff("2026-01-01", medicine("gabapentinoid", "start")), "yes"),
            (case().staff("2026-01-01", medicine("antidepressant", "start")), "unknown"),
            (
                case()
                    .staff("2026-01-01", medicine("benzodiazepine", "start"))
                    .staff(first, medicine("benzodiazepine", "stop")),
                "yes",
            ),
            (
                sober()
                    .asked(TODAY, "sedatives", "no")
                    .staff("2026-01-01", medicine("benzodiazepine", "start"))
                    .staff("2026-10-23", medicine("benzodiazepine", "stop")),
                "no",
            ),
            (case().asked(first, "sedatives", "yes"), "yes"),
            (case().asked("2026-10-23", "sedatives", "yes"), "unknown"),
            (case().asked(TODAY, "sedatives", "no"), "unknown"), // alcohol?
            (sober(), "unknown"),
            (sober().asked(first, "sedatives", "no"), "no"),
            (sober().asked("2026-10-23", "sedatives", "no"), "unknown"),
            (sober().asked(first, "sedatives", "declined"), "unknown"),
            (sober().asked(first, "sedatives", "yes").asked(TODAY, "sedatives", "no"), "yes"),
        ] {
            let seen = told.says(TODAY, |f| f.sedative_use(30));
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
        let told = sober().asked(TODAY, "sedatives", "no").used("z_drug", first, TODAY, "2");
        let seen = told.seen(TODAY, |f| f.sedative_use(30));
        assert_eq!(events(&seen), ["e3"]);
        let open = case().asked(TODAY, "sedatives", "no").seen(TODAY, |f| f.sedative_use(30));
        assert_eq!(open.missing.len(), 1);
        assert_eq!(open.missing[0].target, Some(Substance::alcohol().into()));
    }

    fn days_a_week(told: &Case) -> String {
        told.says(TODAY, |f| f.days_a_week(substance("benzodiazepine")))
    }

    #[test]
    fn days_a_week_are_the_mean_of_four_weeks() {
        let first = "2026-10-26"; // of 28 days
        let used = |days: &str| case().used("benzodiazepine", first, TODAY, days);
        let prescribed = |days: i64| {
            let mut body = medicine("benzodiazepine", "start");
            body["days_a_week"] = json!({ "min": days, "max": days });
            case().staff("2026-01-01", body)
        };
        let none = |told: Case| told.used("benzodiazepine", first, TODAY, "none");
        let none_before = |to: &str| case().used("benzodiazepine", "2026-10-01", to, "none");
        for (told, expected) in [
            (case(), "0..7"),
            (used("daily"), "7"),
            (used("4"), "4"),
            (used("3"), "3"),
            (none_before("2026-10-26").used("benzodiazepine", "2026-10-27", TODAY, "4"), "4"),
            (none_before("2026-11-12").used("benzodiazepine", "2026-11-13", TODAY, "3"), "3"),
            (none_before("2026-11-18").used("benzodiazepine", "2026-11-19", TODAY, "4"), "1..4"),
            (used("none"), "0..7"), // a medicine?
            (used("none").asked(TODAY, "sedatives", "no"), "0"),
            (case().used("benzodiazepine", "2026-11-09", TODAY, "daily"), "3..7"),
            (none_before("2026-11-12").used("benzodiazepine", "2026-11-13", TODAY, "daily"), "7"),
            (none_before("2026-11-19").used("benzodiazepine", "2026-11-20", TODAY, "daily"), "3"),
            (case().used("benzodiazepine", first, "2026-11-08", "2"), "1..7"),
            (prescribed(7), "7"),
            (prescribed(2), "2..7"),
            (none(prescribed(2)), "2"),
            (none(prescribed(7).staff(first, medicine("benzodiazepine", "stop"))), "0..7"),
            (none(prescribed(7).staff("2026-10-25", medicine("benzodiazepine", "stop"))), "0"),
            (none(case().staff("2026-01-01", medicine("benzodiazepine", "start"))), "0..7"),
        ] {
            assert_eq!(days_a_week(&told), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn a_run_of_use_counts_from_its_first_day() {
        let used = |from: &str, to: &str| case().used("benzodiazepine", from, to, "daily");
        let none = |told: Case, from: &str, to: &str| told.used("benzodiazepine", from, to, "none");
        let prescribed = |on: &str| case().staff(on, medicine("benzodiazepine", "start"));
        for (told, expected) in [
            (case(), "0.."),
            (used("2026-10-26", TODAY), "28.."), // and before?
            (none(used("2026-10-26", TODAY), "2026-10-12", "2026-10-25"), "28"),
            (none(used("2026-10-26", TODAY), "2026-10-13", "2026-10-25"), "28.."),
            (none(used("2026-09-01", "2026-11-08"), "2026-11-09", TODAY), "0"),
            (none(used("2026-09-01", "2026-11-09"), "2026-11-10", TODAY), "83.."),
            (used("2026-09-01", "2026-11-08"), "0.."),
            (
                used("2026-09-01", "2026-09-30").used("benzodiazepine", "2026-10-14", TODAY, "2"),
                "83..",
            ),
            (
                used("2026-09-01", "2026-09-30").used("benzodiazepine", "2026-10-16", TODAY, "2"),
                "38..",
            ),
            (prescribed("2026-10-26"), "28.."),
            (none(prescribed("2026-10-26"), "2026-10-01", TODAY), "28"),
            (none(prescribed("2026-11"), "2026-10-01", TODAY), "1..22"),
        ] {
            let seen = told.says(TODAY, |f| f.duration_of_use(substance("benzodiazepine")));
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
    }
}
