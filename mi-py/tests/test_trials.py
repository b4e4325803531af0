"""The book's page on people of three trials says what the reviews of these people say."""

import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "book" / "src" / "trials.md").read_text(encoding="utf-8")
OPIOID = {"kind": "substance", "code": "opioid"}
NO_GOAL = {"kind": "goal", "target": OPIOID, "aim": "none"}
ABSTINENCE = {"kind": "goal", "target": OPIOID, "aim": "abstinence"}
A_PROBLEM = {"kind": "acknowledgement", "target": OPIOID, "problem": "yes"}

Document = dict[str, Any]


class Person:
    """One of the 44, on the day of the last kept visit."""

    def __init__(self, record: Document) -> None:
        self.record = mi.ClientRecord.from_dict(record)
        on = [(event["body"]["kind"], event["on"]) for event in record["events"]]
        self.day = max(day for kind, day in on if kind == "contact")
        (self.consent,) = (day for kind, day in on if kind == "episode_opened")
        self.review = self.reviewed()

    def reviewed(self, *answers: Document) -> mi.Review:
        """As if the person had been asked these things on that day."""
        by = {"role": "client", "id": self.record.client}
        told = {"on": self.day, "recorded": f"{self.day}T13:00:00.000Z", "by": by}
        asked = [told | {"id": f"a{n}", "body": body} for n, body in enumerate(answers)]
        day = date.fromisoformat(self.day)
        record = copy.copy(self.record)
        record.extend(asked)
        return mi.Protocol.dual_diagnosis().review(record, as_of=day)

    def is_decided(self, *answers: Document) -> bool:
        (position,) = self.reviewed(*answers).treatment_stage.targets
        return position.floor == position.ceiling

    def move(self, step: mi.TreatmentStep) -> mi.Move:
        (found,) = (move for move in self.review.moves if move.step is step)
        return found

    def flag(self, rule: str) -> mi.Flag:
        (found,) = (flag for flag in self.review.safety if flag.rule == rule)
        return found


def facts(trace: Document | list[Document], name: str) -> Iterator[Document]:
    """What a trace saw of a fact."""
    if isinstance(trace, list):
        for part in trace:
            yield from facts(part, name)
    elif trace["op"] == "fact":
        yield from [trace] * (trace["fact"] == name)
    else:
        yield from facts(trace.get("of", []), name)


def days(trace: Document, name: str) -> int:
    number, *others = [(fact["saw"]["min"], fact["saw"]["max"]) for fact in facts(trace, name)]
    assert set(others) <= {number}
    assert number[0] == number[1]
    return int(number[0])


def limit(trace: Document, name: str) -> int:
    return int(next(facts(trace, name))["test"]["value"])


@pytest.fixture(scope="module")
def people(records: dict[str, Document]) -> dict[str, Person]:
    return {client: Person(record) for client, record in records.items()}


def test_the_page_counts_what_is_decided_and_by_what_it_would_be(
    people: dict[str, Person],
) -> None:
    ranges = [person for person in people.values() if not person.is_decided()]
    labels = [
        person.move(mi.TreatmentStep.EARLY_ACTIVE_TREATMENT).label for person in people.values()
    ]
    without = sum(person.is_decided(NO_GOAL) for person in ranges)
    abstinent = sum(person.is_decided(ABSTINENCE, A_PROBLEM) for person in ranges)
    assert labels.count(mi.Label.SUPPORTED) + labels.count(mi.Label.SURPASSED) == 0
    assert sum(person.is_decided(ABSTINENCE) for person in ranges) == 0
    for sentence in (
        f"tables of {len(people)} real, de-identified participants",
        f"{len(people) - len(ranges)} of {len(people)} positions are decided and {len(ranges)} are",
        f"For {labels.count(mi.Label.NOT_SUPPORTED)} people it is not supported whatever they want,"
        f" for {labels.count(mi.Label.UNDECIDED)} it is undecided.",
        f"that answer would decide {without} of the {len(ranges)} ranges;",
        f"both answers would decide {abstinent},",
    ):
        assert sentence in PAGE


def test_the_page_tells_the_review_of_participant_31(people: dict[str, Person]) -> None:
    person = people["ctn-31"]
    since_consent = date.fromisoformat(person.day) - date.fromisoformat(person.consent)
    late, last = (
        person.move(mi.TreatmentStep.LATE_PERSUASION),
        person.move(mi.TreatmentStep.RELAPSE_PREVENTION),
    )
    injection = person.flag("SF-06b").trigger
    without = days(late.enter, "days_without_problematic_use")
    shown = mi.Protocol.dual_diagnosis().render(person.review)
    position = (
        "| treatment stage, opioids | late persuasion, and up to late active treatment is open |"
    )
    assert position in shown
    assert "**Late persuasion**: supported" in shown
    assert "**Early active treatment**: undecided (TS-06). What does the person want about" in shown
    assert last.label is mi.Label.NOT_SUPPORTED
    assert "SF-60" in [flag.rule for flag in person.review.safety]
    assert "UE-01" in [note.rule for note in person.review.notes]
    for sentence in (
        f"day of the last visit, {since_consent.days} days after consent.",
        f"{position} use reduced for {days(late.enter, 'days_reduced')} days; "
        f"{without} days without problematic use; a disorder on record |",
        f"{without} days are fewer than {limit(last.enter, 'days_without_problematic_use')},",
        f"was {days(injection, 'days_since_antagonist_injection')} days ago, and from "
        f"{limit(injection, 'days_since_antagonist_injection')} days on SF-06b is raised;",
    ):
        assert sentence in PAGE


def test_the_page_tells_the_review_of_participant_398(people: dict[str, Person]) -> None:
    person = people["ctn-398"]
    last = person.move(mi.TreatmentStep.RELAPSE_PREVENTION)
    definitions = {found.name: found.trace["verdict"] for found in person.review.definitions}
    assert definitions["regular_contact"] == "unmet"
    assert person.move(mi.TreatmentStep.EARLY_PERSUASION).label is mi.Label.NOT_SUPPORTED
    assert last.label is mi.Label.UNDECIDED
    shown = mi.Protocol.dual_diagnosis().render(person.review)
    assert "| engagement, and up to relapse prevention is open |" in shown
    assert 'says "engagement, and up to relapse prevention is open"' in PAGE
    asked = [question.missing.fact for question in person.review.to_ask_next[-2:]]
    assert asked == [mi.codes.Fact.OWN_GOAL, mi.codes.Fact.PROBLEM_ACKNOWLEDGED]
    name = "days_without_problematic_use"
    assert (
        f"{days(last.enter, name)} days without problematic use were reported, "
        f"where it asks for {limit(last.enter, name)},"
    ) in PAGE
