"""The code lists are real enumerations of their codes, and ordered where the field orders them."""

import copy
import json
import operator
import pickle
import random
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import mi_core as mi
import pytest
from mi_core import TreatmentStep, codes

LISTS: list[type[codes.Code]] = [
    getattr(codes, name) for name in codes.__all__ if name not in {"Code", "OrderedCode"}
]
ORDERED = {
    "AgeBand",
    "CognitionLevel",
    "Direction",
    "LevelOfCare",
    "ReturnClass",
    "Severity",
    "SourceCheck",
    "StageOfChange",
    "TreatmentStage",
    "TreatmentStep",
}
COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge]


def test_codes_are_texts_of_json() -> None:
    assert json.dumps(TreatmentStep.LATE_PERSUASION) == '"late_persuasion"'
    assert f"{TreatmentStep.LATE_PERSUASION}" == "late_persuasion"
    assert TreatmentStep("late_persuasion") is TreatmentStep.LATE_PERSUASION
    assert repr(mi.Severity.NOTE) == "<Severity.NOTE: 'note'>"
    assert {"late_persuasion": 1}[TreatmentStep.LATE_PERSUASION] == 1


def test_every_list_says_what_it_is() -> None:
    assert len(LISTS) > 60
    for one in LISTS:
        assert issubclass(one, codes.Code)
        assert (one.__module__, one.__doc__ == codes.Code.__doc__) == ("mi_core.codes", False)
        assert all(member.__doc__ for member in one)
        for member in one:
            assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - made here
            assert copy.deepcopy(member) is member


def test_the_lists_that_the_field_orders_are_known() -> None:
    assert {one.__name__ for one in LISTS if issubclass(one, codes.OrderedCode)} == ORDERED


@pytest.mark.parametrize("name", sorted(ORDERED))
def test_codes_with_an_order_compare_and_sort_in_it(name: str) -> None:
    members: list[Any] = list(getattr(codes, name))
    for place, compare in product(pairwise(members), COMPARISONS):
        less, more = place
        assert compare(less, more) == compare(0, 1)
        assert compare(more, less) == compare(1, 0)
        assert compare(less, less) == compare(0, 0)
    shuffled = random.Random(7).sample(members, len(members))  # noqa: S311
    assert (sorted(shuffled), max(shuffled), min(shuffled)) == (members, members[-1], members[0])


@pytest.mark.parametrize("compare", COMPARISONS)
def test_codes_compare_with_nothing_but_codes_of_their_list(
    compare: Callable[[Any, Any], bool],
) -> None:
    ordered, other, without = mi.Severity.URGENT, mi.TreatmentStep.ENGAGEMENT, mi.Truth.YES
    pairs: list[tuple[object, object]] = [
        (ordered, "note"),
        (ordered, other),
        (ordered, without),
        (ordered, 1),
        (without, mi.Truth.NO),
        (without, without),
        (without, "no"),
    ]
    for one, two in pairs:
        for left, right in ((one, two), (two, one)):
            with pytest.raises(TypeError, match="not supported between instances of"):
                compare(left, right)


def test_codes_without_an_order_sort_by_what_the_documentation_says() -> None:
    topics = [codes.Topic.SUICIDE, codes.Topic.AGONIST_EVER]
    with pytest.raises(TypeError):
        sorted(topics)
    assert sorted(topics, key=list(codes.Topic).index) == topics[::-1]
    assert sorted(topics, key=str) == topics[::-1]


def test_the_most_urgent_flag_of_each_of_the_44_is_the_first(
    records: dict[str, dict[str, Any]], protocol: mi.Protocol
) -> None:
    by_the_alphabet = 0
    for document in records.values():
        record = mi.ClientRecord.from_dict(document)
        review = protocol.review(record, as_of=str(record.events[-1]["on"]))
        severities = [flag.severity for flag in review.safety]
        assert max(severities) == severities[0]
        by_the_alphabet += max(map(str, severities)) != severities[0]
    assert by_the_alphabet > 0


def test_a_list_that_there_is_not_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Risk'"):
        _ = codes.Risk  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="no attribute 'Risk'"):
        _ = mi.Risk  # type: ignore[attr-defined]
    assert "Severity" in dir(codes)
    assert set(mi.__all__) <= set(dir(mi))
