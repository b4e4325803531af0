"""The documents' JSON Schemas (draft 2020-12), for editors, forms and validators.

>>> from mi_core import schemas
>>> schemas.load("record")["type"]
'object'

The files are beside this one: ``importlib.resources.files("mi_core.schemas")`` finds them.
"""

import json
from importlib.resources import files
from typing import Any, Literal

__all__ = ["load"]


def load(
    document: Literal["explanation", "protocol", "record", "review", "texts"],
) -> dict[str, Any]:
    """Read the schema of a document."""
    text = files(__name__).joinpath(f"{document}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
