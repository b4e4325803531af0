//! The same rules for forms that hold no record: each asks the protocol about one thing.

use super::{
    ask::Asking,
    finding::Finding,
    plans::{PlanGap, gaps},
};
use crate::{
    balance::DecisionalBalance,
    client::Target,
    fact::{Fact, Observed, Question, RecordedStep, Standing, Subject},
    plan::Plan,
    protocol::{Evaluation, FactSource, Protocol, RuleKind},
    stage::{AnsweredStage, Answers},
    value::{Truth, Verdict},
};

/// What a form knows about the person for whom a plan is made. What is not given is unknown.
///
/// ```
/// # use mi_core::{value::Truth, review::PlanContext};
/// let context = PlanContext::new().dual(Truth::Yes).opioid_history(Truth::Unknown);
/// # let _ = context;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanContext {
    dual: Truth,
    opioid_history: Truth,
}

impl Default for PlanContext {
    fn default() -> Self {
        Self::new()
    }
}

impl PlanContext {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self { dual: Truth::Unknown, opioid_history: Truth::Unknown }
    }

    /// Whether there are both a mental-health and a substance-use concern.
    #[must_use]
    pub fn dual(self, dual: impl Into<Option<Truth>>) -> Self {
        Self { dual: dual.into().unwrap_or(Truth::Unknown), ..self }
    }

    /// Whether any use of, or treatment for the use of, opioids is known.
    #[must_use]
    pub fn opioid_history(self, opioid_history: impl Into<Option<Truth>>) -> Self {
        Self { opioid_history: opioid_history.into().unwrap_or(Truth::Unknown), ..self }
    }
}

impl FactSource for PlanContext {
    fn answer(&self, asked: &Question<'_>) -> Observed {
        match asked.fact {
            Fact::DUAL if self.dual != Truth::Unknown => Observed::truth(self.dual),
            Fact::OPIOID_HISTORY if self.opioid_history != Truth::Unknown => {
                Observed::truth(self.opioid_history)
            }
            _ => asked.unknown(),
        }
    }

    fn recorded_steps(&self, _: &Target) -> Option<Vec<Option<RecordedStep<'_>>>> {
        None
    }
}

/// A balance on a form, with where the person stands.
struct OnAForm(Standing);

impl FactSource for OnAForm {
    fn answer(&self, asked: &Question<'_>) -> Observed {
        match (asked.fact, asked.subject.balance) {
            (Fact::STANDING, _) => Observed::codes([self.0]),
            (Fact::BALANCE_FORM, Some(balance)) => Observed::codes([balance.form]),
            (Fact::BALANCE_PURPOSE, Some(DecisionalBalance { purpose: Some(purpose), .. })) => {
                Observed::codes([*purpose])
            }
            _ => asked.unknown(),
        }
    }

    fn recorded_steps(&self, _: &Target) -> Option<Vec<Option<RecordedStep<'_>>>> {
        None
    }
}

impl Protocol {
    /// The stage of change that follows from a few answers.
    ///
    /// ```
    /// # use mi_core::{CalendarDate, Protocol, stage::{Answers, StageOfChange, YesNo::{No, Yes}}};
    /// let today: CalendarDate = "2026-11-22".parse()?;
    /// let answers = Answers::on(today)
    ///     .changed(No)
    ///     .intends_within_six_months(Yes)
    ///     .intends_within_thirty_days(No);
    /// let stage = Protocol::dual_diagnosis().stage_of_change(&answers);
    /// assert_eq!(stage.known(), Some(StageOfChange::Contemplation));
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    #[must_use]
    pub fn stage_of_change(&self, answers: &Answers) -> AnsweredStage {
        answers.stage(&self.inner().settings().stage_limits())
    }

    /// The cautions about a decisional balance, for a person who stands there on the change.
    ///
    /// A caution that is open for want of the purpose is listed with the verdict `unknown`.
    #[must_use]
    pub fn check_balance(&self, balance: &DecisionalBalance, standing: Standing) -> Vec<Finding> {
        let answers = OnAForm(standing);
        let evaluation = Evaluation::new(self.inner(), &answers);
        let subject =
            Subject { target: balance.target.as_ref(), balance: Some(balance), ..Subject::PERSON };
        let mut findings = Vec::new();
        for rule in self.inner().rules() {
            let (when, is_caution) = match &rule.kind {
                RuleKind::Caution(caution) if caution.per == crate::protocol::Per::Balance => {
                    (&caution.when, true)
                }
                RuleKind::Note(note) if note.per == crate::protocol::Per::Balance => {
                    (&note.when, false)
                }
                _ => continue,
            };
            let trace = evaluation.judge(when, &subject);
            if trace.verdict() == Verdict::Met || is_caution && trace.verdict() == Verdict::Unknown
            {
                findings.push(Finding {
                    rule: rule.id.clone(),
                    target: balance.target.clone(),
                    about: None,
                    verdict: trace.verdict(),
                    trace,
                    more: None,
                });
            }
        }
        findings
    }

    /// The gaps of a plan, for a person of whom this is known.
    #[must_use]
    pub fn check_plan(&self, plan: &Plan, context: &PlanContext) -> Vec<PlanGap> {
        let evaluation = Evaluation::new(self.inner(), context);
        gaps(self, &evaluation, plan, None, &mut Asking::default())
    }
}
