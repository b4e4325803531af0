"""What all code lists have in common: they are texts, and most of them have no order."""

from enum import StrEnum
from typing import NoReturn


class Code(StrEnum):
    """A code of a closed list. It is the text that stands in documents.

    The texts would compare by the alphabet, which says nothing about people, so codes refuse `<`.
    Sort them as they are documented with ``sorted(codes, key=list(Topic).index)``, or by the
    alphabet with ``key=str``.
    """

    _place: int

    def __lt__(self, other: object) -> bool:
        """Refuse."""
        self._refuse(other, "<")

    def __le__(self, other: object) -> bool:
        """Refuse."""
        self._refuse(other, "<=")

    def __gt__(self, other: object) -> bool:
        """Refuse."""
        self._refuse(other, ">")

    def __ge__(self, other: object) -> bool:
        """Refuse."""
        self._refuse(other, ">=")

    def _refuse(self, other: object, sign: str) -> NoReturn:
        # Not NotImplemented: a plain text would then compare itself, by the alphabet.
        one, two = type(self).__name__, type(other).__name__
        raise TypeError(f"{sign!r} not supported between instances of {one!r} and {two!r}")


class OrderedCode(Code):
    """A code of a list that the field orders, from the least or first to the most or last.

    Codes of one list compare and sort in it; with anything else, a text too, they refuse `<`.
    """

    def __lt__(self, other: object) -> bool:
        """Stand before the other code of the list."""
        return self._place < self._other(other, "<")

    def __le__(self, other: object) -> bool:
        """Stand before the other code of the list, or be it."""
        return self._place <= self._other(other, "<=")

    def __gt__(self, other: object) -> bool:
        """Stand behind the other code of the list."""
        return self._place > self._other(other, ">")

    def __ge__(self, other: object) -> bool:
        """Stand behind the other code of the list, or be it."""
        return self._place >= self._other(other, ">=")

    def _other(self, other: object, sign: str) -> int:
        if not isinstance(other, type(self)):
            self._refuse(other, sign)
        return other._place


def made(name: str, base: str, about: str, codes: dict[str, tuple[str, str]]) -> type[Code]:
    """Make a list of its codes, each with what it means."""
    members = {constant: code for constant, (code, _) in codes.items()}
    bases: dict[str, type[Code]] = {"Code": Code, "OrderedCode": OrderedCode}
    made: type[Code] = bases[base](name, members, module="mi_core.codes")  # type: ignore[call-arg, assignment]
    made.__doc__ = about
    for place, (member, (_, meaning)) in enumerate(zip(made, codes.values(), strict=True)):
        member.__doc__ = meaning
        member._place = place
    return made
