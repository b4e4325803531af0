//! Levels that are ranges, and levels with amounts: the walk against its definition, and what less
//! use does to it, through whole reports.

use proptest::{prelude::*, sample::select};

use super::{
    Case, alcohol, day, grams,
    properties::{Fraction, Level, by_definition, left_out},
};
use crate::fact::reduction::{Bounds, Side, Step, walk};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Each side of the bracket walks its own end of every level, against a limit of its own.
    #[test]
    fn the_walk_on_ranges_is_what_the_definition_says(
        stretches in prop::collection::vec(
            (prop::option::weighted(0.8, (0..=10_i128, 0..=10_i128)), 1..16_usize),
            0..10,
        ),
        limits in (1..=8_i128, 1..=8_i128),
        evidence in 1..=9_i64,
    ) {
        let levels: Vec<Option<(i128, i128)>> = stretches
            .into_iter()
            .flat_map(|(level, days)| vec![level.map(|(a, b)| (a.min(b), a.max(b))); days])
            .collect();
        let step = |(day, level): (i64, &Option<(i128, i128)>)| Step {
            day,
            level: level.map(|(least, most)| Bounds { least, most }),
        };
        let steps: Vec<Step> = (0..).zip(&levels).map(step).collect();
        let (lowest, highest) = (limits.0.min(limits.1), limits.0.max(limits.1));
        for (side, limit) in [(Side::MostUse, lowest), (Side::LeastUse, highest)] {
            let most_use = side == Side::MostUse;
            let end = |(least, most): (i128, i128)| if most_use { most } else { least };
            let ends: Vec<Level> =
                levels.iter().map(|level| level.map(|l| Fraction(end(l), 1))).collect();
            let (low, count) = by_definition(&ends, Fraction(limit, 1), evidence, most_use);
            let seen = walk(&steps, side, limit, evidence);
            prop_assert_eq!((seen.is_low, seen.days), (low, i64::try_from(count).unwrap()));
        }
    }
}

/// What a report says of a stretch of days.
#[derive(Clone, Debug)]
struct Said {
    used: Used,
    amount: Amount,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Used {
    None,
    Daily,
    Weekly(i64, i64),
    Count(i64, i64),
}

/// The amount per day of use.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Amount {
    NotTold,
    OtherUnit,
    Grams(i64),
}

impl Said {
    /// As the tests' own short form of a period.
    fn written(&self) -> String {
        let used = match self.used {
            Used::None => return "none".to_owned(),
            Used::Daily => "daily".to_owned(),
            Used::Weekly(min, max) => format!("weekly {min} {max}"),
            Used::Count(min, max) => format!("count {min} {max}"),
        };
        used + &match self.amount {
            Amount::NotTold => String::new(),
            Amount::OtherUnit => r#","per_use_day":{"amount":3,"unit":"unit_dose"}"#.to_owned(),
            Amount::Grams(amount) => grams(amount),
        }
    }

    /// The least and the most that the level of each day can be, by hand.
    fn level(&self, days: i64, before: Option<i64>) -> (Fraction, Fraction) {
        let share = match self.used {
            Used::None => [(0, 1), (0, 1)],
            Used::Daily => [(1, 1), (1, 1)],
            Used::Weekly(min, max) => [(min, 7), (max, 7)],
            Used::Count(min, max) => [(min, days), (max, days)],
        };
        let amount = match (before, self.amount) {
            (None, _) => 1, // amounts are held against nothing: the share alone
            (Some(_), Amount::Grams(grams))
            | (Some(grams), Amount::NotTold | Amount::OtherUnit) => grams,
        };
        let [least, most] = share.map(|(days, of)| {
            Fraction(i128::from(days), i128::from(of)).times(i128::from(amount), 1)
        });
        (least, most)
    }
}

fn range(least: i64, most: i64) -> impl Strategy<Value = (i64, i64)> {
    (least..=most, least..=most).prop_map(|(one, other)| (one.min(other), one.max(other)))
}

fn said(days: i64) -> impl Strategy<Value = Said> {
    let used = prop_oneof![
        2 => Just(Used::None),
        2 => Just(Used::Daily),
        2 => range(1, 6).prop_map(|(min, max)| Used::Weekly(min, max)),
        2 => range(0, days).prop_map(|(min, max)| Used::Count(min, max)),
    ];
    let amount = prop_oneof![
        2 => Just(Amount::NotTold),
        1 => Just(Amount::OtherUnit),
        3 => (0..=100_i64).prop_map(Amount::Grams),
    ];
    (used, amount).prop_map(|(used, amount)| Said { used, amount })
}

type Stretch = (Option<Said>, i64);

fn told() -> impl Strategy<Value = Vec<Stretch>> {
    let of_days = |days: i64| (prop::option::weighted(0.8, said(days)), Just(days));
    prop::collection::vec((1..40_i64).prop_flat_map(of_days), 1..8)
}

/// The level before change: ten days of use of alcohol, with or without an amount.
fn baseline() -> impl Strategy<Value = Said> {
    let used = prop_oneof![
        2 => Just(Used::Daily),
        1 => range(1, 6).prop_map(|(min, max)| Used::Weekly(min, max)),
        1 => range(1, 10).prop_map(|(min, max)| Used::Count(min, max)),
    ];
    let amount = prop_oneof![Just(Amount::NotTold), (1..=100_i64).prop_map(Amount::Grams)];
    (used, amount).prop_map(|(used, amount)| Said { used, amount })
}

/// A record that tells the stretches, one after the other, after the level before change; with the
/// last day.
fn record(before: &Said, told: &[Stretch]) -> (Case, String) {
    let case = Case::opened("2026-05-01");
    let mut case = case.baseline("2026-04-22", "2026-05-01", &before.written());
    let mut next = day("2026-05-02");
    for (said, days) in told {
        let last = next.plus_days(days - 1);
        if let Some(said) = said {
            case = case.alcohol(&next.to_string(), &last.to_string(), &said.written());
        }
        next = last.plus_days(1);
    }
    (case, next.plus_days(-1).to_string())
}

/// Days reduced and not reduced, each at least and at most.
fn seen(case: &Case, today: &str) -> [(i64, Option<i64>); 2] {
    [
        case.range(today, |facts| facts.days_reduced(alcohol())),
        case.range(today, |facts| facts.days_not_reduced(alcohol())),
    ]
}

/// A report that says less or the same of every day of the stretch.
fn less(said: &Said, days: i64, before: Option<i64>, how: Less) -> Said {
    let (mut used, mut amount) = (said.used, said.amount);
    let fewer = |(min, max): (i64, i64), floor: i64| {
        (
            (min - how.least).max(floor).min(min),
            (max - how.most).max(min - how.least).max(floor).min(max),
        )
    };
    match how.what {
        What::None => used = Used::None,
        What::Days => {
            used = match used {
                Used::None => Used::None,
                Used::Daily => Used::Weekly((6 - how.least).max(1), 6),
                Used::Weekly(min, max) => {
                    let (min, max) = fewer((min, max), 1);
                    Used::Weekly(min, max)
                }
                Used::Count(min, max) => {
                    let (min, max) = fewer((min, max), 0);
                    Used::Count(min, max)
                }
            }
        }
        What::Amount => {
            // An amount that is not told is that of the level before change, if it has one.
            let now = match amount {
                Amount::Grams(grams) => Some(grams),
                Amount::NotTold | Amount::OtherUnit => before,
            };
            if let Some(now) = now {
                amount = Amount::Grams(now - now * how.least / 6);
            }
        }
    }
    let less = Said { used, amount };
    let (was, is) = (said.level(days, before), less.level(days, before));
    assert!(was.0.at_least(is.0) && was.1.at_least(is.1), "{said:?} {less:?}");
    less
}

#[derive(Clone, Copy, Debug)]
struct Less {
    what: What,
    least: i64,
    most: i64,
}

#[derive(Clone, Copy, Debug)]
enum What {
    None,
    Days,
    Amount,
}

fn any_less() -> impl Strategy<Value = Less> {
    let what = select(vec![What::None, What::Days, What::Amount]);
    (what, 0..=6_i64, 0..=6_i64).prop_map(|(what, least, most)| Less { what, least, most })
}

fn amount_of(before: &Said) -> Option<i64> {
    match before.amount {
        Amount::Grams(grams) => Some(grams),
        Amount::NotTold | Amount::OtherUnit => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn days_reduced_on_ranges_and_amounts_are_what_the_definition_says(
        before in baseline(),
        told in told(),
    ) {
        let amount = amount_of(&before);
        let limits = before.level(10, amount);
        let walked = |most_use: bool| {
            let end = |(least, most)| if most_use { most } else { least };
            let stretch = |(said, days): &Stretch| {
                (said.as_ref().map(|said| end(said.level(*days, amount))), *days)
            };
            let levels = left_out(told.iter().map(stretch));
            let reference = if most_use { limits.0 } else { limits.1 };
            let (low, days) = by_definition(&levels, reference.times(1, 2), 7, most_use);
            let days = i64::try_from(days).unwrap();
            if low { (days, 0) } else { (0, days) }
        };
        let (most, least) = (walked(true), walked(false));
        let (case, today) = record(&before, &told);
        prop_assert_eq!(
            seen(&case, &today),
            [(most.0, Some(least.0)), (least.1, Some(most.1))]
        );
    }

    #[test]
    fn less_use_in_a_report_never_shortens_a_reduced_run(
        before in baseline(),
        told in told(),
        place in any::<prop::sample::Index>(),
        how in any_less(),
        single in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let at = place.index(told.len());
        let (case, today) = record(&before, &told);
        let was = seen(&case, &today);
        let Some(said) = &told[at].0 else { return Ok(()) };
        let is = match single {
            // One day of the stretch, by a later report. Of a count that would say that its days of
            // use were others.
            Some(one) if !matches!(said.used, Used::Count(..)) => {
                let first: i64 = told[..at].iter().map(|(_, days)| days).sum();
                let days = first + i64::try_from(one.index(usize::try_from(told[at].1).unwrap())).unwrap();
                let on = day("2026-05-02").plus_days(days).to_string();
                seen(&case.alcohol(&on, &on, "none"), &today)
            }
            _ => {
                let mut lower = told.clone();
                lower[at].0 = Some(less(said, told[at].1, amount_of(&before), how));
                let (case, today) = record(&before, &lower);
                seen(&case, &today)
            }
        };
        let most = |(_, most): (i64, Option<i64>)| most.unwrap_or(i64::MAX);
        let [(reduced, not), (now_reduced, now_not)] = [was, is].map(|[one, other]| (one, other));
        prop_assert!(
            reduced.0 <= now_reduced.0 && most(reduced) <= most(now_reduced),
            "{reduced:?} days reduced become {now_reduced:?}"
        );
        prop_assert!(
            now_not.0 <= not.0 && most(now_not) <= most(not),
            "{not:?} days not reduced become {now_not:?}"
        );
    }
}
