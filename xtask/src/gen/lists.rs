//! Every closed code list of the core, for the generators.

use mi_core::fact::Fact;

/// A closed code list, under a name that is unique among them all.
pub(super) struct List {
    pub(super) name: &'static str,
    /// The type in the core.
    pub(super) path: &'static str,
    /// What it is, in one sentence.
    pub(super) about: String,
    /// Whether the field orders the codes.
    pub(super) ordered: bool,
    pub(super) codes: Vec<Code>,
}

/// One code, and what it means.
pub(super) struct Code {
    pub(super) text: &'static str,
    /// The name of a constant for it, in capitals.
    pub(super) constant: String,
    pub(super) meaning: String,
}

impl Code {
    fn new(code: &'static str, meaning: &str) -> Self {
        // A name begins with a letter: `16_17`, a span, is called `FROM16_TO17`.
        let is_name = !code.starts_with(|first: char| first.is_ascii_digit());
        let constant =
            if is_name { code.to_owned() } else { format!("from{}", code.replace('_', "_to")) };
        Self { text: code, constant: constant.to_uppercase(), meaning: plain(meaning) }
    }
}

/// `UnderSixteen` as `under_sixteen`.
pub(super) fn snake(camel: &str) -> String {
    let mut snake = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// The text of a Rust comment without its links.
fn plain(comment: &str) -> String {
    comment.trim().replace("[`", "`").replace("`]", "`")
}

/// All lists, by name: those that are declared in Rust, and the facts.
pub(super) fn all() -> Vec<List> {
    let facts = Fact::all().map(|fact| Code::new(fact.code(), fact.definition()));
    let facts = List {
        name: "Fact",
        path: "mi_core::fact::Fact",
        about: plain(Fact::ABOUT),
        ordered: false,
        codes: facts.collect(),
    };
    let mut lists = declared();
    lists.push(facts);
    lists.sort_by_key(|list| list.name);
    lists
}

macro_rules! lists {
    ($($name:ident = $type:ty;)+) => {
        /// The lists that are declared in Rust.
        fn declared() -> Vec<List> {
            vec![$(List {
                name: stringify!($name),
                path: stringify!($type),
                about: plain(<$type>::ABOUT),
                ordered: <$type>::ORDERED,
                codes: <$type>::ALL
                    .iter()
                    .map(|one| Code::new(one.code(), one.meaning()))
                    .collect(),
            }),+]
        }
    };
}

lists! {
    Action = mi_core::protocol::Action;
    AcuteState = mi_core::client::AcuteState;
    AgeBand = mi_core::client::AgeBand;
    Aim = mi_core::client::Aim;
    Answer = mi_core::client::Answer;
    Axis = mi_core::review::Axis;
    BalanceForm = mi_core::balance::Form;
    BalancePurpose = mi_core::balance::Purpose;
    Basis = mi_core::stage::Basis;
    Category = mi_core::client::Category;
    Channel = mi_core::client::Channel;
    Choice = mi_core::client::Choice;
    ClientView = mi_core::client::ClientView;
    ClosingReason = mi_core::client::ClosingReason;
    CognitionLevel = mi_core::client::CognitionLevel;
    ConcernSeverity = mi_core::client::Severity;
    ConcernStatus = mi_core::client::ConcernStatus;
    ContactLog = mi_core::client::ContactLog;
    ContactOutcome = mi_core::client::ContactOutcome;
    CoverageOf = mi_core::client::CoverageOf;
    Direction = mi_core::client::Direction;
    Domain = mi_core::client::Domain;
    Driver = mi_core::client::Driver;
    ErrorKind = mi_core::ErrorKind;
    Evidence = mi_core::protocol::Evidence;
    AskedStep = mi_core::protocol::AskedStep;
    FlagState = mi_core::review::FlagState;
    HarmReductionItem = mi_core::client::HarmReductionItem;
    HarmReductionOutcome = mi_core::client::HarmReductionOutcome;
    Label = mi_core::review::Label;
    LevelOfCare = mi_core::stage::LevelOfCare;
    MedicineClass = mi_core::client::MedicineClass;
    MedicineForm = mi_core::client::Form;
    MedicineMoment = mi_core::client::MedicineMoment;
    MoveDirection = mi_core::review::MoveDirection;
    ParameterUnit = mi_core::protocol::ParameterUnit;
    Per = mi_core::protocol::Per;
    Place = mi_core::client::Place;
    PlanKind = mi_core::plan::PlanKind;
    PlanOutcome = mi_core::client::PlanOutcome;
    PlanPart = mi_core::plan::PlanPart;
    PregnancyStatus = mi_core::client::PregnancyStatus;
    PreparationNote = mi_core::stage::PreparationNote;
    ReturnClass = mi_core::client::ReturnClass;
    Role = mi_core::record::Role;
    SafeguardingConcern = mi_core::client::SafeguardingConcern;
    Scale = mi_core::stage::Scale;
    Section = mi_core::review::Section;
    Setting = mi_core::client::Setting;
    SettingMoment = mi_core::client::SettingMoment;
    Severity = mi_core::protocol::Severity;
    Sex = mi_core::client::Sex;
    SourceCheck = mi_core::protocol::SourceCheck;
    StageOfChange = mi_core::stage::StageOfChange;
    Standing = mi_core::review::Standing;
    Status = mi_core::review::Status;
    StepAction = mi_core::client::StepAction;
    SuicideSignal = mi_core::client::SuicideSignal;
    TestResult = mi_core::client::TestResult;
    Topic = mi_core::client::Topic;
    TreatmentStage = mi_core::stage::TreatmentStage;
    TreatmentStep = mi_core::stage::TreatmentStep;
    Truth = mi_core::value::Truth;
    Unit = mi_core::value::Unit;
    Verdict = mi_core::value::Verdict;
    Who = mi_core::protocol::Who;
    YesNo = mi_core::stage::YesNo;
    YesNoUnsure = mi_core::value::YesNoUnsure;
}
