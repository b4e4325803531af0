"""Documents changed at random: what comes of them is what comes of them in the core.

``cargo xtask fuzz --write target/changed-documents.jsonl 400`` writes them, each with its outcome.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest

ROOT = Path(__file__).parents[2]
FILE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "changed-documents.jsonl"
WORKED = ROOT / "mi-core" / "examples" / "records" / "two-years.json"


def digest(review: mi.Review) -> str:
    document = json.loads(review.to_json(), parse_float=number, parse_int=number)
    form = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(form.encode()).hexdigest()


def number(text: str) -> float | int:
    """A number as every language writes it: whole ones without a point."""
    value = float(text)
    return int(value) if value.is_integer() else value


def mapping(text: str) -> dict[str, Any] | None:
    """An object that a dict can stand for: no key stands twice, and every number is one."""

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError
        return found

    def refuse(_: str) -> None:
        raise ValueError

    try:
        document = json.loads(text, object_pairs_hook=fields, parse_constant=refuse)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def outcome(given: dict[str, Any], worked: mi.ClientRecord) -> dict[str, Any] | None:
    """What comes of a document; none of an overlay that is no mapping, as Python takes it."""
    protocol, as_of, text = mi.Protocol.dual_diagnosis(), given["as_of"], given["text"]
    try:
        if given["kind"] == "record":
            worked = mi.ClientRecord.from_json(text)
        elif given["kind"] == "protocol":
            protocol = mi.Protocol.from_json(text)
        elif given["kind"] == "overlay":
            overlay = mapping(text)
            if overlay is None:
                return None
            protocol = protocol.with_overlay(overlay)
        else:
            words = mi.Texts.from_json(text, protocol)
            page = protocol.render(protocol.review(worked, as_of=as_of), words)
            return {"sha256": hashlib.sha256(page.encode()).hexdigest()}
    except mi.MiError as error:
        return {"problems": [[problem.code, problem.path] for problem in error.problems]}
    return {"sha256": digest(protocol.review(worked, as_of=as_of))}


@pytest.mark.skipif(not FILE.exists(), reason="cargo xtask fuzz has written no documents")
def test_changed_documents_come_out_as_in_the_core() -> None:
    worked = mi.ClientRecord.from_json(WORKED.read_text(encoding="utf-8"))
    for line in FILE.read_text(encoding="utf-8").split("\n")[:-1]:
        given = json.loads(line)
        expected = {key: given[key] for key in ("problems", "sha256") if key in given}
        assert outcome(given, worked) in (None, expected), f"seed {given['seed']}"
