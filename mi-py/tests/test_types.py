"""The types of documents, and the schemas from which they are made."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, is_typeddict

import pytest
from mi_core import schemas, types

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.mark.parametrize("name", ["explanation", "protocol", "record", "review", "texts"])
def test_the_schemas_of_the_documentation_are_in_the_package(name: Any) -> None:  # noqa: ANN401
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert schemas.load(name) == json.loads(text)
    assert files("mi_core.schemas").joinpath(f"{name}.schema.json").is_file()


def test_every_kind_of_event_has_its_type() -> None:
    kinds = {
        variant["properties"]["kind"]["const"]: set(variant.get("required", ()))
        for variant in schemas.load("record")["$defs"]["Body"]["oneOf"]
    }
    bodies = {get_args(body.__annotations__["kind"])[0]: body for body in get_args(types.Body)}
    assert bodies.keys() == kinds.keys()
    assert {kind: set(body.__required_keys__) for kind, body in bodies.items()} == kinds
    assert all(is_typeddict(body) and body.__doc__ for body in bodies.values())
