"""The examples of docstrings and of the README run and show what they say."""

import doctest
import inspect
import pydoc
from collections.abc import Iterator
from pathlib import Path
from types import GetSetDescriptorType

import mi_core as mi

README = Path(__file__).parents[1] / "README.md"


def docstrings() -> Iterator[tuple[str, str]]:
    """Name and docstring of all classes, and of the methods and properties in them."""
    for module in (mi, mi.schemas, mi.types):
        yield module.__name__, module.__doc__ or ""
    for name in mi.__all__:
        exported = getattr(mi, name)
        if inspect.isclass(exported):
            yield name, inspect.getdoc(exported) or ""
            for inner, member in vars(exported).items():
                if not inner.startswith("_") and is_described(member):
                    yield f"{name}.{inner}", inspect.getdoc(getattr(exported, inner)) or ""


def is_described(member: object) -> bool:
    return inspect.isroutine(member) or isinstance(member, property | GetSetDescriptorType)


def failures(name: str, text: str) -> int:
    names = {name: getattr(mi, name) for name in mi.__all__} | {"mi_core": mi}
    test = doctest.DocTestParser().get_doctest(text, names, name, None, 0)
    return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed


def test_examples_run() -> None:
    assert [name for name, text in docstrings() if failures(name, text)] == []


def test_help_starts_with_an_example_that_runs() -> None:
    shown = pydoc.plain(pydoc.render_doc(mi))
    assert shown.index(">>> import mi_core as mi") < shown.index("CLASSES")
    assert failures("mi_core", mi.__doc__ or "") == 0


def test_the_readme_runs() -> None:
    text = README.read_text(encoding="utf-8").replace("```", "")
    assert ">>>" in text
    assert failures("README.md", text) == 0


def test_all_that_is_public_is_documented() -> None:
    assert [name for name, text in docstrings() if not text] == []
