"""Runs `tests/vectors/*.json`, which the crate and the JavaScript package run too.

Their README says what a case holds.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest

FOLDER = Path(__file__).parents[2] / "tests" / "vectors"
DIGESTS: dict[str, str] = json.loads((FOLDER / "digests.json").read_text(encoding="utf-8"))

Json = Any  # what a JSON document may hold


def text(value: Json) -> str:
    """A document, which is text already where only text can hold what is wrong with it."""
    return value if isinstance(value, str) else json.dumps(value)


def at(document: Json, pointer: str) -> Json:
    for name in pointer.split("/")[1:]:
        document = document[int(name) if isinstance(document, list) else name]
    return document


def edited(document: Json, edits: Json) -> Json:
    """The document with what a case sets or removes in it."""
    for edit in edits:
        parent, _, name = edit["path"].rpartition("/")
        part = at(document, parent)
        key = name if isinstance(part, dict) else len(part) if name == "-" else int(name)
        if "value" not in edit:
            del part[key]
        elif key == len(part):
            part.append(edit["value"])
        else:
            part[key] = edit["value"]
    return document


def protocol(given: Json) -> mi.Protocol:
    """The default protocol with what a case sets or removes in it, and with its numbers."""
    made = mi.Protocol.dual_diagnosis()
    if "edits" in given:
        made = mi.Protocol.from_dict(edited(made.to_dict(), given["edits"]))
    if "overlay" in given:
        made = made.with_overlay(given["overlay"])
    return made.with_numbers(given.get("numbers", {}))


def review(given: Json) -> Json:
    record = mi.ClientRecord.from_json(text(given["record"]))
    as_of, known_by = given["as_of"], given.get("known_by")
    return protocol(given).review(record, as_of=as_of, known_by=known_by).to_dict()


def render(given: Json) -> Json:
    document = given["record"]
    if isinstance(document, str):
        path = FOLDER / f"../../mi-core/examples/records/{document}.json"
        document = json.loads(path.read_text("utf-8"))
    ours = protocol(given)
    page = ours.render(ours.review(mi.ClientRecord.from_dict(document), as_of=given["as_of"]))
    assert not {"{", "}"} & set(page), "a place in a sentence is not filled"
    return page


def explain(given: Json) -> Json:
    record = mi.ClientRecord.from_json(text(given["record"]))
    ours = protocol(given)
    return ours.explain(ours.review(record, as_of=given["as_of"])).to_dict()


def changed(given: Json) -> Json:
    """What a protocol has from overlays."""
    made = protocol(given).to_dict()
    for overlay in made["overlays"]:
        del overlay["sha256"], overlay["extends"]["sha256"]
    own = {name: one["value"] for name, one in made["parameters"].items() if "default" in one}
    return {key: made.get(key, []) for key in ("id", "version", "off", "overlays")} | {
        "numbers": own
    }


def texts_of(given: Json) -> Json:
    document = edited(mi.Protocol.dual_diagnosis().texts("en").to_dict(), given["texts"])
    read = mi.Texts.from_dict(document, protocol(given))
    return {"language": read.language, "schema_version": read.to_dict()["schema_version"]}


def balance(given: Json) -> Json:
    findings = protocol(given).check_balance(given["balance"], given["standing"])
    return [finding.to_dict() for finding in findings]


def plan(given: Json) -> Json:
    known = {name: given[name] for name in ("dual", "opioid_history") if name in given}
    gaps = protocol(given).check_plan(given["plan"], **known)
    return [gap.to_dict() for gap in gaps]


SUITES: dict[str, Callable[[Json], Json]] = {
    "record": lambda given: mi.ClientRecord.from_json(text(given)).to_dict(),
    "protocol": lambda given: mi.Protocol.from_json(text(given)).to_dict(),
    "protocol_edit": lambda given: protocol(given).to_dict(),
    "overlay": changed,
    "texts": texts_of,
    "review": review,
    "render": render,
    "explain": explain,
    "balance": balance,
    "plan": plan,
    "stage_of_change": lambda given: protocol(given).stage_of_change(given["answers"]).to_dict(),
}


def written_out(given: Json, events: Json) -> Json:
    """The events of a record whose suite gives some of them by name."""
    written: list[Json] = []
    for event in events:
        if isinstance(event, str):
            days, _, name = event.partition(": ")
            written += [named | {"on": day} for day in days.split(", ") for named in given[name]]
        else:
            written.append(event)
    for place, event in enumerate(written, 1):
        recorded = f"{event['on']}-01-01"[:10] + f"T09:{place:02}:00.000Z"
        written[place - 1] = {"id": f"e{place}", "recorded": recorded} | event
    return written


def cases() -> dict[str, Json]:
    """All cases of all suites, by suite and id."""
    found: dict[str, Json] = {}
    for path in sorted(FOLDER.glob("*.json")):
        if path.name != "digests.json":
            suite = json.loads(path.read_text(encoding="utf-8"))
            assert suite["suite"] in SUITES, f"{path.name}: no runner for {suite['suite']}"
            for case in suite["cases"] if "given" in suite else []:
                record = case["input"]["record"]
                record["events"] = written_out(suite["given"], record["events"])
            found |= {f"{suite['suite']}/{case['id']}": case for case in suite["cases"]}
    return found


CASES = cases()


def holds(whole: Json, part: Json) -> bool:
    """Is `part` a part of `whole`? A list holds its elements in order, with others between."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and holds(whole[key], part[key]) for key in part)
    if isinstance(part, list) and isinstance(whole, list):
        rest = iter(whole)
        return all(any(holds(one, wanted) for one in rest) for wanted in part)
    return bool(whole == part and isinstance(whole, bool) == isinstance(part, bool))


def place(problem: mi.Problem) -> Json:
    """What a vector says of a problem."""
    said = {name: getattr(problem, name) for name in ("code", "path", "line", "column")}
    return {name: value for name, value in said.items() if value is not None}


def texts(value: Json) -> Iterator[str]:
    """Every key and every text of a document."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


DOCUMENTS = ("record", "protocol", "overlay", "texts")
SCHEMAS = [FOLDER / f"../../docs/schemas/{name}.schema.json" for name in DOCUMENTS]
SHIPPED = FOLDER / "../../mi-core/content/protocols/dual-diagnosis/1.0.0"
# Field names, arguments and codes of the library's own, names of its protocol, and examples that
# errors name.
READ = [*SCHEMAS, SHIPPED / "protocol.json", SHIPPED / "sources.json"]
VOCABULARY = {word for path in READ for word in texts(json.loads(path.read_text("utf-8")))}
VOCABULARY |= {"as_of", "known_by", "numbers"}
EXAMPLES = ("2026-08-03T09:10:00.000Z", "acme.sleep_hours", "true or false")


def added(overlay: Json) -> Iterator[str]:
    """What an overlay defines, of which its errors may speak."""
    for part in ("parameters", "definitions", "sources"):
        yield from overlay.get(part, {})
    yield from (rule["id"] for rule in overlay.get("rules", []))
    yield "overlay"  # a word of the library's own


def echoes(given: Json, error: mi.MiError) -> set[str]:
    """The words of an input that its error repeats: none but names of a protocol, in a path."""
    shown = f"{error} {error!r} "
    shown += " ".join(f"{problem.path} {problem.expected}" for problem in error.problems)
    for example in EXAMPLES:
        shown = shown.replace(example, "")
    named: set[str] = set()
    if isinstance(given, dict):
        edits = [*given.get("edits", []), *given.get("texts", [])]
        paths = [edit["path"] for edit in edits]
        named = {*paths, *given.get("numbers", {}), *added(given.get("overlay", {}))}
        values = [edit["value"] for edit in edits if isinstance(edit.get("value"), dict)]
        named |= {value["id"] for value in values if "id" in value}
        named |= {name for path in paths for name in path.split("/")}
    words = {word for word in text(given).split('"') if len(word) > 3}
    return {word for word in words - VOCABULARY - named if word in shown}


def refuses(give: Callable[[Json], Json], case: Json) -> None:
    with pytest.raises(mi.MiError) as caught:
        give(case["input"])
    assert [place(problem) for problem in caught.value.problems] == case["error"]
    assert not echoes(case["input"], caught.value)


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case = CASES[name]
    suite = name.partition("/")[0]
    give = SUITES[suite]
    if "error" in case:
        refuses(give, case)
        if suite == "record" and isinstance(case["input"], dict):
            refuses(lambda given: mi.ClientRecord.from_dict(given).to_dict(), case)
        return
    result = give(case["input"])
    assert result == case.get("gives", result)
    assert holds(result, case.get("expect", result)), result
    for pointer, parts in case.get("only", {}).items():
        assert len(at(result, pointer)) == len(parts)
        assert holds(at(result, pointer), parts)
    for pointer, parts in case.get("lacks", {}).items():
        assert not [one for one in at(result, pointer) for part in parts if holds(one, part)]
    if suite == "render":  # its last line says what the protocol is
        result = result.rstrip().rpartition("\n")[0]
    if suite == "explain":  # nor do these say anything else
        del result["foot"], result["summary"]
    if suite == "review":  # a new rule would change all reviews by what their protocol is
        del result["protocol"]["version"], result["protocol"]["sha256"]
    canonical = json.dumps(result, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert hashlib.sha256(canonical.encode()).hexdigest() == DIGESTS[name]


def test_every_digest_has_its_case() -> None:
    assert DIGESTS.keys() == {name for name, case in CASES.items() if "error" not in case}
