//! The closed vocabulary: every fact that a protocol may read, as one list of rows.
//!
//! A fact that is a question to events is a row of `content/facts.json`, which the reader of
//! [`super::query`] answers; the same list says where all others stand among them. What needs the
//! days of use, a course of medicines, a plan's content or several things at once is computed in
//! Rust: it has its row here, with the function that reads it.

use std::{borrow::Cow, sync::LazyLock};

use Measured::{Count, Day, GramADay, Percent};
use ValueKind::{Code, Quantity, Truth};

use super::{
    Argument, Arguments, Fact, Facts, Observed, Question, Scope, Subject, ValueKind,
    change::{PreparationAttempt, Standing},
    episode::EpisodeStatus,
    opioid::{AgonistSubstance, Treatment},
    pregnancy::PregnancyNow,
    query::{Query, QueryRow},
    recorded_step::Step,
};
use crate::{
    ErrorKind,
    client::{self, Category},
    code::Coded,
    document,
    error::Problem,
    record::Event,
    stage::{self, Boundary},
    value::Measured,
};

/// What reads a fact of Rust; `None` where it is asked without what it is about.
type Read = fn(&Facts<'_, '_>, &Question<'_>) -> Option<Observed>;

/// A fact that is computed in Rust.
struct RustRow {
    code: &'static str,
    definition: &'static str,
    kind: ValueKind,
    scope: Scope,
    category: Category,
    arguments: &'static [Argument],
    follows_from_a_stage: bool,
    read: Read,
}

/// A row of the vocabulary, wherever it stands.
struct Row {
    code: Cow<'static, str>,
    definition: Cow<'static, str>,
    kind: ValueKind,
    scope: Scope,
    category: Category,
    arguments: Vec<Argument>,
    follows_from_a_stage: bool,
    reading: RowReading,
    /// Its place in the order of the documentation.
    rank: u16,
}

/// How the fact of a row is read.
enum RowReading {
    Rust(Read),
    Query(Query),
}

/// Declares the facts of Rust, in the order of the documentation: the name, the code, the kind of
/// value, what it is asked about, the category of data, the arguments, and what reads it.
macro_rules! rust_facts {
    ($( #[doc = $first:literal] $(#[doc = $more:literal])* $name:ident = $code:literal, $kind:expr,
        $scope:ident, $category:ident, [$($argument:ident),*] $($stage:ident)?,
        |$facts:pat_param, $asked:pat_param| $read:expr; )+) => {
        /// The places of the facts of Rust.
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "as the constants")]
        enum Place { $($name,)+ }

        impl Fact {
            $( pub(crate) const $name: Fact = Fact(Place::$name as u16); )+
        }

        // Not every fact of Rust is asked for by its name.
        const _: &[Fact] = &[$( Fact::$name ),+];

        /// The rows of the facts of Rust, by place.
        static RUST: &[RustRow] = &[$( RustRow {
            code: $code,
            definition: concat!($first $(, $more)*),
            kind: $kind,
            scope: Scope::$scope,
            category: Category::$category,
            arguments: &[$(Argument::$argument),*],
            follows_from_a_stage: rust_facts!(@ $($stage)?),
            read: |$facts, $asked| Some($read),
        }, )+];
    };
    (@) => { false };
    (@ follows_from_a_stage) => { true };
}

rust_facts! {
    /// Whether an episode of care is open, closed, or there never was one.
    EPISODE_STATUS = "episode_status", Code(EpisodeStatus::CODES), Person, Administrative, [],
        |facts, _| facts.episode_status();
    /// The longest step from one kept contact of the window to the next and from the last to the
    /// day asked about, less its controlled days. A contact that the service canceled ends a step
    /// and counts as no contact. Without a kept contact it is without limit.
    LONGEST_CONTACT_GAP = "longest_contact_gap", Quantity(Day), Person, Administrative, [Days],
        |facts, asked| facts.longest_contact_gap(asked.days());
    /// Community days since the last kept contact of the open episode, or since its opening.
    DAYS_SINCE_CONTACT = "days_since_contact", Quantity(Day), Person, Administrative, [],
        |facts, _| facts.days_since_contact();
    /// Whether a kept contact of the window talked about the target, or the client reported its
    /// use on the day of one.
    USE_DISCUSSED = "use_discussed", Truth, Target, SubstanceUse, [Days],
        |facts, asked| facts.use_discussed(asked.target()?, asked.days());
    /// The latest rating of the treatment step in the open episode that is not stale.
    RECORDED_STEP = "recorded_step",
        Code(<Step as Coded>::CODES), Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.recorded_step(asked.target());
    /// Days since the level of care last changed with no reason recorded.
    DAYS_SINCE_UNEXPLAINED_LEVEL_CHANGE = "days_since_unexplained_level_change",
        Quantity(Day), Person, Administrative, [],
        |facts, _| facts.days_since_unexplained_level_change();
    /// Days of use over the observed community days of the window.
    USE_DAYS = "use_days", Quantity(Day), Target, SubstanceUse, [Days, Substance],
        |facts, asked| facts.use_days(asked.substance()?, asked.subject.reading, asked.days());
    /// The share of days of use among the observed community days of the window.
    USE_SHARE = "use_share", Quantity(Percent), Target, SubstanceUse, [Days, Substance],
        |facts, asked| facts.use_share(asked.substance()?, asked.subject.reading, asked.days());
    /// Days since the last day of use.
    DAYS_SINCE_USE = "days_since_use", Quantity(Day), Target, SubstanceUse, [Substance],
        |facts, asked| facts.days_since_use(asked.substance()?, asked.subject.reading);
    /// Observed community days after the last day of use with problems.
    DAYS_WITHOUT_PROBLEMATIC_USE = "days_without_problematic_use",
        Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_without_problematic_use(asked.substance()?);
    /// Whether use with problems, or a concern of a use disorder, is on record.
    PROBLEMATIC_USE_BEFORE = "problematic_use_before", Truth, Target, SubstanceUse, [],
        |facts, asked| facts.problematic_use_before(asked.substance()?);
    /// The level before change: the share of days with use in the baseline report.
    USE_REFERENCE = "use_reference", Quantity(Percent), Target, SubstanceUse, [],
        |facts, asked| facts.use_reference(asked.substance()?);
    /// Observed community days of the present run of reduced use; 0 while use is not reduced.
    DAYS_REDUCED = "days_reduced", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_reduced(asked.substance()?);
    /// Observed community days since a reduction was lost, or since the level before change when
    /// use was never reduced; 0 while use is reduced.
    DAYS_NOT_REDUCED = "days_not_reduced", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_not_reduced(asked.substance()?);
    /// What drives a reduction, as recorded.
    REDUCTION_DRIVER = "reduction_driver", Code(client::Driver::CODES), Target, SubstanceUse, [],
        |facts, asked| facts.reduction_driver(asked.substance()?);
    /// The client's own goal on the target now.
    OWN_GOAL = "own_goal", Code(client::Aim::CODES), Target, SubstanceUse, [],
        |facts, asked| facts.own_goal(asked.target()?);
    /// Observed days without use over the whole record; never reset.
    DAYS_WITHOUT_USE_TOTAL = "days_without_use_total", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_without_use_total(asked.substance()?);
    /// The longest run of observed days without use.
    DAYS_WITHOUT_USE_LONGEST = "days_without_use_longest", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_without_use_longest(asked.substance()?);
    /// The present run of observed days without use.
    DAYS_WITHOUT_USE_CURRENT = "days_without_use_current", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_without_use_current(asked.substance()?);
    /// Controlled days of the window: days in a setting without access.
    CONTROLLED_DAYS = "controlled_days", Quantity(Day), Person, Social, [Days],
        |facts, asked| facts.controlled_days(asked.days());
    /// Evidence on use that conflicts: a positive test that nothing explains, a comparison that
    /// disagrees with the days reported, a recorded overdose or return that a report denies.
    USE_EVIDENCE_CONFLICTS = "use_evidence_conflicts", Quantity(Count), Target, SubstanceUse, [],
        |facts, asked| facts.use_evidence_conflicts(asked.target()?);
    /// Observed days that are taken to be in the community because no setting is recorded for them.
    DAYS_TAKEN_IN_COMMUNITY = "days_taken_in_community", Quantity(Day), Target, Social, [],
        |facts, asked| facts.days_taken_in_community(asked.substance()?);
    /// Days that no report covers and that are left out: a short tail and short gaps.
    DAYS_LEFT_OUT = "days_left_out", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_left_out(asked.substance()?);
    /// Observed days of use whose amount is taken to be that of the level before change.
    DAYS_WITH_AMOUNT_TAKEN = "days_with_amount_taken", Quantity(Day), Target, SubstanceUse, [],
        |facts, asked| facts.days_with_amount_taken(asked.substance()?);
    /// The stage of change by the latest rating or answers.
    STAGE_OF_CHANGE = "stage_of_change",
        Code(stage::StageOfChange::CODES), Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.stage_of_change(asked.target()?);
    /// Days since the latest rating or answers on the stage of change.
    STAGE_OF_CHANGE_AGE = "stage_of_change_age",
        Quantity(Day), Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.stage_of_change_age(asked.target()?);
    /// Of a preparation by answers: whether there was an attempt in the last year.
    PREPARATION_ATTEMPT = "preparation_attempt",
        Code(PreparationAttempt::CODES), Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.preparation_attempt(asked.target()?);
    /// Whether the day asked about lies past a boundary of the answers, or the value near one.
    STAGE_OF_CHANGE_BOUNDARY = "stage_of_change_boundary",
        Code(Boundary::CODES), Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.stage_of_change_boundary(asked.target()?);
    /// Whether two ratings of the stage of change within the time allowed differ.
    STAGE_RATINGS_DIFFER = "stage_ratings_differ",
        Truth, Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.stage_ratings_differ(asked.target()?);
    /// Whether a return to use began after the latest rating or answers.
    RETURN_SINCE_STAGE_OF_CHANGE = "return_since_stage_of_change",
        Truth, Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.return_since_stage_of_change(asked.target()?);
    /// Whether the client is ambivalent, has decided to change, or neither.
    STANDING = "standing", Code(Standing::CODES), Target, SubstanceUse, [] follows_from_a_stage,
        |facts, asked| facts.standing(asked.target()?);
    /// Whether the client agreed to go over to monitoring of the recovery.
    MONITORING_AGREED = "monitoring_agreed", Truth, Target, SubstanceUse, [],
        |facts, asked| facts.monitoring_agreed(asked.target()?);
    /// The class of a return to use, as far as it is decided.
    RETURN_CLASS = "return_class", Code(client::ReturnClass::CODES), ReturnToUse, SubstanceUse, [],
        |facts, asked| facts.return_class(asked.found()?);
    /// The days of a return to use, from its first to its last.
    RETURN_DAYS = "return_days", Quantity(Day), ReturnToUse, SubstanceUse, [],
        |facts, asked| facts.return_days(asked.found()?);
    /// Whether the goal in force then decides that it is a return to use.
    RETURN_AGAINST_GOAL = "return_against_goal", Truth, ReturnToUse, SubstanceUse, [],
        |facts, asked| facts.return_against_goal(asked.found()?);
    /// Days since the later of its first day and the day when it was recorded.
    DAYS_SINCE_RETURN = "days_since_return", Quantity(Day), ReturnToUse, SubstanceUse, [],
        |facts, asked| facts.days_since_return(asked.found()?);
    /// Whether its learning review is recorded.
    RETURN_REVIEWED = "return_reviewed", Truth, ReturnToUse, SubstanceUse, [],
        |facts, asked| facts.return_reviewed(asked.found()?);
    /// The form of a decisional balance.
    BALANCE_FORM = "balance_form", Code(crate::balance::Form::CODES), Balance, SubstanceUse, [],
        |_, asked| Observed::codes([asked.subject.balance?.form]);
    /// The purpose of a decisional balance.
    BALANCE_PURPOSE = "balance_purpose", Code(crate::balance::Purpose::CODES), Balance, SubstanceUse, [],
        |_, asked| Observed::codes([asked.subject.balance?.purpose?]);
    /// The band of age.
    AGE = "age", Code(client::AgeBand::CODES), Person, Administrative, [],
        |facts, _| facts.age();
    /// Whether there is at least one mental-health and one substance-use concern, suspected ones
    /// too.
    DUAL = "dual", Truth, Person, MentalHealth, [],
        |facts, _| facts.dual();
    /// Whether any use of, or treatment for the use of, opioids is on record or was told.
    OPIOID_HISTORY = "opioid_history", Truth, Person, SubstanceUse, [],
        |facts, _| facts.opioid_history();
    /// Opioid agonist treatment.
    AGONIST = "agonist", Code(Treatment::CODES), Person, Physical, [],
        |facts, _| facts.agonist();
    /// Days since the present agonist treatment began.
    DAYS_SINCE_AGONIST_START = "days_since_agonist_start", Quantity(Day), Person, Physical, [],
        |facts, _| facts.days_since_agonist_start();
    /// Days since agonist treatment stopped.
    DAYS_SINCE_AGONIST_STOP = "days_since_agonist_stop", Quantity(Day), Person, Physical, [],
        |facts, _| facts.days_since_agonist_stop();
    /// Doses of the agonist missed in a row up to the latest report of it.
    AGONIST_DAYS_MISSED = "agonist_days_missed", Quantity(Day), Person, Physical, [],
        |facts, _| facts.agonist_days_missed();
    /// The substance of the agonist.
    AGONIST_SUBSTANCE = "agonist_substance", Code(AgonistSubstance::CODES), Person, Physical, [],
        |facts, _| facts.agonist_substance();
    /// Opioid antagonist treatment.
    ANTAGONIST = "antagonist", Code(Treatment::CODES), Person, Physical, [],
        |facts, _| facts.antagonist();
    /// Days since antagonist treatment stopped.
    DAYS_SINCE_ANTAGONIST_STOP = "days_since_antagonist_stop", Quantity(Day), Person, Physical, [],
        |facts, _| facts.days_since_antagonist_stop();
    /// Days since a dose of the antagonist was missed.
    DAYS_SINCE_ANTAGONIST_MISSED = "days_since_antagonist_missed",
        Quantity(Day), Person, Physical, [],
        |facts, _| facts.days_since_antagonist_missed();
    /// Days since the last injection of an antagonist.
    DAYS_SINCE_ANTAGONIST_INJECTION = "days_since_antagonist_injection",
        Quantity(Day), Person, Physical, [],
        |facts, _| facts.days_since_antagonist_injection();
    /// Days since the last recorded discharge from one of the settings.
    LEFT_SETTING = "left_setting", Quantity(Day), Person, Social, [Settings],
        |facts, asked| facts.left_setting(asked.arguments.settings.as_deref()?);
    /// Whether tolerance to opioids is reduced.
    TOLERANCE_REDUCED = "tolerance_reduced", Truth, Person, SubstanceUse, [],
        |facts, _| facts.tolerance_reduced();
    /// Whether opioids were used within 14 days, after what reduced tolerance.
    OPIOID_USE_RESUMED = "opioid_use_resumed", Truth, Person, SubstanceUse, [],
        |facts, _| facts.opioid_use_resumed();
    /// Whether a sedative was used, or taken as medicine, in the window.
    SEDATIVE_USE = "sedative_use", Truth, Person, SubstanceUse, [Days],
        |facts, asked| facts.sedative_use(asked.days());
    /// Whether the person is dependent on alcohol.
    ALCOHOL_DEPENDENCE = "alcohol_dependence", Truth, Person, SubstanceUse, [],
        |facts, _| facts.alcohol_dependence();
    /// Grams of alcohol that were reached on most of the last observed days.
    ALCOHOL_DAILY = "alcohol_daily", Quantity(GramADay), Person, SubstanceUse, [],
        |facts, _| facts.alcohol_daily();
    /// The latest answer on a topic: declined is unknown.
    ANSWERED = "answered", Truth, Person, Administrative, [Topic],
        |facts, asked| facts.answered(asked.topic()?);
    /// Whether stopping or cutting the class is planned without medical supervision.
    STOP_PLANNED = "stop_planned", Truth, Person, SubstanceUse, [Substance],
        |facts, asked| facts.stop_planned(asked.substance()?);
    /// Whether stopping is planned, or was done within the days of withdrawal.
    STOPPING = "stopping", Truth, Person, SubstanceUse, [Substance],
        |facts, asked| facts.stopping(asked.substance()?);
    /// On how many days a week the class is used or taken as medicine.
    DAYS_A_WEEK = "days_a_week", Quantity(Day), Person, SubstanceUse, [Substance],
        |facts, asked| facts.days_a_week(asked.substance()?);
    /// For how many days the class has been used or taken as medicine.
    DURATION_OF_USE = "duration_of_use", Quantity(Day), Person, SubstanceUse, [Substance],
        |facts, asked| facts.duration_of_use(asked.substance()?);
    /// Whether the topic was not asked about since a recent discharge.
    NOT_ASKED_SINCE_DISCHARGE = "not_asked_since_discharge", Truth, Person, Administrative, [Topic],
        |facts, asked| facts.not_asked_since_discharge(asked.topic()?);
    /// Whether a concern about substances, or their use, is recorded.
    SUBSTANCE_RECORDED = "substance_recorded", Truth, Person, SubstanceUse, [],
        |facts, _| facts.substance_recorded();
    /// What is recorded about pregnancy.
    PREGNANCY = "pregnancy", Code(PregnancyNow::CODES), Person, Physical, [],
        |facts, _| facts.pregnancy();
}

/// Every fact, wherever its row stands.
struct Vocabulary {
    /// By the place of the fact: those of Rust, then those of content.
    rows: Vec<Row>,
    /// In the order of the documentation.
    order: Vec<Fact>,
    /// By code.
    by_code: Vec<Fact>,
    /// The parameters of a protocol that queries name.
    parameters: Vec<String>,
}

const CONTENT: &str = include_str!("../../content/facts.json");

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    // A test holds that the list of this crate loads; without it there would be no fact to ask for.
    Vocabulary::load(CONTENT).unwrap_or_else(|_| Vocabulary::empty())
});

impl Vocabulary {
    fn empty() -> Self {
        Self { rows: Vec::new(), order: Vec::new(), by_code: Vec::new(), parameters: Vec::new() }
    }

    /// Reads the list of all facts: rows of queries, and the names of those that Rust computes.
    fn load(text: &str) -> Result<Self, Problem> {
        let mut found = Self::empty();
        found.rows.extend(RUST.iter().map(RustRow::row));
        let mut problems = Vec::new();
        for (rank, item) in document::items(text)?.into_iter().enumerate() {
            let path = format!("/{rank}");
            match found.place(item) {
                Ok(fact) if found.order.contains(&fact) => {
                    problems.push(Problem::new(ErrorKind::DuplicateId, path, "each fact once"));
                }
                Ok(fact) => found.order.push(fact),
                Err(problem) => problems.push(problem.below(&path)),
            }
        }
        for (rank, fact) in (0_u16..).zip(&found.order) {
            if let Some(row) = found.rows.get_mut(fact.place()) {
                row.rank = rank;
            }
        }
        if found.order.len() < found.rows.len() {
            problems.push(Problem::new(ErrorKind::MissingField, "", "every fact of Rust"));
        }
        found.by_code.clone_from(&found.order);
        found.by_code.sort_by_key(|fact| found.rows.get(fact.place()).map(|row| &*row.code));
        match problems.into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(found),
        }
    }

    /// The fact that an item of the list stands for.
    fn place(&mut self, item: &str) -> Result<Fact, Problem> {
        if item.starts_with('"') {
            let code: String = document::read_part(item)?;
            let place = RUST.iter().position(|row| row.code == code);
            let place = place.and_then(|place| u16::try_from(place).ok());
            return place.map(Fact).ok_or_else(|| {
                Problem::new(ErrorKind::UnknownFact, "", "the name of a fact that Rust computes")
            });
        }
        let row: QueryRow = document::read_part(item)?;
        let query = row.query(&mut self.parameters)?;
        let fact = u16::try_from(self.rows.len()).map(Fact);
        self.rows.push(Row {
            code: row.fact.into(),
            definition: row.definition.into(),
            kind: query.kind(),
            scope: row.scope,
            category: row.category,
            arguments: query.arguments(row.scope),
            follows_from_a_stage: row.follows_from_a_stage,
            reading: RowReading::Query(query),
            rank: 0,
        });
        fact.map_err(|_| Problem::new(ErrorKind::LimitExceeded, "", "at most 65,536 facts"))
    }
}

impl RustRow {
    fn row(&self) -> Row {
        Row {
            code: self.code.into(),
            definition: self.definition.into(),
            kind: self.kind,
            scope: self.scope,
            category: self.category,
            arguments: self.arguments.to_vec(),
            follows_from_a_stage: self.follows_from_a_stage,
            reading: RowReading::Rust(self.read),
            rank: 0,
        }
    }
}

impl Fact {
    /// What the list is.
    pub const ABOUT: &'static str = "A fact: something that a record says, or leaves open.";

    /// Every fact, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        VOCABULARY.order.iter().copied()
    }

    /// The fact with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let place = VOCABULARY.by_code.binary_search_by(|fact| fact.code().cmp(code)).ok()?;
        VOCABULARY.by_code.get(place).copied()
    }

    /// The stable code used in documents, Python and TypeScript.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().map_or("", |row| &row.code)
    }

    /// What the fact means, in whole sentences.
    #[must_use]
    pub fn definition(self) -> &'static str {
        self.row().map_or("", |row| &row.definition)
    }

    /// The kind of its value.
    #[must_use]
    pub fn kind(self) -> ValueKind {
        self.row().map_or(Truth, |row| row.kind)
    }

    /// What it is asked about.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.row().map_or(Scope::Person, |row| row.scope)
    }

    /// The category of data.
    #[must_use]
    pub fn category(self) -> Category {
        self.row().map_or(Category::Administrative, |row| row.category)
    }

    /// The arguments that it takes.
    #[must_use]
    pub fn arguments(self) -> &'static [Argument] {
        self.row().map_or(&[], |row| &row.arguments)
    }

    /// Is it a stage, or does it follow from one? No safety rule may read such a fact.
    #[must_use]
    pub fn follows_from_a_stage(self) -> bool {
        self.row().is_some_and(|row| row.follows_from_a_stage)
    }

    /// The parameters that every protocol has to have, since a row of the vocabulary names them.
    pub(crate) fn parameters() -> &'static [String] {
        &VOCABULARY.parameters
    }

    /// Its place in the order of the documentation.
    pub(super) fn rank(self) -> (u16, u16) {
        (self.row().map_or(u16::MAX, |row| row.rank), self.0)
    }

    fn place(self) -> usize {
        usize::from(self.0)
    }

    fn row(self) -> Option<&'static Row> {
        VOCABULARY.rows.get(self.place())
    }
}

impl<'r> Facts<'_, 'r> {
    /// The events that the question of a row finds, for facts of Rust that rest on the same; a test
    /// holds that there is such a row.
    pub(super) fn events_of(&self, code: &str, arguments: &Arguments<i64>) -> Vec<&'r Event> {
        let Some(fact) = Fact::from_code(code) else { return Vec::new() };
        match fact.row().map(|row| &row.reading) {
            Some(RowReading::Query(query)) => {
                query.events(self, &Question::new(fact, arguments, &Subject::PERSON))
            }
            _ => Vec::new(),
        }
    }

    /// What the snapshot says of a fact.
    ///
    /// A protocol that loads asks every fact with the arguments and about the subject that it takes.
    pub(crate) fn read(&self, asked: &Question<'_>) -> Observed {
        let seen = match asked.fact.row().map(|row| &row.reading) {
            Some(RowReading::Rust(read)) => read(self, asked),
            Some(RowReading::Query(query)) => query.answer(self, asked),
            None => None,
        };
        let seen = seen.unwrap_or_else(|| asked.unknown());
        self.with_missing(seen, asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_facts_loads_and_names_each_once() {
        let found = Vocabulary::load(CONTENT);
        assert!(found.as_ref().err().is_none(), "{:?}", found.err());
        let codes: Vec<&str> = Fact::all().map(Fact::code).collect();
        let mut each = codes.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), codes.len());
        assert!(Fact::all().all(|fact| Fact::from_code(fact.code()) == Some(fact)));
    }
}
