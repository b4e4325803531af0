"""Turn the dated tables of 44 trial participants into record documents, one a line.

    python records.py [--out FILE]

Day numbers count from consent, day 0. The tables hold no date: `CONSENT` is ours. What they do
not say is not made up: no goal, no acknowledgement, no stage, no level of care, no amount, and
use is not judged to be with or without problems. The README says why for each table.

Days without use. `tlfb` has a row for a day of use and none for a day without, so silence has
to be read. Timeline follow-back is a calendar that is gone through with the person day by day,
back to where the last one ended. At a kept visit a day without a row was therefore asked about
and had no use: each kept visit reports the days from the one before up to the day before it. (No
row falls on anybody's last kept visit, unless later rows show that another calendar followed.)
After the last kept visit nobody is known to have asked, and who stays away has not stopped:
nothing is reported there.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

Row: TypeAlias = dict[str, str]
Body: TypeAlias = dict[str, object]

CONSENT = date(2020, 1, 6)

# Rule AT-03c of the protocol: five missed days of an agonist are a stop on the last dose day, and
# the next dose is a new start.
STOPPED_AFTER = 5

SEXES = {"Yes": "male", "No": "female"}

# The study medicine by what the name of the arm holds.
MEDICINES = {"BUP": "buprenorphine", "Methadone": "methadone", "NR-NTX": "naltrexone"}

# Only "Yes" is a concern: "No" to a question about one's history rules nothing out. The tables
# give no severity (a DSM-IV or a DSM-5 diagnosis of any degree).
DIAGNOSES = {
    "has_opiates_dx": ("substance_use", "opioid"),
    "has_alcol_dx": ("substance_use", "alcohol"),
    "has_amphetamines_dx": ("substance_use", "amphetamine"),
    "has_cannabis_dx": ("substance_use", "cannabis"),
    "has_cocaine_dx": ("substance_use", "cocaine"),
    "has_sedatives_dx": ("substance_use", "sedative"),
    "has_major_dep": ("mental_health", "depression"),
    "has_bipolar": ("mental_health", "bipolar"),
    "has_schizophrenia": ("mental_health", "psychosis"),
    "has_anx_pan": ("mental_health", "anxiety"),
    "has_brain_damage": ("physical", "brain_injury"),
    "has_epilepsy": ("physical", "epilepsy"),
}

# The substances whose name in the tables is not our code in capitals.
CODES = {
    "K2": "synthetic_cannabinoid",
    "Mdma/Hallucinogen": "hallucinogen",
    "Pcp": "hallucinogen",
    "Sedatives": "sedative",
    "THC": "cannabis",
    "Thc": "cannabis",
}
# The calendar's opioids are one report on the class: which opioid "Opioid" is nobody says, and
# four reports would say "none" of one where another says "daily".
OPIOIDS = {"buprenorphine", "heroin", "methadone"}


class Entry(NamedTuple):
    """What happened on a day, who says so, and the day it was known if that was later."""

    on: int
    role: str
    body: Body
    known: int = 0


@dataclass(frozen=True)
class Participant:
    """One person's rows of every table."""

    who: str
    trial: str
    rows: dict[str, list[Row]]

    def days(self, table: str) -> list[int]:
        """List the days of a table once each, in order."""
        return sorted({int(row["when"]) for row in self.rows[table]})

    def kept(self) -> list[int]:
        """List the days with a kept visit; same-day rows are one contact."""
        kept = (row for row in self.rows["visit"] if row["what"] in ("visit", "final"))
        return sorted({int(row["when"]) for row in kept})

    def detox(self) -> dict[str, int]:
        """Give the days of admission and discharge: none for one of twelve people."""
        return {row["what"]: int(row["when"]) for row in self.rows["detox"] if row["when"]}

    def medicine(self) -> str:
        """Name the study medicine, which a second randomization never changed."""
        arm = self.rows["randomization"][0]["treatment"]
        return next(medicine for mark, medicine in MEDICINES.items() if mark in arm)


def day_text(day: int) -> str:
    """Write a day of the trial as a date."""
    return (CONSENT + timedelta(days=day)).isoformat()


def opening(person: Participant) -> Iterator[Entry]:
    """Open an episode that stays open; `visit` lists every appointment that the trial planned."""
    yield Entry(0, "administrator", {"kind": "episode_opened", "contact_log": "complete"})
    facts = person.rows["demographics"][0]
    if facts["age"]:  # all are 18 or older
        yield Entry(0, "client", {"kind": "age_band", "band": "adult"})
    if facts["is_male"]:
        yield Entry(0, "client", {"kind": "sex", "sex": SEXES[facts["is_male"]]})


def concerns(person: Participant) -> Iterator[Entry]:
    """Give the diagnoses, and what is treated: opioid use by the trial, nothing else."""
    answers = person.rows["psychiatric"][0]
    for column, (domain, code) in DIAGNOSES.items():
        if answers[column] == "Yes":
            named = "substance" if domain == "substance_use" else "code"
            body: Body = {"kind": "concern", "domain": domain, named: code, "status": "diagnosed"}
            yield Entry(0, "doctor", body)
            if domain == "substance_use":
                target = {"kind": "substance", "code": code}
                body = {"kind": "target", "target": target, "treated": code == "opioid"}
                yield Entry(0, "doctor", body)


def settings(person: Participant) -> Iterator[Entry]:
    """Give the stay for detoxification in which CTN-0051 met people."""
    for moment, day in person.detox().items():
        yield Entry(day, "administrator", {"kind": "setting", "setting": "detox", "moment": moment})


def contacts(person: Participant) -> Iterator[Entry]:
    """Give the kept visits: the calendar was gone through at each, so opioid use was discussed."""
    target = {"kind": "substance", "code": "opioid"}
    body: Body = {"kind": "contact", "outcome": "kept", "discussed": [target]}
    for day in person.kept():
        yield Entry(day, "administrator", body)


def periods(used: set[int], first: int, last: int) -> list[Body]:
    """Split the days from first to last into alternating runs with use and without."""
    runs: list[Body] = []
    for is_use, run in groupby(range(first, last + 1), key=used.__contains__):
        days = list(run)
        use = {"kind": "daily" if is_use else "none"}
        runs.append({"from": day_text(days[0]), "to": day_text(days[-1]), "use": use})
    return runs


def calendars(person: Participant) -> list[tuple[int, int, int]]:
    """List the day of each calendar, its first and its last day; the baseline comes first.

    The baseline ends before consent or detoxification, whose days are not a person's usual ones.
    It begins with the first row for any substance: before it nobody is known to have asked.
    """
    start = min(0, person.detox().get("admission", 0))
    visits = pairwise([start, *person.kept()])
    later = [(visit, before, visit - 1) for before, visit in visits if before < visit]
    return [(0, person.days("tlfb")[0], start - 1), *later]


def use_reports(person: Participant) -> Iterator[Entry]:
    """Report each substance that the person ever named, so that a test of it is explained."""
    used: dict[str, set[int]] = {}
    for row in person.rows["tlfb"]:
        code = CODES.get(row["what"], row["what"].lower())
        used.setdefault("opioid" if code in OPIOIDS else code, set()).add(int(row["when"]))
    baseline, *later = calendars(person)
    for substance, days in sorted(used.items()):
        if min(days) > later[-1][2]:
            continue
        report: Body = {"kind": "use_report", "substance": substance}
        on, *span = baseline
        yield Entry(on, "client", {**report, "baseline": True, "periods": periods(days, *span)})
        for on, *span in later:
            yield Entry(on, "client", {**report, "periods": periods(days, *span)})


def dose_steps(person: Participant) -> list[tuple[int, int]]:
    """Pair each dose day of an agonist with the next, the last with the end of observation.

    That is the last day on which the trial saw the person: a visit, a specimen or a rating.
    """
    doses = person.days("treatment")
    if not doses or person.medicine() == "naltrexone":
        return []
    seen = [*person.kept(), *person.days("uds"), *person.days("withdrawal")]
    return list(pairwise([*doses, max(doses[-1], *seen) + 1]))


def tests(person: Participant) -> Iterator[Entry]:
    """Give the positive results; the tables leave out those that study doses explain.

    A clean specimen leaves no row, and no record says that a clean test was done: no negatives.
    """
    for row in person.rows["uds"]:
        code = CODES.get(row["what"], row["what"].lower())
        body: Body = {"kind": "test", "substance": code, "result": "positive"}
        yield Entry(int(row["when"]), "laboratory", body)


def agonist(person: Participant) -> Iterator[Entry]:
    """Give starts, missed days and stops; a stop is known when the fifth day is missed."""
    medicine: Body = {"kind": "medicine", "class": "opioid_agonist", "substance": person.medicine()}
    starts = True
    for dose, following in dose_steps(person):
        if starts:
            yield Entry(dose, "prescriber", {**medicine, "moment": "start"})
        missed = following - dose - 1
        starts = missed >= STOPPED_AFTER
        if starts:
            stop = {**medicine, "moment": "stop"}
            yield Entry(dose, "prescriber", stop, known=dose + STOPPED_AFTER)
        elif missed:
            body = {**medicine, "moment": "missed", "days": missed}
            yield Entry(following - 1, "prescriber", body)


def antagonist(person: Participant) -> Iterator[Entry]:
    """Give each injection of extended-release naltrexone; that none follows is no event."""
    medicine: Body = {"kind": "medicine", "class": "opioid_antagonist", "form": "injection"}
    for day in person.days("treatment") if person.medicine() == "naltrexone" else ():
        yield Entry(day, "prescriber", {**medicine, "moment": "start"})


def withdrawal(person: Participant) -> Iterator[Entry]:
    """Give the ratings: by the person in CTN-0051 (SOWS), by staff in the others (COWS)."""
    role = "client" if person.trial == "51" else "nurse"
    signs: Body = {"kind": "withdrawal_signs", "substance": "opioid"}
    for row in person.rows["withdrawal"]:
        yield Entry(int(row["when"]), role, {**signs, "present": row["withdrawal"] != "0"})


def record(person: Participant) -> Body:
    """Make one record document; events are numbered in the order of their days."""
    client, trial = f"ctn-{person.who}", f"ctn-00{person.trial}"
    said = (opening, concerns, settings, contacts, use_reports)
    measured = (tests, agonist, antagonist, withdrawal)
    entries = [entry for subject in said + measured for entry in subject(person)]
    events = []
    for number, entry in enumerate(sorted(entries, key=lambda entry: entry.on), start=1):
        # What lies before consent was told at consent, all else on its day.
        known = day_text(max(entry.on, entry.known, 0))
        author = {"role": entry.role, "id": client if entry.role == "client" else trial}
        head = {"id": f"e{number}", "on": day_text(entry.on), "recorded": f"{known}T12:00:00.000Z"}
        events.append({**head, "by": author, "body": entry.body})
    return {"schema_version": 1, "client": client, "events": events}


def read(path: Path) -> list[Row]:
    """Read a table; an empty field is not known."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def participants() -> Iterator[Participant]:
    """Gather each person's rows, in the order of the table `everybody`."""
    tables = {path.stem: read(path) for path in Path(__file__).parent.glob("*.csv")}
    for person in tables["everybody"]:
        who = person["who"]
        rows = {name: [row for row in table if row["who"] == who] for name, table in tables.items()}
        yield Participant(who, person["project"], rows)


def main() -> None:
    """Write the records."""
    parser = argparse.ArgumentParser(description="Write the 44 records as JSON lines.")
    parser.add_argument("--out", type=Path, help="file to write; the default is stdout")
    out: Path | None = parser.parse_args().out
    documents = (json.dumps(record(person), separators=(",", ":")) for person in participants())
    text = "".join(f"{document}\n" for document in documents)
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
