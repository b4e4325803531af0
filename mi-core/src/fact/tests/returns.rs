//! Goals, acknowledgement, and returns to use.

use super::{Case, NO_PROBLEMS, PROBLEMS, alcohol, day, grams};
use crate::{
    client::{ReturnClass, Target},
    fact::{Facts, Return},
    value::{Range, Truth, Value},
};

use ReturnClass::{ExtendedLapse, Lapse, Relapse};

const ALCOHOL: &str = r#""target":{"kind":"substance","code":"alcohol"}"#;

fn goal(aim: &str, rest: &str) -> String {
    format!(r#"{{"kind":"goal",{ALCOHOL},"aim":"{aim}"{rest}}}"#)
}

fn own_goal(case: &Case, on: &str) -> Vec<&'static str> {
    let seen = case.ask(on, |facts| facts.own_goal(&Target::from(alcohol())));
    let Value::Code(possible) = seen.value else { panic!("a code") };
    assert_eq!(possible.len() == 1, seen.missing.is_empty(), "an open value says what is missing");
    possible
}

fn returns(case: &Case, on: &str) -> Vec<Return> {
    case.ask(on, |facts| facts.returns(alcohol()).to_vec())
}

/// What matters of each return: first and last day of the year 2026, days, against the goal, classes.
fn told(case: &Case, on: &str) -> Vec<(String, String, Range, Truth, Vec<ReturnClass>)> {
    let short = |day: crate::CalendarDate| day.to_string().replace("2026-", "");
    let tell = |r: Return| (short(r.first), short(r.last), r.days, r.against_goal, r.possible);
    returns(case, on).into_iter().map(tell).collect()
}

#[test]
fn the_own_goal_is_the_clients_latest_in_force() {
    assert_eq!(own_goal(&Case::new(), "2026-05-01").len(), 7, "nothing recorded: unknown");
    let case = Case::new()
        .staff("2026-05-01", &goal("abstinence", ""))
        .client("2026-05-10", &goal("reduction", ""))
        .client("2026-05-20", &goal("controlled_use", r#","in_force_from":"2026-06-01""#));
    assert_eq!(own_goal(&case, "2026-05-05").len(), 7, "a goal of staff is no value here");
    assert_eq!(own_goal(&case, "2026-05-31"), ["reduction"]);
    assert_eq!(own_goal(&case, "2026-06-01"), ["controlled_use"]);
    let withdrawn = case.client("2026-06-10", &goal("none", ""));
    assert_eq!(own_goal(&withdrawn, "2026-06-10"), ["none"]);
    let asked =
        |answer: &str| format!(r#"{{"kind":"asked","topic":"own_goal","answer":"{answer}"}}"#);
    assert_eq!(own_goal(&Case::new().staff("2026-05-01", &asked("no")), "2026-05-01"), ["none"]);
    assert_eq!(
        own_goal(&Case::new().staff("2026-05-01", &asked("declined")), "2026-05-01").len(),
        7
    );
    let some = withdrawn.staff("2026-06-20", &asked("yes"));
    assert_eq!(own_goal(&some, "2026-06-20").len(), 6, "any but none");
    let partly = Case::new()
        .client("2026-04-01", &goal("reduction", ""))
        .client("2026-05", &goal("abstinence", ""));
    assert_eq!(own_goal(&partly, "2026-05-30"), ["abstinence"], "stated on a day up to the 30th");
    assert_eq!(own_goal(&partly, "2026-05-31"), ["abstinence"]);
}

#[test]
fn a_goal_stated_later_wins_from_the_day_it_is_in_force() {
    let case = Case::new()
        .client("2026-05-01", &goal("abstinence", r#","in_force_from":"2026-06-01""#))
        .client("2026-05-10", &goal("reduction", ""));
    assert_eq!(own_goal(&case, "2026-07-01"), ["reduction"]);
}

/// Abstinent since 1 May, by a goal of 1 May.
fn abstinent() -> Case {
    Case::opened("2026-05-01").client("2026-05-01", &goal("abstinence", "")).alcohol(
        "2026-05-01",
        "2026-05-31",
        "none",
    )
}

#[test]
fn length_and_problems_class_a_return() {
    for (last, said, possible) in [
        ("2026-06-01", NO_PROBLEMS, vec![Lapse]),
        ("2026-06-02", NO_PROBLEMS, vec![Lapse]),
        ("2026-06-03", NO_PROBLEMS, vec![ExtendedLapse]),
        ("2026-06-06", NO_PROBLEMS, vec![ExtendedLapse]),
        ("2026-06-07", NO_PROBLEMS, vec![Relapse]),
        ("2026-06-01", PROBLEMS, vec![Relapse]),
        ("2026-06-01", "", vec![Lapse, Relapse]),
        ("2026-06-04", "", vec![ExtendedLapse, Relapse]),
        ("2026-06-08", "", vec![Relapse]),
    ] {
        let case = abstinent().alcohol("2026-06-01", last, &format!("daily{said}"));
        let found = returns(&case, "2026-06-30");
        assert_eq!(found.len(), 1, "{last} {said}");
        assert_eq!(found[0].possible, possible, "{last} {said}");
        assert_eq!((found[0].against_goal, found[0].start_observed), (Truth::Yes, true));
        assert_eq!(found[0].known_on, day(last));
        let class = case.ask("2026-06-30", |facts| facts.return_class(&found[0]));
        assert_eq!(class.value.is_known(), possible.len() == 1);
        let since = case.range("2026-06-30", |facts| facts.days_since_return(&found[0]));
        assert_eq!(since.0, day("2026-06-30").days_since(day(last)), "from when it was recorded");
    }
}

#[test]
fn up_to_two_clear_days_between_belong_to_a_return() {
    let case = |second: &str| {
        abstinent()
            .covered("2026-06-01", "2026-06-30")
            .alcohol("2026-06-10", "2026-06-10", &format!("daily{NO_PROBLEMS}"))
            .alcohol(second, second, &format!("daily{NO_PROBLEMS}"))
    };
    let one = |last: &str, days: i64, class| {
        vec![("06-10".to_owned(), last.to_owned(), Range::exactly(days), Truth::Yes, vec![class])]
    };
    assert_eq!(told(&case("2026-06-13"), "2026-06-30"), one("06-13", 4, ExtendedLapse));
    // A third clear day ends it; and a return needs seven days in keeping before it.
    assert_eq!(told(&case("2026-06-14"), "2026-06-30"), one("06-10", 1, Lapse));
    assert_eq!(told(&case("2026-06-17"), "2026-06-30"), one("06-10", 1, Lapse));
    assert_eq!(told(&case("2026-06-18"), "2026-06-30").len(), 2);
}

#[test]
fn unobserved_and_controlled_days_before_are_allowed_and_marked() {
    let start_observed = |case: &Case| {
        let found = returns(case, "2026-06-30");
        assert_eq!(found.len(), 1);
        found[0].start_observed
    };
    let goal = Case::new().client("2026-05-01", &goal("abstinence", ""));
    let late = goal.clone().alcohol("2026-06-10", "2026-06-11", "daily");
    assert!(!start_observed(&late));
    assert!(start_observed(&late.clone().alcohol("2026-06-03", "2026-06-09", "none")));
    assert!(!start_observed(&late.clone().alcohol("2026-06-04", "2026-06-09", "none")));
    let custody = late.alcohol("2026-06-03", "2026-06-09", "none");
    assert!(!start_observed(&custody.stay("custody", "2026-06-09", "2026-06-10")));
}

#[test]
fn use_that_never_stopped_is_no_return() {
    let case = Case::new()
        .alcohol("2026-04-01", "2026-05-20", "daily")
        .client("2026-05-10", &goal("abstinence", ""))
        .alcohol("2026-05-21", "2026-05-31", "none");
    let found = told(&case, "2026-05-31");
    let undecided = (found[0].3, found[0].2);
    assert_eq!(undecided, (Truth::Unknown, Range::exactly(50)), "it began before any goal");
    let baseline = Case::new()
        .baseline("2026-04-01", "2026-05-09", "daily")
        .client("2026-05-10", &goal("abstinence", ""))
        .alcohol("2026-05-10", "2026-05-20", "daily");
    assert_eq!(told(&baseline, "2026-05-31"), []);
    let other = Case::new()
        .client("2026-04-01", &goal("reduction", ""))
        .alcohol("2026-04-01", "2026-05-20", "daily")
        .client("2026-05-10", &goal("abstinence", ""));
    assert_eq!(told(&other, "2026-05-31"), []);
}

#[test]
fn without_a_known_goal_a_return_is_undecided_and_never_dropped() {
    let case = Case::new().alcohol("2026-05-01", "2026-05-31", "none").alcohol(
        "2026-06-01",
        "2026-06-03",
        &format!("daily{NO_PROBLEMS}"),
    );
    let found = told(&case, "2026-06-10");
    let expected =
        ("06-01".into(), "06-03".into(), Range::exactly(3), Truth::Unknown, vec![ExtendedLapse]);
    assert_eq!(found, [expected]);
    for (aim, count) in
        [("reduction", 0), ("safer_use", 0), ("undecided", 0), ("none", 0), ("abstinence", 1)]
    {
        let known = Case::new().client("2026-01-01", &goal(aim, ""));
        let known = known.alcohol("2026-05-01", "2026-05-31", "none").alcohol(
            "2026-06-01",
            "2026-06-03",
            "daily",
        );
        assert_eq!(told(&known, "2026-06-10").len(), count, "{aim}");
    }
}

#[test]
fn controlled_use_goes_by_its_limits() {
    let limits = |limits: &str| {
        Case::new()
            .client("2026-05-01", &goal("controlled_use", limits))
            .covered("2026-05-01", "2026-06-30")
    };
    let two = r#","limits":{"days_in_seven":2}"#;
    let weekend = |case: Case, from: &str, to: &str, said: &str| {
        case.alcohol(from, to, &format!("daily{said}"))
    };
    let within = weekend(limits(two), "2026-06-06", "2026-06-07", PROBLEMS);
    assert_eq!(told(&within, "2026-06-30"), []);
    let beyond = weekend(limits(two), "2026-06-06", "2026-06-09", NO_PROBLEMS);
    let found = told(&beyond, "2026-06-30");
    assert_eq!(
        (found[0].0.as_str(), found[0].2, found[0].3),
        ("06-08", Range::exactly(2), Truth::Yes)
    );
    let amount = r#","limits":{"per_day":{"amount":40,"unit":"gram_ethanol"}}"#;
    for (said, against) in
        [(grams(40), None), (grams(41), Some(Truth::Yes)), (String::new(), Some(Truth::Unknown))]
    {
        let case = weekend(limits(amount), "2026-06-06", "2026-06-06", &said);
        assert_eq!(returns(&case, "2026-06-30").first().map(|r| r.against_goal), against, "{said}");
    }
    // Without limits: a day with problems or seven days running, other days unknown.
    for (last, said, against) in [
        ("2026-06-06", PROBLEMS, Truth::Yes),
        ("2026-06-11", NO_PROBLEMS, Truth::Unknown),
        ("2026-06-12", NO_PROBLEMS, Truth::Yes),
    ] {
        let case = weekend(limits(""), "2026-06-06", last, said);
        assert_eq!(returns(&case, "2026-06-30")[0].against_goal, against, "{last}");
    }
    // A pattern within the limits is in keeping, one beyond them is not.
    let weekly = |used: &str| limits(two).alcohol("2026-06-01", "2026-06-28", used);
    assert_eq!(told(&weekly("weekly 2 2"), "2026-06-30"), []);
    assert_eq!(returns(&weekly("weekly 3 3"), "2026-06-30")[0].against_goal, Truth::Yes);
}

#[test]
fn a_count_of_days_is_one_run_of_unknown_length() {
    let found = |used: &str| {
        let case = abstinent().alcohol("2026-06-01", "2026-06-10", &format!("{used}{NO_PROBLEMS}"));
        let found = returns(&case, "2026-06-30").remove(0);
        (found.days, found.against_goal, found.possible)
    };
    assert_eq!(
        found("count 1 2"),
        (Range::between(1, 10), Truth::Yes, vec![Lapse, ExtendedLapse, Relapse])
    );
    assert_eq!(found("count 8 8"), (Range::between(8, 10), Truth::Yes, vec![Relapse]));
    assert_eq!(found("count 0 2").1, Truth::Unknown);
    assert_eq!(found("weekly 5 5").0, Range::between(6, 10));
}

#[test]
fn a_recorded_return_stands_beside_the_computed_one() {
    let recorded = |from: &str, to: &str, class: &str| {
        format!(
            r#"{{"kind":"return_to_use","substance":"alcohol","from":"{from}","to":"{to}","class":"{class}","problems":false}}"#
        )
    };
    let case = abstinent()
        .alcohol("2026-06-01", "2026-06-08", &format!("daily{NO_PROBLEMS}"))
        .staff("2026-06-20", &recorded("2026-06-01", "2026-06-02", "lapse"));
    let found = returns(&case, "2026-06-30");
    assert_eq!(found.len(), 1);
    let stands = found[0].recorded.as_ref().map(|(id, class)| (id.as_str(), *class));
    assert_eq!((stands, &found[0].possible), (Some(("e5", Lapse)), &vec![Relapse]));
    let class = case.ask("2026-06-30", |facts| facts.return_class(&found[0]));
    assert!(class.value == Value::Code(vec!["lapse"]));
    // On its own it is a return too, whatever the goal.
    let alone = Case::new()
        .client("2026-01-01", &goal("reduction", ""))
        .staff("2026-06-20", &recorded("2026-06-01", "2026-06-02", "lapse"));
    let found = returns(&alone, "2026-06-30");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].days, found[0].against_goal), (Range::exactly(2), Truth::No));
    let since = alone.range("2026-06-30", |facts| facts.days_since_return(&found[0]));
    assert_eq!(since, (10, Some(10)));
}

#[test]
fn an_overdose_known_to_the_month_is_a_return_on_some_day_of_it() {
    let case = Case::new()
        .client("2026-01-01", &goal("abstinence", ""))
        .staff("2026-06", r#"{"kind":"overdose","substance":"alcohol"}"#);
    let found = told(&case, "2026-06-30");
    let expected = ("06-01".into(), "06-30".into(), Range::exactly(1), Truth::Yes, vec![Relapse]);
    assert_eq!(found, [expected]);
}

#[test]
fn a_learning_review_names_a_day_of_its_return() {
    let review = |from: &str| {
        format!(
            r#"{{"kind":"learning_review","substance":"alcohol","from":"{from}","plan":"changed"}}"#
        )
    };
    let case = abstinent().alcohol("2026-06-01", "2026-06-03", "daily");
    let reviewed = |case: &Case| {
        case.ask("2026-07-30", |facts: &Facts<'_, '_>| {
            facts.return_reviewed(&facts.returns(alcohol())[0])
        })
    };
    assert!(reviewed(&case).value == Value::Truth(Truth::No), "a complete log vouches for it");
    for (from, truth) in [
        ("2026-05-31", Truth::No),
        ("2026-06-01", Truth::Yes),
        ("2026-06-03", Truth::Yes),
        ("2026-06-04", Truth::No),
        ("2026-06", Truth::Unknown),
    ] {
        let seen = reviewed(&case.clone().staff("2026-07-10", &review(from)));
        assert!(seen.value == Value::Truth(truth), "{from}");
    }
    let partial = Case::new()
        .staff("2026-05-01", r#"{"kind":"episode_opened","contact_log":"partial"}"#)
        .client("2026-05-01", &goal("abstinence", ""))
        .alcohol("2026-06-01", "2026-06-03", "daily");
    assert!(reviewed(&partial).value == Value::Truth(Truth::Unknown));
}
