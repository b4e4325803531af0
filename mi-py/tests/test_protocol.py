"""Protocols: own numbers, forms without a record, pickles."""

import json
import pickle
from collections.abc import Callable
from types import MappingProxyType
from typing import SupportsIndex

import mi_core as mi
import pytest


def test_the_default_protocol_says_what_it_is(protocol: mi.Protocol) -> None:
    assert (protocol.id, protocol.version) == ("dual-diagnosis", "1.0.0")
    assert len(bytes.fromhex(protocol.sha256)) == 32
    assert protocol.overrides == ()
    rule = protocol.rule("TS-08")
    assert rule is not None
    assert rule["step"] == mi.TreatmentStep.RELAPSE_PREVENTION
    assert protocol.rule("none") is None


def test_what_is_written_is_read(protocol: mi.Protocol) -> None:
    assert mi.Protocol.from_json(protocol.to_json()) == protocol
    assert mi.Protocol.from_dict(protocol.to_dict()) == protocol


def test_own_numbers_are_listed_and_survive_a_pickle(protocol: mi.Protocol) -> None:
    ours = protocol.with_numbers(MappingProxyType({"regular_contact.count": 3}))
    assert ours != protocol
    assert ours.sha256 != protocol.sha256
    again = pickle.loads(pickle.dumps(ours))  # noqa: S301 - made here
    assert again == ours
    (number,) = again.overrides
    assert number.to_dict() == {"parameter": "regular_contact.count", "value": 3, "default": 4}
    assert ours.with_numbers({"regular_contact.count": 4}) == protocol


@pytest.mark.parametrize("number", [2**64, -(2**64)])
def test_own_numbers_may_be_larger_than_any_integer(
    protocol: mi.Protocol, whole: Callable[[int], SupportsIndex], number: int
) -> None:
    for given in (number, whole(number)):
        with pytest.raises(mi.errors.OutOfRangeError):
            protocol.with_numbers({"regular_contact.count": given})


def test_own_numbers_may_be_of_another_package(
    protocol: mi.Protocol, whole: Callable[[int], SupportsIndex]
) -> None:
    ours = protocol.with_numbers({"regular_contact.count": 3})
    assert protocol.with_numbers({"regular_contact.count": whole(3)}) == ours


def test_own_numbers_are_no_booleans(protocol: mi.Protocol) -> None:
    with pytest.raises(TypeError, match="not a bool"):
        protocol.with_numbers({"regular_contact.count": True})


@pytest.mark.parametrize("value", ["3", None, 3.0, [3]])
def test_own_numbers_are_whole_numbers(protocol: mi.Protocol, value: SupportsIndex) -> None:
    with pytest.raises(TypeError, match="a whole number is needed"):
        protocol.with_numbers({"regular_contact.count": value})


def test_own_numbers_stay_within_their_names_and_ranges(protocol: mi.Protocol) -> None:
    with pytest.raises(mi.errors.UnknownNameError):
        protocol.with_numbers({"regular_contact": 3})
    with pytest.raises(mi.errors.OutOfRangeError) as caught:
        protocol.with_numbers({"regular_contact.count": -1})
    assert caught.value.problems[0].path == "/numbers/regular_contact.count"


def test_a_protocol_that_contradicts_itself_is_rejected(protocol: mi.Protocol) -> None:
    document = protocol.to_dict()
    document["rules"][0]["sources"] = ["nowhere"]
    with pytest.raises(mi.MiError) as caught:
        mi.Protocol.from_json(json.dumps(document))
    assert ("unknown_name", "/rules/0/sources/0") in [
        (problem.code, problem.path) for problem in caught.value.problems
    ]


def test_a_balance_is_checked_without_a_record(protocol: mi.Protocol) -> None:
    balance = {
        "form": "neutral_grid",
        "purpose": "evoke_change",
        "good_of_staying": [{"words": "it calms the voices"}],
        "good_of_changing": [{"words": "mornings with my daughter", "weight": 9}],
    }
    (caution,) = protocol.check_balance(balance, mi.Standing.AMBIVALENT)
    assert (caution.rule, caution.verdict) == ("DB-02", mi.Verdict.MET)
    assert protocol.check_balance(balance, "ambivalent") == (caution,)
    assert protocol.check_balance(balance, mi.Standing.DECIDED) != (caution,)


def test_a_plan_is_checked_without_a_record(protocol: mi.Protocol) -> None:
    plan = {"kind": "relapse_prevention", "urges": ["walk"], "coping": [{"action": "call Sam"}]}
    gaps = {gap.rule: gap for gap in protocol.check_plan(plan, dual="yes")}
    assert gaps["RP-03"].verdict is mi.Verdict.MET
    assert mi.codes.PlanPart.LAPSE_STEPS in gaps["RP-04"].missing_parts
    about = gaps["RP-04"].about
    assert isinstance(about, mi.AboutPlan)
    assert (about.plan, about.event) == (mi.codes.PlanKind.RELAPSE_PREVENTION, None)
    open_gaps = {gap.rule: gap for gap in protocol.check_plan(plan)}
    assert open_gaps["RP-03"].verdict is mi.Verdict.UNKNOWN
    assert "RP-03" not in [gap.rule for gap in protocol.check_plan(plan, dual=mi.Truth.NO)]
