//! Strategies for what events say, kind by kind.

use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    strategy::{BoxedStrategy, Union},
};

use super::value::{
    Dates, amount, code, count, day_count, maybe, namespaced, quantity, rating, substance, target,
    text,
};
use crate::{
    balance::{BalanceItem, DecisionalBalance, Form, Purpose},
    client::{
        self, Acknowledgement, AcuteState, AcuteStateRecorded, AgeBand, AgeBandRecorded, Aim,
        Ambivalence, Answer, Asked, Channel, Choice, ClientView, ClosingReason, Cognition,
        CognitionLevel, Comparison, Concern, ConcernStatus, Contact, ContactLog, ContactOutcome,
        Coverage, CoverageOf, Crisis, Decision, Direction, Domain, Driver, EpisodeClosed,
        EpisodeOpened, Goal, HarmReduction, HarmReductionItem, HarmReductionOutcome,
        LearningReview, Limits, Measure, Medicine, MedicineClass, MedicineMoment, Observation,
        Outreach, Overdose, Period, Place, PlanOutcome, PlannedStep, Pregnancy, PregnancyStatus,
        ReturnClass, ReturnToUse, Safeguarding, SafeguardingConcern, SafetyAssessment, Setting,
        SettingEvent, SettingMoment, Severity, Sex, SexRecorded, StepAction, SubstanceTest,
        Suicidality, SuicideSignal, TestResult, Topic, TreatmentTarget, Use, UseReport,
        WithdrawalSigns,
    },
    plan::{ChangePlan, Coping, CrisisPlan, Plan, RelapsePreventionPlan, Situation, Support},
    readiness::ReadinessRulers,
    record::{Body, PlanRecorded},
    stage::{
        Basis, LevelOfCare, LevelOfCareRecorded, Scale, StageOfChange, StageOfChangeAnswers,
        StageOfChangeRating, TreatmentStage, TreatmentStageRating, TreatmentStep, YesNo,
    },
    text::Text,
    value::{ObservedValue, YesNoUnsure},
};

/// A struct, from a strategy for each of its fields.
macro_rules! made {
    ($name:ident { $($field:ident: $strategy:expr),+ $(,)? }) => {
        ($($strategy,)+).prop_map(|($($field,)+)| $name { $($field),+ })
    };
}

/// What an event says, of any kind but a retraction, which needs an event to withdraw.
pub fn body() -> impl Strategy<Value = Body> {
    body_within(Dates::ALL)
}

/// The same, about days that lie close together.
pub(super) fn body_within(dates: Dates) -> impl Strategy<Value = Body> {
    let kinds = [
        care(dates),
        use_of_substances(dates),
        own_view(dates),
        stages(dates),
        safety(dates),
        person(),
    ];
    Union::new(kinds.into_iter().flatten())
}

/// One kind of body.
fn kind<B: Into<Body> + std::fmt::Debug + 'static>(
    strategy: impl Strategy<Value = B> + 'static,
) -> BoxedStrategy<Body> {
    strategy.prop_map(Into::into).boxed()
}

fn flag() -> impl Strategy<Value = bool> {
    any::<bool>()
}

fn care(dates: Dates) -> Vec<BoxedStrategy<Body>> {
    let channels = || select(Channel::ALL);
    let contact = || {
        made!(Contact {
            outcome: select(ContactOutcome::ALL),
            place: maybe(select(Place::ALL)),
            channel: maybe(channels()),
            discussed: maybe(vec(target(), 0..3)),
        })
    };
    vec![
        kind(made!(EpisodeOpened {
            contact_log: select(ContactLog::ALL),
            re_entry_of: Just(None)
        })),
        kind(made!(EpisodeClosed { reason: select(ClosingReason::ALL) })),
        kind(contact()),
        kind(contact()), // contacts and reports are what records have most
        kind(contact()),
        kind(made!(Outreach { channel: channels(), successful: flag() })),
        kind(made!(LevelOfCareRecorded { level: select(LevelOfCare::ALL), reason: maybe(text()) })),
        kind(made!(SettingEvent {
            setting: select(Setting::ALL),
            moment: select(SettingMoment::ALL),
            controlled: maybe(flag()),
            completed: maybe(flag()),
        })),
        kind(planned_step(dates)),
        kind(made!(PlanRecorded { plan: plan_within(dates) })),
        kind(made!(Asked { topic: select(Topic::ALL), answer: select(Answer::ALL) })),
    ]
}

fn planned_step(dates: Dates) -> impl Strategy<Value = PlannedStep> {
    let step = made!(PlannedStep {
        action: select(StepAction::ALL),
        class: substance().prop_map(Some),
        due: maybe(dates.partial_date()),
        supervised: maybe(flag()),
        done: maybe(flag()),
        words: maybe(text()),
    });
    (step, flag()).prop_map(|(step, named)| {
        let class = step.class.filter(|_| named || step.action.is_about_a_class());
        PlannedStep { class, ..step }
    })
}

fn use_of_substances(dates: Dates) -> Vec<BoxedStrategy<Body>> {
    let report = || {
        made!(UseReport {
            substance: substance(),
            baseline: maybe(flag()),
            change: maybe(made!(Comparison {
                direction: select(Direction::ALL),
                since: maybe(dates.partial_date()),
            })),
            driver: maybe(select(Driver::ALL)),
            periods: vec(period(dates), 0..4),
        })
    };
    vec![
        kind(report()),
        kind(report()),
        kind(report()),
        kind((substance(), dates.span()).prop_map(|(substance, (from, to))| Coverage {
            of: CoverageOf::Use,
            substance,
            from,
            to,
        })),
        kind(made!(SubstanceTest {
            substance: substance(),
            result: select(TestResult::ALL),
            explained_by: maybe(substance()),
        })),
        kind(made!(Overdose { substance: substance() })),
        kind((substance(), dates.span(), select(ReturnClass::ALL), maybe(flag())).prop_map(
            |(substance, (from, to), class, problems)| ReturnToUse {
                substance,
                from,
                to,
                class,
                problems,
            },
        )),
        kind(made!(LearningReview {
            substance: substance(),
            from: dates.partial_date(),
            plan: select(PlanOutcome::ALL),
        })),
        kind(made!(Medicine {
            class: select(MedicineClass::ALL),
            substance: maybe(substance()),
            moment: select(MedicineMoment::ALL),
            days: Just(None),
            form: maybe(select(client::Form::ALL)),
            days_a_week: maybe(count(1, 7)),
        })),
        kind(made!(Medicine {
            class: select(MedicineClass::ALL),
            substance: maybe(substance()),
            moment: Just(MedicineMoment::Missed),
            days: maybe(day_count(30)),
            form: maybe(select(client::Form::ALL)),
            days_a_week: maybe(count(1, 7)),
        })),
    ]
}

fn period(dates: Dates) -> impl Strategy<Value = Period> {
    dates.span().prop_flat_map(|(from, to)| {
        let longest = to.latest().days_since(from.earliest()).saturating_add(1);
        let counted = count(0, longest).prop_flat_map(|days| {
            let problem_days = maybe(count(0, days.max.get()));
            (Just(Use::Count { days }), problem_days, maybe(quantity()))
        });
        let used = prop_oneof![
            Just((Use::None {}, None, None)),
            maybe(quantity()).prop_map(|amount| (Use::Daily {}, None, amount)),
            (count(1, 6), maybe(quantity())).prop_map(|(days, amount)| (
                Use::Weekly { days },
                None,
                amount
            )),
            counted,
        ];
        (used, maybe(flag())).prop_map(move |((r#use, problem_days, per_use_day), problems)| {
            Period { from, to, r#use, problems, problem_days, per_use_day }
        })
    })
}

fn own_view(dates: Dates) -> Vec<BoxedStrategy<Body>> {
    let goal = || {
        made!(Goal {
            target: maybe(target()),
            aim: select(Aim::ALL),
            limits: maybe(made!(Limits {
                days_in_seven: maybe(day_count(7)),
                per_day: maybe(quantity()),
            })),
            in_force_from: maybe(dates.date()),
            words: maybe(text()),
        })
    };
    vec![
        kind(goal()),
        kind(goal()),
        kind(made!(Acknowledgement { target: target(), problem: select(YesNoUnsure::ALL) })),
        kind(made!(Ambivalence {
            target: target(),
            for_change: maybe(text()),
            against_change: maybe(text()),
        })),
        kind(made!(Decision {
            about: maybe(target()),
            choice: select(Choice::ALL),
            client_view: select(ClientView::ALL),
            to_step: maybe(select(TreatmentStep::ALL)),
            words: maybe(text()),
        })),
        kind(made!(ReadinessRulers {
            target: target(),
            importance: maybe(rating()),
            confidence: maybe(rating()),
            readiness: maybe(rating()),
        })),
        kind(balance()),
    ]
}

/// A decisional balance, in full or in part.
pub fn balance() -> impl Strategy<Value = DecisionalBalance> {
    let cell = || maybe(vec(made!(BalanceItem { words: text(), weight: maybe(rating()) }), 0..3));
    made!(DecisionalBalance {
        target: maybe(target()),
        form: select(Form::ALL),
        purpose: maybe(select(Purpose::ALL)),
        good_of_staying: cell(),
        less_good_of_staying: cell(),
        good_of_changing: cell(),
        less_good_of_changing: cell(),
    })
}

fn stages(dates: Dates) -> Vec<BoxedStrategy<Body>> {
    let answer = || maybe(select(YesNo::ALL));
    let place = prop_oneof![
        4 => select(TreatmentStep::ALL).prop_map(|step| (Some(step), None)),
        1 => select(TreatmentStage::ALL).prop_map(|stage| (None, Some(stage))),
    ];
    vec![
        kind(made!(StageOfChangeRating {
            target: target(),
            stage: select(StageOfChange::ALL),
            basis: select(Basis::ALL),
            changed_on: maybe(dates.partial_date()),
        })),
        kind(made!(StageOfChangeAnswers {
            target: target(),
            changed: answer(),
            changed_on: maybe(dates.partial_date()),
            intends_within_six_months: answer(),
            intends_within_thirty_days: answer(),
            attempt_in_last_year: answer(),
        })),
        kind((place, maybe(target()), maybe(select(Scale::ALL))).prop_map(
            |((step, stage), target, scale)| TreatmentStageRating { step, stage, target, scale },
        )),
    ]
}

fn safety(dates: Dates) -> Vec<BoxedStrategy<Body>> {
    vec![
        kind(made!(WithdrawalSigns {
            substance: substance(),
            present: flag(),
            signs: maybe(vec(code(), 0..3)),
        })),
        kind(made!(Suicidality { signal: select(SuicideSignal::ALL) })),
        kind(made!(AcuteStateRecorded { state: select(AcuteState::ALL), resolved: maybe(flag()) })),
        kind(made!(Pregnancy {
            status: select(PregnancyStatus::ALL),
            since: maybe(dates.partial_date())
        })),
        kind(made!(SafetyAssessment { of: select(Topic::ALL), settled: maybe(flag()) })),
        kind(made!(Safeguarding { concern_about: select(SafeguardingConcern::ALL), open: flag() })),
        kind(made!(HarmReduction {
            item: select(HarmReductionItem::ALL),
            outcome: select(HarmReductionOutcome::ALL),
        })),
        kind(made!(Crisis { words: maybe(text()) })),
    ]
}

fn person() -> Vec<BoxedStrategy<Body>> {
    let other = select(&[Domain::MentalHealth, Domain::Physical, Domain::Social][..]);
    let mild = select(&[Severity::Mild, Severity::Moderate, Severity::Severe][..]);
    let value = prop_oneof![
        select(YesNoUnsure::ALL).prop_map(|value| ObservedValue::Truth { value }),
        code().prop_map(|value| ObservedValue::Code { value }),
        amount().prop_map(|value| ObservedValue::Quantity { value }),
        text().prop_map(|value| ObservedValue::Text { value }),
    ];
    vec![
        kind(made!(Concern {
            domain: Just(Domain::SubstanceUse),
            substance: substance().prop_map(Some),
            code: Just(None),
            status: select(ConcernStatus::ALL),
            severity: maybe(select(Severity::ALL)),
        })),
        kind(made!(Concern {
            domain: other,
            substance: Just(None),
            code: code().prop_map(Some),
            status: select(ConcernStatus::ALL),
            severity: maybe(mild),
        })),
        kind(made!(TreatmentTarget { target: target(), treated: flag() })),
        kind(made!(Cognition { level: select(CognitionLevel::ALL) })),
        kind(made!(AgeBandRecorded { band: select(AgeBand::ALL) })),
        kind(made!(SexRecorded { sex: select(Sex::ALL) })),
        kind(made!(Measure {
            measure: code(),
            total: maybe(amount()),
            suicide_item: maybe(amount()),
        })),
        kind(made!(Observation { code: namespaced(), value: value })),
    ]
}

fn words() -> impl Strategy<Value = Option<Vec<Text>>> {
    maybe(vec(text(), 0..3))
}

/// A plan of any kind, in full or in part.
pub fn plan() -> impl Strategy<Value = Plan> {
    plan_within(Dates::ALL)
}

fn plan_within(dates: Dates) -> impl Strategy<Value = Plan> {
    let view = || maybe(select(ClientView::ALL));
    let supports = || {
        maybe(vec(
            made!(Support { who: text(), how: maybe(text()), at_all_hours: maybe(flag()) }),
            0..3,
        ))
    };
    let situations =
        maybe(vec(made!(Situation { situation: text(), confidence: maybe(rating()) }), 0..3));
    let coping = maybe(vec(made!(Coping { action: text(), practiced: maybe(flag()) }), 0..3));
    let change = made!(ChangePlan {
        change: maybe(text()),
        why: words(),
        steps: words(),
        who_helps: words(),
        signs_of_working: words(),
        obstacles: words(),
        if_obstacles: words(),
        client_view: view(),
    });
    // proptest combines at most twelve strategies at once.
    let end = (words(), words(), maybe(dates.date()), maybe(flag()), view());
    let relapse_prevention =
        (situations, words(), words(), words(), coping, supports(), words(), words(), end)
            .prop_map(
                |(
                    high_risk_situations,
                    substance_warning_signs,
                    mental_health_warning_signs,
                    urges,
                    coping,
                    supports,
                    lapse_steps,
                    environment,
                    (harm_reduction, overdose_steps, review_on, client_copy, client_view),
                )| RelapsePreventionPlan {
                    high_risk_situations,
                    substance_warning_signs,
                    mental_health_warning_signs,
                    urges,
                    coping,
                    supports,
                    lapse_steps,
                    environment,
                    harm_reduction,
                    overdose_steps,
                    review_on,
                    client_copy,
                    client_view,
                },
            );
    let crisis = made!(CrisisPlan {
        warning_signs: words(),
        own_coping: words(),
        distraction: words(),
        people_to_ask: supports(),
        professionals: supports(),
        safer_environment: words(),
        overdose_response: words(),
        advance_wishes: words(),
        copies_with: words(),
        review_on: maybe(dates.date()),
        client_view: view(),
    });
    prop_oneof![
        change.prop_map(Plan::Change),
        relapse_prevention.prop_map(Plan::RelapsePrevention),
        crisis.prop_map(Plan::Crisis),
    ]
}
