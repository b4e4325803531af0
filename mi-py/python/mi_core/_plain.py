"""Plain Python values as JSON text, for the core's reader."""

import json
import operator
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

# Deeper than a document may be, as the core says of it.
_TOO_DEEP = "[" * 100


def write(value: object) -> str:
    """Write a value as JSON; dates and datetimes become their ISO text."""
    # Errors of json are told anew: since Python 3.14 their notes name the keys on the way.
    try:
        return json.dumps(value, default=_simpler, separators=(",", ":"), allow_nan=False)
    except RecursionError as error:  # nested too deep, or called from deep in the stack
        if _is_too_deep(value):
            return _TOO_DEEP
        raise RecursionError(*error.args) from None
    except TypeError as error:
        raise TypeError(*error.args) from None
    except ValueError:
        raise TypeError(
            "a number that JSON cannot write, or what holds itself, has no place in a document"
        ) from None


def escaped(text: str) -> str:
    """Write each half of a surrogate pair as the escape that JSON has for it."""
    return re.sub("(\\\\*)([\ud800-\udfff])", _escape, text)


def _escape(found: re.Match[str]) -> str:
    slashes, half = found.groups()
    # Behind a backslash of its own it would become other text, so it becomes no JSON.
    return slashes + ("\ufffd" if len(slashes) % 2 else f"\\u{ord(half):04x}")


def whole(value: object) -> int:
    """Give a whole number as an int, also one of another package's type, such as numpy's."""
    if type(value).__name__ in {"bool", "bool_"}:  # the second is numpy's
        raise TypeError("a whole number is needed, not a bool")
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError("a whole number is needed") from None


def _is_too_deep(value: object) -> bool:
    """Measure without recursion; what stands in one level twice counts once."""
    level = [value]
    for _ in _TOO_DEEP:
        level = list({id(inner): inner for outer in level for inner in _held(outer)}.values())
    return bool(level)


def _held(value: object) -> Iterable[object]:
    if isinstance(value, list | tuple):
        return value
    return value.values() if isinstance(value, Mapping) else ()


def _simpler(value: object) -> Any:  # noqa: ANN401 - whatever json can write
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    try:
        return whole(value)
    except TypeError:
        raise TypeError(f"a {type(value).__name__} has no place in a document") from None
