"""Reviews: typed attributes all the way down, equal when their JSON is equal."""

import json
import pickle
from datetime import UTC, date, datetime
from pathlib import Path

import mi_core as mi
import pytest

DAY = date(2026, 8, 20)
RECORDS = Path(__file__).parents[2] / "mi-core" / "examples" / "records"


@pytest.fixture
def review(record: mi.ClientRecord, protocol: mi.Protocol) -> mi.Review:
    return protocol.review(record, as_of=DAY)


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


def test_what_a_finding_is_about_says_what_the_json_says(protocol: mi.Protocol) -> None:
    record = mi.ClientRecord.from_json((RECORDS / "two-years.json").read_text(encoding="utf-8"))
    review = protocol.review(record, as_of=date(2025, 6, 1))
    found: list[mi.Finding | mi.PlanGap] = [*review.cautions, *review.plans, *review.notes]
    kinds = set()
    for finding in found:
        if finding.about is not None:
            kinds.add(type(finding.about))
            assert finding.about.to_dict() == finding.to_dict()["about"]
            assert json.loads(finding.about.to_json()) == finding.to_dict()["about"]
    assert kinds == {mi.AboutEvent, mi.AboutPlan, mi.ReturnFound}


def test_what_was_recorded_later_is_left_out(
    record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    known_by = datetime(2026, 8, 10, 23, tzinfo=UTC)
    then = protocol.review(record, as_of=DAY, known_by=known_by)
    assert (then.known_by, then.events) == (known_by, 6)
    assert then == protocol.review(record, as_of=DAY, known_by="2026-08-11T01:00:00+02:00")
    assert then != protocol.review(record, as_of=DAY)


def test_a_day_may_be_its_text(record: mi.ClientRecord, protocol: mi.Protocol) -> None:
    assert protocol.review(record, as_of="2026-08-20") == protocol.review(record, as_of=DAY)


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


def test_small_values_are_hashable_and_ordered(review: mi.Review) -> None:
    target = review.moves[0].target
    assert {target: 1}[review.moves[1].target] == 1
    assert sorted([target, target]) == [target, target]


def test_a_notebook_shows_a_review_in_words(review: mi.Review, protocol: mi.Protocol) -> None:
    assert review._repr_markdown_() == protocol.render(review)
