//! Forms that hold no record: each asks a protocol about one thing.

use crate::boundary::{Thrown, give, protocol};
use mi_core::{
    JsonText,
    balance::DecisionalBalance,
    plan::Plan,
    protocol::Numbers,
    read_arguments,
    review::{PlanContext, Standing},
    stage::Answers,
    value::Truth,
};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BalanceArguments<'t> {
    #[serde(borrow)]
    balance: JsonText<'t>,
    standing: Standing,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
}

/// The cautions about a decisional balance.
#[wasm_bindgen(js_name = checkBalance)]
pub fn check_balance(arguments: &str) -> Result<String, Thrown> {
    let arguments: BalanceArguments<'_> = read_arguments(arguments)?;
    let balance = DecisionalBalance::from_json(&arguments.balance.document()?)?;
    let protocol = protocol(arguments.protocol, arguments.overlay, arguments.numbers)?;
    Ok(give(&protocol.check_balance(&balance, arguments.standing)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanArguments<'t> {
    #[serde(borrow)]
    plan: JsonText<'t>,
    dual: Option<Truth>,
    opioid_history: Option<Truth>,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
}

/// The gaps of a plan.
#[wasm_bindgen(js_name = checkPlan)]
pub fn check_plan(arguments: &str) -> Result<String, Thrown> {
    let arguments: PlanArguments<'_> = read_arguments(arguments)?;
    let plan = Plan::from_json(&arguments.plan.document()?)?;
    let context = PlanContext::new().dual(arguments.dual).opioid_history(arguments.opioid_history);
    let protocol = protocol(arguments.protocol, arguments.overlay, arguments.numbers)?;
    Ok(give(&protocol.check_plan(&plan, &context)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageArguments<'t> {
    #[serde(borrow)]
    answers: JsonText<'t>,
    #[serde(borrow)]
    protocol: Option<JsonText<'t>>,
    #[serde(borrow)]
    overlay: Option<JsonText<'t>>,
    numbers: Option<Numbers>,
}

/// The stage of change that follows from a few answers.
#[wasm_bindgen(js_name = stageOfChange)]
pub fn stage_of_change(arguments: &str) -> Result<String, Thrown> {
    let arguments: StageArguments<'_> = read_arguments(arguments)?;
    let answers = Answers::from_json(&arguments.answers.document()?)?;
    let protocol = protocol(arguments.protocol, arguments.overlay, arguments.numbers)?;
    Ok(give(&protocol.stage_of_change(&answers)))
}
