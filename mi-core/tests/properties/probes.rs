//! The default protocol with probes: criteria of its rules that are judged in every review and can
//! be looked up there, whatever becomes of the rule.

use std::{collections::BTreeMap, sync::LazyLock};

use mi_core::{CalendarDate, ClientRecord, Protocol};
use serde_json::{Value, json};

use super::visit;

/// Every fact leaf of every rule, and the criteria of every rule.
pub(crate) static LEAVES: LazyLock<Probing> = LazyLock::new(|| Probing::new(leaves()));
pub(crate) static RULES: LazyLock<Probing> = LazyLock::new(|| Probing::new(rules()));

/// What a criterion is judged about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The person, as safety reads the record.
    Safety,
    Person,
    Target,
    TreatedTarget,
    ReturnToUse,
    Balance,
}

impl Scope {
    fn of(rule: &Value) -> Self {
        match (rule["kind"].as_str(), rule["per"].as_str()) {
            (Some("safety"), _) => Self::Safety,
            (Some("stage" | "completeness"), _) | (_, Some("treated_target")) => {
                Self::TreatedTarget
            }
            (_, Some("person")) => Self::Person,
            (_, Some("target")) => Self::Target,
            (_, Some("return_to_use")) => Self::ReturnToUse,
            (_, Some("balance")) => Self::Balance,
            (kind, per) => panic!("{kind:?} per {per:?}"),
        }
    }

    fn per(self) -> &'static str {
        match self {
            Self::Safety | Self::Person => "person",
            Self::Target => "target",
            Self::TreatedTarget => "treated_target",
            Self::ReturnToUse => "return_to_use",
            Self::Balance => "balance",
        }
    }

    /// Is it about something of which a target has several, so that no definition can hold it?
    fn is_single(self) -> bool {
        matches!(self, Self::ReturnToUse | Self::Balance)
    }
}

/// A criterion of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    /// The first rule that holds it.
    pub(crate) rule: String,
    pub(crate) scope: Scope,
    criterion: Value,
}

/// A probe as a review judged it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) rule: String,
    pub(crate) scope: Scope,
    pub(crate) target: Value,
    pub(crate) about: Value,
    /// How it came about.
    pub(crate) trace: Value,
}

impl Judged {
    pub(crate) fn is_open(&self) -> bool {
        self.trace["verdict"] == "unknown"
    }
}

/// Which probe, and about what: the same in every review of a client.
pub(crate) type Place = (usize, String, String);

fn document() -> Value {
    serde_json::from_str(&Protocol::dual_diagnosis().to_json()).unwrap()
}

/// The criteria of a rule.
fn criteria_of(rule: &Value) -> Vec<&Value> {
    let named = ["enter", "stay", "trigger", "modifier", "when", "expected"];
    let levels = rule["levels"].as_array().into_iter().flatten().map(|level| &level["when"]);
    let all = named.iter().map(|name| &rule[name]).chain(levels);
    all.filter(|criterion| criterion.is_object()).collect()
}

fn facts_behind<'v>(criterion: &'v Value, definitions: &'v Value, facts: &mut Vec<&'v Value>) {
    visit(criterion, &mut |part| {
        match part["op"].as_str() {
            Some("fact") => facts.push(part),
            Some("defined") => {
                let name = part["name"].as_str().unwrap();
                // A step is no definition: its rule has facts of its own.
                if let Some(definition) = definitions.get(name) {
                    facts_behind(definition, definitions, facts);
                }
            }
            _ => {}
        }
    });
}

/// Every question to a fact in the default protocol, once for each scope in which it is asked.
fn leaves() -> Vec<Probe> {
    let document = document();
    let mut probes: Vec<Probe> = Vec::new();
    for rule in document["rules"].as_array().unwrap() {
        let mut facts = Vec::new();
        for criterion in criteria_of(rule) {
            facts_behind(criterion, &document["definitions"], &mut facts);
        }
        for fact in facts {
            let scope = Scope::of(rule);
            if !probes.iter().any(|probe| probe.scope == scope && probe.criterion == *fact) {
                let rule = rule["id"].as_str().unwrap().to_owned();
                probes.push(Probe { rule, scope, criterion: fact.clone() });
            }
        }
    }
    probes
}

/// The criteria of all rules, whole.
fn rules() -> Vec<Probe> {
    let document = document();
    let rules = document["rules"].as_array().unwrap();
    let probes = rules.iter().flat_map(|rule| {
        criteria_of(rule).into_iter().map(|criterion| Probe {
            rule: rule["id"].as_str().unwrap().to_owned(),
            scope: Scope::of(rule),
            criterion: criterion.clone(),
        })
    });
    probes.collect()
}

/// The default protocol and the probes.
pub(crate) struct Probing {
    probes: Vec<Probe>,
    protocol: Protocol,
}

impl Probing {
    fn new(probes: Vec<Probe>) -> Self {
        let mut document = document();
        for (index, probe) in probes.iter().enumerate() {
            let (id, name) = (format!("P-{index}"), format!("probe_{index}"));
            let criterion = if probe.scope.is_single() {
                probe.criterion.clone()
            } else {
                document["definitions"][&name] = probe.criterion.clone();
                json!({ "op": "defined", "name": name })
            };
            // Shown, whether it is met, unmet or open.
            let shown = json!({ "op": "any", "of": [criterion, { "op": "not", "of": criterion }] });
            let mut rule = json!({ "id": id, "version": 1, "evidence": "default",
                "source_check": "unchecked", "sources": [] });
            let more = if probe.scope == Scope::Safety {
                json!({ "kind": "safety", "trigger": shown,
                    "levels": [{ "severity": "note", "action": "ask", "who": "team_member" }] })
            } else {
                json!({ "kind": "note", "per": probe.scope.per(), "when": shown,
                    "shown_when_unknown": true })
            };
            rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            document["rules"].as_array_mut().unwrap().push(rule);
        }
        let protocol = Protocol::from_json(&document.to_string()).unwrap();
        Self { probes, protocol }
    }

    /// What became of the probes, wherever they were judged.
    pub(crate) fn judge(
        &self,
        record: &ClientRecord,
        date: CalendarDate,
    ) -> BTreeMap<Place, Judged> {
        let review = self.protocol.review(&record.as_of(date)).to_json();
        let review: Value = serde_json::from_str(&review).unwrap();
        let mut judged = BTreeMap::new();
        let mut put = |name: &str, target: &Value, about: &Value, trace: &Value| {
            let index: usize = name.parse().unwrap();
            let probe = &self.probes[index];
            let seen = Judged {
                rule: probe.rule.clone(),
                scope: probe.scope,
                target: target.clone(),
                about: about.clone(),
                trace: trace.clone(),
            };
            // A return is known by its first day; of a target there is one balance.
            let which =
                if probe.scope == Scope::ReturnToUse { &about["first"] } else { &Value::Null };
            judged.insert((index, target.to_string(), which.to_string()), seen);
        };
        for one in review["definitions"].as_array().unwrap() {
            if let Some(index) = one["name"].as_str().unwrap().strip_prefix("probe_") {
                put(index, &one["target"], &Value::Null, &one["trace"]);
            }
        }
        for one in review["notes"].as_array().unwrap() {
            if let Some(index) = one["rule"].as_str().unwrap().strip_prefix("P-")
                && one["trace"]["of"][0]["op"] != "defined"
            {
                put(index, &one["target"], &one["about"], &one["trace"]["of"][0]);
            }
        }
        judged
    }
}
