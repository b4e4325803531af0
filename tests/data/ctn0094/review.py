"""Review the records of the 44 participants and print what is decided, what is not, and why.

    python records.py --out records.jsonl
    python review.py records.jsonl [--as-of DATE] [--command "python -m mi_core review"]

Each person is reviewed as of the day of the last kept visit, the last day for which anything is
reported about use; `--as-of` gives one date for all. Exits with 1 if a record has no review.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

# A document read from JSON: what it holds is checked by whoever wrote it.
Document: TypeAlias = dict[str, Any]

LABELS = ("supported", "surpassed", "undecided", "not_supported")


def last_kept_visit(record: Document) -> str:
    """Give the day of the last kept contact; full dates sort as text."""
    kept: list[str] = [
        event["on"]
        for event in record["events"]
        if event["body"]["kind"] == "contact" and event["body"]["outcome"] == "kept"
    ]
    return max(kept)


def review(command: list[str], records: list[Document], as_of: str) -> Iterator[Document]:
    """Run the command line once for all records of a date."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "records.jsonl"
        file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
        arguments = [*command, "--jsonl", str(file), "--as-of", as_of, "--json"]
        # Exit status 1 means that some line was rejected: stderr shows it, the rest is done.
        run = subprocess.run(arguments, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    for line in run.stdout.splitlines():
        yield json.loads(line)


def unknown_leaves(trace: object) -> Iterator[str]:
    """Name the facts and definitions in a trace that are unknown, wherever they stand."""
    if isinstance(trace, list):
        for part in trace:
            yield from unknown_leaves(part)
    elif isinstance(trace, dict):
        if trace.get("op") in ("fact", "defined"):
            if trace.get("verdict") == "unknown":
                yield str(trace.get("fact") or trace.get("name"))
        else:
            yield from unknown_leaves(list(trace.values()))


def print_positions(reviews: list[Document]) -> None:
    """Print where people stand: one line for each floor and ceiling."""
    found = Counter(
        (target["target"]["code"], target["floor"], target["ceiling"])
        for document in reviews
        for target in document["positions"]["treatment_stage"].get("targets", [])
    )
    decided = sum(count for (_, floor, ceiling), count in found.items() if floor == ceiling)
    total = sum(found.values())
    print(f"\nPositions: {decided} of {total} decided, {total - decided} undecided")
    for (target, floor, ceiling), count in sorted(found.items()):
        span = floor if floor == ceiling else f"{floor} to {ceiling}"
        print(f"  {count:3}  {target}: {span}")


def print_steps(reviews: list[Document]) -> None:
    """Print each step with its labels, and what leaves it undecided."""
    moves = [move for document in reviews for move in document["moves"] if move.get("step")]
    print(f"\n{'Steps':24}" + "".join(f"{label:>14}" for label in LABELS))
    for step in dict.fromkeys(move["step"] for move in moves):
        here = [move for move in moves if move["step"] == step]
        labels = Counter(move["label"] for move in here)
        print(f"  {step:22}" + "".join(f"{labels[label]:14}" for label in LABELS))
        undecided = [move for move in here if move["label"] == "undecided"]
        traces = [[move["enter"], move.get("stay")] for move in undecided]
        why = Counter(name for trace in traces for name in set(unknown_leaves(trace)))
        for name, count in sorted(why.items(), key=lambda item: (-item[1], item[0])):
            print(f"      undecided by {name}: {count}")


def print_missing(reviews: list[Document]) -> None:
    """Print what to ask next: for how many people, and for how many it alone decides a rule."""
    people: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for document in reviews:
        asked: dict[str, bool] = {}
        for question in document["to_ask_next"]:
            missing = question["missing"]
            name = " ".join([missing["fact"], missing.get("target", {}).get("code", "")]).strip()
            asked[name] = asked.get(name, False) or question["decides"] > 0
        people.update(asked)
        alone.update(name for name, decides in asked.items() if decides)
    print("\nTo ask next                                 people  decides alone")
    for name, count in sorted(people.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {name:40}  {count:6}  {alone[name]:13}")


def main() -> int:
    """Review, print, and say whether everybody has a review."""
    parser = argparse.ArgumentParser(description="Review all records of a JSONL file.")
    parser.add_argument("records", type=Path)
    parser.add_argument("--as-of", help="one date for all; the default is the last kept visit")
    parser.add_argument("--command", default=f"{shlex.quote(sys.executable)} -m mi_core review")
    given = parser.parse_args()
    lines = given.records.read_text(encoding="utf-8").splitlines()
    dates: dict[str, list[Document]] = {}
    for record in map(json.loads, lines):
        dates.setdefault(given.as_of or last_kept_visit(record), []).append(record)
    command = shlex.split(given.command)
    reviews = [
        document
        for as_of, records in sorted(dates.items())
        for document in review(command, records, as_of)
    ]
    print(f"{len(reviews)} of {len(lines)} records reviewed")
    print_positions(reviews)
    print_steps(reviews)
    print_missing(reviews)
    return 0 if len(reviews) == len(lines) else 1


if __name__ == "__main__":
    sys.exit(main())
