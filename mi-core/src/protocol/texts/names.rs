//! The closed lists whose codes have a name in every language.

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
