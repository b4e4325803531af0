"""A small record, the first one of the documentation."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest

Document = dict[str, Any]

ALCOHOL = {"kind": "substance", "code": "alcohol"}
NURSE = {"role": "nurse", "id": "n1"}
CLIENT = {"role": "client", "id": "client-7"}
WORDS = "weekends only, and up for work on Monday"


def event(number: int, on: str, by: Document, body: Document, **more: str) -> Document:
    recorded = f"{on}T09:{number:02}:00.000Z"
    return {"id": f"e{number}", "on": on, "recorded": recorded, "by": by, **more, "body": body}


EVENTS = [
    event(1, "2026-07-31", NURSE, {"kind": "episode_opened", "contact_log": "complete"}),
    event(2, "2026-07-31", NURSE, {"kind": "target", "target": ALCOHOL, "treated": True}),
    event(
        3,
        "2026-07-31",
        NURSE,
        {
            "kind": "concern",
            "domain": "substance_use",
            "substance": "alcohol",
            "status": "diagnosed",
            "severity": "dependence",
        },
    ),
    event(
        4,
        "2026-07-31",
        CLIENT,
        {
            "kind": "use_report",
            "substance": "alcohol",
            "baseline": True,
            "periods": [{"from": "2026-07-01", "to": "2026-07-30", "use": {"kind": "daily"}}],
        },
    ),
    event(
        5,
        "2026-08-10",
        NURSE,
        {"kind": "contact", "outcome": "kept", "place": "home", "discussed": [ALCOHOL]},
    ),
    event(
        6,
        "2026-08-10",
        CLIENT,
        {"kind": "goal", "target": ALCOHOL, "aim": "controlled_use", "words": WORDS},
    ),
    event(
        7,
        "2026-08",
        NURSE,
        {"kind": "treatment_stage_rating", "step": "engagement"},
    )
    | {"recorded": "2026-08-12T08:00:00.000Z"},
    event(
        8,
        "2026-08-11",
        NURSE,
        {"kind": "contact", "outcome": "kept", "place": "clinic", "discussed": [ALCOHOL]},
        replaces="e5",
    ),
]


class Whole:
    """A whole number of another package, such as numpy's."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


@pytest.fixture
def whole() -> Callable[[int], Whole]:
    return Whole


@pytest.fixture(scope="session")
def written() -> Callable[..., str]:
    """Run the script that makes records of the tables of the trials, and give what it prints."""
    script = Path(__file__).parents[2] / "tests" / "data" / "ctn0094" / "records.py"

    def run(*arguments: str) -> str:
        command = [sys.executable, str(script), *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    return run


@pytest.fixture(scope="session")
def records(written: Callable[..., str]) -> dict[str, Document]:
    """The records of the 44 people of the trials, by client."""
    documents = [json.loads(line) for line in written().splitlines()]
    return {document["client"]: document for document in documents}


@pytest.fixture
def document() -> Document:
    return {"schema_version": 1, "client": "client-7", "events": copy.deepcopy(EVENTS)}


@pytest.fixture
def record(document: Document) -> mi.ClientRecord:
    return mi.ClientRecord.from_dict(document)


@pytest.fixture
def protocol() -> mi.Protocol:
    return mi.Protocol.dual_diagnosis()


@pytest.fixture
def words() -> str:
    """Something that the client said, which only documents may show."""
    return WORDS


@pytest.fixture
def contact() -> Callable[[str], Document]:
    """Make an event with this id."""
    return lambda name: (
        event(20, "2026-08-20", NURSE, {"kind": "contact", "outcome": "kept"}) | {"id": name}
    )
