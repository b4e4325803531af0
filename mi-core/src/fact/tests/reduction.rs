//! Reduced or not, and since when.

use super::{Case, alcohol, grams, period};
use crate::{fact::Fact, text::EventId, value::Value};

fn reduced(case: &Case, on: &str) -> (i64, Option<i64>) {
    case.range(on, |facts| facts.days_reduced(alcohol()))
}

fn not_reduced(case: &Case, on: &str) -> (i64, Option<i64>) {
    case.range(on, |facts| facts.days_not_reduced(alcohol()))
}

/// Daily use up to 1 May, an episode since.
fn daily_before_may() -> Case {
    Case::opened("2026-05-01").baseline("2026-04-02", "2026-05-01", "daily")
}

#[test]
fn from_2_may_to_31_may_is_30_days() {
    let case = daily_before_may().alcohol("2026-05-02", "2026-05-31", "none");
    assert_eq!(reduced(&case, "2026-05-31"), (30, Some(30)));
    assert_eq!(not_reduced(&case, "2026-05-31"), (0, Some(0)));
    // As of a day inside the report only the days up to it count.
    assert_eq!(reduced(&case, "2026-05-30"), (29, Some(29)));
    assert_eq!(reduced(&case, "2026-05-08"), (7, Some(7)));
    assert_eq!(reduced(&case, "2026-05-07"), (0, Some(0)));
    assert_eq!(not_reduced(&case, "2026-05-07"), (6, Some(6)));
}

#[test]
fn a_clean_change_is_dated_exactly_after_months_of_use() {
    let case = daily_before_may().alcohol("2026-05-02", "2026-09-30", "daily").alcohol(
        "2026-10-01",
        "2026-10-20",
        "none",
    );
    assert_eq!(reduced(&case, "2026-10-20"), (20, Some(20)));
    let seen = case.ask("2026-10-20", |facts| facts.days_reduced(alcohol()));
    let events: Vec<&str> = seen.events.iter().map(EventId::as_str).collect();
    assert_eq!(events, ["e2", "e4"], "the reference, and what begins the run and ends the reports");
}

#[test]
fn a_single_bad_weekend_in_a_month_ends_nothing() {
    let case = daily_before_may()
        .alcohol("2026-05-02", "2026-05-15", "none")
        .alcohol("2026-05-16", "2026-05-17", "daily")
        .alcohol("2026-05-18", "2026-05-31", "none");
    assert_eq!(reduced(&case, "2026-05-31"), (30, Some(30)));
}

#[test]
fn four_clear_days_after_five_months_of_daily_use_begin_nothing() {
    let case = daily_before_may()
        .alcohol("2026-05-02", "2026-09-30", "daily")
        .alcohol("2026-10-01", "2026-10-04", "none")
        .alcohol("2026-10-05", "2026-10-10", "daily");
    for day in ["2026-10-04", "2026-10-10"] {
        assert_eq!(reduced(&case, day), (0, Some(0)), "{day}");
    }
    assert_eq!(not_reduced(&case, "2026-10-10"), (162, Some(162)), "since the reference");
}

#[test]
fn a_loss_is_dated_from_its_first_day() {
    let case = daily_before_may().alcohol("2026-05-02", "2026-05-31", "none").alcohol(
        "2026-06-01",
        "2026-06-10",
        "daily",
    );
    assert_eq!(reduced(&case, "2026-06-06"), (36, Some(36)), "six days of use end nothing");
    assert_eq!(not_reduced(&case, "2026-06-07"), (7, Some(7)));
    assert_eq!(not_reduced(&case, "2026-06-10"), (10, Some(10)));
}

#[test]
fn amounts_count_and_those_not_reported_are_taken_as_before() {
    let before = Case::opened("2026-05-01").baseline(
        "2026-04-02",
        "2026-05-01",
        &format!("daily{}", grams(80)),
    );
    for (used, days, taken) in [
        (format!("daily{}", grams(20)), 60, 0),
        (format!("daily{}", grams(40)), 0, 0),
        ("daily".to_owned(), 0, 60),
        ("weekly 3 3".to_owned(), 60, 26),
        (r#"daily,"per_use_day":{"amount":1,"unit":"unit_dose"}"#.to_owned(), 0, 60),
    ] {
        let case = before.clone().alcohol("2026-05-02", "2026-06-30", &used);
        assert_eq!(reduced(&case, "2026-06-30").0, days, "{used}");
        let days_taken = case.range("2026-06-30", |facts| facts.days_with_amount_taken(alcohol()));
        assert!(days_taken.0 <= taken && days_taken.1 >= Some(taken), "{used}: {days_taken:?}");
    }
}

#[test]
fn a_reference_without_amounts_leaves_the_share_alone() {
    let case =
        daily_before_may().alcohol("2026-05-02", "2026-06-30", &format!("daily{}", grams(1)));
    assert_eq!(reduced(&case, "2026-06-30"), (0, Some(0)));
    let taken = case.range("2026-06-30", |facts| facts.days_with_amount_taken(alcohol()));
    assert_eq!(taken, (0, Some(0)));
}

#[test]
fn the_reference_is_all_its_use_over_all_its_days() {
    let baseline = |periods: &[String]| {
        format!(
            r#"{{"kind":"use_report","substance":"alcohol","baseline":true,"periods":[{}]}}"#,
            periods.join(",")
        )
    };
    let fact = |case: &Case| case.range("2026-06-01", |facts| facts.use_reference(alcohol()));
    let two = [
        period("2026-04-01", "2026-04-10", "daily"),
        period("2026-04-11", "2026-04-30", "count 5 5"),
    ];
    let case = Case::opened("2026-05-01").client("2026-05-01", &baseline(&two));
    assert_eq!(fact(&case), (50, Some(50)));
    let weekly = [period("2026-04-01", "2026-04-28", "weekly 3 4")];
    let case = Case::opened("2026-05-01").client("2026-05-01", &baseline(&weekly));
    assert_eq!(fact(&case), (42, Some(57)));
    // None, or no use in it: unknown.
    let clear = [period("2026-04-01", "2026-04-28", "none")];
    for case in [
        Case::opened("2026-05-01"),
        Case::opened("2026-05-01").client("2026-05-01", &baseline(&clear)),
    ] {
        assert_eq!(fact(&case), (0, Some(100)));
        let seen = case.ask("2026-06-01", |facts| facts.use_reference(alcohol()));
        assert_eq!(seen.missing[0].fact, Fact::USE_REFERENCE);
    }
}

#[test]
fn the_reference_is_the_first_of_the_episode_else_the_last_of_a_recent_one() {
    let closed = r#"{"kind":"episode_closed","reason":"planned"}"#;
    let opened = r#"{"kind":"episode_opened","contact_log":"complete"}"#;
    let earlier = Case::opened("2025-01-01")
        .baseline("2025-01-01", "2025-01-10", "daily")
        .baseline("2025-01-11", "2025-01-20", "weekly 2 2")
        .staff("2025-02-01", closed);
    let share = |case: &Case| case.range("2026-01-01", |facts| facts.use_reference(alcohol())).0;
    assert_eq!(share(&earlier), 100, "the first of the last episode");
    let again = |on: &str| earlier.clone().staff(on, opened);
    assert_eq!(share(&again("2025-07-31")), 28, "180 days later");
    assert_eq!(share(&again("2025-08-01")), 0, "181 days later");
    let own = again("2025-03-01").baseline("2025-03-02", "2025-03-11", "weekly 4 4");
    assert_eq!(share(&own), 57);
}

#[test]
fn a_gap_of_14_days_is_left_out_and_one_of_15_widens() {
    let case = |to: &str| {
        daily_before_may().alcohol("2026-05-02", "2026-05-31", "none").alcohol(
            to,
            "2026-06-30",
            "none",
        )
    };
    assert_eq!(reduced(&case("2026-06-15"), "2026-06-30"), (46, Some(46)), "14 days left out");
    // From 16 June the lower end counts from after the gap: 15 days, and 15 clear ones decide.
    assert_eq!(reduced(&case("2026-06-16"), "2026-06-30"), (15, Some(60)));
    let seen = case("2026-06-16").ask("2026-06-30", |facts| facts.days_reduced(alcohol()));
    let span = seen.missing[0].spans[0];
    assert_eq!(
        (span.from.to_string(), span.to.to_string()),
        ("2026-06-01".into(), "2026-06-15".into())
    );
}

#[test]
fn a_tail_of_31_days_is_left_out_and_one_of_32_widens() {
    let case = daily_before_may().alcohol("2026-05-02", "2026-05-31", "none");
    assert_eq!(reduced(&case, "2026-07-01"), (30, Some(30)));
    assert_eq!(reduced(&case, "2026-07-02"), (0, Some(62)));
    assert_eq!(not_reduced(&case, "2026-07-02"), (0, Some(32)), "the loss as early as possible");
}

#[test]
fn controlled_days_neither_count_nor_make_a_tail_longer() {
    let case = daily_before_may().alcohol("2026-05-02", "2026-05-31", "none").stay(
        "custody",
        "2026-05-22",
        "2026-07-01",
    );
    assert_eq!(reduced(&case, "2026-05-31"), (20, Some(20)));
    assert_eq!(reduced(&case, "2026-07-31"), (20, Some(20)), "31 community days since");
    assert_eq!(reduced(&case, "2026-08-01"), (0, Some(52)));
}

#[test]
fn after_a_long_stretch_the_two_walks_meet_as_soon_as_reports_decide() {
    let case = daily_before_may().alcohol("2026-05-02", "2026-05-31", "daily").alcohol(
        "2026-08-01",
        "2026-08-31",
        "none",
    );
    // 1 August to 6 August leave it open, since it may have ended high.
    assert_eq!(reduced(&case, "2026-08-06"), (0, Some(67)));
    assert_eq!(reduced(&case, "2026-08-07"), (7, Some(68)));
    let back = case.alcohol("2026-09-01", "2026-09-07", "daily");
    assert_eq!(not_reduced(&back, "2026-09-07"), (7, Some(7)));
}

#[test]
fn without_a_reference_the_latest_comparison_decides() {
    let compare = |case: Case, on: &str, change: &str| {
        let body = format!(
            r#"{{"kind":"use_report","substance":"alcohol","change":{{{change}}},"periods":[]}}"#
        );
        case.client(on, &body)
    };
    let less = compare(Case::new(), "2026-05-31", r#""direction":"less","since":"2026-05-02""#);
    assert_eq!(reduced(&less, "2026-05-31"), (30, Some(30)));
    assert_eq!(reduced(&less, "2026-07-01"), (30, Some(30)), "a tail of 31 days");
    assert_eq!(reduced(&less, "2026-07-02"), (0, Some(62)));
    assert_eq!(not_reduced(&less, "2026-05-31"), (0, Some(0)));
    let in_may = compare(Case::new(), "2026-05-31", r#""direction":"less","since":"2026-05""#);
    assert_eq!(reduced(&in_may, "2026-05-31"), (1, Some(31)));
    let some_time = compare(Case::new(), "2026-05-31", r#""direction":"less""#);
    assert_eq!(reduced(&some_time, "2026-05-31"), (1, None));
    let more = compare(less, "2026-06-10", r#""direction":"more","since":"2026-06-01""#);
    assert_eq!(reduced(&more, "2026-06-10"), (0, Some(0)));
    assert_eq!(not_reduced(&more, "2026-06-10"), (10, Some(10)));
    // With a reference the walk stands, and the comparison conflicts.
    let walk = daily_before_may().alcohol("2026-05-02", "2026-06-10", "daily");
    let walk = compare(walk, "2026-06-10", r#""direction":"less","since":"2026-05-20""#);
    assert_eq!(reduced(&walk, "2026-06-10"), (0, Some(0)));
    assert_eq!(
        walk.range("2026-06-10", |facts| facts.use_evidence_conflicts(&alcohol().into())),
        (1, Some(1))
    );
}

#[test]
fn without_either_the_highest_reference_bounds_it() {
    let clear = Case::opened("2026-05-01").alcohol("2026-05-02", "2026-05-31", "none");
    assert_eq!(reduced(&clear, "2026-05-31"), (0, None), "it may have begun before any report");
    let positive = r#"{"kind":"test","substance":"alcohol","result":"positive"}"#;
    let shown = clear.clone().staff("2026-04-20", positive);
    assert_eq!(reduced(&shown, "2026-05-31"), (0, Some(41)), "from 21 April on");
    assert_eq!(not_reduced(&clear, "2026-05-31"), (0, Some(0)));
    let daily = clear.alcohol("2026-06-01", "2026-06-20", "daily");
    assert_eq!(reduced(&daily, "2026-06-20"), (0, Some(0)));
    assert_eq!(not_reduced(&daily, "2026-06-20"), (0, Some(20)));
    let nothing = Case::opened("2026-05-01");
    assert_eq!(reduced(&nothing, "2026-06-20"), (0, None), "silence is never 0");
    assert_eq!(not_reduced(&nothing, "2026-06-20"), (0, None));
}

#[test]
fn a_range_of_days_brackets_the_walk() {
    // 4 days a week are no reduction of daily use by half, 3 are: 3 to 4 leave it open.
    for (used, expected) in
        [("3 3", (214, Some(214))), ("3 4", (0, Some(214))), ("4 4", (0, Some(0)))]
    {
        let case =
            daily_before_may().alcohol("2026-05-02", "2026-12-01", &format!("weekly {used}"));
        assert_eq!(reduced(&case, "2026-12-01"), expected, "{used}");
    }
    let seen = daily_before_may()
        .alcohol("2026-05-02", "2026-12-01", "weekly 3 4")
        .ask("2026-12-01", |facts| facts.days_reduced(alcohol()));
    assert_eq!(seen.missing[0].event.as_ref().unwrap().as_str(), "e3", "the report is vague");
}

#[test]
fn the_driver_is_the_latest_that_was_recorded() {
    let driver = |case: Case, on: &str, driver: &str| {
        let body = format!(
            r#"{{"kind":"use_report","substance":"alcohol","driver":"{driver}","periods":[]}}"#
        );
        case.client(on, &body)
    };
    let unknown = Case::new().ask("2026-05-01", |facts| facts.reduction_driver(alcohol()));
    assert!(!unknown.value.is_known() && !unknown.missing.is_empty());
    let case = driver(Case::new(), "2026-05-01", "outside_control");
    let case = driver(case, "2026-05-10", "own_choice");
    let seen = |on| case.ask(on, |facts| facts.reduction_driver(alcohol())).value;
    assert!(seen("2026-05-09") == Value::Code(vec!["outside_control"]));
    assert!(seen("2026-05-10") == Value::Code(vec!["own_choice"]));
}
