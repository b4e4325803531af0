//! What must fit together inside one event.

use super::Body;
use crate::{
    Error, ErrorKind, bounds,
    client::{Domain, MedicineMoment, Period, Severity, Use},
    date::PartialDate,
    error::Problem,
    value::Count,
};

impl Body {
    /// Are the fields of this body consistent with each other?
    pub(super) fn check(&self) -> Result<(), Error> {
        let mut problems = Vec::new();
        let mut expect = |holds: bool, path: &str, expected: &str| {
            if !holds {
                problems.push(Problem::new(ErrorKind::Inconsistent, path, expected));
            }
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "most bodies hold nothing to compare")]
        match self {
            Body::Concern(concern) => {
                let of_use = concern.domain == Domain::SubstanceUse;
                expect(
                    concern.substance.is_some() == of_use && concern.code.is_none() == of_use,
                    "",
                    "a substance with the domain substance_use, a code with any other",
                );
                expect(
                    concern.severity != Some(Severity::Dependence) || of_use,
                    "/severity",
                    "dependence only with the domain substance_use",
                );
            }
            Body::UseReport(report) => {
                for (index, period) in report.periods.iter().enumerate() {
                    let found = check_period(period);
                    problems
                        .extend(found.into_iter().map(|p| p.below(&format!("/periods/{index}"))));
                }
            }
            Body::Goal(goal) => {
                let days = goal.limits.as_ref().and_then(|limits| limits.days_in_seven);
                expect(
                    days.is_none_or(|days| days.get() <= 7),
                    "/limits/days_in_seven",
                    "at most 7 days",
                );
            }
            Body::Coverage(span) => expect(ordered(span.from, span.to), "/to", ORDER),
            Body::ReturnToUse(span) => expect(ordered(span.from, span.to), "/to", ORDER),
            Body::TreatmentStageRating(rating) => expect(
                rating.step.is_some() != rating.stage.is_some(),
                "",
                "either a step or a stage",
            ),
            Body::Medicine(medicine) => {
                expect(
                    medicine.days.is_none() || medicine.moment == MedicineMoment::Missed,
                    "/days",
                    "days only with the moment missed",
                );
                if let Some(days) = medicine.days_a_week {
                    expect(
                        1 <= days.min.get() && days.max.get() <= 7,
                        "/days_a_week",
                        "1 to 7 days",
                    );
                    expect(days.min <= days.max, "/days_a_week", "min at most max");
                }
            }
            Body::PlannedStep(step) => expect(
                step.class.is_some() || !step.action.is_about_a_class(),
                "",
                "a class with the action stop or cut",
            ),
            Body::Observation(observation) => expect(
                observation.code.as_str().split('.').filter(|part| !part.is_empty()).count() > 1,
                "/code",
                "a code with a namespace, such as acme.sleep_hours",
            ),
            _ => {}
        }
        Error::check(problems)
    }
}

const ORDER: &str = "an end that is not before the beginning";

/// Can the one day lie at or before the other?
fn ordered(from: PartialDate, to: PartialDate) -> bool {
    from.earliest() <= to.latest()
}

fn check_period(period: &Period) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut expect = |holds: bool, path: &str, expected: &str| {
        if !holds {
            problems.push(Problem::new(ErrorKind::Inconsistent, path, expected));
        }
    };
    let longest = period.to.latest().days_since(period.from.earliest()).saturating_add(1);
    let within = |count: Count, most: i64| count.min <= count.max && count.max.get() <= most;
    expect(ordered(period.from, period.to), "/to", ORDER);
    match period.r#use {
        Use::None {} | Use::Daily {} => {}
        Use::Weekly { days } => expect(
            within(days, *bounds::DAYS_A_WEEK.end())
                && bounds::DAYS_A_WEEK.contains(&days.min.get()),
            "/use/days",
            "1 to 6 days a week, min at most max",
        ),
        Use::Count { days } => {
            expect(
                within(days, longest),
                "/use/days",
                "at most the days of the period, min at most max",
            );
        }
    }
    match (period.problem_days, period.r#use) {
        (None, _) => {}
        (Some(problem), Use::Count { days }) => expect(
            within(problem, days.max.get()),
            "/problem_days",
            "at most the days of use, min at most max",
        ),
        (Some(_), _) => expect(false, "/problem_days", "problem_days only with a count of days"),
    }
    let none = matches!(period.r#use, Use::None {});
    expect(
        !none || period.per_use_day.is_none(),
        "/per_use_day",
        "no amount where there was no use",
    );
    problems
}
