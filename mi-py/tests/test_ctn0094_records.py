"""The records of the 44 trial participants; expected numbers are counted in the tables by hand."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def bodies(record: Record, kind: str) -> list[Record]:
    return [event["body"] for event in record["events"] if event["body"]["kind"] == kind]


def counts(record: Record) -> Counter[str]:
    return Counter(event["body"]["kind"] for event in record["events"])


def days(period: Record) -> int:
    return (date.fromisoformat(period["to"]) - date.fromisoformat(period["from"])).days + 1


def test_there_are_44_people(records: dict[str, Record]) -> None:
    assert len(records) == 44
    assert all(record["schema_version"] == 1 for record in records.values())


def test_the_same_tables_give_the_same_bytes(tmp_path: Path, written: Callable[..., str]) -> None:
    out = tmp_path / "records.jsonl"
    assert written("--out", str(out)) == ""
    assert out.read_text(encoding="utf-8") == written()


def test_events_have_their_own_ids_and_stand_in_order(records: dict[str, Record]) -> None:
    for client, record in records.items():
        events = record["events"]
        assert [event["id"] for event in events] == [f"e{n + 1}" for n in range(len(events))]
        assert [e["on"] for e in events] == sorted(e["on"] for e in events), client


def test_nothing_is_recorded_before_it_happened(records: dict[str, Record]) -> None:
    for record in records.values():
        for event in record["events"]:
            day, time = event["recorded"].split("T")
            assert time == "12:00:00.000Z"
            assert date.fromisoformat(event["on"]) <= date.fromisoformat(day)


def test_periods_follow_one_another_and_alternate(records: dict[str, Record]) -> None:
    for client, record in records.items():
        for report in bodies(record, "use_report"):
            periods = report["periods"]
            first, last = periods[0]["from"], periods[-1]["to"]
            assert sum(map(days, periods)) == days({"from": first, "to": last}), client
            kinds = [period["use"]["kind"] for period in periods]
            assert all(a != b for a, b in pairwise(kinds))


def test_no_report_reaches_the_last_kept_visit(records: dict[str, Record]) -> None:
    for client, record in records.items():
        kept = [e["on"] for e in record["events"] if e["body"]["kind"] == "contact"]
        ends = [report["periods"][-1]["to"] for report in bodies(record, "use_report")]
        assert max(ends) < max(kept), client


def test_every_substance_of_the_tables_has_its_code(records: dict[str, Record]) -> None:
    events = [event for record in records.values() for event in record["events"]]
    assert {e["body"]["substance"] for e in events if "substance" in e["body"]} == {
        *("alcohol", "amphetamine", "benzodiazepine", "buprenorphine", "cannabis", "cocaine"),
        *("hallucinogen", "methadone", "opioid", "sedative", "synthetic_cannabinoid"),
    }


def test_client_1708_keeps_26_visits_and_reports_no_use_after_consent(
    records: dict[str, Record],
) -> None:
    record = records["ctn-1708"]
    assert counts(record) == {
        "episode_opened": 1,
        "age_band": 1,
        "sex": 1,
        "concern": 1,
        "target": 1,
        "contact": 26,
        "use_report": 26,  # the baseline, and each visit but the one on the day of consent
        "test": 3,
        "medicine": 1,  # 230 doses in a row, the last one after the last visit
        "withdrawal_signs": 1,
    }
    baseline, *later = bodies(record, "use_report")
    assert baseline["baseline"] is True
    assert baseline["periods"] == [
        {"from": "2019-12-07", "to": "2020-01-05", "use": {"kind": "daily"}}
    ]
    assert {p["use"]["kind"] for report in later for p in report["periods"]} == {"none"}
    assert sum(days(p) for report in later for p in report["periods"]) == 229


def test_client_1122_comes_once_after_detoxification(records: dict[str, Record]) -> None:
    record = records["ctn-1122"]
    assert counts(record) == {
        "episode_opened": 1,
        "age_band": 1,
        "sex": 1,
        "concern": 4,  # opioid, cannabis, cocaine; anxiety
        "target": 3,
        "setting": 2,
        "contact": 1,
        "use_report": 8,  # alcohol, cannabis, cocaine, opioid: the baseline and one visit
        "test": 3,
        "medicine": 1,
        "withdrawal_signs": 1,
    }
    settings = [e["on"] for e in record["events"] if e["body"]["kind"] == "setting"]
    assert settings == ["2019-12-24", "2019-12-28"]
    opioid = [r for r in bodies(record, "use_report") if r["substance"] == "opioid"]
    assert [period for report in opioid for period in report["periods"]] == [
        {"from": "2019-11-24", "to": "2019-12-23", "use": {"kind": "daily"}},
        {"from": "2019-12-24", "to": "2020-01-13", "use": {"kind": "none"}},
    ]


def test_client_644_stops_buprenorphine_and_starts_again(records: dict[str, Record]) -> None:
    events = [e for e in records["ctn-644"]["events"] if e["body"]["kind"] == "medicine"]
    assert [(e["body"]["moment"], e["on"], e["recorded"][:10]) for e in events] == [
        ("start", "2020-01-19", "2020-01-19"),
        ("stop", "2020-02-15", "2020-02-20"),
        ("start", "2020-04-18", "2020-04-18"),
    ]
