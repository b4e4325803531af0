//! Assembling a review: facts, then safety, then positions, then all that follows from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{
    ProtocolUsed, Review, RuleBasis, SCHEMA_VERSION, Section,
    ask::Asking,
    finding::{About, Finding},
    plans,
    position::{self, LevelPosition, Move, Positions, TargetPosition, TreatmentPositions},
    safety,
};
use crate::{
    client::{ClosingReason, Target},
    document::hex,
    fact::{Facts, Return, Subject},
    plan::{PlanKind, PlanRecorded},
    protocol::{
        CautionRule, Criterion, Evaluation, FindingRule, Per, Protocol, Rule, RuleId, RuleKind,
        Trace,
    },
    record::Snapshot,
    sort::sort_by_key,
    value::Verdict,
};

impl Protocol {
    /// Reviews a snapshot. A valid record and a valid protocol always have a review.
    ///
    /// ```
    /// # use mi_core::{ClientRecord, Protocol};
    /// let record = ClientRecord::from_json(r#"{"schema_version":1,"client":"c1","events":[]}"#)?;
    /// let review = Protocol::dual_diagnosis().review(&record.as_of("2026-11-22".parse::<mi_core::CalendarDate>()?));
    /// assert_eq!(review.positions.treatment_stage.person.status.code(), "no_episode");
    /// # Ok::<(), mi_core::Error>(())
    /// ```
    #[must_use]
    pub fn review(&self, snapshot: &Snapshot<'_>) -> Review {
        let inner = self.inner();
        let facts = Facts::new(snapshot, inner.settings());
        let evaluation = Evaluation::new(inner, &facts);
        Assembly { protocol: self, evaluation, facts: &facts, asking: Asking::default() }
            .review(snapshot)
    }
}

struct Assembly<'m, 's, 'r> {
    protocol: &'m Protocol,
    evaluation: Evaluation<'m, Facts<'s, 'r>>,
    facts: &'m Facts<'s, 'r>,
    asking: Asking,
}

/// What a rule is evaluated for, and what its finding then speaks of beside its target.
type Evaluated<'a> = (Subject<'a>, Option<About>);

/// The findings of rules that are no safety rules.
#[derive(Default)]
struct Findings {
    discordance: Vec<Finding>,
    cautions: Vec<Finding>,
    notes: Vec<Finding>,
}

impl Assembly<'_, '_, '_> {
    fn review(mut self, snapshot: &Snapshot<'_>) -> Review {
        let closed_because = position::closed_because(self.facts);
        let is_closed = closed_because.is_some();
        let safety = if closed_because == Some(ClosingReason::Death) {
            Vec::new()
        } else {
            safety::flags(self.protocol, &self.evaluation, self.facts, &mut self.asking)
        };
        let treated = match (closed_because, self.facts.open_episode()) {
            (None, Some(_)) => self.facts.treated_targets(),
            _ => Vec::new(),
        };
        let (targets, moves) = self.steps(&treated);
        let (found, plans) = if is_closed {
            Default::default()
        } else {
            (self.findings(&treated), self.plans(&treated))
        };
        let positions = Positions {
            treatment_stage: TreatmentPositions {
                person: position::person(self.facts, &targets),
                targets,
            },
            stage_of_change: if is_closed { Vec::new() } else { position::change(self.facts) },
            level_of_care: self.facts.recorded_level().filter(|_| !is_closed).map(
                |(event, recorded)| LevelPosition {
                    level: recorded.level,
                    event: event.id().clone(),
                    on: event.on(),
                },
            ),
        };
        let mut review = Review {
            schema_version: SCHEMA_VERSION,
            client: snapshot.client().clone(),
            as_of: snapshot.date(),
            known_by: snapshot.known_by(),
            record_sha256: hex(&snapshot.sha256()),
            events: snapshot.events().len(),
            protocol: ProtocolUsed::of(self.protocol),
            covers: Section::covered_by(self.protocol),
            rules: BTreeMap::new(),
            safety,
            positions,
            discordance: found.discordance,
            decisions: position::decisions(self.facts, &moves),
            moves,
            cautions: found.cautions,
            plans,
            notes: found.notes,
            to_ask_next: self.asking.into_questions(),
            definitions: self.evaluation.into_definitions(),
        };
        review.rules = basis(self.protocol, &review);
        review.cut();
        review
    }

    /// Places every treated substance on the treatment axis.
    fn steps(&mut self, treated: &[&Target]) -> (Vec<TargetPosition>, Vec<Move>) {
        let (mut positions, mut all_moves) = (Vec::new(), Vec::new());
        for target in treated {
            let (position, moves) =
                position::of_target(self.protocol, &self.evaluation, self.facts, target);
            // A step below the floor is settled, whatever its own verdict.
            let open = |one: &&Move| one.verdict == Verdict::Unknown && one.step > position.floor;
            let subject = Subject::about(target);
            for one in moves.iter().filter(open) {
                let traces: Vec<&Trace> = [&one.enter].into_iter().chain(&one.stay).collect();
                self.asking.note(&self.evaluation, &one.rule, &subject, false, &traces);
            }
            positions.push(position);
            all_moves.extend(moves);
        }
        (positions, all_moves)
    }

    /// Discordance, cautions and notes, in the order of the rules; what is open comes last.
    fn findings(&mut self, treated: &[&Target]) -> Findings {
        let facts = self.facts;
        let (known, balances) = (facts.known_targets(), facts.latest_balances());
        let returns = known.iter().filter_map(|target| Some((target, target.substance()?)));
        let returns: Vec<(&Target, Rc<[Return]>)> =
            returns.map(|(target, substance)| (target, facts.returns(substance))).collect();
        let person = [(Subject::PERSON, None)];
        let about_target = |target| (Subject::about(target), None);
        let treated: Vec<Evaluated<'_>> = treated.iter().copied().map(about_target).collect();
        let targets: Vec<Evaluated<'_>> = known.iter().map(about_target).collect();
        let about_returns = returns.iter().flat_map(|(target, returns)| {
            returns.iter().map(|found| {
                let subject = Subject { return_to_use: Some(found), ..Subject::about(target) };
                (subject, Some(About::ReturnToUse(found.into())))
            })
        });
        let about_returns: Vec<Evaluated<'_>> = about_returns.collect();
        let about_balances = balances.iter().map(|(event, balance)| {
            let target = balance.target.as_ref();
            let subject = Subject { target, balance: Some(balance), ..Subject::PERSON };
            (subject, Some(About::Event { id: event.id().clone() }))
        });
        let about_balances: Vec<Evaluated<'_>> = about_balances.collect();
        let mut found = Findings::default();
        for rule in self.protocol.inner().rules() {
            let (section, per, when) = match &rule.kind {
                RuleKind::Discordance(FindingRule { per, when, .. }) => {
                    (&mut found.discordance, per, when)
                }
                RuleKind::Note(FindingRule { per, when, .. }) => (&mut found.notes, per, when),
                RuleKind::Caution(CautionRule { per, when }) => (&mut found.cautions, per, when),
                _ => continue,
            };
            let subjects = match per {
                Per::Person => person.as_slice(),
                Per::TreatedTarget => &treated,
                Per::Target => &targets,
                Per::ReturnToUse => &about_returns,
                Per::Balance => &about_balances,
            };
            section.extend(
                subjects.iter().filter_map(|(subject, about)| {
                    self.finding(rule, when, subject, about.as_ref())
                }),
            );
        }
        sort_by_key(&mut found.notes, |note| note.verdict == Verdict::Unknown);
        found
    }

    /// The finding of a rule, when it is met; when it is open, what to ask, and the finding if the
    /// rule wants it shown.
    fn finding(
        &mut self,
        rule: &Rule,
        when: &Criterion,
        subject: &Subject<'_>,
        about: Option<&About>,
    ) -> Option<Finding> {
        let trace = self.evaluation.judge(when, subject);
        let verdict = trace.verdict();
        let shows_unknown =
            matches!(&rule.kind, RuleKind::Note(note) if note.shown_when_unknown == Some(true));
        match verdict {
            Verdict::Unmet => return None,
            Verdict::Unknown => {
                self.asking.note(&self.evaluation, &rule.id, subject, false, &[&trace]);
                if !shows_unknown {
                    return None;
                }
            }
            Verdict::Met => {}
        }
        Some(Finding {
            rule: rule.id.clone(),
            target: subject.target.cloned(),
            about: about.cloned(),
            verdict,
            trace,
            more: None,
        })
    }

    /// The latest plan of each kind, or its absence.
    fn plans(&mut self, treated: &[&Target]) -> Vec<plans::PlanGap> {
        let mut found = Vec::new();
        for kind in PlanKind::ALL {
            let is_kind = |(_, recorded): &(_, &PlanRecorded)| recorded.plan.kind() == *kind;
            let latest = self.facts.snapshot.of::<PlanRecorded>().rev().find(is_kind);
            let (protocol, evaluation) = (self.protocol, &self.evaluation);
            match latest {
                Some((event, PlanRecorded { plan })) => found.extend(plans::gaps(
                    protocol,
                    evaluation,
                    plan,
                    Some(event),
                    &mut self.asking,
                )),
                None => found.extend(plans::absent(
                    protocol,
                    evaluation,
                    *kind,
                    treated,
                    &mut self.asking,
                )),
            }
        }
        found
    }
}

/// On what the rules rest that a review names.
fn basis(protocol: &Protocol, review: &Review) -> BTreeMap<RuleId, RuleBasis> {
    let mut named: BTreeSet<RuleId> = BTreeSet::new();
    review.name_rules(&mut |rule| named.extend([rule.clone()]));
    let mut basis = BTreeMap::new();
    for rule in protocol.inner().rules().filter(|rule| named.contains(&rule.id)) {
        let Rule { id, version, evidence, source_check, sources, .. } = rule.clone();
        basis.insert(id, RuleBasis { version, evidence, source_check, sources });
    }
    basis
}
