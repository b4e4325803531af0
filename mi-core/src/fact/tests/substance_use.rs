//! Days of use, days since, days without, and what conflicts.

use super::{Case, NO_PROBLEMS, PROBLEMS, alcohol, day, grams, substance};
use crate::{
    fact::{Facts, Observed, Reading},
    text::EventId,
    value::{Measured, Range, Truth, Unit, Value},
};

fn since(case: &Case, on: &str, reading: Reading) -> (i64, Option<i64>) {
    case.range(on, |facts| facts.days_since_use(alcohol(), reading))
}

fn without_problems(case: &Case, on: &str) -> (i64, Option<i64>) {
    case.range(on, |facts| facts.days_without_problematic_use(alcohol()))
}

fn use_days(case: &Case, on: &str, days: i64) -> (i64, Option<i64>) {
    case.range(on, |facts| facts.use_days(alcohol(), Reading::Staging, days))
}

#[test]
fn the_last_day_of_use_by_what_a_period_says() {
    for (used, expected) in [
        ("daily", (0, Some(0))),
        ("weekly 3 3", (0, Some(6))),
        ("weekly 1 6", (0, Some(6))),
        ("count 1 1", (0, Some(29))),
        ("count 3 5", (0, Some(27))),
        ("count 30 30", (0, Some(0))),
        ("count 0 2", (0, None)),
        ("none", (30, None)),
    ] {
        let case = Case::new().alcohol("2026-04-01", "2026-04-30", used);
        assert_eq!(since(&case, "2026-04-30", Reading::Staging), expected, "{used}");
        let (least, most) = expected;
        let later = (least + 31, most.map(|most| most + 31));
        assert_eq!(since(&case, "2026-05-31", Reading::Staging), later, "{used}, a short tail");
        let open = (0, most.map(|most| most + 32));
        assert_eq!(since(&case, "2026-06-01", Reading::Staging), open, "{used}, a long tail");
        let safe = (0, most.map(|most| most + 1));
        assert_eq!(since(&case, "2026-05-01", Reading::Safety), safe, "{used}, for safety");
    }
}

#[test]
fn a_later_report_replaces_what_it_states_and_no_more() {
    let case = Case::new()
        .alcohol("2026-04-01", "2026-04-30", &format!("daily{PROBLEMS}"))
        .alcohol("2026-04-16", "2026-05-05", "daily")
        .alcohol("2026-04-20", "2026-05-10", "none");
    assert_eq!(since(&case, "2026-05-10", Reading::Staging), (21, Some(21)));
    // Silence on problems leaves the earlier value: 16 to 19 April still went with problems.
    assert_eq!(without_problems(&case, "2026-05-10"), (21, Some(21)));
    // A count keeps the days that are left to it: at least 1 of its 20 lies before 20 April.
    let part = Case::new().alcohol("2026-04-01", "2026-04-30", "count 12 12").alcohol(
        "2026-04-20",
        "2026-05-10",
        "none",
    );
    assert_eq!(since(&part, "2026-05-10", Reading::Staging), (21, Some(39)));
    assert_eq!(use_days(&part, "2026-05-10", 40), (1, Some(12)));
}

#[test]
fn coverage_clears_what_no_report_speaks_of() {
    let case = Case::new()
        .alcohol("2026-04-10", "2026-04-12", "daily")
        .covered("2026-04-01", "2026-04-30");
    assert_eq!(use_days(&case, "2026-04-30", 30), (3, Some(3)));
    assert_eq!(since(&case, "2026-04-30", Reading::Safety), (18, Some(18)));
}

#[test]
fn the_tail_and_gaps_of_a_window() {
    let case = |from: &str| {
        Case::new().alcohol("2026-04-01", "2026-04-10", "daily").alcohol(from, "2026-05-10", "none")
    };
    // 11 to 24 April are 14 days and left out; one more and they could be days of use.
    assert_eq!(use_days(&case("2026-04-25"), "2026-05-10", 40), (10, Some(10)));
    assert_eq!(use_days(&case("2026-04-26"), "2026-05-10", 40), (10, Some(25)));
    // What lies before the first report always widens.
    assert_eq!(use_days(&case("2026-04-25"), "2026-05-10", 43), (10, Some(13)));
    let share = |case: &Case, days| {
        case.range("2026-05-10", |facts| facts.use_share(alcohol(), Reading::Staging, days))
    };
    assert_eq!(share(&case("2026-04-25"), 40), (38, Some(38)), "10 of 26");
    assert_eq!(share(&case("2026-04-26"), 40), (25, Some(62)), "10 to 25 of 40");
    assert_eq!(share(&Case::new(), 40), (0, Some(100)));
    let left_out = |case: &Case, on| case.range(on, |facts| facts.days_left_out(alcohol())).0;
    assert_eq!(left_out(&case("2026-04-25"), "2026-05-15"), 14 + 5);
    assert_eq!(left_out(&case("2026-04-26"), "2026-06-11"), 0);
    let through = case("2026-04-25").ask("2026-05-15", |facts| facts.observed_through(alcohol()));
    assert_eq!(through, Some((day("2026-05-10"), 19)));
}

#[test]
fn use_in_custody_counts_for_safety_alone() {
    let case = Case::new()
        .alcohol("2026-05-01", "2026-05-10", "none")
        .alcohol("2026-05-11", "2026-05-20", "daily")
        .stay("custody", "2026-05-11", "2026-05-21");
    assert_eq!(use_days(&case, "2026-05-20", 14), (0, Some(0)));
    let safety = |facts: &Facts<'_, '_>| facts.use_days(alcohol(), Reading::Safety, 14);
    assert_eq!(case.range("2026-05-20", safety), (10, Some(10)));
    assert_eq!(case.range("2026-05-20", |facts| facts.controlled_days(14)), (10, Some(10)));
    assert_eq!(case.range("2026-05-21", |facts| facts.controlled_days(14)), (10, Some(10)));
    assert_eq!(case.range("2026-05-25", |facts| facts.controlled_days(14)), (9, Some(9)));
    case.ask("2026-05-25", |facts| {
        let is_community = |on| facts.community_days(day(on), day(on)).min == 1;
        assert!(is_community("2026-05-10") && !is_community("2026-05-11"));
        assert!(!is_community("2026-05-20") && is_community("2026-05-21"));
        assert_eq!(facts.community_days(day("2026-05-01"), day("2026-05-25")).min, 15);
        assert_eq!(facts.community_days(day("2026-05-15"), day("2026-05-15")).max, 0);
    });
    let taken = case.range("2026-05-25", |facts| facts.days_taken_in_community(alcohol()));
    assert_eq!(taken, (10, Some(10)));
}

#[test]
fn a_setting_may_say_otherwise_and_a_transfer_ends_nothing() {
    let controlled = |case: &Case| case.range("2026-05-30", |facts| facts.controlled_days(30)).0;
    let open =
        r#"{"kind":"setting","setting":"residential","moment":"admission","controlled":false}"#;
    assert_eq!(controlled(&Case::new().staff("2026-05-01", open)), 0);
    let closed = r#"{"kind":"setting","setting":"other","moment":"admission","controlled":true}"#;
    assert_eq!(controlled(&Case::new().staff("2026-05-21", closed)), 10);
    let both = Case::new().stay("detox", "2026-05-01", "2026-05-11").stay(
        "inpatient",
        "2026-05-06",
        "2026-05-21",
    );
    assert_eq!(controlled(&both), 20);
    assert_eq!(controlled(&Case::new().stay("custody", "2026-05", "2026-05-11")), 0);
    let april = Case::new().stay("custody", "2026-04", "2026-05-11");
    assert_eq!(controlled(&april), 10, "certain from 30 April on");
}

#[test]
fn days_without_problems() {
    let with = |used: &str, said: &str| {
        Case::new().alcohol("2026-04-01", "2026-04-30", &format!("{used}{said}")).alcohol(
            "2026-05-01",
            "2026-05-30",
            "none",
        )
    };
    for (used, said, expected) in [
        ("daily", PROBLEMS, (30, Some(30))),
        ("daily", NO_PROBLEMS, (60, None)),
        ("daily", "", (30, None)),
        ("weekly 2 2", PROBLEMS, (30, Some(36))),
        ("count 5 5", PROBLEMS, (30, Some(55))),
        ("count 5 5", r#","problem_days":{"min":2,"max":3}"#, (30, Some(58))),
        ("count 5 5", r#","problem_days":{"min":0,"max":0}"#, (60, None)),
        ("none", "", (60, None)),
    ] {
        assert_eq!(without_problems(&with(used, said), "2026-05-30"), expected, "{used} {said}");
    }
    let before =
        |case: &Case| case.ask("2026-05-30", |facts| facts.problematic_use_before(alcohol())).value;
    assert!(before(&with("daily", PROBLEMS)) == Value::Truth(Truth::Yes));
    assert!(before(&with("daily", NO_PROBLEMS)) == Value::Truth(Truth::Unknown));
}

#[test]
fn a_concern_counts_on_its_date_for_the_upper_end() {
    let concern = |status: &str| {
        format!(
            r#"{{"kind":"concern","domain":"substance_use","substance":"alcohol","status":"{status}"}}"#
        )
    };
    for (status, most, before) in [
        ("suspected", Some(40), Truth::Yes),
        ("diagnosed", Some(40), Truth::Yes),
        ("in_remission", None, Truth::Yes),
        ("ruled_out", None, Truth::Unknown),
    ] {
        let case = Case::new().staff("2026-04-20", &concern(status)).alcohol(
            "2026-05-01",
            "2026-05-30",
            "none",
        );
        assert_eq!(without_problems(&case, "2026-05-30"), (30, most), "{status}");
        let seen = case.ask("2026-05-30", |facts| facts.problematic_use_before(alcohol()));
        assert!(seen.value == Value::Truth(before), "{status}");
        let alone = Case::new().staff("2026-04-20", &concern(status));
        assert_eq!(without_problems(&alone, "2026-05-30"), (0, most), "{status}");
    }
    // What is reported stands, whatever the date of the concern.
    let late = Case::new().alcohol("2026-05-01", "2026-05-30", "none");
    let late = late.staff("2026-05-20", &concern("diagnosed"));
    assert_eq!(without_problems(&late, "2026-05-30"), (30, Some(30)));
}

#[test]
fn controlled_days_neither_count_nor_end_days_without_problems() {
    let case = Case::new()
        .alcohol("2026-04-01", "2026-04-10", &format!("daily{PROBLEMS}"))
        .alcohol("2026-04-11", "2026-05-10", "none")
        .alcohol("2026-05-11", "2026-05-12", &format!("daily{PROBLEMS}"))
        .alcohol("2026-05-13", "2026-05-20", "none")
        .stay("custody", "2026-05-11", "2026-05-14");
    assert_eq!(without_problems(&case, "2026-05-20"), (37, Some(37)));
}

#[test]
fn an_overdose_is_a_day_of_use_with_problems() {
    let overdose = r#"{"kind":"overdose","substance":"alcohol"}"#;
    let base = Case::new().alcohol("2026-04-01", "2026-05-30", &format!("weekly 1 1{NO_PROBLEMS}"));
    let case = base.clone().staff("2026-05-31", overdose);
    assert_eq!(without_problems(&case, "2026-06-05"), (0, Some(0)), "the tail is left out");
    assert_eq!(since(&case, "2026-06-05", Reading::Staging), (5, Some(5)));
    // Known only to the month: somewhere in June.
    let in_june = base.staff("2026-06", overdose);
    assert_eq!(since(&in_june, "2026-06-30", Reading::Staging), (0, Some(29)));
    assert_eq!(without_problems(&in_june, "2026-06-30"), (0, Some(29)), "June is open");
}

#[test]
fn an_end_known_to_the_month_is_an_interval() {
    let case = Case::new().alcohol("2026-03-01", "2026-05", "daily");
    assert_eq!(since(&case, "2026-06-01", Reading::Staging), (1, Some(31)));
    assert_eq!(
        since(&case, "2026-06-10", Reading::Staging),
        (0, Some(40)),
        "a tail of up to 40 days"
    );
    assert_eq!(use_days(&case, "2026-05-31", 60), (30, Some(60)), "2 to 31 May are open");
    let within = Case::new().alcohol("2026-05", "2026-05", "count 3 3");
    assert_eq!(since(&within, "2026-06-10", Reading::Safety), (0, Some(40)));
    let denied = within.alcohol("2026-05-01", "2026-05-31", "none");
    assert_eq!(since(&denied, "2026-05-31", Reading::Staging), (31, None), "replaced as a whole");
}

#[test]
fn totals_are_never_reset_and_count_any_environment() {
    let total = |case: &Case, on: &str| {
        let of = |question: fn(&Facts<'_, '_>) -> Observed| case.range(on, question);
        [
            of(|facts| facts.days_without_use_total(alcohol())),
            of(|facts| facts.days_without_use_longest(alcohol())),
            of(|facts| facts.days_without_use_current(alcohol())),
        ]
    };
    let case = Case::new()
        .alcohol("2026-01-01", "2026-02-28", "none")
        .alcohol("2026-03-01", "2026-03-02", "daily")
        .alcohol("2026-03-03", "2026-03-31", "none")
        .stay("custody", "2026-03-20", "2026-03-25");
    assert_eq!(total(&case, "2026-03-31"), [88, 59, 29].map(|days| (days, Some(days))));
    let gap = case.alcohol("2026-04-10", "2026-04-20", "none");
    assert_eq!(total(&gap, "2026-04-20"), [99, 59, 40].map(|days| (days, Some(days))));
    let later = gap.clone().alcohol("2026-06-01", "2026-06-10", "none");
    assert_eq!(
        total(&later, "2026-06-10"),
        [(109, Some(150)), (59, Some(91)), (10, Some(91))],
        "41 days that nothing covers"
    );
    let vague = gap.alcohol("2026-04-21", "2026-04-30", "count 2 3");
    assert_eq!(total(&vague, "2026-04-30"), [(106, Some(107)), (59, Some(59)), (0, Some(8))]);
    assert_eq!(total(&Case::new(), "2026-04-30"), [(0, Some(0)); 3]);
}

#[test]
fn a_class_unites_its_members() {
    let report = |substance: &str, used: &str, from: &str, to: &str| {
        format!(
            r#"{{"kind":"use_report","substance":"{substance}","periods":[{}]}}"#,
            super::period(from, to, used)
        )
    };
    let heroin = report("heroin", "daily", "2026-05-01", "2026-05-20");
    let no_fentanyl = report("fentanyl", "none", "2026-05-01", "2026-05-31");
    let no_opioid = report("opioid", "none", "2026-05-11", "2026-05-31");
    let since = |case: &Case, code: &str| {
        let of = substance(code);
        case.range("2026-05-31", |facts| facts.days_since_use(of, Reading::Staging))
    };
    let case = Case::new().client("2026-05-20", &heroin).client("2026-05-31", &no_fentanyl);
    assert_eq!(since(&case, "opioid"), (11, Some(11)));
    assert_eq!(since(&case, "heroin"), (11, Some(11)));
    assert_eq!(since(&case, "fentanyl"), (31, None));
    // A later statement on the class replaces what was said of its members.
    let case = case.client("2026-05-31", &no_opioid);
    assert_eq!(since(&case, "opioid"), (21, Some(21)));
    assert_eq!(since(&case, "heroin"), (11, Some(11)), "a substance takes reports on its own code");
    // A later statement on a member clears no other.
    let some_opioid = report("opioid", "daily", "2026-05-25", "2026-05-31");
    let no_heroin = report("heroin", "none", "2026-05-21", "2026-05-31");
    let case = case.client("2026-05-31", &some_opioid).client("2026-05-31", &no_heroin);
    assert_eq!(since(&case, "opioid"), (0, Some(0)));
    // Two vague members can have been used on the same days, or on others.
    let cocaine = report("cocaine", "count 3 3", "2026-05-01", "2026-05-10");
    let mdma = report("mdma", "count 2 2", "2026-05-01", "2026-05-10");
    let case = Case::new().client("2026-05-10", &cocaine).client("2026-05-10", &mdma);
    let days = case
        .range("2026-05-10", |facts| facts.use_days(substance("stimulant"), Reading::Staging, 10));
    assert_eq!(days, (3, Some(5)));
}

#[test]
fn safety_reads_every_unreported_day() {
    let case = Case::new()
        .alcohol("2026-05-01", "2026-05-03", &format!("daily{}", grams(120)))
        .alcohol("2026-05-04", "2026-05-06", "daily")
        .alcohol("2026-05-07", "2026-05-10", &format!("count 2 2{}", grams(60)))
        .alcohol("2026-05-11", "2026-05-12", "none");
    case.ask("2026-05-15", |facts| {
        let between = |from, to| facts.use_between(alcohol(), day(from), day(to));
        assert_eq!(between("2026-05-01", "2026-05-12"), Range::exactly(8));
        assert_eq!(between("2026-05-10", "2026-05-15"), Range::between(0, 4));
        assert_eq!(between("2026-04-29", "2026-05-02"), Range::between(2, 4));
        let (amounts, events) = facts.last_amounts(alcohol(), 11, Unit::GramEthanol);
        let grams = |amount: i128| amount / 1_000_000;
        let seen: Vec<_> = amounts.iter().map(|a| (grams(a.least), a.most.map(grams))).collect();
        let expected =
            [&[(0, Some(0)); 2][..], &[(0, Some(60)); 4], &[(0, None); 3], &[(120, Some(120)); 2]];
        assert_eq!(seen, expected.concat());
        assert_eq!(events.len(), 4);
    });
}

#[test]
fn evidence_that_conflicts_is_counted() {
    let conflicts = |case: &Case, code: &str| {
        let of = substance(code);
        let seen = case.ask("2026-06-30", |facts| facts.use_evidence_conflicts(&of.into()));
        match seen.value {
            Value::Quantity(Measured::Count, range) if range.min() == range.max() => {
                range.min().unwrap()
            }
            _ => panic!("a count"),
        }
    };
    let test = |substance: &str, rest: &str| {
        format!(r#"{{"kind":"test","substance":"{substance}","result":"positive"{rest}}}"#)
    };
    let used = |to: &str| Case::new().alcohol("2026-05-01", to, "daily");
    assert_eq!(
        conflicts(&used("2026-05-13").staff("2026-05-20", &test("alcohol", "")), "alcohol"),
        0
    );
    assert_eq!(
        conflicts(&used("2026-05-12").staff("2026-05-20", &test("alcohol", "")), "alcohol"),
        1
    );
    let opioid = Case::new().staff("2026-05-20", &test("opioid", ""));
    assert_eq!((conflicts(&opioid, "opioid"), conflicts(&opioid, "heroin")), (1, 0));
    let explained = test("opioid", r#","explained_by":"methadone""#);
    assert_eq!(conflicts(&Case::new().staff("2026-05-20", &explained), "opioid"), 0);
    let medicine = |moment: &str| {
        format!(r#"{{"kind":"medicine","class":"opioid_agonist","moment":"{moment}"}}"#)
    };
    let on = Case::new().staff("2026-05-01", &medicine("start"));
    assert_eq!(conflicts(&on.clone().staff("2026-05-20", &test("opioid", "")), "opioid"), 0);
    assert_eq!(conflicts(&on.clone().staff("2026-05-20", &test("fentanyl", "")), "opioid"), 1);
    let stopped = on.staff("2026-05-10", &medicine("stop"));
    assert_eq!(conflicts(&stopped.clone().staff("2026-05-17", &test("opioid", "")), "opioid"), 0);
    assert_eq!(conflicts(&stopped.staff("2026-05-18", &test("opioid", "")), "opioid"), 1);
    // A recorded overdose that a report denies, whichever came later.
    let overdose = r#"{"kind":"overdose","substance":"alcohol"}"#;
    let denied = Case::new().alcohol("2026-05-01", "2026-05-31", "none");
    assert_eq!(conflicts(&denied.clone().staff("2026-05-20", overdose), "alcohol"), 1);
    let before = Case::new().staff("2026-05-20", overdose);
    assert_eq!(conflicts(&before.alcohol("2026-05-01", "2026-05-31", "none"), "alcohol"), 1);
    assert_eq!(conflicts(&denied.staff("2026-06-01", overdose), "alcohol"), 0);
}

#[test]
fn tests_add_no_day_of_use_and_clear_none() {
    let case = Case::new().alcohol("2026-05-01", "2026-05-10", "daily");
    for result in ["positive", "negative"] {
        let body = format!(r#"{{"kind":"test","substance":"alcohol","result":"{result}"}}"#);
        let tested = case.clone().staff("2026-05-20", &body);
        assert_eq!(since(&tested, "2026-05-20", Reading::Staging), (10, Some(10)));
    }
}

#[test]
fn what_leaves_a_value_open_is_named() {
    let case = Case::new()
        .alcohol("2026-03-01", "2026-03-02", &format!("daily{PROBLEMS}"))
        .alcohol("2026-03-18", "2026-03-31", "none");
    let seen = case.ask("2026-03-31", |facts| facts.days_without_problematic_use(alcohol()));
    assert_eq!(super::range(&seen), (14, Some(29)));
    let span = seen.missing[0].spans[0];
    assert_eq!((span.from, span.to), (day("2026-03-03"), day("2026-03-17")));
    assert_eq!(seen.events.iter().map(EventId::as_str).collect::<Vec<_>>(), ["e1", "e2"]);
    let vague = Case::new().alcohol("2026-03-01", "2026-03-31", "count 3 3");
    let seen = vague.ask("2026-03-31", |facts| facts.days_since_use(alcohol(), Reading::Staging));
    assert_eq!(seen.missing[0].event.as_ref().unwrap().as_str(), "e1");
}

/// Days that no report covers, and after them a report that does not say which days were of use.
#[test]
fn a_vague_report_after_unreported_days_is_missing_beside_them() {
    let case = Case::new()
        .alcohol("2026-04-01", "2026-04-30", &format!("daily{PROBLEMS}"))
        .alcohol("2026-06-20", "2026-06-30", "count 0 11");
    let (safety, staging) = (Reading::Safety, Reading::Staging);
    case.ask("2026-06-30", |facts| {
        for seen in [
            facts.days_since_use(alcohol(), safety),
            facts.days_since_use(alcohol(), staging),
            facts.days_without_problematic_use(alcohol()),
            facts.use_days(alcohol(), safety, 60),
        ] {
            let spans: Vec<_> = seen.missing.iter().flat_map(|one| &one.spans).collect();
            let events: Vec<_> = seen.missing.iter().filter_map(|one| one.event.as_ref()).collect();
            assert_eq!((spans.len(), events.len()), (1, 1), "{:?}", seen.missing);
            assert_eq!(spans[0].to, day("2026-06-19"));
            assert_eq!(events[0].as_str(), "e2");
        }
    });
}

#[test]
fn a_report_known_to_the_month_opens_what_it_may_say_otherwise() {
    let daily = Case::new().alcohol("2026-05-01", "2026-05-20", "daily");
    // No use from some day of May on: 1 May it was daily or not.
    let none_since = daily.clone().alcohol("2026-05", "2026-05-31", "none");
    assert_eq!(use_days(&none_since, "2026-05-31", 31), (0, Some(30)));
    assert_eq!(since(&none_since, "2026-05-31", Reading::Staging), (1, None));
    // The same again, to some day of June: nothing is in doubt before June.
    let again = daily.alcohol("2026-05-01", "2026-06", "daily");
    assert_eq!(use_days(&again, "2026-05-31", 31), (31, Some(31)));
    assert_eq!(use_days(&again, "2026-06-30", 30), (1, Some(30)));
}

#[test]
fn a_stay_known_to_the_month_leaves_open_what_it_may_hold() {
    let stay = |from: &str, to: &str| {
        let case = Case::new()
            .alcohol("2026-01-01", "2026-01-01", &format!("daily{PROBLEMS}"))
            .alcohol("2026-01-02", "2026-07-20", "none");
        without_problems(&case.stay("custody", from, to), "2026-07-20")
    };
    assert_eq!(stay("2026-03-01", "2026-03-20"), (181, Some(181)));
    assert_eq!(stay("2026-03-31", "2026-03-31"), (200, Some(200)));
    // Admitted after the 20th, the person is still there.
    assert_eq!(stay("2026-03", "2026-03-20"), (58, Some(200)));
    assert_eq!(stay("2026-02", "2026-03"), (142, Some(199)));
}

#[test]
fn problems_on_controlled_days_are_on_record_however_they_are_counted() {
    for used in ["daily", "count 1 2", "weekly 6 6"] {
        let case = Case::new()
            .staff("2026-05-06", r#"{"kind":"setting","setting":"inpatient","moment":"admission"}"#)
            .alcohol("2026-08-05", "2026-08-06", &format!("{used}{PROBLEMS}"));
        let before = case.ask("2026-08-10", |facts| facts.problematic_use_before(alcohol()).value);
        assert_eq!(before, Value::Truth(Truth::Yes), "{used}");
    }
}
