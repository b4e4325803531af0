"""The command line, as ``mi`` or ``python -m mi_core``.

Exit status: 0 done, 1 some input was rejected, 2 wrong usage.
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TextIO

from . import ClientRecord, MiError, Protocol, Review, __version__

REJECTED = 1

_NUMBER = "NAME=VALUE is needed, the value a whole number"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: Markdown and JSON are UTF-8
    try:
        status = _review(given)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough: say nothing, now and at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, MiError) as error:  # of the options: what files hold was reported before
        parser.refuse(str(error))
    return status


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the usage, and never what was typed."""

    def error(self, message: str) -> NoReturn:
        """Refuse the usage; most words of argparse repeat what was typed."""
        silent = (
            r"the following arguments are required: .*"
            rf"|argument [\w-]+: (expected one argument|{_NUMBER})"
        )
        is_silent = re.fullmatch(silent, message)
        self.refuse(message if is_silent else "there is an argument that does not belong here")

    def refuse(self, reason: str) -> NoReturn:
        """Refuse the usage for a reason that does not repeat what was typed."""
        super().error(reason)


def _parser() -> _Parser:
    parser = _Parser(prog="mi", description="Explained care reviews.")
    parser.add_argument("--version", action="version", version=f"mi-core {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    review = commands.add_parser(
        "review",
        help="review a record, or many",
        description="Write the review of a client's record, as Markdown.",
        epilog="Exit status: 0 done, 1 some input was rejected, 2 wrong usage.",
    )
    review.add_argument("file", metavar="FILE", help="a record as JSON; - is standard input")
    review.add_argument(
        "--as-of", required=True, metavar="DATE", help="the day asked about: YYYY-MM-DD"
    )
    review.add_argument(
        "--known-by", metavar="INSTANT", help="count only what was recorded by then: RFC 3339"
    )
    review.add_argument("--json", action="store_true", help="write the review itself, as JSON")
    review.add_argument(
        "--jsonl", action="store_true", help="read a record a line and write a review a line"
    )
    review.add_argument("--protocol", metavar="FILE", help="a protocol as JSON")
    review.add_argument(
        "--set",
        action="append",
        default=[],
        type=_number,
        metavar="NAME=VALUE",
        help="a number of your own for the protocol; may be repeated",
    )
    return parser


def _number(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    if not re.fullmatch("-?[0-9]{1,18}", value):
        raise argparse.ArgumentTypeError(_NUMBER)
    return name, int(value)


def _review(given: argparse.Namespace) -> int:
    # What is wrong with the options is told whatever the files hold, if only bad records or none.
    nobody, numbers = ClientRecord("nobody"), dict(given.set)
    Protocol.dual_diagnosis().review(nobody, as_of=given.as_of, known_by=given.known_by)
    try:
        protocol = _protocol(given.protocol)
    except MiError as error:
        _report(given.protocol, error)
        return REJECTED
    protocol = protocol.with_numbers(numbers)

    def review(text: str, place: str) -> Review | None:
        try:
            record = ClientRecord.from_json(text)
        except MiError as error:
            _report(place, error)
            return None
        return protocol.review(record, as_of=given.as_of, known_by=given.known_by)

    rejected = False
    with _opened(given.file) as file:
        for text, place in _records(file, given):
            made = review(text, place)
            if made is None:
                rejected = True
            elif given.json or given.jsonl:
                print(made.to_json())
            else:
                print(protocol.render(made))
    return REJECTED if rejected else 0


def _protocol(file: str | None) -> Protocol:
    if file is None:
        return Protocol.dual_diagnosis()
    with _opened(file) as text:
        return Protocol.from_json(text.read())


def _records(file: TextIO, given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    if not given.jsonl:
        yield file.read(), given.file
        return
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield line, f"{given.file}:{number}"


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    # Bytes that are not UTF-8 go through as they are, for the core to say where they stand.
    if name == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")
        return
    with Path(name).open(encoding="utf-8", errors="surrogateescape") as file:
        yield file


def _report(place: str, error: MiError) -> None:
    for problem in str(error).splitlines():
        print(f"{place}: {problem}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
