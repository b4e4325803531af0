//! What has a name in every language: event kinds, fields and codes.

use crate::{
    balance, client,
    fact::{Fact, ValueKind},
    plan, protocol, record, stage, value,
};
use std::collections::{BTreeMap, BTreeSet};

/// Declares the closed lists of codes that have names, each under the name of its list.
macro_rules! lists {
    ($($name:literal = $($list:ident)::+;)+) => {
        const LISTS: &[(&str, &[&str])] = &[$(($name, $($list)::+::CODES)),+];
    };
}

lists! {
    "action" = protocol::Action;
    "acute_state" = client::AcuteState;
    "age_band" = client::AgeBand;
    "aim" = client::Aim;
    "answer" = client::Answer;
    "balance_form" = balance::Form;
    "balance_purpose" = balance::Purpose;
    "basis" = stage::Basis;
    "category" = client::Category;
    "channel" = client::Channel;
    "choice" = client::Choice;
    "client_view" = client::ClientView;
    "closing_reason" = client::ClosingReason;
    "cognition_level" = client::CognitionLevel;
    "concern_severity" = client::Severity;
    "concern_status" = client::ConcernStatus;
    "contact_log" = client::ContactLog;
    "contact_outcome" = client::ContactOutcome;
    "coverage_of" = client::CoverageOf;
    "direction" = client::Direction;
    "domain" = client::Domain;
    "driver" = client::Driver;
    "evidence" = protocol::Evidence;
    "harm_reduction_item" = client::HarmReductionItem;
    "harm_reduction_outcome" = client::HarmReductionOutcome;
    "level_of_care" = stage::LevelOfCare;
    "medicine_class" = client::MedicineClass;
    "medicine_form" = client::Form;
    "medicine_moment" = client::MedicineMoment;
    "parameter_unit" = protocol::ParameterUnit;
    "place" = client::Place;
    "plan_kind" = plan::PlanKind;
    "plan_outcome" = client::PlanOutcome;
    "plan_part" = plan::PlanPart;
    "pregnancy_status" = client::PregnancyStatus;
    "preparation_note" = stage::PreparationNote;
    "return_class" = client::ReturnClass;
    "role" = record::Role;
    "safeguarding_concern" = client::SafeguardingConcern;
    "scale" = stage::Scale;
    "setting" = client::Setting;
    "setting_moment" = client::SettingMoment;
    "severity" = protocol::Severity;
    "sex" = client::Sex;
    "source_check" = protocol::SourceCheck;
    "stage_of_change" = stage::StageOfChange;
    "step_action" = client::StepAction;
    "suicide_signal" = client::SuicideSignal;
    "test_result" = client::TestResult;
    "topic" = client::Topic;
    "treatment_stage" = stage::TreatmentStage;
    "treatment_step" = stage::TreatmentStep;
    "truth" = value::Truth;
    "unit" = value::Unit;
    "verdict" = value::Verdict;
    "who" = protocol::Who;
    "yes_no" = stage::YesNo;
    "yes_no_unsure" = value::YesNoUnsure;
}

/// The list that names the codes of a fact's value.
pub(crate) fn list_of(fact: Fact) -> &'static str {
    match fact {
        Fact::RECORDED_STEP => "treatment_step",
        Fact::OWN_GOAL => "aim",
        Fact::REDUCTION_DRIVER => "driver",
        Fact::AGE => "age_band",
        Fact::AGONIST_SUBSTANCE => "substance",
        _ => fact.code(),
    }
}

/// All codes that have names, by list.
pub(super) fn codes() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (list, codes) in LISTS {
        lists.entry(list).or_default().extend(codes.iter().copied());
    }
    lists
        .entry("substance")
        .or_default()
        .extend(client::Substance::all().map(client::Substance::code));
    for fact in Fact::all() {
        if let ValueKind::Code(codes) = fact.kind() {
            lists.entry(list_of(fact)).or_default().extend(codes.iter().copied());
        }
    }
    lists
}

/// The fields of a record, which have names too.
pub(super) const FIELDS: &[&str] = &[
    "about",
    "action",
    "advance_wishes",
    "against_change",
    "aim",
    "amount",
    "answer",
    "at_all_hours",
    "attempt_in_last_year",
    "band",
    "baseline",
    "basis",
    "body",
    "by",
    "change",
    "changed",
    "changed_on",
    "channel",
    "choice",
    "class",
    "client",
    "client_copy",
    "client_view",
    "code",
    "completed",
    "concern_about",
    "confidence",
    "contact_log",
    "controlled",
    "copies_with",
    "coping",
    "days",
    "days_a_week",
    "days_in_seven",
    "direction",
    "discussed",
    "distraction",
    "domain",
    "done",
    "driver",
    "due",
    "environment",
    "events",
    "explained_by",
    "for_change",
    "form",
    "from",
    "good_of_changing",
    "good_of_staying",
    "harm_reduction",
    "high_risk_situations",
    "how",
    "id",
    "if_obstacles",
    "importance",
    "in_force_from",
    "intends_within_six_months",
    "intends_within_thirty_days",
    "item",
    "kind",
    "lapse_steps",
    "less_good_of_changing",
    "less_good_of_staying",
    "level",
    "limits",
    "max",
    "measure",
    "mental_health_warning_signs",
    "min",
    "moment",
    "obstacles",
    "of",
    "on",
    "open",
    "outcome",
    "overdose_response",
    "overdose_steps",
    "own_coping",
    "people_to_ask",
    "per_day",
    "per_use_day",
    "periods",
    "place",
    "plan",
    "practiced",
    "present",
    "problem",
    "problem_days",
    "problems",
    "professionals",
    "purpose",
    "re_entry_of",
    "readiness",
    "reason",
    "recorded",
    "replaces",
    "resolved",
    "result",
    "review_on",
    "role",
    "safer_environment",
    "scale",
    "schema_version",
    "setting",
    "settled",
    "severity",
    "sex",
    "signal",
    "signs",
    "signs_of_working",
    "since",
    "situation",
    "stage",
    "state",
    "status",
    "step",
    "steps",
    "substance",
    "substance_warning_signs",
    "successful",
    "suicide_item",
    "supervised",
    "supports",
    "target",
    "to",
    "to_step",
    "topic",
    "total",
    "treated",
    "type",
    "unit",
    "urges",
    "use",
    "value",
    "warning_signs",
    "weight",
    "who",
    "who_helps",
    "why",
    "words",
];
