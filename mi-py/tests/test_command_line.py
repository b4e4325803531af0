"""The command line, run as its users run it."""

import json
import os
import shlex
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import mi_core as mi
import pytest
from mi_core.__main__ import main

Document = dict[str, Any]
DAY = date(2026, 8, 20)
AS_OF = ("--as-of", "2026-08-20")


def run(*arguments: str | Path, text: str | bytes = "") -> subprocess.CompletedProcess[str]:
    given = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [sys.executable, "-m", "mi_core", "review", *map(str, arguments)],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture
def file(tmp_path: Path, record: mi.ClientRecord) -> Path:
    path = tmp_path / "client-7.json"
    path.write_text(record.to_json(), encoding="utf-8")
    return path


def test_a_record_is_reviewed_in_words(
    file: Path, record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    done = run(file, *AS_OF)
    review = protocol.review(record, as_of=DAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == protocol.render(review) + "\n"


def test_the_review_itself_is_json(
    file: Path, record: mi.ClientRecord, protocol: mi.Protocol
) -> None:
    done = run(file, *AS_OF, "--json", "--known-by", "2026-08-11T00:00:00Z")
    review = protocol.review(record, as_of=DAY, known_by="2026-08-11T00:00:00Z")
    assert (done.returncode, done.stdout) == (0, review.to_json() + "\n")


def test_records_come_from_standard_input(record: mi.ClientRecord) -> None:
    done = run("-", *AS_OF, "--json", text=record.to_json())
    assert (done.returncode, json.loads(done.stdout)["client"]) == (0, "client-7")


def test_bad_lines_are_reported_and_the_rest_is_done(record: mi.ClientRecord, words: str) -> None:
    good = record.to_json()
    bad = good.replace('"controlled_use"', f'"{words}"')
    done = run("--jsonl", "-", *AS_OF, text=f"{good}\n\n{bad}\n{{\n{good}")
    assert done.returncode == 1
    assert [json.loads(line)["client"] for line in done.stdout.splitlines()] == ["client-7"] * 2
    first, second = done.stderr.splitlines()
    assert first.startswith("-:3: unknown_code")
    assert "/body/aim" in first
    assert second.startswith("-:4: not_json")
    assert words not in done.stderr


def test_a_line_ends_only_where_json_lines_end_it(record: mi.ClientRecord) -> None:
    text = record.to_json().replace("weekends only", "weekends\u2028only\u0085")
    done = run("--jsonl", "-", *AS_OF, text=text)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_a_rejected_record_is_exit_status_1(file: Path, words: str) -> None:
    file.write_text(json.dumps({"schema_version": 1, "client": words, "events": []}))
    done = run(file, *AS_OF)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{file}: invalid_text: ")
    assert '"/client"' in done.stderr
    assert words not in done.stderr


def test_bytes_that_are_not_utf_8_are_rejected_where_they_stand() -> None:
    done = run("-", *AS_OF, text=b'{"schema_version": 1,\n"client": "\xe9", "events": []}')
    assert done.returncode == 1
    assert "invalid_text" in done.stderr
    assert "/client" in done.stderr


def test_numbers_of_the_services_own_are_set(file: Path) -> None:
    done = run(file, *AS_OF, "--json", "--set", "regular_contact.count=3")
    assert json.loads(done.stdout)["protocol"]["overrides"] == [
        {"parameter": "regular_contact.count", "value": 3, "default": 4}
    ]


def test_a_protocol_comes_from_a_file(file: Path, tmp_path: Path, protocol: mi.Protocol) -> None:
    document = protocol.to_dict() | {"id": "our-own"}
    ours = tmp_path / "ours.json"
    ours.write_text(json.dumps(document), encoding="utf-8")
    done = run(file, *AS_OF, "--json", "--protocol", ours)
    assert json.loads(done.stdout)["protocol"]["id"] == "our-own"
    ours.write_text("{}", encoding="utf-8")
    done = run(file, *AS_OF, "--json", "--protocol", ours)
    assert (done.returncode, done.stderr.startswith(f"{ours}: missing_field")) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("FILE",),
        ("FILE", "--as-of", "20260820"),
        ("FILE", "--as-of", "yesterday"),
        ("FILE", "--as-of", "1800-01-01"),
        ("FILE", *AS_OF, "--known-by", "yesterday"),
        ("FILE", *AS_OF, "--set", "regular_contact.count"),
        ("FILE", *AS_OF, "--set", "regular_contact.count=many"),
        ("FILE", *AS_OF, "--set", "regular_contact.count=1000000"),
        ("FILE", *AS_OF, "--set", "no_such_number=3"),
        ("nowhere.json", *AS_OF),
        ("FILE", "FILE", *AS_OF),
    ],
)
def test_wrong_usage_is_exit_status_2(file: Path, arguments: tuple[str, ...]) -> None:
    done = run(*(str(file) if word == "FILE" else word for word in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: mi")
    assert "Traceback" not in done.stderr


DATE = 'invalid_date: expected a date YYYY-MM-DD of the years 1900 to 2200 at "/as_of"\n'
NUMBER = "argument --set: NAME=VALUE is needed, the value a whole number\n"
MISPLACED = "there is an argument that does not belong here\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--as-of", "WORDS"), DATE),
        (("--as-of", "2026-08"), DATE),
        ((*AS_OF, "--known-by", "WORDS"), ' at "/known_by"\n'),
        ((*AS_OF, "--set", "WORDS"), NUMBER),
        ((*AS_OF, "--set", "regular_contact.count=WORDS"), NUMBER),
        ((*AS_OF, "--set", "WORDS=3"), ' at "/numbers"\n'),
        ((*AS_OF, "--json=WORDS"), MISPLACED),
        ((*AS_OF, "--js=WORDS"), MISPLACED),
        ((*AS_OF, "WORDS"), MISPLACED),
        (("--as-of",), "argument --as-of: expected one argument\n"),
        ((), "the following arguments are required: --as-of\n"),
    ],
)
def test_wrong_usage_is_told_without_what_was_typed(
    words: str, arguments: tuple[str, ...], reason: str
) -> None:
    # Of options it is told even where there is no record to review.
    done = run("--jsonl", "-", *(word.replace("WORDS", words) for word in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(reason)
    assert words not in done.stderr


def test_a_command_that_there_is_not_is_not_repeated(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([words])
    assert left.value.code == 2
    assert capsys.readouterr().err.endswith(MISPLACED)


def test_a_reader_that_leaves_early_is_no_error(record: mi.ClientRecord) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mi_core", "review", "--jsonl", "-", *AS_OF],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reviewing:
        assert reviewing.stdout is not None
        reviewing.stdout.close()
        _, err = reviewing.communicate(f"{record.to_json()}\n" * 100)
    assert err == ""


def shell(command: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command of the shell, in which ``mi`` is ours."""
    mi = f"{shlex.quote(sys.executable)} -m mi_core"
    script = f'mi() {{ {mi} "$@"; }}\n{command}'
    return subprocess.run(
        ["/bin/sh", "-c", script], input=text, capture_output=True, text=True, check=False
    )


REVIEW = "mi review --as-of 2026-08-20"
unix = pytest.mark.skipif(os.name != "posix", reason="redirections of a POSIX shell")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@unix
def test_errors_never_stand_in_the_data(record: mi.ClientRecord) -> None:
    good = record.to_json()
    done = shell(f"{REVIEW} --jsonl - 2>&-", f"{good}\n{{\n{good}\n")
    assert done.returncode == 1
    assert [json.loads(line)["client"] for line in done.stdout.splitlines()] == ["client-7"] * 2
    done = shell("mi review 2>&-")
    assert (done.returncode, done.stdout) == (2, "")


@unix
@pytest.mark.parametrize(
    "redirections", ["- <&-", "- >&-", "--jsonl - <&-", "- >&- <&-", "- --protocol /dev/stdin <&-"]
)
def test_closed_input_or_output_is_exit_status_3(
    record: mi.ClientRecord, redirections: str
) -> None:
    done = shell(f"{REVIEW} {redirections}", record.to_json())
    usage = "/dev/stdin" in redirections  # there is no such file then
    assert (done.returncode, done.stdout) == (2 if usage else 3, "")
    if not usage:
        assert done.stderr == "mi: could not read or write\n"


@unix
def test_all_streams_closed_is_exit_status_3() -> None:
    assert shell(f"{REVIEW} - <&- >&- 2>&-").returncode == 3


@needs_full
@pytest.mark.parametrize(
    "command", [f"{REVIEW} -", f"{REVIEW} --jsonl -", "mi --help", "mi --version"]
)
def test_a_full_disk_is_told_in_one_line(record: mi.ClientRecord, command: str) -> None:
    text = record.to_json()
    done = shell(f"{command} >/dev/full", f"{text}\n" * 20 if "jsonl" in command else text)
    assert done.returncode == 3
    assert done.stderr.startswith("mi: could not read or write (")
    assert len(done.stderr.splitlines()) == 1


@needs_full
def test_rejections_that_cannot_be_told_are_exit_status_3(record: mi.ClientRecord) -> None:
    done = shell(f"{REVIEW} --jsonl - 2>/dev/full", f"{record.to_json()}\n{{\n")
    assert (done.returncode, done.stderr) == (3, "")


def test_record_and_protocol_do_not_share_standard_input(record: mi.ClientRecord) -> None:
    done = run("-", *AS_OF, "--protocol", "-", text=record.to_json())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("record and protocol cannot both come from standard input\n")


def test_a_file_that_is_not_there_is_wrong_usage_and_not_named(
    file: Path, tmp_path: Path, words: str
) -> None:
    for arguments in ([tmp_path / words], [file, "--protocol", words], [tmp_path], [""]):
        done = run(*arguments, *AS_OF)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith("there is no such file\n")
        assert words not in done.stderr


def test_a_lone_carriage_return_ends_no_line(record: mi.ClientRecord) -> None:
    text = record.to_json().replace(",", ",\r", 1)
    done = run("--jsonl", "-", *AS_OF, text=f"{text}\r\n\r\n{text}")
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 2)


def test_a_line_of_anything_but_white_space_is_a_record() -> None:
    done = run("--jsonl", "-", *AS_OF, text="\u2003\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("-:1: not_json")


@unix
def test_an_interruption_ends_it_without_a_word(record: mi.ClientRecord) -> None:
    # A test run in the background ignores interruptions, and so would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, "-m", "mi_core", "review", "--jsonl", "-", *AS_OF],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reviewing:
        signal.signal(signal.SIGINT, before)
        assert reviewing.stdin is not None
        assert reviewing.stderr is not None
        reviewing.stdin.write(f"{record.to_json()}\n{{\n")
        reviewing.stdin.flush()
        assert reviewing.stderr.readline().startswith("-:2: not_json")
        reviewing.send_signal(signal.SIGINT)
        _, err = reviewing.communicate()
    assert (reviewing.returncode, err) == (-signal.SIGINT, "")
