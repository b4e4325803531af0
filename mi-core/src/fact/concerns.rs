//! Concerns: which stand, and whether there are both kinds.

use std::collections::BTreeMap;

use super::{Fact, Facts, Missing, Observed};
use crate::{
    client::{Answer, Concern, ConcernStatus, Domain, Substance, Target, Topic, TreatmentTarget},
    record::Event,
    sort::sort_by,
    text::Code,
    value::Truth,
};

/// What tells one concern from another.
type ConcernKey<'r> = (Domain, Option<Substance>, Option<&'r Code>);

impl<'r> Facts<'_, 'r> {
    /// Whether there is a mental-health and a substance-use concern, suspected ones too.
    pub(crate) fn dual(&self) -> Observed {
        let concerns = self.concerns();
        let of = |domain: Domain| {
            concerns.iter().find(|(_, concern)| concern.domain == domain).map(|(event, _)| *event)
        };
        let sides = [
            (of(Domain::MentalHealth), Topic::MentalHealth),
            (of(Domain::SubstanceUse), Topic::Substances),
        ];
        if let [(Some(mental), _), (Some(substance), _)] = sides {
            return Observed::truth(true).on(mental).on(substance);
        }
        let open = sides.iter().filter(|(concern, _)| concern.is_none()).map(|(_, topic)| *topic);
        for topic in open.clone() {
            if let Some((event, Answer::No)) = self.answer(topic) {
                return Observed::truth(false).on(event);
            }
        }
        open.fold(Observed::truth(Truth::Unknown), |seen, topic| {
            seen.missing(Missing::of(Fact::DUAL).on_topic(topic))
        })
    }

    /// Whether a concern about substances, or their use, is recorded.
    pub(crate) fn substance_recorded(&self) -> Observed {
        let concerns = self.concerns();
        let concern = concerns.iter().find(|(_, of)| of.domain == Domain::SubstanceUse);
        let treated = |target: &TreatmentTarget| {
            target.treated && matches!(target.target, Target::Substance { .. })
        };
        let event = concern
            .map(|(event, _)| *event)
            .or_else(|| {
                self.snapshot.of::<TreatmentTarget>().rfind(|(_, t)| treated(t)).map(|t| t.0)
            })
            .or_else(|| self.last_report_of_use())
            .or_else(|| self.ever_yes(Topic::Substances));
        Observed::truth(event.is_some()).on_all(event)
    }

    /// The concerns that stand, each by its latest statement: all but those that are ruled out.
    pub(super) fn concerns(&self) -> Vec<(&'r Event, &'r Concern)> {
        let mut latest: BTreeMap<ConcernKey<'r>, (&Event, &Concern)> = BTreeMap::new();
        for (event, concern) in self.snapshot.of::<Concern>() {
            let key = (concern.domain, concern.substance, concern.code.as_ref());
            latest.insert(key, (event, concern));
        }
        let mut stand: Vec<(&'r Event, &'r Concern)> = latest
            .into_values()
            .filter(|(_, concern)| concern.status != ConcernStatus::RuledOut)
            .collect();
        sort_by(&mut stand, |(one, _), (other, _)| one.order().cmp(&other.order()));
        stand
    }
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{case, events, target};

    const TODAY: &str = "2026-11-22";

    fn concern(domain: &str, what: &str, status: &str) -> Json {
        let field = if domain == "substance_use" { "substance" } else { "code" };
        json!({ "kind": "concern", "domain": domain, field: what, "status": status })
    }

    #[test]
    fn dual_needs_a_concern_of_each_kind() {
        let alcohol = |status| concern("substance_use", "alcohol", status);
        let psychosis = |status| concern("mental_health", "psychosis", status);
        let one = case().staff("2026-01-01", alcohol("diagnosed"));
        let both = one.clone().staff("2026-01-02", psychosis("suspected"));
        assert_eq!(both.says(TODAY, |f| f.dual()), "yes");
        assert_eq!(events(&both.seen(TODAY, |f| f.dual())), ["e2", "e1"]);
        let remission = both.clone().staff("2026-01-03", alcohol("in_remission"));
        assert_eq!(remission.says(TODAY, |f| f.dual()), "yes");
        let ruled_out = both.staff("2026-01-03", psychosis("ruled_out"));
        let seen = ruled_out.seen(TODAY, |f| f.dual());
        assert_eq!(seen.missing, [Missing::of(Fact::DUAL).on_topic(Topic::MentalHealth)]);
        let asked = ruled_out.asked("2026-01-04", "mental_health", "no");
        assert_eq!(asked.says(TODAY, |f| f.dual()), "no");
        let declined = one.asked("2026-01-04", "mental_health", "declined");
        assert_eq!(declined.says(TODAY, |f| f.dual()), "unknown");
        assert_eq!(case().seen(TODAY, |f| f.dual()).missing.len(), 2);
        let physical = case().staff("2026-01-01", concern("physical", "epilepsy", "diagnosed"));
        assert_eq!(physical.says(TODAY, |f| f.dual()), "unknown");
    }

    #[test]
    fn substances_are_recorded_as_a_concern_a_target_or_use() {
        let concern = |status: &str| {
            json!({ "kind": "concern", "domain": "substance_use", "substance": "cannabis",
                "status": status })
        };
        let none = case().used("alcohol", "2026-11-01", "2026-11-20", "none");
        for (told, expected) in [
            (case(), "no"),
            (case().staff("2026-11-01", concern("suspected")), "yes"),
            (case().staff("2026-11-01", concern("in_remission")), "yes"),
            (case().staff("2026-11-01", concern("ruled_out")), "no"),
            (none.clone(), "no"),
            (none.used("alcohol", "2026-10-01", "2026-10-31", "2"), "yes"),
            (case().asked("2026-11-01", "substances", "yes"), "yes"),
            (
                case().staff(
                    "2026-11-01",
                    json!({ "kind": "target", "target": target("alcohol"), "treated": true }),
                ),
                "yes",
            ),
        ] {
            let seen = told.says(TODAY, |f| f.substance_recorded());
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
    }
}
