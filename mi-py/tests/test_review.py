"""Reviews: typed attributes all the way down, equal when their JSON is equal, nothing in a repr."""

import json
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest

DAY = date(2026, 8, 20)


@pytest.fixture
def review(record: mi.ClientRecord, protocol: mi.Protocol) -> mi.Review:
    return protocol.review(record, as_of=DAY)


def parts(value: object) -> Iterator[object]:
    """All values below a part of a review, and the part itself."""
    yield value
    if isinstance(value, tuple):
        for one in value:
            yield from parts(one)
    elif type(value).__module__ == "mi_core":
        names = vars(type(value))
        for name in names:
            attribute = getattr(value, name)
            if not name.startswith("_") and not callable(attribute):
                yield from parts(attribute)


def test_a_review_says_what_it_is_of(review: mi.Review, protocol: mi.Protocol) -> None:
    assert (review.client, review.as_of, review.events) == ("client-7", DAY, 7)
    assert review.known_by is None
    used = review.protocol
    assert (used.id, used.version, used.sha256) == (protocol.id, "1.0.0", protocol.sha256)
    assert "safety" in review.covers
    assert review.rules["TS-06"].evidence in mi.codes.Evidence
    with pytest.raises(TypeError):
        review.rules["TS-06"] = review.rules["TS-05"]  # type: ignore[index]


def test_positions_are_typed(review: mi.Review) -> None:
    (position,) = review.treatment_stage.targets
    assert position == review.positions.treatment_stage.targets[0]
    assert (position.target.kind, position.target.code) == ("substance", "alcohol")
    assert f"{position.target}: {position.floor}" == f"alcohol: {position.floor.value}"
    assert isinstance(position.floor, mi.TreatmentStep)
    assert review.treatment_stage.person.status is mi.codes.Status.POSITIONED
    rating = position.current.recorded
    assert rating is not None
    assert (str(rating.on), rating.on.exact) == ("2026-08", None)
    assert (rating.on.earliest, rating.on.latest) == (date(2026, 8, 1), date(2026, 8, 31))
    assert (rating.by.role, rating.by.id) == (mi.codes.Role.NURSE, "n1")
    match position.target:
        case mi.Target("substance", code):
            assert code == "alcohol"
        case _:
            pytest.fail("targets match by kind and code")


def test_moves_carry_their_traces(review: mi.Review) -> None:
    steps = [move.step for move in review.moves]
    assert steps == list(mi.TreatmentStep)[-len(steps) :]
    assert all(isinstance(move.label, mi.Label) for move in review.moves)
    assert [move.to_dict() for move in review.moves] == review.to_dict()["moves"]
    assert review.moves[0].enter == review.to_dict()["moves"][0]["enter"]


def test_attributes_say_what_the_json_says(review: mi.Review) -> None:
    plain = json.loads(review.to_json())
    assert plain == review.to_dict()
    for section in ("safety", "moves", "cautions", "discordance", "plans", "notes", "to_ask_next"):
        assert [part.to_dict() for part in getattr(review, section)] == plain[section]
        assert [json.loads(part.to_json()) for part in getattr(review, section)] == plain[section]
    assert {rule: basis.to_dict() for rule, basis in review.rules.items()} == plain["rules"]
    assert review.positions.to_dict() == plain["positions"]


def test_what_was_recorded_later_is_left_out(
    record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    known_by = datetime(2026, 8, 10, 23, tzinfo=UTC)
    then = protocol.review(record, as_of=DAY, known_by=known_by)
    assert (then.known_by, then.events) == (known_by, 6)
    assert then == protocol.review(record, as_of=DAY, known_by="2026-08-11T01:00:00+02:00")
    assert then != protocol.review(record, as_of=DAY)


def test_a_review_is_made_again_from_a_pickle(
    record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    ours = protocol.with_numbers({"regular_contact.count": 3})
    review = ours.review(record, as_of=DAY, known_by="2026-08-12T08:00:00.001Z")
    again = pickle.loads(pickle.dumps(review))  # noqa: S301 - made here
    assert again == review
    assert again.to_json() == review.to_json()
    assert again.protocol.overrides[0].value == 3


def test_a_review_is_written_in_words(review: mi.Review, protocol: mi.Protocol) -> None:
    text = protocol.render(review)
    assert text.startswith("# Review of client-7, 20 August 2026\n")


def test_no_repr_shows_what_a_record_says(
    review: mi.Review, record: mi.ClientRecord, words: str
) -> None:
    assert words in record.to_json()
    assert repr(record) == "ClientRecord(client-7, 8 events)"
    assert repr(review).startswith("Review(client-7, 2026-08-20: ")
    canaries = ["alcohol", "2026-08-1", "n1", words, "engagement", "e8", "TS-"]
    seen: set[type[Any]] = set()
    for part in parts((review.positions, review.moves, review.safety, review.plans, review.notes)):
        if type(part).__module__ == "mi_core":
            seen.add(type(part))
            assert not [canary for canary in canaries if canary in repr(part)], repr(part)
    assert {mi.Move, mi.PersonPosition, mi.RecordedRating, mi.Target, mi.PartialDate} <= seen


def test_no_repr_or_error_shows_any_field_for_words(protocol: mi.Protocol) -> None:
    text = (Path(__file__).parents[2] / "tests/data/every-text.json").read_text("utf-8")
    record = mi.ClientRecord.from_json(text)
    review = protocol.review(record, as_of=date(2026, 12, 31))
    sections = [getattr(review, name) for name in review.covers]
    found = parts((record, review, *sections))  # events are documents, and no part of ours
    shown = [repr(part) for part in found if type(part).__module__ == "mi_core"]
    document = json.loads(text)
    for event in document["events"]:
        wrong = event | {"body": event["body"] | {"Canary 7f3a": text}}
        with pytest.raises(mi.MiError) as caught:
            mi.ClientRecord.from_dict(document | {"events": [wrong]})
        shown += [repr(caught.value), str(caught.value), repr(caught.value.problems)]
    assert len(shown) > 100
    for one in shown:
        assert not [canary for canary in ("anary", "7f3a", "734197") if canary in one], one


def test_small_values_are_hashable_and_ordered(review: mi.Review) -> None:
    target = review.moves[0].target
    assert {target: 1}[review.moves[1].target] == 1
    assert sorted([target, target]) == [target, target]
