//! Opioids: the history of use, and treatment with agonists and antagonists.

use super::{
    Fact, Facts, Missing, Observed,
    medicine::{Course, Strand},
};
use crate::{
    client::{
        Answer, Form, Medicine, MedicineClass, MedicineMoment, Substance, SubstanceTest,
        TestResult, Topic, TreatmentTarget,
    },
    code::codes,
    date::Span,
    record::Event,
    value::{DayCount, Range, Truth, Verdict},
};

codes! {
    /// Where a treatment with a medicine stands.
    pub(super) enum Treatment {
        /// It goes on.
        On = "on",
        /// It stopped.
        Stopped = "stopped",
        /// There never was any.
        Never = "never",
    }
}

codes! {
    /// The substance of an agonist.
    pub(super) enum AgonistSubstance {
        /// Methadone.
        Methadone = "methadone",
        /// Buprenorphine.
        Buprenorphine = "buprenorphine",
        /// Another one.
        Other = "other",
    }
}

impl<'r> Facts<'_, 'r> {
    /// Whether opioid use, or treatment for it, is on record or was told.
    pub(crate) fn opioid_history(&self) -> Observed {
        let opioid = Substance::opioid();
        let (reported, may_be_reported) = self.reported_opioid_use();
        let concern = self.concerns().into_iter().rev().find(|(_, concern)| {
            concern.substance.is_some_and(|substance| substance.is_in(opioid))
        });
        let agonist = self
            .snapshot
            .of::<Medicine>()
            .rfind(|(_, medicine)| medicine.class == MedicineClass::OpioidAgonist);
        let treated = self.snapshot.of::<TreatmentTarget>().rfind(|(_, of)| {
            of.treated && of.target.substance().is_some_and(|substance| substance.is_in(opioid))
        });
        let evidence = [
            concern.map(|(event, _)| event),
            agonist.map(|(event, _)| event),
            treated.map(|(event, _)| event),
            self.unexplained_opioid_test(),
            self.ever_yes(Topic::OpioidUseEver),
            self.ever_yes(Topic::AgonistEver),
        ];
        let evidence: Vec<&Event> = evidence.into_iter().flatten().chain(reported).collect();
        if !evidence.is_empty() {
            return Observed::truth(true).on_all(evidence);
        }
        match self.answer(Topic::OpioidUseEver) {
            Some((event, Answer::No)) if !may_be_reported => Observed::truth(false).on(event),
            _ => Observed::truth(Truth::Unknown)
                .missing(Missing::of(Fact::OPIOID_HISTORY).on_topic(Topic::OpioidUseEver)),
        }
    }

    /// Opioid agonist treatment: on, stopped or never.
    pub(crate) fn agonist(&self) -> Observed {
        self.course_code(Fact::AGONIST, self.agonist_course(), Topic::AgonistEver)
    }

    /// Days since the present agonist treatment began; a change of substance begins anew.
    pub(crate) fn days_since_agonist_start(&self) -> Observed {
        let course = self.agonist_course();
        self.of_course(
            Fact::DAYS_SINCE_AGONIST_START,
            course,
            Topic::AgonistEver,
            Course::since_start,
        )
    }

    /// Days since agonist treatment stopped; doses missed for long are a stop on the last dose day.
    pub(crate) fn days_since_agonist_stop(&self) -> Observed {
        let course = self.agonist_course();
        self.of_course(
            Fact::DAYS_SINCE_AGONIST_STOP,
            course,
            Topic::AgonistEver,
            Course::since_stop,
        )
    }

    /// Doses missed in a row up to the latest report of it, since the last start.
    pub(crate) fn agonist_days_missed(&self) -> Observed {
        let course = self.agonist_course();
        let missed = |course: &Course<'r>| {
            let started = course.since_start();
            let by_strand = |strand: &Strand<'r>| match (strand.missed, strand.taken_now()) {
                (Some((days, event)), _) => Observed::days(Range::exactly(days)).on(event),
                (None, Verdict::Unmet) => Observed::days(Range::exactly(0)),
                (None, _) => {
                    let most = started.range().max();
                    Observed::days(Range::from_to(0, most)).on_all(course.latest())
                }
            };
            let strands = || course.strands.iter();
            let current = strands().filter(|strand| strand.taken_now() != Verdict::Unmet);
            let current = current.map(by_strand).reduce(longest);
            current.or_else(|| strands().map(by_strand).reduce(longest)).unwrap_or(started)
        };
        if let Some(event) = self.never_had(course, Topic::AgonistEver) {
            return Observed::days(Range::exactly(0)).on(event);
        }
        self.of_course(Fact::AGONIST_DAYS_MISSED, course, Topic::AgonistEver, missed)
    }

    /// The substance of the agonist that is taken, or was taken last.
    pub(crate) fn agonist_substance(&self) -> Observed {
        let course = self.agonist_course();
        let current: Vec<&Strand<'_>> =
            course.strands.iter().filter(|strand| strand.taken_now() != Verdict::Unmet).collect();
        let strands = if current.is_empty() { course.strands.iter().collect() } else { current };
        let seen = if strands.is_empty() {
            Observed::any_code::<AgonistSubstance>()
        } else {
            Observed::codes(strands.iter().flat_map(|strand| agonists(strand)).copied())
        };
        seen.on_all(course.latest()).missing_if_open(Missing::of(Fact::AGONIST_SUBSTANCE))
    }

    /// Opioid antagonist treatment: on, stopped or never.
    pub(crate) fn antagonist(&self) -> Observed {
        self.course_code(Fact::ANTAGONIST, self.antagonist_course(), Topic::AntagonistEver)
    }

    /// Days since antagonist treatment stopped.
    pub(crate) fn days_since_antagonist_stop(&self) -> Observed {
        let (fact, course) = (Fact::DAYS_SINCE_ANTAGONIST_STOP, self.antagonist_course());
        self.of_course(fact, course, Topic::AntagonistEver, Course::since_stop)
    }

    /// Days since a dose of the antagonist was missed.
    pub(crate) fn days_since_antagonist_missed(&self) -> Observed {
        self.since_antagonist(Fact::DAYS_SINCE_ANTAGONIST_MISSED, |medicine| {
            medicine.moment == MedicineMoment::Missed
        })
    }

    /// Days since the dose before those of the antagonist that were missed last.
    pub(super) fn days_since_antagonist_dose_before_missed(&self) -> Observed {
        let missed = self.snapshot.of::<Medicine>().rfind(|(_, of)| {
            of.class == MedicineClass::OpioidAntagonist && of.moment == MedicineMoment::Missed
        });
        let Some((event, medicine)) = missed else {
            return Observed::days(Range::without_limit());
        };
        let since = event.on().days_before(self.today());
        let days = medicine.days.map_or(1, DayCount::get);
        let before = |since: i64| since.saturating_add(days);
        let least = since.min().map_or(0, before);
        Observed::days(Range::from_to(least, since.max().map(before))).on(event)
    }

    /// Days since the last injection of an antagonist.
    pub(crate) fn days_since_antagonist_injection(&self) -> Observed {
        self.since_antagonist(Fact::DAYS_SINCE_ANTAGONIST_INJECTION, |medicine| {
            let injected = matches!(medicine.form, Some(Form::Injection | Form::Depot));
            medicine.moment == MedicineMoment::Start && injected
        })
    }

    pub(super) fn agonist_course(&self) -> &Course<'r> {
        let of_class = |medicine: &Medicine| medicine.class == MedicineClass::OpioidAgonist;
        let missed = self.settings.agonist_missed_days;
        self.agonist.get_or_init(|| self.course(of_class, Some(missed)))
    }

    fn antagonist_course(&self) -> &Course<'r> {
        let of_class = |medicine: &Medicine| medicine.class == MedicineClass::OpioidAntagonist;
        self.antagonist.get_or_init(|| self.course(of_class, None))
    }

    /// The answer that says never, where nothing is recorded and no answer said otherwise.
    fn never_had(&self, course: &Course<'r>, topic: Topic) -> Option<&'r Event> {
        if !course.strands.is_empty() || self.ever_yes(topic).is_some() {
            return None;
        }
        self.answer(topic).filter(|(_, answer)| *answer == Answer::No).map(|(event, _)| event)
    }

    fn course_code(&self, fact: Fact, course: &Course<'r>, topic: Topic) -> Observed {
        if let Some(event) = self.never_had(course, topic) {
            return Observed::codes([Treatment::Never]).on(event);
        }
        let told = self.ever_yes(topic);
        let possible = match course.taken_now() {
            Verdict::Met => vec![Treatment::On],
            Verdict::Unmet => vec![Treatment::Stopped],
            Verdict::Unknown if course.strands.is_empty() && told.is_none() => {
                Treatment::ALL.to_vec()
            }
            Verdict::Unknown => vec![Treatment::On, Treatment::Stopped],
        };
        let seen = Observed::codes(possible).on_all(course.latest());
        let seen = if course.strands.is_empty() { seen.on_all(told) } else { seen };
        seen.missing_if_open(self.missing_course(fact, course, topic))
    }

    /// A number of days of a course: never, when the answer says so, and open when nothing does.
    fn of_course(
        &self,
        fact: Fact,
        course: &Course<'r>,
        topic: Topic,
        days: impl Fn(&Course<'r>) -> Observed,
    ) -> Observed {
        match self.never_had(course, topic) {
            Some(event) => Observed::days(Range::without_limit()).on(event),
            None => days(course).missing_if_open(self.missing_course(fact, course, topic)),
        }
    }

    /// An answer decides where none was given; after a yes, or a first event, only a start or stop,
    /// or the day of one whose date is known in part.
    fn missing_course(&self, fact: Fact, course: &Course<'r>, topic: Topic) -> Missing {
        let missing = Missing::of(fact);
        if course.strands.is_empty() && self.ever_yes(topic).is_none() {
            return missing.on_topic(topic);
        }
        match course.latest().find(|event| event.on().exact().is_none()) {
            Some(event) => missing.by_event(event),
            None => missing,
        }
    }

    fn since_antagonist(&self, fact: Fact, keep: impl Fn(&Medicine) -> bool) -> Observed {
        let events = self
            .snapshot
            .of::<Medicine>()
            .filter(|(_, of)| of.class == MedicineClass::OpioidAntagonist && keep(of))
            .map(|(event, _)| (event, Verdict::Met));
        self.days_since_last(events).unwrap_or_else(|| {
            let open = |_: &Course<'r>| Observed::days(Range::at_least(0));
            self.of_course(fact, self.antagonist_course(), Topic::AntagonistEver, open)
        })
    }

    /// The events that surely report opioid use up to today, and whether others may.
    fn reported_opioid_use(&self) -> (Vec<&'r Event>, bool) {
        let (opioid, ever) = (Substance::opioid(), self.ever());
        let mut reports = self.reports_of_use(opioid, ever).rev().peekable();
        let may_be_reported = reports.peek().is_some();
        if let Some(surely) = reports.find(|event| self.reports_a_past_day(event)) {
            return (vec![surely], may_be_reported);
        }
        let counted = self.use_between(opioid, ever.from, ever.to).is_at_least(1) == Verdict::Met;
        let events = if counted { self.events_of_last_use(opioid, ever) } else { Vec::new() };
        (events, may_be_reported)
    }

    /// A positive opioid test that no prescription on record may explain.
    fn unexplained_opioid_test(&self) -> Option<&'r Event> {
        let unexplained = |event: &Event, test: &SubstanceTest| {
            let explains = |medicine: &Medicine| {
                medicine.substance.is_some_and(|substance| substance.explains(test.substance))
            };
            let days = Span { from: event.on().earliest(), to: event.on().latest() };
            test.explained_by.is_none() && !self.course(explains, None).may_cover(days)
        };
        self.snapshot
            .of::<SubstanceTest>()
            .rfind(|(event, test)| {
                test.result == TestResult::Positive
                    && test.substance.is_in(Substance::opioid())
                    && unexplained(event, test)
            })
            .map(|(event, _)| event)
    }
}

fn agonists(strand: &Strand<'_>) -> &'static [AgonistSubstance] {
    match strand.substance.map(Substance::code) {
        Some("methadone") => &[AgonistSubstance::Methadone],
        Some("buprenorphine") => &[AgonistSubstance::Buprenorphine],
        Some("opioid") | None => AgonistSubstance::ALL,
        Some(_) => &[AgonistSubstance::Other],
    }
}

fn longest(one: Observed, other: Observed) -> Observed {
    if other.range().min() > one.range().min() { other } else { one }
}

#[cfg(test)]
#[expect(clippy::redundant_closure_for_method_calls, reason = "a path would fix the lifetimes")]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::fact::case::{Case, case, events, target};

    const TODAY: &str = "2026-11-22";

    fn medicine(class: &str, moment: &str, more: &Json) -> Json {
        let mut body = json!({ "kind": "medicine", "class": class, "moment": moment });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    fn agonist(moment: &str) -> Json {
        medicine("opioid_agonist", moment, &json!({}))
    }

    fn missed(days: i64) -> Json {
        medicine("opioid_agonist", "missed", &json!({ "days": days }))
    }

    fn of(substance: &str, moment: &str) -> Json {
        medicine("opioid_agonist", moment, &json!({ "substance": substance }))
    }

    fn says(case: &Case, fact: impl Fn(&Facts<'_, '_>) -> Observed) -> String {
        case.says(TODAY, fact)
    }

    /// State, days since the start, since the stop, and doses missed in a row.
    fn course(case: &Case) -> [String; 4] {
        [
            says(case, |f| f.agonist()),
            says(case, |f| f.days_since_agonist_start()),
            says(case, |f| f.days_since_agonist_stop()),
            says(case, |f| f.agonist_days_missed()),
        ]
    }

    #[test]
    fn a_course_is_on_stopped_never_or_unknown() {
        for (told, expected) in [
            (case(), ["on|stopped|never", "0..", "0..", "0.."]),
            (case().asked("2026-01-01", "agonist_ever", "no"), ["never", "never", "never", "0"]),
            (
                case().asked("2026-01-01", "agonist_ever", "declined"),
                ["on|stopped|never", "0..", "0..", "0.."],
            ),
            (
                case().asked("2026-01-01", "agonist_ever", "yes"),
                ["on|stopped", "0..", "0..", "0.."],
            ),
            (case().staff("2026-11-01", agonist("start")), ["on", "21", "never", "0..21"]),
            (
                case().staff("2026-10-01", agonist("start")).staff("2026-11-01", agonist("stop")),
                ["stopped", "never", "21", "0"],
            ),
            (
                case()
                    .staff("2026-10-01", agonist("start"))
                    .staff("2026-11-01", agonist("stop"))
                    .staff("2026-11-01", agonist("start")),
                ["on", "21", "never", "0..21"],
            ),
            (case().staff("2026-11", agonist("start")), ["on", "0..21", "never", "0..21"]),
            (
                case().staff("2026-11", agonist("start")).staff("2026-11-10", agonist("stop")),
                ["on|stopped", "0..", "12..", "0.."],
            ),
            (
                case().staff("2026-09-01", agonist("start")).staff("2026-10-01", agonist("start")),
                ["on", "82", "never", "0..82"],
            ),
        ] {
            assert_eq!(course(&told), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn five_missed_days_are_a_stop_on_the_last_dose_day() {
        let begun = case().staff("2026-01-01", agonist("start"));
        for (told, expected) in [
            (begun.clone().staff("2026-11-20", missed(4)), ["on", "325", "never", "4"]),
            (begun.clone().staff("2026-11-20", missed(5)), ["stopped", "never", "7", "5"]),
            (
                begun.clone().staff("2026-11-18", missed(3)).staff("2026-11-20", missed(2)),
                ["stopped", "never", "7", "5"],
            ),
            (
                begun.clone().staff("2026-11-17", missed(3)).staff("2026-11-20", missed(2)),
                ["on", "325", "never", "2"],
            ),
            (
                begun.clone().staff("2026-11-20", missed(5)).staff("2026-11-21", agonist("stop")),
                ["stopped", "never", "7", "0"],
            ),
            (
                begun.clone().staff("2026-11-20", missed(5)).staff("2026-11-20", agonist("start")),
                ["on", "2", "never", "0..2"],
            ),
            (
                begun.clone().staff("2026-11-10", agonist("stop")).staff("2026-11-12", missed(2)),
                ["stopped", "never", "12", "2"],
            ),
            (case().staff("2026-11-20", missed(2)), ["on", "3..", "never", "2"]),
            (case().staff("2026-11-20", missed(6)), ["stopped", "never", "8", "6"]),
            (
                case().staff("2026-11-18", agonist("start")).staff("2026-11-20", missed(5)),
                ["stopped", "never", "4", "5"],
            ),
        ] {
            assert_eq!(course(&told), expected, "{}", told.told_so_far());
        }
        let depot = medicine("opioid_agonist", "missed", &json!({ "days": 9, "form": "depot" }));
        assert_eq!(says(&begun.staff("2026-11-20", depot), |f| f.agonist()), "on");
        let depot = medicine("opioid_agonist", "start", &json!({ "form": "injection" }));
        let late = case().staff("2026-10-01", depot).staff("2026-11-20", missed(9));
        assert_eq!(says(&late, |f| f.agonist()), "on");
    }

    #[test]
    fn one_agonist_may_take_the_place_of_another() {
        let changed = case()
            .staff("2026-01-01", of("methadone", "start"))
            .staff("2026-11-01", of("buprenorphine", "start"))
            .staff("2026-11-01", of("methadone", "stop"));
        assert_eq!(course(&changed), ["on", "21", "never", "0..21"]);
        assert_eq!(says(&changed, |f| f.agonist_substance()), "buprenorphine");
        let stopped = changed.clone().staff("2026-11-20", agonist("stop"));
        assert_eq!(course(&stopped), ["stopped", "never", "2", "0"]);
        assert_eq!(
            says(&changed.staff("2026-11-20", of("buprenorphine", "stop")), |f| {
                f.days_since_agonist_stop()
            }),
            "2"
        );
        for (told, expected) in [
            (case(), "methadone|buprenorphine|other"),
            (case().staff("2026-11-01", agonist("start")), "methadone|buprenorphine|other"),
            (case().staff("2026-11-01", of("prescription_opioid", "start")), "other"),
            (
                case()
                    .staff("2026-10-01", of("methadone", "start"))
                    .staff("2026-11-01", agonist("stop")),
                "methadone",
            ),
        ] {
            assert_eq!(says(&told, |f| f.agonist_substance()), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn an_antagonist_is_stopped_missed_or_injected() {
        let antagonist = |moment: &str, form: &str| {
            medicine("opioid_antagonist", moment, &json!({ "form": form }))
        };
        let days = |case: &Case| {
            [
                says(case, |f| f.antagonist()),
                says(case, |f| f.days_since_antagonist_stop()),
                says(case, |f| f.days_since_antagonist_missed()),
                says(case, |f| f.days_since_antagonist_injection()),
            ]
        };
        let injected = case()
            .staff("2026-10-01", antagonist("start", "injection"))
            .staff("2026-10-29", antagonist("start", "injection"));
        let tablets = case()
            .staff("2026-10-01", antagonist("start", "tablet"))
            .staff("2026-11-20", antagonist("missed", "tablet"));
        for (told, expected) in [
            (case(), ["on|stopped|never", "0..", "0..", "0.."]),
            (case().asked("2026-01-01", "antagonist_ever", "no"), ["never"; 4]),
            (injected.clone(), ["on", "never", "0..", "24"]),
            (
                case().staff("2026-10-29", antagonist("start", "depot")),
                ["on", "never", "0..", "24"],
            ),
            (tablets.clone(), ["on", "never", "2", "0.."]),
            (
                tablets.staff("2026-11-21", antagonist("stop", "tablet")),
                ["stopped", "1", "2", "0.."],
            ),
            (
                injected.staff("2026-11-21", antagonist("missed", "injection")),
                ["on", "never", "1", "24"],
            ),
        ] {
            assert_eq!(days(&told), expected, "{}", told.told_so_far());
        }
    }

    #[test]
    fn a_history_is_any_of_what_speaks_for_it() {
        let concern = |substance: &str, status: &str| {
            json!({ "kind": "concern", "domain": "substance_use", "substance": substance,
                "status": status })
        };
        let test = |substance: &str, more: &Json| {
            let mut body = json!({ "kind": "test", "substance": substance, "result": "positive" });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let on = |body: Json| case().staff("2026-06-01", body);
        let codeine = |moment: &str| {
            medicine("other", moment, &json!({ "substance": "prescription_opioid" }))
        };
        let target = json!({ "kind": "target", "target": target("fentanyl"), "treated": true });
        let overdose = json!({ "kind": "overdose", "substance": "heroin" });
        let antagonist = medicine("opioid_antagonist", "start", &json!({}));
        for (told, expected) in [
            (case(), "unknown"),
            (on(concern("heroin", "suspected")), "yes"),
            (on(concern("opioid", "in_remission")), "yes"),
            (on(concern("heroin", "ruled_out")), "unknown"),
            (on(concern("alcohol", "diagnosed")), "unknown"),
            (on(overdose), "yes"),
            (on(agonist("start")), "yes"),
            (on(antagonist.clone()), "unknown"),
            (on(antagonist).asked("2026-06-01", "opioid_use_ever", "no"), "no"),
            (on(target), "yes"),
            (on(test("heroin", &json!({}))), "yes"),
            (on(test("heroin", &json!({ "result": "negative" }))), "unknown"),
            (on(test("opioid", &json!({ "explained_by": "prescription_opioid" }))), "unknown"),
            (on(codeine("start")).staff("2026-06-02", test("heroin", &json!({}))), "unknown"),
            (on(codeine("start")).staff("2026-05-31", test("heroin", &json!({}))), "yes"),
            (on(codeine("start")).staff("2026-06-02", test("fentanyl", &json!({}))), "yes"),
            (
                case()
                    .staff("2026-05-01", codeine("start"))
                    .staff("2026-05-31", codeine("stop"))
                    .staff("2026-06-02", test("heroin", &json!({}))),
                "yes",
            ),
            (case().used("heroin", "2026-06-01", "2026-06-07", "3"), "yes"),
            (case().used("heroin", "2026-06-01", "2026-06-07", "none"), "unknown"),
            (case().asked("2026-06-01", "opioid_use_ever", "yes"), "yes"),
            (case().asked("2026-06-01", "agonist_ever", "yes"), "yes"),
            (case().asked("2026-06-01", "opioid_use_ever", "declined"), "unknown"),
            (case().asked("2026-06-01", "opioid_use_ever", "no"), "no"),
            (
                case().asked("2026-06-01", "opioid_use_ever", "yes").asked(
                    "2026-06-02",
                    "opioid_use_ever",
                    "no",
                ),
                "yes",
            ),
        ] {
            let seen = says(&told, |f| f.opioid_history());
            assert_eq!(seen, expected, "{}", told.told_so_far());
        }
        let two = on(concern("heroin", "diagnosed")).staff("2026-06-02", agonist("start"));
        assert_eq!(events(&two.seen(TODAY, |f| f.opioid_history())), ["e1", "e2"]);
        let open = case().seen(TODAY, |f| f.opioid_history());
        assert_eq!(open.missing[0].topic, Some(Topic::OpioidUseEver));
        let counted = json!({ "kind": "use_report", "substance": "heroin", "periods": [
            { "from": "2026-06-01", "to": "2026-06-07",
              "use": { "kind": "count", "days": { "min": 0, "max": 2 } } } ] });
        let told = on(counted).asked("2026-06-08", "opioid_use_ever", "no");
        assert_eq!(says(&told, |f| f.opioid_history()), "unknown");
    }
}
