"""The stated limits of documents: the code and pointer are those of the crate."""

import json
import sys
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import mi_core as mi
import pytest

Document = dict[str, Any]

TEXT_BYTES = 64 * 1024
EVENTS = 1_000_000
NESTING = 64
TARGETS = 1_000
READERS: list[Callable[[str], object]] = [mi.ClientRecord.from_json, mi.Protocol.from_json]


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels - 1):
        value = [value]
    return value


def limit(read: Callable[[Any], object], document: object) -> str:
    """Where a document exceeds a limit; nothing else is said of it."""
    with pytest.raises(mi.errors.LimitExceededError) as caught:
        read(document)
    (problem,) = caught.value.problems
    assert problem.code == "limit_exceeded"
    return problem.path


def crisis(words: str) -> Document:
    return {
        "id": "e9",
        "on": "2026-08-20",
        "recorded": "2026-08-20T09:00:00.000Z",
        "by": {"role": "nurse", "id": "n1"},
        "body": {"kind": "crisis", "words": words},
    }


def test_a_text_has_at_most_64_kib(record: mi.ClientRecord) -> None:
    longest = "é" * (TEXT_BYTES // 2)
    record.append(crisis(longest))
    kept = record.event("e9")
    assert kept is not None
    assert kept["body"]["kind"] == "crisis"
    assert kept["body"].get("words") == longest
    event = crisis(longest + "e") | {"id": "e10"}
    assert limit(record.append, event) == "/body/words"
    document = {"schema_version": 1, "client": "c1", "events": [event]}
    for text in (json.dumps(document), json.dumps(document, ensure_ascii=False)):
        assert limit(mi.ClientRecord.from_json, text) == "/events/0/body/words"


def test_a_record_has_at_most_a_million_events() -> None:
    events = ",".join("0" * (EVENTS + 1))
    text = f'{{"schema_version":1,"client":"c1","events":[{events}]}}'
    assert limit(mi.ClientRecord.from_json, text) == "/events"


def behavior(number: int) -> Document:
    body = {"kind": "ambivalence", "target": {"kind": "behavior", "code": f"b{number}"}}
    return crisis("none") | {"id": f"b{number}", "body": body}


def test_a_record_speaks_of_at_most_a_thousand_targets() -> None:
    record = mi.ClientRecord("c1")
    record.extend([behavior(number) for number in range(TARGETS)])
    assert limit(record.append, behavior(TARGETS)) == "/body/target"
    assert len(record.events) == TARGETS


def test_a_period_of_use_has_at_most_120_years() -> None:
    used = {"from": "1900-01-01", "to": "2026-08-20", "use": {"kind": "daily"}}
    body = {"kind": "use_report", "substance": "alcohol", "periods": [used]}
    append = mi.ClientRecord("c1").append
    assert limit(append, crisis("none") | {"body": body}) == "/body/periods/0/to"


@pytest.mark.parametrize("read", READERS)
def test_a_document_has_at_most_64_levels(read: Callable[[str], object]) -> None:
    with pytest.raises(mi.errors.WrongTypeError):
        read(json.dumps(nested(NESTING)))
    assert limit(read, json.dumps(nested(NESTING + 1))) == ""


def test_plain_values_have_as_many_levels_as_text(
    record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    calls: list[Callable[[Document], object]] = [
        mi.ClientRecord.from_dict,
        mi.Protocol.from_dict,
        record.append,
        protocol.check_plan,
        protocol.stage_of_change,
        lambda balance: protocol.check_balance(balance, "decided"),
    ]
    for call in calls:
        with pytest.raises(mi.MiError) as caught:
            call({"deep": nested(NESTING - 1)})
        assert caught.value.problems[0].code != "limit_exceeded"
        for levels in (NESTING, 2_000, 100_000):  # the last two are beyond what Python follows
            assert limit(call, {"deep": nested(levels)}) == ""
    assert limit(record.extend, [{"deep": nested(2_000)}]) == ""


def test_a_deep_call_stack_is_no_nesting(document: Document) -> None:
    def call_below(frames: int) -> mi.ClientRecord:
        if frames > 0:
            return call_below(frames - 1)
        return mi.ClientRecord.from_dict({**document, "client": MappingProxyType(document)})

    thrown = set()
    most = sys.getrecursionlimit()
    for frames in range(most - 200, most):
        with pytest.raises((mi.errors.WrongTypeError, RecursionError)) as caught:
            call_below(frames)
        thrown.add(caught.type)
    assert thrown == {mi.errors.WrongTypeError, RecursionError}  # the first where it was read


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "start",
    ["[", '{"events":', '{"body":[', '{"definitions":{"a":{"op":"not","of":'],
)
def test_no_depth_of_nesting_is_followed_to_its_end(
    start: str, read: Callable[[str], object]
) -> None:
    assert limit(read, start * 100_000) == ""
