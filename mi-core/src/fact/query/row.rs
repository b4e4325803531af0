//! Rows of the list of facts that ask questions: as they are written, and their checks.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Condition, From, Number, Query, Selector, Silence, Stretch, Take, TargetMatch, When};
use crate::{
    ErrorKind,
    client::{Category, Topic, field::FieldKind},
    error::Problem,
    fact::{Argument, Scope, ValueKind},
    record::{Body, Role},
    value::Measured,
};

/// A row of the list of facts that asks a question to events.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::fact) struct QueryRow {
    pub(in crate::fact) fact: String,
    pub(in crate::fact) scope: Scope,
    pub(in crate::fact) category: Category,
    pub(in crate::fact) definition: String,
    #[serde(default)]
    pub(in crate::fact) follows_from_a_stage: bool,
    events: Vec<SelectorRow>,
    when: Option<WhenRow>,
    unless_later: Option<UnlessRow>,
    take: Take,
    field: Option<String>,
    silence: Silence,
    asked: Option<AskedRow>,
}

/// Which events: of a kind, by whom, with what in their fields, and for which arguments.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SelectorRow {
    kind: String,
    by: Option<Vec<Role>>,
    #[serde(default)]
    r#where: BTreeMap<String, ConditionRow>,
    #[serde(default)]
    r#for: BTreeMap<String, Vec<String>>,
}

/// What a field has to be: one of these.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionRow {
    is: Option<Vec<String>>,
    is_not: Option<Vec<String>>,
    argument: Option<Argument>,
    target: Option<TargetMatch>,
    above: Option<i32>,
    present: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenRow {
    r#in: Option<Stretch>,
    last: Option<NumberRow>,
    within: Option<NumberRow>,
    since: Option<SinceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberRow {
    argument: Option<Argument>,
    parameter: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SinceRow {
    events: Vec<SelectorRow>,
    from: From,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnlessRow {
    events: Vec<SelectorRow>,
    agree: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedRow {
    topic: Topic,
    #[serde(default)]
    or: Vec<SelectorRow>,
}

impl QueryRow {
    /// The question of the row, checked: every name is found, and the take fits what is asked.
    pub(in crate::fact) fn query(&self, parameters: &mut Vec<String>) -> Result<Query, Problem> {
        let agree: &[String] = self.unless_later.as_ref().map_or(&[], |unless| &unless.agree);
        let mut events = selectors(&self.events, "/events")?;
        for selector in &mut events {
            selector.agree = places(selector.kind, agree, "/unless_later/agree")?;
            if let Some(field) = &self.field {
                selector.field =
                    places(selector.kind, std::slice::from_ref(field), "/field")?.pop();
            }
        }
        let mut unless_later = Vec::new();
        if let Some(unless) = &self.unless_later {
            unless_later = selectors(&unless.events, "/unless_later/events")?;
            for selector in &mut unless_later {
                selector.agree = places(selector.kind, agree, "/unless_later/agree")?;
            }
        }
        let asked = match (&self.asked, self.silence == Silence::Asked) {
            (Some(asked), true) => Some((asked.topic, selectors(&asked.or, "/asked/or")?)),
            (None, false) => None,
            _ => return Err(wrong("/asked", "asked, where and only where silence is asked")),
        };
        let when = match &self.when {
            Some(when) => when.compiled(parameters)?,
            None => When::default(),
        };
        let kind = self.kind(&events)?;
        let is_code = matches!(kind, ValueKind::Code(_) | ValueKind::Own);
        if is_code && self.silence != Silence::Unknown {
            return Err(wrong("/silence", "unknown, for a code or a value of the service's own"));
        }
        if self.take == Take::Latest && !unless_later.is_empty() {
            return Err(wrong("/unless_later", "nothing, where the latest is taken"));
        }
        let (take, silence) = (self.take, self.silence);
        Ok(Query { events, when, unless_later, take, kind, silence, asked })
    }

    /// The kind of value that the take gives.
    fn kind(&self, events: &[Selector]) -> Result<ValueKind, Problem> {
        let field = match (self.take, &self.field) {
            (Take::Any, None) => return Ok(ValueKind::Truth),
            (Take::Count | Take::Days, None) => return Ok(ValueKind::Quantity(Measured::Count)),
            (Take::DaysSinceLast, None) => return Ok(ValueKind::Quantity(Measured::Day)),
            (Take::Latest, Some(_)) => events.first().and_then(Selector::kind_of_field),
            _ => return Err(wrong("/field", "a field, where and only where the latest is taken")),
        };
        if events.iter().any(|selector| selector.kind_of_field() != field) {
            return Err(wrong("/field", "a field of one type in all events"));
        }
        match field {
            Some(FieldKind::Truth | FieldKind::Code(["yes", "no", ..])) => Ok(ValueKind::Truth),
            Some(FieldKind::Code(codes)) => Ok(ValueKind::Code(codes)),
            Some(FieldKind::OwnValue) => Ok(ValueKind::Own),
            _ => Err(wrong("/field", "a truth, a code or a value of the service's own")),
        }
    }
}

impl Selector {
    fn kind_of_field(&self) -> Option<FieldKind> {
        Body::fields_of(self.kind).get(self.field?).map(|(_, kind)| *kind)
    }
}

fn wrong(path: &str, expected: &str) -> Problem {
    Problem::new(ErrorKind::Inconsistent, path, expected)
}

fn unknown(path: &str, expected: &str) -> Problem {
    Problem::new(ErrorKind::UnknownName, path, expected)
}

/// The places of fields of a kind.
fn places(kind: usize, names: &[String], path: &str) -> Result<Vec<usize>, Problem> {
    let fields = Body::fields_of(kind);
    let place = |name: &String| {
        let place = fields.iter().position(|(field, _)| field == name);
        place.ok_or_else(|| unknown(path, "a field of the kind"))
    };
    names.iter().map(place).collect()
}

fn selectors(rows: &[SelectorRow], path: &str) -> Result<Vec<Selector>, Problem> {
    rows.iter().map(|row| row.compiled(path)).collect()
}

impl SelectorRow {
    fn compiled(&self, path: &str) -> Result<Selector, Problem> {
        let kind = Body::KINDS.iter().position(|kind| *kind == self.kind);
        let kind = kind.ok_or_else(|| unknown(path, "a kind of event"))?;
        let mut filters = Vec::new();
        for (name, condition) in &self.r#where {
            let place = places(kind, std::slice::from_ref(name), path)?;
            let field = place.first().and_then(|place| Body::fields_of(kind).get(*place));
            let condition = field.and_then(|(_, holds)| condition.compiled(*holds));
            match (place.first(), condition) {
                (Some(place), Some(condition)) => filters.push((*place, condition)),
                _ => return Err(wrong(path, "one condition that fits the field")),
            }
        }
        let mut only_for = Vec::new();
        for (argument, codes) in &self.r#for {
            let argument = Argument::from_code(argument)
                .ok_or_else(|| unknown(path, "an argument of facts"))?;
            only_for.push((argument, codes.clone()));
        }
        let by = self.by.clone();
        Ok(Selector { kind, by, filters, only_for, field: None, agree: Vec::new() })
    }
}

impl ConditionRow {
    /// The condition, when there is one and it fits what the field holds.
    fn compiled(&self, holds: FieldKind) -> Option<Condition> {
        let Self { is, is_not, argument, target, above, present } = self;
        match (is, is_not, argument, target, above, present) {
            (Some(codes), None, None, None, None, None) => {
                Some(Condition::Is(known(codes, holds)?))
            }
            (None, Some(codes), None, None, None, None) => {
                Some(Condition::IsNot(known(codes, holds)?))
            }
            (None, None, Some(argument), None, None, None) => {
                let fits = matches!(holds, FieldKind::Code(_) | FieldKind::OwnCode);
                (fits && *argument != Argument::Days).then_some(Condition::Argument(*argument))
            }
            (None, None, None, Some(target), None, None) => {
                let fits = matches!(holds, FieldKind::Substance | FieldKind::Target);
                fits.then_some(Condition::Target(*target))
            }
            (None, None, None, None, Some(above), None) => {
                (holds == FieldKind::Number).then_some(Condition::Above(f64::from(*above)))
            }
            (None, None, None, None, None, Some(present)) => Some(Condition::Present(*present)),
            _ => None,
        }
    }
}

/// The codes, when the field can hold each of them.
fn known(codes: &[String], holds: FieldKind) -> Option<Vec<&'static str>> {
    let all: &[&str] = match holds {
        FieldKind::Truth => &["yes", "no"],
        FieldKind::Code(all) => all,
        _ => &[],
    };
    codes.iter().map(|code| all.iter().copied().find(|known| known == code)).collect()
}

impl WhenRow {
    fn compiled(&self, parameters: &mut Vec<String>) -> Result<When, Problem> {
        let mut number = |row: &Option<NumberRow>, path: &str| match row {
            None => Ok(None),
            Some(NumberRow { argument: Some(Argument::Days), parameter: None }) => {
                Ok(Some(Number::Days))
            }
            Some(NumberRow { argument: None, parameter: Some(name) }) => {
                let known = parameters.iter().position(|known| known == name);
                let place = known.unwrap_or(parameters.len());
                if known.is_none() {
                    parameters.push(name.clone());
                }
                Ok(Some(Number::Parameter(place)))
            }
            Some(_) => Err(wrong(path, "the argument days, or a parameter")),
        };
        let since = match &self.since {
            Some(since) => Some((selectors(&since.events, "/when/since/events")?, since.from)),
            None => None,
        };
        Ok(When {
            in_open_episode: self.r#in == Some(Stretch::OpenEpisode),
            last: number(&self.last, "/when/last")?,
            within: number(&self.within, "/when/within")?,
            since,
        })
    }
}
