"""A user's program: `mypy --strict` has to accept it, and then it has to run.

Every function reads one part of a review and says of each attribute which type it is to have.

    python consumer.py RECORD AS_OF
"""

import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, assert_type

import mi_core as mi
from mi_core import codes, errors, schemas, types

Document = dict[str, Any]
Words = str | None
Several = tuple[str, ...]


# --- Small values ----------------------------------------------------------------------------


def target(of: mi.Target) -> str:
    assert_type(of.to_dict(), dict[str, Any])
    match of:
        case mi.Target("substance", code):
            return f"use of {assert_type(code, str)}"
        case _:
            return f"{assert_type(of.kind, str)} {assert_type(of.code, str)}"


def partial_date(of: mi.PartialDate) -> date:
    exact = assert_type(of.exact, date | None)
    return exact or min(assert_type(of.earliest, date), assert_type(of.latest, date))


def author(of: mi.Author) -> codes.Role:
    assert_type(of.id, str)
    return assert_type(of.role, codes.Role)


def span(of: mi.Span) -> int:
    return (assert_type(of.to, date) - assert_type(of.from_, date)).days + 1


# --- Where the person is ---------------------------------------------------------------------


def positions(of: mi.Positions) -> None:
    treatment_positions(of.treatment_stage)
    for about in assert_type(of.stage_of_change, tuple[mi.ChangePosition, ...]):
        change_position(about)
    if (level := assert_type(of.level_of_care, mi.LevelPosition | None)) is not None:
        level_position(level)


def treatment_positions(of: mi.TreatmentPositions) -> None:
    person_position(of.person)
    for position in assert_type(of.targets, tuple[mi.TargetPosition, ...]):
        target_position(position)


def person_position(of: mi.PersonPosition) -> None:
    assert_type(of.status, codes.Status)
    assert_type(of.floor, mi.TreatmentStep | None)
    assert_type(of.ceiling, mi.TreatmentStep | None)
    assert_type(of.closed_because, codes.ClosingReason | None)


def target_position(of: mi.TargetPosition) -> None:
    target(of.target)
    assert_type(of.floor, mi.TreatmentStep)
    assert_type(of.ceiling, mi.TreatmentStep)
    current_step(of.current)
    assert_type(of.observed_through, date | None)
    assert_type(of.days_not_reported, int | None)
    assert_type(of.controlled_days, int | None)
    if (driver := assert_type(of.reduction_driver, mi.RecordedDriver | None)) is not None:
        recorded_driver(driver)


def recorded_driver(of: mi.RecordedDriver) -> None:
    assert_type(of.event, str)
    partial_date(of.on)
    assert_type(of.driver, codes.Driver)


def current_step(of: mi.CurrentStep) -> None:
    assert_type(of.step, mi.TreatmentStep | None)
    if (rating := assert_type(of.recorded, mi.RecordedRating | None)) is not None:
        recorded_rating(rating)


def recorded_rating(of: mi.RecordedRating) -> None:
    assert_type(of.event, str)
    partial_date(of.on)
    author(of.by)
    assert_type((of.age_days, of.age_days_at_most), tuple[int, int | None])
    assert_type(of.stale, bool | None)
    assert_type(of.step, mi.TreatmentStep | None)
    assert_type(of.stage, mi.TreatmentStage | None)
    assert_type(of.scale, codes.Scale | None)


def change_position(of: mi.ChangePosition) -> None:
    target(of.target)
    assert_type(of.possible, tuple[mi.StageOfChange, ...])
    assert_type(of.event, str | None)
    assert_type(of.on, mi.PartialDate | None)
    assert_type((of.age_days, of.age_days_at_most), tuple[int | None, int | None])
    assert_type(of.stale, bool | None)
    assert_type(of.importance, int | None)
    assert_type(of.confidence, int | None)
    assert_type(of.readiness, int | None)


def level_position(of: mi.LevelPosition) -> None:
    assert_type(of.level, mi.LevelOfCare)
    assert_type(of.event, str)
    partial_date(of.on)


# --- What must not be missed, and what the evidence supports -----------------------------------


def flag(of: mi.Flag) -> None:
    assert_type(of.rule, str)
    assert_type(of.severity, mi.Severity)
    assert_type(of.possible, tuple[mi.Severity, ...])
    assert_type(of.open, bool)
    assert_type(of.state, codes.FlagState)
    assert_type(of.action, codes.Action)
    assert_type(of.who, codes.Who)
    for event in assert_type(of.events, tuple[mi.DatedEvent, ...]):
        dated_event(event)
    assert_type(of.more_events, int | None)
    assert_type(of.trigger, dict[str, Any])
    assert_type(of.modifier, dict[str, Any] | None)
    for level in assert_type(of.levels, tuple[mi.LevelTrace, ...]):
        level_trace(level)
    if (latest := assert_type(of.assessment, mi.Assessment | None)) is not None:
        assessment(latest)


def dated_event(of: mi.DatedEvent) -> None:
    assert_type(of.event, str)
    assert_type(of.kind, str)
    partial_date(of.on)
    assert_type(of.role, codes.Role)


def level_trace(of: mi.LevelTrace) -> None:
    assert_type(of.severity, mi.Severity)
    assert_type(of.verdict, mi.Verdict)
    assert_type(of.when, dict[str, Any] | None)


def assessment(of: mi.Assessment) -> None:
    assert_type(of.of, codes.Topic)
    assert_type(of.event, str)
    partial_date(of.on)
    assert_type(of.settled, bool | None)


def move(of: mi.Move) -> None:
    assert_type(of.rule, str)
    target(of.target)
    assert_type(of.step, mi.TreatmentStep)
    assert_type(of.label, mi.Label)
    assert_type(of.verdict, mi.Verdict)
    assert_type(of.enter, dict[str, Any])
    assert_type(of.stay, dict[str, Any] | None)


def recorded_decision(of: mi.RecordedDecision) -> None:
    assert_type(of.event, str)
    partial_date(of.on)
    author(of.by)
    assert_type(of.step, mi.TreatmentStep)
    assert_type(of.direction, codes.MoveDirection)
    assert_type(of.label, mi.Label | None)
    assert_type(of.target, mi.Target | None)


# --- Findings, gaps and questions --------------------------------------------------------------


def finding(of: mi.Finding) -> None:
    assert_type(of.rule, str)
    assert_type(of.verdict, mi.Verdict)
    assert_type(of.target, mi.Target | None)
    assert_type(of.trace, dict[str, Any])
    assert_type(of.more, int | None)
    about(of.about)


def about(of: mi.AboutEvent | mi.AboutPlan | mi.ReturnFound | None) -> None:
    match of:
        case mi.AboutEvent():
            assert_type(of.id, str)
        case mi.AboutPlan():
            assert_type(of.plan, codes.PlanKind)
            assert_type(of.event, str | None)
        case mi.ReturnFound():
            return_found(of)
        case None:
            pass


def return_found(of: mi.ReturnFound) -> None:
    assert_type(of.substance, str)
    assert_type(of.first, date)
    assert_type(of.last, date)
    assert_type(of.least_days, int)
    assert_type(of.most_days, int)
    assert_type(of.problems, mi.Truth)
    assert_type(of.start_observed, bool)
    assert_type(of.against_goal, mi.Truth)
    assert_type(of.possible, tuple[codes.ReturnClass, ...])
    assert_type(of.recorded, codes.ReturnClass | None)
    assert_type(of.reviewed_by, str | None)


def plan_gap(of: mi.PlanGap) -> None:
    assert_type(of.rule, str)
    assert_type(of.verdict, mi.Verdict)
    assert_type(of.missing_parts, tuple[codes.PlanPart, ...])
    assert_type(of.trace, dict[str, Any] | None)
    about(of.about)


def question(of: mi.Question) -> None:
    missing(of.missing)
    assert_type(of.decides, int)
    assert_type(of.touches, int)
    assert_type(of.rules, tuple[str, ...])
    assert_type(of.safety, bool)
    assert_type(of.more_events, int | None)


def missing(of: mi.Missing) -> None:
    assert_type(of.fact, codes.Fact)
    assert_type(of.target, mi.Target | None)
    assert_type(of.topic, codes.Topic | None)
    assert_type(of.event, str | None)
    for days in assert_type(of.spans, tuple[mi.Span, ...]):
        span(days)
    assert_type(of.more_spans, int | None)


# --- By what it was decided --------------------------------------------------------------------


def protocol_used(of: mi.ProtocolUsed) -> None:
    assert_type(of.id, str)
    assert_type(of.version, str)
    assert_type(of.engine, int)
    assert_type(of.sha256, str)
    for number in assert_type(of.overrides, tuple[mi.Override, ...]):
        override(number)
    for off in assert_type(of.off, tuple[mi.RuleOff, ...]):
        rule_off(off)
        written(off)
    for overlay in assert_type(of.overlays, tuple[mi.OverlayUsed, ...]):
        overlay_used(overlay)
        written(overlay)
        written(overlay.extends)


def rule_off(of: mi.RuleOff) -> None:
    assert_type((of.rule, of.by, of.reason), tuple[str, str, str])


def overlay_used(of: mi.OverlayUsed) -> None:
    assert_type((of.id, of.version, of.sha256), tuple[str, str, str])
    extended(of.extends)
    assert_type((of.parameters, of.definitions, of.rules), tuple[Several, Several, Several])
    assert_type(of.reviewed_by, Words)


def extended(of: mi.Extended) -> None:
    assert_type((of.id, of.version, of.sha256), tuple[str, str, Words])


def override(of: mi.Override) -> None:
    assert_type(of.parameter, str)
    assert_type(of.value, int)
    assert_type(of.default, int)


def rule_basis(of: mi.RuleBasis) -> None:
    assert_type(of.version, int)
    assert_type(of.evidence, codes.Evidence)
    assert_type(of.source_check, codes.SourceCheck)
    assert_type(of.sources, tuple[str, ...])


def definition_trace(of: mi.DefinitionTrace) -> None:
    assert_type(of.name, str)
    assert_type(of.target, mi.Target | None)
    assert_type(of.trace, dict[str, Any])


# --- Whole documents ---------------------------------------------------------------------------


def written(
    of: mi.AboutEvent
    | mi.AboutPlan
    | mi.AnsweredStage
    | mi.Assessment
    | mi.Author
    | mi.ChangePosition
    | mi.CurrentStep
    | mi.DatedEvent
    | mi.DefinitionTrace
    | mi.EventWords
    | mi.Extended
    | mi.Finding
    | mi.FindingWords
    | mi.Flag
    | mi.FlagWords
    | mi.GapWords
    | mi.LevelPosition
    | mi.LevelTrace
    | mi.Missing
    | mi.Move
    | mi.MoveWords
    | mi.Override
    | mi.OverlayUsed
    | mi.PersonPosition
    | mi.PlanGap
    | mi.PositionWords
    | mi.Positions
    | mi.ProtocolUsed
    | mi.Question
    | mi.QuestionWords
    | mi.RecordedDecision
    | mi.RecordedDriver
    | mi.RecordedRating
    | mi.ReturnFound
    | mi.RuleBasis
    | mi.RuleOff
    | mi.SectionWords
    | mi.Span
    | mi.TargetPosition
    | mi.TreatmentPositions,
) -> None:
    assert_type(of.to_dict(), dict[str, Any])
    assert_type(of.to_json(), str)


def review(of: mi.Review) -> None:
    assert_type(of.client, str)
    assert_type(of.as_of, date)
    assert_type(of.known_by, datetime | None)
    assert_type(of.events, int)
    assert_type(of.record_sha256, str)
    assert_type(of.covers, tuple[codes.Section, ...])
    assert_type(of.to_dict(), dict[str, Any])
    assert_type(of.to_json(), str)
    protocol_used(of.protocol)
    written(of.protocol)
    positions(of.positions)
    written(of.positions)
    treatment_positions(of.treatment_stage)
    for basis in assert_type(of.rules, Mapping[str, mi.RuleBasis]).values():
        rule_basis(basis)
        written(basis)
    for raised in assert_type(of.safety, tuple[mi.Flag, ...]):
        flag(raised)
        written(raised)
    for supported in assert_type(of.moves, tuple[mi.Move, ...]):
        move(supported)
        written(supported)
    for decision in assert_type(of.decisions, tuple[mi.RecordedDecision, ...]):
        recorded_decision(decision)
        written(decision)
    for found in (*of.discordance, *of.cautions, *of.notes):
        finding(assert_type(found, mi.Finding))
        written(found)
    for gap in assert_type(of.plans, tuple[mi.PlanGap, ...]):
        plan_gap(gap)
        written(gap)
    for asked in assert_type(of.to_ask_next, tuple[mi.Question, ...]):
        question(asked)
        written(asked)
    for named in assert_type(of.definitions, tuple[mi.DefinitionTrace, ...]):
        definition_trace(named)
        written(named)


def record(of: mi.ClientRecord) -> None:
    assert_type(of.client, str)
    assert_type(of.event_count, int)
    for one in assert_type(of.events, tuple[types.Event, ...])[:10]:
        assert_type(of.event(one["id"]), types.Event | None)
        of.append(one)
        contact_place(one)
    of.extend(of.events)
    assert_type(of.to_dict(), types.Record)
    assert_type(mi.ClientRecord(of.client), mi.ClientRecord)
    assert_type(mi.ClientRecord.from_dict(of.to_dict()), mi.ClientRecord)
    assert_type(mi.ClientRecord.from_json(of.to_json()), mi.ClientRecord)


def contact_place(of: types.Event) -> types.Place | None:
    body = of["body"]
    if body["kind"] == "contact":
        return assert_type(body.get("place"), types.Place | None)
    return None


def recorded(of: mi.ClientRecord, on: date) -> None:
    nurse: types.Author = {"role": codes.Role.NURSE, "id": "n1"}
    kept: types.ContactBody = {"kind": "contact", "outcome": "kept", "place": codes.Place.HOME}
    event: types.Event = {
        "id": "c1",
        "on": str(on),
        "recorded": f"{on}T09:00:00.000Z",
        "by": nurse,
        "body": kept,
    }
    of.append(event)
    of.append({**event, "on": on})


def schema() -> object:
    return assert_type(schemas.load("record"), dict[str, Any])["title"]


def protocol(of: mi.Protocol) -> None:
    assert_type(of.id, str)
    assert_type(of.version, str)
    assert_type(of.sha256, str)
    assert_type(of.rule("TS-08"), dict[str, Any] | None)
    ours = of.with_numbers({"regular_contact.count": 3})
    for number in assert_type(ours.overrides, tuple[mi.Override, ...]):
        override(number)
    assert_type(of.overrides, tuple[mi.Override, ...])
    extends = {"id": of.id, "version": of.version}
    overlay = {"schema_version": 1, "id": "acme", "version": "1", "extends": extends}
    assert_type(of.with_overlay(overlay), mi.Protocol)
    assert_type(mi.Protocol.from_dict(of.to_dict()), mi.Protocol)
    assert_type(mi.Protocol.from_json(of.to_json()), mi.Protocol)


def reviewed(by: mi.Protocol, record: mi.ClientRecord, as_of: date) -> str:
    made = assert_type(by.review(record, as_of=as_of, known_by=None), mi.Review)
    review(made)
    explanation(assert_type(by.explain(made), mi.Explanation))
    assert_type(by.parameters, dict[str, Any])
    words = assert_type(by.texts("en"), mi.Texts)
    texts(words)
    assert_type(mi.Texts.from_json(words.to_json(), by), mi.Texts)
    assert_type(mi.Texts.from_dict(words.to_dict(), by), mi.Texts)
    assert_type(by.with_texts(words), mi.Protocol)
    assert by.render(made, words) == by.render(made)
    return assert_type(by.render(made), str)


def forms(by: mi.Protocol) -> None:
    balance: Document = {"form": "neutral_grid", "purpose": "evoke_change"}
    for caution in by.check_balance(balance, mi.Standing.AMBIVALENT):
        finding(assert_type(caution, mi.Finding))
    for gap in by.check_plan({"kind": "crisis"}, dual=mi.Truth.YES, opioid_history="no"):
        plan_gap(assert_type(gap, mi.PlanGap))
    answered_stage(by.stage_of_change({"on": "2026-11-22", "changed": "no"}))


def texts(of: mi.Texts) -> None:
    assert_type(of.language, str)
    assert_type(of.sha256, str)
    assert_type(of.rule("SF-10"), dict[str, Any] | None)
    assert_type(of.fact(codes.Fact.DUAL), dict[str, Any] | None)
    assert_type(of.parameter("lapse.days"), str | None)
    assert_type(of.kind("contact"), str | None)
    assert_type(of.field("outcome"), str | None)
    assert_type(of.code("setting", "detox"), str | None)
    assert_type(of.to_json(), str)
    assert_type(of.to_dict(), dict[str, Any])


def explanation(of: mi.Explanation) -> None:
    assert_type((of.to_json(), of.to_dict()), tuple[str, dict[str, Any]])
    assert_type((of.schema_version, of.as_of, of.notice), tuple[int, date, Words])
    assert_type((of.language, of.client, of.title), tuple[str, str, str])
    assert_type((of.summary, of.foot), tuple[str, str])
    assert_type((of.overlays, of.off, of.overrides), tuple[Several, Several, Several])
    _ = (
        *map(section_words, of.sections),
        *map(flag_words, of.safety),
        *map(position_words, of.positions),
        *map(finding_words, (*of.discordance, *of.cautions, *of.notes)),
        *map(move_words, of.moves),
        *map(gap_words, of.plans),
        *map(question_words, of.to_ask_next),
    )


def section_words(of: mi.SectionWords) -> None:
    written(of)
    assert_type((of.section, of.heading), tuple[codes.Section, str])
    assert_type((of.columns, of.note), tuple[Several, Words])


def flag_words(of: mi.FlagWords) -> None:
    written(of)
    assert_type((of.rule, of.title, of.severity), tuple[str, str, str])
    assert_type((of.who, of.action, of.basis, of.why), tuple[str, str, str, Several])
    assert_type((of.advice, of.open, of.state), tuple[Words, Words, Words])
    assert_type(of.more_events, Words)
    for event in assert_type(of.events, tuple[mi.EventWords, ...]):
        event_words(event)


def event_words(of: mi.EventWords) -> None:
    written(of)
    assert_type((of.event, of.kind, of.on, of.role), tuple[str, str, str, str])


def position_words(of: mi.PositionWords) -> None:
    written(of)
    assert_type((of.axis, of.target), tuple[codes.Axis, mi.Target | None])
    assert_type((of.title, of.position, of.basis), tuple[str, str, str])
    assert_type(of.beside, Several)


def finding_words(of: mi.FindingWords) -> None:
    written(of)
    about(of.about)
    assert_type((of.rule, of.title, of.basis, of.why), tuple[str, str, str, Several])
    assert_type((of.target, of.action, of.more), tuple[mi.Target | None, Words, Words])


def move_words(of: mi.MoveWords) -> None:
    written(of)
    assert_type((of.target, of.step, of.label), tuple[mi.Target, mi.TreatmentStep, mi.Label])
    assert_type((of.rule, of.about, of.title), tuple[str, str, str])
    assert_type((of.support, of.meaning, of.basis), tuple[str, str, str])
    assert_type((of.why, of.reason), tuple[Several, Words])


def gap_words(of: mi.GapWords) -> None:
    written(of)
    about(of.about)
    assert_type((of.rule, of.title, of.reason, of.basis), tuple[str, str, str, str])
    assert_type((of.parts, of.why), tuple[Several, Several])


def question_words(of: mi.QuestionWords) -> None:
    written(of)
    assert_type((of.fact, of.topic), tuple[codes.Fact, codes.Topic | None])
    assert_type((of.target, of.event, of.title), tuple[mi.Target | None, Words, str])
    assert_type((of.days, of.rules), tuple[Several, Several])
    assert_type((of.more_events, of.reason), tuple[Words, Words])


def answered_stage(of: mi.AnsweredStage) -> None:
    assert_type(of.known, mi.StageOfChange | None)
    assert_type(of.possible, tuple[mi.StageOfChange, ...])
    assert_type(of.note, codes.PreparationNote | None)


def told(error: mi.MiError) -> str:
    if isinstance(error, errors.NotJsonError):
        return "no JSON"
    first, *_ = assert_type(error.problems, tuple[mi.Problem, ...])
    return problem(first)


def problem(of: mi.Problem) -> str:
    kind = assert_type(of.kind, mi.ErrorKind)
    assert_type(of.line, int | None)
    assert_type(of.column, int | None)
    return f"{kind}, {assert_type(of.code, str)}: {assert_type(of.path, str)} {of.expected}"


def main(path: Path, as_of: date) -> str:
    try:
        ours = mi.ClientRecord.from_json(path.read_text(encoding="utf-8"))
    except mi.MiError as error:
        return told(error)
    record(ours)
    recorded(mi.ClientRecord("client-8"), as_of)
    schema()
    default = mi.Protocol.dual_diagnosis()
    protocol(default)
    forms(default)
    return f"{assert_type(mi.__version__, str)}\n{reviewed(default, ours, as_of)}"


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2])))
