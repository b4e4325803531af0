"""Plain Python values as JSON text, for the core's reader."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def write(value: object) -> str:
    """Write a value as JSON; dates and datetimes become their ISO text."""
    return json.dumps(value, default=_simpler, separators=(",", ":"))


def _simpler(value: object) -> Any:  # noqa: ANN401 - whatever json can write
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} has no place in a document")
