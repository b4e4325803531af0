"""What is raised: a class for each kind, problems with paths, and nothing of the input."""

import copy
import json
import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest

Document = dict[str, Any]

CANARY = "canary-7"


def class_of(kind: mi.ErrorKind) -> type[mi.MiError]:
    name = "".join(word.capitalize() for word in kind.split("_")) + "Error"
    found: type[mi.MiError] = getattr(mi.errors, name)
    return found


def test_every_kind_has_a_class_that_says_what_it_is() -> None:
    for kind in mi.ErrorKind:
        assert issubclass(class_of(kind), mi.MiError)
        assert class_of(kind).__doc__
    assert issubclass(mi.MiError, ValueError)


def test_the_class_is_that_of_the_first_problem_and_all_are_told(document: Document) -> None:
    document["events"][1]["on"] = "2026-02-30"
    document["events"][4]["body"]["place"] = CANARY
    document["events"][5]["body"]["words"] = 7
    with pytest.raises(mi.errors.InvalidDateError) as caught:
        mi.ClientRecord.from_dict(document)
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("invalid_date", "/events/1/on"),
        ("unknown_code", "/events/4/body/place"),
        ("wrong_type", "/events/5/body/words"),
    ]
    assert caught.value.problems[0].kind is mi.ErrorKind.INVALID_DATE
    assert str(caught.value).count("\n") == 2


def test_text_that_is_not_json_has_line_and_column() -> None:
    with pytest.raises(mi.errors.NotJsonError) as caught:
        mi.ClientRecord.from_json('{\n  "client": ,\n}')
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 13)


def test_errors_are_pickled_and_copied() -> None:
    with pytest.raises(mi.errors.NotJsonError) as caught:
        mi.ClientRecord.from_json("{")
    for error in (
        pickle.loads(pickle.dumps(caught.value)),  # noqa: S301 - made here
        copy.deepcopy(caught.value),
    ):
        assert type(error) is mi.errors.NotJsonError
        assert (str(error), error.problems) == (str(caught.value), caught.value.problems)


@pytest.mark.parametrize(
    "place",
    [
        ("client",),
        ("events", 0, "id"),
        ("events", 0, "on"),
        ("events", 0, "recorded"),
        ("events", 0, "by", "role"),
        ("events", 0, "body", "kind"),
        ("events", 1, "body", "target", "code"),
        ("events", 3, "body", "periods"),
    ],
)
def test_an_error_never_shows_what_it_found(
    document: Document, place: tuple[str | int, ...]
) -> None:
    *parents, last = place
    part: Any = document
    for step in parents:
        part = part[step]
    part[last] = f"{CANARY} " * 3
    part[CANARY] = 1  # an unknown key is not shown either
    with pytest.raises(mi.MiError) as caught:
        mi.ClientRecord.from_json(json.dumps(document))
    shown = f"{caught.value} {caught.value!r} {caught.value.problems} {caught.value.__context__}"
    assert CANARY not in shown


def test_arguments_are_checked_by_the_same_rules(
    record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    with pytest.raises(mi.errors.InvalidTextError) as invalid:
        mi.ClientRecord("no spaces")
    assert invalid.value.problems[0].path == "/client"
    with pytest.raises(mi.errors.InvalidDateError) as too_early:
        protocol.review(record, as_of=date(1800, 1, 1))
    assert too_early.value.problems[0].path == "/as_of"
    with pytest.raises(TypeError, match="not a datetime"):
        protocol.review(record, as_of=datetime(2026, 11, 22))  # noqa: DTZ001 - rejected
    with pytest.raises(TypeError):
        protocol.review(record, as_of=20261122)  # type: ignore[arg-type]
    with pytest.raises(mi.errors.InvalidInstantError):
        protocol.review(record, as_of=date(2026, 11, 22), known_by="yesterday")
    with pytest.raises(mi.errors.InvalidInstantError):  # a time without a zone is no instant
        protocol.review(record, as_of=date(2026, 11, 22), known_by=datetime(2026, 11, 1))  # noqa: DTZ001
    with pytest.raises(mi.errors.UnknownCodeError) as caught:
        protocol.check_balance({"form": "neutral_grid"}, CANARY)
    assert "ambivalent" in str(caught.value)
    assert CANARY not in str(caught.value)
    with pytest.raises(mi.errors.UnknownCodeError) as caught:
        protocol.check_balance({"form": "neutral_grid"}, f"{CANARY}\ud800")
    assert CANARY not in repr(caught.value)
    with pytest.raises(mi.errors.UnknownFieldError):
        protocol.check_plan({"kind": "crisis", CANARY: []})
    with pytest.raises(mi.errors.InvalidTextError) as invalid:
        protocol.with_numbers({f"{CANARY}\ud800": 3})
    assert invalid.value.problems[0].path == "/numbers"
    assert CANARY not in repr(invalid.value)


def test_no_error_shows_any_field_for_words() -> None:
    path = Path(__file__).parents[2] / "tests" / "data" / "every-text.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for event in document["events"]:
        wrong = event | {"body": event["body"] | {"Canary 7f3a": path.name}}
        with pytest.raises(mi.MiError) as caught:
            mi.ClientRecord.from_dict(document | {"events": [wrong]})
        shown = f"{caught.value!r} {caught.value} {caught.value.problems!r}"
        assert not [canary for canary in ("anary", "7f3a", "734197") if canary in shown]
