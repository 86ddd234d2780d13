"""A likely cause of one differing document: a guess beside the figures, never part of them."""

from collections.abc import Iterable
from typing import NamedTuple


class Hint(NamedTuple):
    """What may have happened to the Detail line at `position` of an element.

    `others` are the lines of the same element that belong to the same finding; each has a hint of its own.
    `explains` is the absolute difference of this line, whole rupiah. `variant` picks among the sentences of
    a code, `words` fill its gaps. `leading` ranks it before the others, whatever they explain.
    """

    code: str
    element: str
    position: int
    explains: int
    variant: str = ""
    words: tuple[tuple[str, str], ...] = ()
    others: tuple[int, ...] = ()
    leading: bool = False


def ranked(hints: Iterable[Hint]) -> list[Hint]:
    """Hints in the order they are shown: by the rupiah they explain, leading ones first."""
    return sorted(hints, key=lambda hint: (not hint.leading, -hint.explains, hint.position))
