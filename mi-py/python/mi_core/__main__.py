"""The command line, as ``mi`` or ``python -m mi_core``.

Exit status: 0 done, 1 some input was rejected, 2 wrong usage, 3 could not read or write.
"""

import argparse
import io
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

from . import ClientRecord, MiError, Protocol, Review, __version__

REJECTED = 1
NO_INPUT_OR_OUTPUT = 3

_NUMBER = "NAME=VALUE is needed, the value a whole number"
_ENDS = "0 done, 1 some input was rejected, 2 wrong usage, 3 could not read or write"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    if sys.stderr is None:  # closed by the caller: what is printed there would go to the data
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    try:
        return _run(arguments)
    except BrokenPipeError:  # whoever reads has read enough: say nothing, now and at exit
        _silence(sys.stdout)
        return 0
    except OSError as error:
        # The system's own words for the trouble, without the names that stand in its message.
        trouble = f" ({error.strerror})" if error.strerror else ""
        with suppress(OSError):
            print(f"mi: could not read or write{trouble}", file=sys.stderr, flush=True)
        _silence(sys.stdout)
        _silence(sys.stderr)
        return NO_INPUT_OR_OUTPUT
    except KeyboardInterrupt:
        # Ended as by the signal itself, so that a loop of the shell ends too.
        _silence(sys.stdout)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
        raise


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    try:
        given = parser.parse_args(arguments)
    except SystemExit:
        if sys.stdout is not None:  # help is written at once, or else the disk is full
            sys.stdout.flush()
        raise
    if sys.stdout is None:
        raise OSError
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: Markdown and JSON are UTF-8
    if given.file == given.protocol == "-":
        parser.refuse("record and protocol cannot both come from standard input")
    try:
        status = _review(given)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        parser.refuse("there is no such file")
    except MiError as error:  # of the options: what files hold was reported before
        parser.refuse(str(error))
    sys.stdout.flush()
    return status


def _silence(stream: TextIO | None) -> None:
    """Let what a stream still holds go nowhere, when the interpreter flushes it at exit."""
    if stream is not None:
        with suppress(OSError, ValueError):  # where there is no file beneath, nothing is flushed
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        # argparse itself passes over what it cannot write.
        (file or sys.stderr).write(message)


def _parser() -> _Parser:
    parser = _Parser(prog="mi", description="Explained care reviews.")
    parser.add_argument("--version", action="version", version=f"mi-core {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    review = commands.add_parser(
        "review",
        help="review a record, or many",
        description="Write the review of a client's record, as Markdown.",
        epilog=f"Exit status: {_ENDS}.",
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
        if line.strip(" \t\r\n"):
            yield line, f"{given.file}:{number}"


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    # Bytes that are not UTF-8 go through as they are, for the core to say where they stand, and a
    # line ends at a line feed only: a carriage return may stand between the parts of a record.
    if name != "-":
        with Path(name).open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            yield file
    elif sys.stdin is None:
        raise OSError
    else:
        yield io.TextIOWrapper(
            sys.stdin.buffer, encoding="utf-8", errors="surrogateescape", newline="\n"
        )


def _report(place: str, error: MiError) -> None:
    try:
        for problem in str(error).splitlines():
            print(f"{place}: {problem}", file=sys.stderr)
    except BrokenPipeError:  # a rejected record that nobody hears of is not "read enough"
        raise OSError from None


if __name__ == "__main__":
    sys.exit(main())
