"""Every part of a review: its types, as the consumer reads them, and a repr that tells nothing."""

import ast
import copy
import importlib.util
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from enum import Enum
from itertools import chain
from pathlib import Path
from types import MappingProxyType, ModuleType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, is_typeddict

import mi_core as mi
import pytest

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "mi-core" / "examples" / "records"
CONSUMER = Path(__file__).with_name("consumer.py")
CODE = ast.parse(CONSUMER.read_text(encoding="utf-8"))
DAY = date(2026, 5, 20)

Document = dict[str, Any]

EXPORTED = (getattr(mi, name) for name in mi.__all__)
CLASSES = {one for one in EXPORTED if isinstance(one, type) and not issubclass(one, Enum)}


# --- Records of every kind -----------------------------------------------------------------------

SCHEMA: Document = json.loads((ROOT / "docs/schemas/record.schema.json").read_text("utf-8"))
BODY: Document = SCHEMA["$defs"]["Body"]
EXAMPLES: Document = {
    "ActorId": "n1",
    "Amount": 3,
    "CalendarDate": "2026-05-04",
    "Code": "acme.canary_of_our_own",
    "DayCount": 2,
    "EventId": "first",
    "PartialDate": "2026-05-04",
    "Rating": 7,
    "Text": "canary in the words of the client",
}


def examples(schema: Document) -> list[Any]:
    """Values with every field, every choice and every code that the schema has."""
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        return [EXAMPLES[name]] if name in EXAMPLES else examples(SCHEMA["$defs"][name])
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return list(chain(*(examples(one) for one in choices if one.get("type") != "null")))
    if "items" in schema:
        return [examples(schema["items"])]
    if "properties" in schema:
        fields = {field: examples(of) for field, of in schema["properties"].items()}
        rows = range(max(map(len, fields.values())))
        return [{field: of[row % len(of)] for field, of in fields.items()} for row in rows]
    if "const" in schema:
        return [schema["const"]]
    return list(schema.get("enum", (True, False)))


def said(value: object) -> Iterator[str]:
    """All texts of a document: words, codes, dates and identifiers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from said(one)


def event(name: str, body: Document) -> Document:
    return {
        "id": name,
        "on": "2026-05-04",
        "recorded": "2026-05-11T09:00:00.000Z",
        "by": {"role": "nurse", "id": EXAMPLES["ActorId"]},
        "body": body,
    }


def accepted(record: mi.ClientRecord, body: Document) -> bool:
    """Some fields do not fit together: what they say is then in another example."""
    try:
        copy.copy(record).append(event("e", body))
    except mi.errors.InconsistentError:
        return False
    return True


@pytest.fixture(scope="module")
def everything() -> mi.ClientRecord:
    """A record of every kind of event but a closing one, which would leave little to review."""
    opened = {"kind": "episode_opened", "contact_log": "partial"}
    record = mi.ClientRecord("client-7")
    record.append(event("first", opened))
    bodies = [body for body in examples(BODY) if accepted(record, body)]
    left_out = [body for body in examples(BODY) if body not in bodies]
    assert EXAMPLES["Text"] in set(said(bodies)) - set(said(left_out))
    bodies += [
        {"kind": "concern", "domain": "social", "status": "suspected", "code": EXAMPLES["Code"]},
        {"kind": "plan", "plan": {"kind": "crisis", "warning_signs": [EXAMPLES["Text"]]}},
        {"kind": "treatment_stage_rating", "step": "engagement"},
        {
            "kind": "use_report",
            "substance": "alcohol",
            "periods": [{"from": "2026-05-01", "to": "2026-05-03", "use": {"kind": "daily"}}],
        },
    ]
    assert {body["kind"] for body in bodies} == {
        one["properties"]["kind"]["const"] for one in BODY["oneOf"]
    }
    bodies = [body for body in bodies if body["kind"] != "episode_closed"]
    record.extend(event(f"e{number}", body) for number, body in enumerate(bodies))
    return record


@pytest.fixture(scope="module")
def records(everything: mi.ClientRecord) -> list[mi.ClientRecord]:
    paths = sorted(RECORDS.glob("*.json"))
    worked = [mi.ClientRecord.from_json(path.read_text(encoding="utf-8")) for path in paths]
    return [everything, *worked]


@pytest.fixture(scope="module")
def reviews(records: list[mi.ClientRecord]) -> list[mi.Review]:
    overlay = {
        "schema_version": 1,
        "id": "acme",
        "version": "1",
        "extends": {"id": "dual-diagnosis", "version": "1.0.0"},
        "off": [{"rule": "SC-10", "by": "Clinical lead", "reason": "Asked at each contact."}],
    }
    own = mi.Protocol.dual_diagnosis().with_overlay(overlay)
    protocol = own.with_numbers({"regular_contact.count": 3})
    return [protocol.review(record, as_of=DAY) for record in records]


def parts(value: object) -> Iterator[object]:
    """All values below a part of a review, and the part itself."""
    yield value
    if isinstance(value, MappingProxyType):
        yield from parts(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from parts(one)
    elif type(value).__module__ == "mi_core":
        for name in members(type(value)):
            attribute = getattr(value, name)
            if not callable(attribute):
                yield from parts(attribute)


def members(of: type) -> list[str]:
    return [name for name in vars(of) if not name.startswith("_")]


# --- What the consumer reads ---------------------------------------------------------------------


def reads(of: type) -> set[str]:
    """What the consumer reads of a class itself, and in functions that take one of it."""
    name = f"mi.{of.__name__}"
    found = attributes(CODE, name)
    for function in CODE.body:
        if isinstance(function, ast.FunctionDef):
            for argument in function.args.args:
                if argument.annotation and name in ast.unparse(argument.annotation).split(" | "):
                    found |= attributes(function, argument.arg)
    return found


def attributes(code: ast.AST, of: str) -> set[str]:
    return {
        node.attr
        for node in ast.walk(code)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == of
    }


def fits(value: object, expected: Any) -> bool:  # noqa: ANN401 - whatever stands in a type
    origin, of = get_origin(expected), get_args(expected)
    if is_typeddict(expected):
        return type(value) is dict and value.keys() >= expected.__required_keys__
    if origin is Literal:
        return value in of
    if origin in {Union, UnionType}:
        return any(fits(value, one) for one in of)
    if origin is tuple:
        kinds = of[:1] * len(value) if of[-1] is ... else of  # type: ignore[arg-type]
        return type(value) is tuple and all(map(fits, value, kinds))
    return isinstance(value, origin) if origin else type(value) is expected


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The consumer, whose types are checked of values too, not only by mypy."""

    def checked(value: object, expected: object) -> object:
        assert fits(value, expected), f"{type(value)} where {expected} is expected"
        return value

    spec = importlib.util.spec_from_file_location("consumer", CONSUMER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "assert_type", checked)
    return module


def test_the_reviews_have_every_part(reviews: list[mi.Review]) -> None:
    others = {
        mi.AnsweredStage,
        mi.ClientRecord,
        mi.Explanation,
        *(one for one in CLASSES if one.__name__.endswith("Words")),
        mi.MiError,
        mi.Problem,
        mi.Protocol,
        mi.Texts,
    }
    assert CLASSES - {type(part) for part in parts((*reviews,))} == others
    lists = [name for name in members(mi.Review) if isinstance(getattr(reviews[0], name), tuple)]
    assert [name for name in lists if not any(getattr(review, name) for review in reviews)] == []


def test_the_consumer_names_all_that_is_exported() -> None:
    named = attributes(CODE, "mi")
    imported = {
        name.name
        for node in CODE.body
        if isinstance(node, ast.ImportFrom) and node.module == "mi_core"
        for name in node.names
    }
    assert set(mi.__all__) - named - imported == set()


def test_the_consumer_reads_every_member_of_every_class() -> None:
    unread = {one.__name__: set(members(one)) - reads(one) for one in CLASSES}
    assert {name: left for name, left in unread.items() if left} == {}


def test_what_the_consumer_reads_has_the_types_that_mypy_sees(
    consumer: ModuleType, reviews: list[mi.Review], everything: mi.ClientRecord
) -> None:
    for review in reviews:
        consumer.review(review)
    consumer.record(everything)
    protocol = mi.Protocol.dual_diagnosis()
    consumer.protocol(protocol)
    consumer.forms(protocol)
    for text in ("{", "{}"):
        with pytest.raises(mi.MiError) as caught:
            mi.ClientRecord.from_json(text)
        consumer.told(caught.value)


def test_the_consumer_runs() -> None:
    arguments = (sys.executable, CONSUMER, RECORDS / "stopping.json", "2026-04-20")
    run = subprocess.run(arguments, capture_output=True, check=True, encoding="utf-8")
    version, heading, *_ = run.stdout.splitlines()
    assert (version, heading) == (mi.__version__, "# Review of case-2, 20 April 2026")


# --- What a repr shows ---------------------------------------------------------------------------


CONCLUDED = (
    mi.codes.Evidence,
    mi.codes.Fact,
    mi.codes.Label,
    mi.codes.MoveDirection,
    mi.codes.PlanKind,
    mi.codes.Severity,
    mi.codes.Status,
    mi.codes.TreatmentStep,
    mi.codes.Verdict,
)


def names(value: object) -> Iterator[str]:
    """All names of a protocol: of its rules, definitions, numbers, sources and texts."""
    if isinstance(value, dict):
        yield from value
        yield from names(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from names(one)
    elif isinstance(value, str) and " " not in value:
        yield value


def test_a_repr_of_a_part_shows_identifiers_and_codes_of_the_library_alone(
    records: list[mi.ClientRecord], reviews: list[mi.Review]
) -> None:
    protocol = set(names(mi.Protocol.dual_diagnosis().to_dict()))
    for record, review in zip(records, reviews, strict=True):
        sections = tuple(getattr(review, name) for name in members(mi.Review))
        shown = {repr(part) for part in parts(sections) if type(part).__module__ == "mi_core"}
        events = {event["id"] for event in record.events}
        allowed = (
            protocol
            | events
            | {code for codes in CONCLUDED for code in codes}
            | {"...", "acme", "1"}
        )
        assert shown
        for one in shown:
            name, _, inside = one.removesuffix(")").partition("(")
            assert isinstance(getattr(mi, name), type)
            assert set(inside.split(", ")) - allowed == set() or not inside


def test_a_repr_says_which_part_it_is(reviews: list[mi.Review]) -> None:
    review = reviews[-1]
    flag = review.safety[0]
    assert repr(flag).startswith(f"Flag({flag.rule}, {flag.severity}, ")
    move = review.moves[0]
    assert repr(move) == f"Move({move.rule}, {move.label}, {move.step}, {move.verdict})"
    assert repr(review.to_ask_next[0].missing).startswith("Missing(")


# --- Parts are values ----------------------------------------------------------------------------


def test_every_part_is_pickled_copied_compared_and_hashed(reviews: list[mi.Review]) -> None:
    found = {
        part
        for part in parts((*reviews,))
        if type(part).__module__ == "mi_core" and type(part) is not mi.Review
    }
    assert len(found) > 100
    for part in found:
        again = pickle.loads(pickle.dumps(part))  # noqa: S301 - made here
        assert type(again) is type(part)
        assert (again, copy.deepcopy(part)) == (part, part)
        assert (hash(again), repr(again)) == (hash(part), repr(part))
    assert reviews[0].safety is reviews[0].safety
    assert reviews[0].safety[0] != reviews[0].safety[1]


def test_a_pickle_that_holds_no_part_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="a part that this version wrote is needed"):
        mi.Flag._read("[]")
    with pytest.raises(ValueError, match="a part that this version wrote is needed"):
        _ = mi.Flag._read("{}").severity


def test_a_repr_of_the_whole_shows_the_client_the_day_and_counts(
    everything: mi.ClientRecord, reviews: list[mi.Review]
) -> None:
    count = everything.event_count
    assert repr(everything) == f"ClientRecord(client-7, {count} events)"
    flags, questions = len(reviews[0].safety), len(reviews[0].to_ask_next)
    expected = f"Review(client-7, {DAY}: {flags} safety flags, {questions} to ask)"
    assert repr(reviews[0]) == expected
