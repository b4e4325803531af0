"""Records: read, written, added to, never overwritten."""

import copy
import json
import pickle
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, SupportsIndex

import mi_core as mi
import pytest

Document = dict[str, Any]


def test_what_is_read_is_written(document: Document) -> None:
    record = mi.ClientRecord.from_json(json.dumps(document))
    assert record.to_dict() == mi.ClientRecord.from_dict(document).to_dict()
    assert mi.ClientRecord.from_json(record.to_json()) == record
    assert (record.client, record.event_count, len(record.events)) == ("client-7", 8, 8)
    assert record.event("e4") == document["events"][3]
    assert record.event("e99") is None
    assert record.event("no id at all") is None


def test_a_record_is_added_to(contact: Callable[[str], Document]) -> None:
    record = mi.ClientRecord("client-7")
    record.append(contact("a"))
    assert record.event_count == 1
    record.extend(contact(name) for name in "abc")
    assert record.event_count == 3
    same = copy.copy(record)
    record.append(contact("a"))
    assert record == same
    record.append(contact("d"))
    assert (record.event_count, same.event_count) == (4, 3)
    assert record != same
    with pytest.raises(TypeError, match="unhashable"):
        hash(record)


def test_a_review_stays_that_of_the_record_as_it_was(
    record: mi.ClientRecord, protocol: mi.Protocol, contact: Callable[[str], Document]
) -> None:
    review = protocol.review(record, as_of="2026-08-20")
    record.append(contact("later"))
    assert protocol.review(record, as_of="2026-08-20").events == review.events + 1
    assert pickle.loads(pickle.dumps(review)) == review  # noqa: S301 - made here


def test_several_threads_add_to_one_record_and_read_it(protocol: mi.Protocol) -> None:
    record = mi.ClientRecord("client-7")

    def add(thread: int) -> None:
        for number in range(50):
            day = date(2026, 1, 1) + timedelta(days=(7 * number + thread) % 60)
            record.append(
                {
                    "id": f"t{thread}-{number}",
                    "on": day,
                    "recorded": f"{day}T09:00:00.000Z",
                    "by": {"role": "nurse", "id": "n1"},
                    "body": {"kind": "contact", "outcome": "kept"},
                }
            )
            assert protocol.review(record, as_of="2026-08-20").events > number

    with ThreadPoolExecutor() as threads:
        list(threads.map(add, range(4)))
    assert record.event_count == 200
    days = [event["on"] for event in record.events]
    assert days == sorted(days)


def test_events_of_earlier_days_are_added_as_quickly_as_those_of_today() -> None:
    record = mi.ClientRecord("client-7")
    days = [str(date(2026, 12, 31) - timedelta(days=number)) for number in range(20_000)]
    for number, day in enumerate(days):
        record.append(
            {
                "id": f"e{number}",
                "on": day,
                "recorded": "2026-12-31T09:00:00.000Z",
                "by": {"role": "nurse", "id": "n1"},
                "body": {"kind": "contact", "outcome": "kept"},
            }
        )
    assert [event["on"] for event in record.events[:2]] == [days[-1], days[-2]]


def test_pointers_begin_at_what_was_handed_in(contact: Callable[[str], Document]) -> None:
    record = mi.ClientRecord("client-7")
    record.append(contact("a"))
    wrong = contact("b")
    wrong["body"]["outcome"] = "kept it"
    with pytest.raises(mi.errors.UnknownCodeError) as one:
        record.append(wrong)
    assert one.value.problems[0].path == "/body/outcome"
    with pytest.raises(mi.errors.UnknownCodeError) as several:
        record.extend([contact("c"), wrong])
    assert several.value.problems[0].path == "/1/body/outcome"
    other = contact("a")
    other["body"]["outcome"] = "missed"
    with pytest.raises(mi.errors.DuplicateIdError) as duplicate:
        record.extend([contact("c"), other])
    assert duplicate.value.problems[0].path == "/1/id"
    assert record.event_count == 1  # all or none


def test_dates_enums_and_mappings_are_plain_enough(contact: Callable[[str], Document]) -> None:
    plain = contact("a")
    rich = plain | {
        "on": date(2026, 8, 20),
        "recorded": datetime(2026, 8, 20, 9, 20, tzinfo=UTC),
        "by": MappingProxyType({"role": mi.codes.Role.NURSE, "id": "n1"}),
    }
    one, other = mi.ClientRecord("client-7"), mi.ClientRecord("client-7")
    one.append(MappingProxyType(rich))
    other.append(plain)
    assert one == other


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_does_not_have_is_a_type_error(document: Document, value: float) -> None:
    for wrong in (document | {"client": value}, document | {"Jane Doe": {value: 1}}):
        with pytest.raises(TypeError, match="has no place in a document") as caught:
            mi.ClientRecord.from_dict(wrong)
        shown = "".join(traceback.format_exception(caught.value))
        assert repr(value) not in shown
        assert "Jane Doe" not in shown


def test_what_holds_itself_is_a_type_error(document: Document) -> None:
    document["Jane Doe"] = MappingProxyType({"events": [document]})
    for call in (mi.ClientRecord.from_dict, mi.ClientRecord("client-7").append):
        with pytest.raises(TypeError, match="has no place in a document") as caught:
            call(document)
        assert "Jane Doe" not in "".join(traceback.format_exception(caught.value))


def test_what_stands_twice_does_not_hold_itself(contact: Callable[[str], Document]) -> None:
    one = contact("a")
    record = mi.ClientRecord("client-7")
    record.extend([one, one, one | {"id": "b"}])
    assert record.event_count == 2


def test_whole_numbers_may_be_of_another_package(
    document: Document, whole: Callable[[int], SupportsIndex]
) -> None:
    numbers = document | {"schema_version": whole(1)}
    assert mi.ClientRecord.from_dict(numbers) == mi.ClientRecord.from_dict(document)
    with pytest.raises(mi.errors.NewerSchemaError):
        mi.ClientRecord.from_dict(document | {"schema_version": whole(2)})
    truth = type("bool_", (type(whole(1)),), {})  # as numpy had it
    with pytest.raises(TypeError, match="a bool_ has no place in a document"):
        mi.ClientRecord.from_dict(document | {"schema_version": truth(1)})


def test_text_with_half_a_pair_is_rejected_where_it_stands(document: Document) -> None:
    document["client"] = "half a pair: \ud800"
    with pytest.raises(mi.errors.InvalidTextError) as caught:
        mi.ClientRecord.from_dict(document)
    assert caught.value.problems[0].path == "/client"


def test_a_backslash_before_half_a_pair_makes_no_other_text(document: Document) -> None:
    text = json.dumps(document).replace('"client-7"', '"client\\\udcff"', 1)
    with pytest.raises(mi.errors.NotJsonError):
        mi.ClientRecord.from_json(text)


def test_short_texts_with_half_a_pair_are_rejected_without_their_words(
    record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    with pytest.raises(mi.errors.InvalidTextError) as caught:
        mi.ClientRecord("\ud800 secret")
    assert "secret" not in repr(caught.value)
    assert record.event("\ud800") is None
    assert protocol.rule("\ud800") is None
    with pytest.raises(mi.errors.InvalidInstantError):
        protocol.review(record, as_of=date(2026, 8, 20), known_by="\ud800")


def test_what_has_no_place_in_a_document_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="a set has no place in a document"):
        mi.ClientRecord.from_dict({"events": {1, 2}})
    with pytest.raises(TypeError):
        mi.ClientRecord.from_dict("client-7")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        mi.ClientRecord.from_json(b"{}")  # type: ignore[arg-type]


def test_what_is_no_list_of_events_is_a_type_error(contact: Callable[[str], Document]) -> None:
    record = mi.ClientRecord("client-7")
    for value in ("abc", "", b"abc", contact("a"), {}, 7):
        with pytest.raises(TypeError, match="while processing 'events'"):
            record.extend(value)  # type: ignore[arg-type]
    with pytest.raises(mi.errors.WrongTypeError) as caught:  # what is in the list, the core says
        record.extend([contact("a"), "abc"])  # type: ignore[list-item]
    assert caught.value.problems[0].path == "/1"


def test_records_are_pickled_copied_and_compared(record: mi.ClientRecord) -> None:
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - made here
    assert copy.deepcopy(record) == record
    assert record != mi.ClientRecord("client-7")
    assert record != "client-7"


def test_events_cannot_be_changed(record: mi.ClientRecord) -> None:
    with pytest.raises(AttributeError):
        record.client = "client-8"  # type: ignore[misc]
    record.events[0]["id"] = "changed"
    assert record.events[0]["id"] == "e1"
