//! The walk against a version written straight from its definition, and what must hold for every
//! record.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Case, alcohol, day, range};
use crate::fact::{
    Facts, Observed, Reading,
    reduction::{Bounds, Side, Step, Walked, walk},
};

/// A fraction, as people write it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction(pub(super) i128, pub(super) i128);

impl Fraction {
    fn plus(self, other: Self) -> Self {
        let (n, d) = (self.0 * other.1 + other.0 * self.1, self.1 * other.1);
        let (mut a, mut b) = (n.abs(), d);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(n / a.max(1), d / a.max(1))
    }

    fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }

    pub(super) fn times(self, n: i128, d: i128) -> Self {
        Self(self.0 * n, self.1 * d).plus(Self(0, 1))
    }

    pub(super) fn at_least(self, other: Self) -> bool {
        self.0 * other.1 >= other.0 * self.1
    }
}

/// One community day of the definition: its level, or nothing on a day of a long stretch.
pub(super) type Level = Option<Fraction>;

/// The phases as the definition has them, looked up afresh on every day: nothing is carried but the
/// days on which a phase began and on which its reckoning does.
pub(super) fn by_definition(
    levels: &[Level],
    limit: Fraction,
    evidence_days: i64,
    most_use: bool,
) -> (bool, usize) {
    let (mut low, mut began, mut reckoned_from) = (false, 0, 0);
    for today in 1..=levels.len() {
        // Sums from the beginning of the reckoning: at the end of the day before it, and of each day.
        let sum = |to: usize| {
            levels[reckoned_from..to].iter().fold(Fraction(0, 1), |sum, level| {
                level.map_or(sum, |level| sum.plus(level).minus(limit))
            })
        };
        let points = || reckoned_from..=today;
        let extreme = points().fold(reckoned_from, |best, point| {
            let (new, old) = (sum(point), sum(best));
            if if low { old.at_least(new) } else { new.at_least(old) } { point } else { best }
        });
        let evidence = limit.times(evidence_days.into(), 1);
        if levels[today - 1].is_none() {
            // A long stretch ends high for the most use, low for the least.
            if low == most_use {
                let before = (reckoned_from..today).fold(reckoned_from, |best, point| {
                    let (new, old) = (sum(point), sum(best));
                    if if low { old.at_least(new) } else { new.at_least(old) } {
                        point
                    } else {
                        best
                    }
                });
                (low, began) = (!low, before);
            }
            reckoned_from = today;
        } else {
            let moved =
                if low { sum(today).minus(sum(extreme)) } else { sum(extreme).minus(sum(today)) };
            if moved.at_least(evidence) {
                (low, began, reckoned_from) = (!low, extreme, today);
            }
        }
    }
    (low, levels.len() - began)
}

/// Levels in tenths, with stretches that nothing covers.
fn steps() -> impl Strategy<Value = Vec<Option<i128>>> {
    let stretch = prop_oneof![
        6 => (0..=10_i128, 1..12_usize).prop_map(|(level, days)| vec![Some(level); days]),
        2 => prop::collection::vec((0..=10_i128).prop_map(Some), 1..10),
        1 => (15..20_usize).prop_map(|days| vec![None; days]),
    ];
    prop::collection::vec(stretch, 0..10).prop_map(|stretches| stretches.concat())
}

fn walked(levels: &[Option<i128>], side: Side) -> Walked {
    let step = |(day, level): (i64, &Option<i128>)| Step {
        day,
        level: level.map(|level| Bounds { least: level, most: level }),
    };
    let steps: Vec<Step> = (0..).zip(levels).map(step).collect();
    walk(&steps, side, 5, 7)
}

/// Days reduced and not reduced.
fn days(walked: Walked) -> (i64, i64) {
    if walked.is_low { (walked.days, 0) } else { (0, walked.days) }
}

proptest! {
    #[test]
    fn the_walk_is_what_the_definition_says(levels in steps()) {
        for (side, most_use) in [(Side::MostUse, true), (Side::LeastUse, false)] {
            let seen = walked(&levels, side);
            let fractions: Vec<Level> =
                levels.iter().map(|level| level.map(|level| Fraction(level, 10))).collect();
            let (low, count) = by_definition(&fractions, Fraction(1, 2), 7, most_use);
            prop_assert_eq!((seen.is_low, seen.days), (low, i64::try_from(count).unwrap()));
        }
    }

    #[test]
    fn less_use_on_any_day_never_shortens_a_reduced_run(
        levels in steps(),
        place in any::<prop::sample::Index>(),
        less in 1..=10_i128,
    ) {
        prop_assume!(!levels.is_empty());
        let mut lower = levels.clone();
        let at = place.index(levels.len());
        lower[at] = lower[at].map(|level| (level - less).max(0));
        for side in [Side::MostUse, Side::LeastUse] {
            let (before, after) = (days(walked(&levels, side)), days(walked(&lower, side)));
            prop_assert!(before.0 <= after.0 && after.1 <= before.1);
        }
    }

    #[test]
    fn learning_what_no_report_covered_stays_within_the_bracket(
        levels in steps(),
        learned in prop::collection::vec(0..=10_i128, 200),
    ) {
        let known: Vec<Option<i128>> =
            levels.iter().zip(learned).map(|(level, learned)| level.or(Some(learned))).collect();
        let (most, least) =
            (days(walked(&levels, Side::MostUse)), days(walked(&levels, Side::LeastUse)));
        let exact = days(walked(&known, Side::MostUse));
        prop_assert_eq!(exact, days(walked(&known, Side::LeastUse)));
        prop_assert!(most.0 <= exact.0 && exact.0 <= least.0, "{most:?} {exact:?} {least:?}");
        prop_assert!(least.1 <= exact.1 && exact.1 <= most.1, "{most:?} {exact:?} {least:?}");
    }
}

/// What is reported of a stretch of days.
#[derive(Clone, Debug)]
enum Told {
    Nothing,
    Use(&'static str, i64),
}

fn told() -> impl Strategy<Value = Vec<(Told, i64)>> {
    let of_days = |days: i64| {
        prop_oneof![
            3 => Just(Told::Use("none", 0)),
            3 => Just(Told::Use("daily", 0)),
            1 => (1..=6_i64).prop_map(|days| Told::Use("weekly", days)),
            1 => (0..=days).prop_map(|days| Told::Use("count", days)),
            2 => Just(Told::Nothing),
        ]
        .prop_map(move |told| (told, days))
    };
    prop::collection::vec((1..40_i64).prop_flat_map(of_days), 1..9)
}

/// A record that tells the stretches, one after the other, from 1 May on; with the last day.
fn record(told: &[(Told, i64)]) -> (Case, String) {
    let mut case = Case::opened("2026-05-01").baseline("2026-04-22", "2026-04-30", "daily");
    case = case.baseline("2026-04-22", "2026-05-01", "daily");
    let mut next = day("2026-05-02");
    for (told, days) in told {
        let last = next.plus_days(days - 1);
        if let Told::Use(kind, count) = told {
            let used = if *count > 0 || *kind == "count" {
                format!("{kind} {count} {count}")
            } else {
                (*kind).to_owned()
            };
            case = case.alcohol(&next.to_string(), &last.to_string(), &used);
        }
        next = last.plus_days(1);
    }
    (case, next.plus_days(-1).to_string())
}

/// The levels of the days, by hand.
fn levels(told: &[(Told, i64)]) -> Vec<Level> {
    left_out(told.iter().map(|(told, days)| {
        let level = match told {
            Told::Nothing => None,
            Told::Use("none", _) => Some(Fraction(0, 1)),
            Told::Use("daily", _) => Some(Fraction(1, 1)),
            Told::Use("weekly", use_days) => Some(Fraction(i128::from(*use_days), 7)),
            Told::Use(_, use_days) => Some(Fraction(i128::from(*use_days), i128::from(*days))),
        };
        (level, *days)
    }))
}

/// Day by day: stretches without a report of up to 14 days and a tail of up to 31 are left out.
pub(super) fn left_out(stretches: impl Iterator<Item = (Level, i64)>) -> Vec<Level> {
    let mut joined: Vec<(Level, i64, bool)> = Vec::new();
    for (level, days) in stretches {
        match joined.last_mut() {
            Some((None, all, _)) if level.is_none() => *all += days,
            _ => joined.push((level, days, false)),
        }
    }
    if let Some(last) = joined.last_mut() {
        last.2 = true;
    }
    let kept = |(level, days, is_last): (Level, i64, bool)| {
        let limit = if is_last { 31 } else { 14 };
        let days = if level.is_none() && days <= limit { 0 } else { days };
        vec![level; usize::try_from(days).unwrap()]
    };
    joined.into_iter().flat_map(kept).collect()
}

/// Every quantity of a substance, by name.
fn quantities(facts: &Facts<'_, '_>) -> BTreeMap<&'static str, Observed> {
    let of = alcohol();
    let safety = Reading::Safety;
    BTreeMap::from([
        ("reduced", facts.days_reduced(of)),
        ("not reduced", facts.days_not_reduced(of)),
        ("since use", facts.days_since_use(of, Reading::Staging)),
        ("since use, for safety", facts.days_since_use(of, safety)),
        ("use days, for safety", facts.use_days(of, safety, 30)),
        ("without problems", facts.days_without_problematic_use(of)),
        ("longest", facts.days_without_use_longest(of)),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn days_reduced_are_what_the_definition_says(told in told()) {
        let (case, today) = record(&told);
        let (most, least) = (
            by_definition(&levels(&told), Fraction(1, 2), 7, true),
            by_definition(&levels(&told), Fraction(1, 2), 7, false),
        );
        let count = |(is_low, days): (bool, usize), low| {
            if is_low == low { i64::try_from(days).unwrap() } else { 0 }
        };
        let reduced = case.range(&today, |facts| facts.days_reduced(alcohol()));
        prop_assert_eq!(reduced, (count(most, true), Some(count(least, true))));
        let not = case.range(&today, |facts| facts.days_not_reduced(alcohol()));
        prop_assert_eq!(not, (count(least, false), Some(count(most, false))));
    }

    #[test]
    fn the_order_of_events_does_not_matter(told in told()) {
        let (case, today) = record(&told);
        let one = case.ask(&today, quantities);
        let other = case.reversed().ask(&today, quantities);
        for (name, seen) in one {
            prop_assert!(seen == other[name], "{name}");
        }
    }

    #[test]
    fn learning_a_stretch_never_changes_what_was_decided(
        told in told(),
        place in any::<prop::sample::Index>(),
        used in any::<bool>(),
    ) {
        // Only stretches that widen: those left out are left out by decision.
        let is_silent = |at: usize| matches!(told.get(at), Some((Told::Nothing, _)));
        let widens = |at: usize| {
            let from = (0..=at).rev().take_while(|at| is_silent(*at)).last().unwrap_or(at);
            let days: i64 = told[from..].iter().take_while(|t| matches!(t.0, Told::Nothing)).map(|t| t.1).sum();
            let is_tail = (from..told.len()).all(is_silent);
            days > if is_tail { 31 } else { 14 }
        };
        let silent: Vec<usize> =
            (0..told.len()).filter(|at| is_silent(*at) && widens(*at)).collect();
        if silent.is_empty() {
            return Ok(());
        }
        let mut learned = told.clone();
        learned[silent[place.index(silent.len())]].0 =
            Told::Use(if used { "daily" } else { "none" }, 0);
        let ask = |told: &[(Told, i64)]| {
            let (case, today) = record(told);
            case.ask(&today, quantities)
        };
        let (before, after) = (ask(&told), ask(&learned));
        for (name, seen) in before {
            let ((least, most), (now_least, now_most)) = (range(&seen), range(&after[name]));
            prop_assert!(least <= now_least, "{name}: from {least} to {now_least} at least");
            let most = most.unwrap_or(i64::MAX);
            prop_assert!(now_most.unwrap_or(i64::MAX) <= most, "{name}: {most} at most");
        }
    }
}

/// Whether counts of days agree with every way in which they can have fallen.
#[test]
fn bounds_hold_for_every_way_the_days_can_have_fallen() {
    for (count, length) in [(0_u32, 6_u32), (1, 6), (2, 6), (3, 7), (7, 8)] {
        let case = Case::new().alcohol(
            "2026-05-01",
            &format!("2026-05-{length:02}"),
            &format!("count {count} {count}"),
        );
        let fallen: Vec<u32> =
            (0..1_u32 << length).filter(|days| days.count_ones() == count).collect();
        let today = format!("2026-05-{length:02}");
        for window in 1..=length {
            let inside = |days: &u32| i64::from((days >> (length - window)).count_ones());
            let expected = (fallen.iter().map(inside).min(), fallen.iter().map(inside).max());
            let days = i64::from(window);
            let seen = case.range(&today, |f| f.use_days(alcohol(), Reading::Staging, days));
            assert_eq!((Some(seen.0), seen.1), expected, "{count} in {length}, last {window}");
        }
        let since = |days: &u32| i64::from(days.leading_zeros()) - i64::from(32 - length);
        let expected = (fallen.iter().map(since).min(), fallen.iter().map(since).max());
        let seen = case.range(&today, |f| f.days_since_use(alcohol(), Reading::Staging));
        if count > 0 {
            assert_eq!((Some(seen.0), seen.1), expected, "{count} in {length}");
        }
        let longest = |days: &u32| {
            let clear = format!("{days:0width$b}", width = usize::try_from(length).unwrap());
            clear.split('1').map(str::len).max().and_then(|days| i64::try_from(days).ok())
        };
        let seen = case.range(&today, |f| f.days_without_use_longest(alcohol()));
        let most = fallen.iter().filter_map(longest).max();
        assert_eq!(seen.1, most, "{count} in {length}");
    }
}

#[test]
fn a_hundred_thousand_long_reports_are_read_in_one_pass() {
    let periods: Vec<String> = (0..100_000)
        .map(|index| {
            let used = ["daily", "none", "weekly 3 3", "count 900 1000"][index % 4];
            super::period("1907-01-01", "2026-04-30", used)
        })
        .collect();
    let body = format!(
        r#"{{"kind":"use_report","substance":"alcohol","periods":[{}]}}"#,
        periods.join(",")
    );
    let case = Case::opened("1907-01-01").baseline("1907-01-01", "1907-01-31", "daily");
    let case = case.client("2026-05-01", &body);
    case.ask("2026-05-01", |facts| {
        let count = quantities(facts).len() + facts.returns(alcohol()).len();
        assert!(count > 0);
    });
}
