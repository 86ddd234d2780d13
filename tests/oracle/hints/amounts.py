"""Hints about a document that both sides have, with another amount: R6, R3, R4."""

from collections import Counter
from collections.abc import Iterator, Sequence

from erekon.lib.rupiah import format_rupiah
from reconciliation.matching.hints.hint import Hint
from tests.oracle.hints.evidence import DetailLine, Scene
from tests.oracle.hints.making import hint_of

_NINE = 9


def twice_in_sai(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R6: exact twin rows in SAI, and the difference is their amount."""
    for line in lines:
        if len(line.sai_rows) > 1 and -line.gap in _surpluses(line):
            yield hint_of(scene, line, "R6", {"n": line.number})


def _surpluses(line: DetailLine) -> set[int]:
    """What the twins of a line may amount to: one kind of row, once or more too often, or all of them."""
    amounts, times = {}, Counter((row.image, row.amount) for row in line.sai_rows)
    for (image, amount), count in times.items():
        amounts[image, amount] = [amount * surplus for surplus in range(1, count)]
    single = {amount for many in amounts.values() for amount in many}
    return (single | {sum(many[-1] for many in amounts.values() if many)}) - {0}


def digits_swapped(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R3: the difference is divisible by 9, and the same digits stand in another order."""
    for line in lines:
        siap, sai = str(line.siap), str(line.sai)
        if line.gap % _NINE == 0 and siap != sai and sorted(siap) == sorted(sai):
            apart = [at for at, pair in enumerate(zip(siap, sai, strict=True)) if pair[0] != pair[1]]
            span = slice(apart[0], apart[-1] + 1)
            words = {"n": format_rupiah(abs(line.gap)), "a": siap[span], "b": sai[span]}
            yield hint_of(scene, line, "R3", words)


def sign_turned(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R4: the same amount with the other sign."""
    for line in lines:
        if line.siap and line.siap == -line.sai:
            yield hint_of(scene, line, "R4", {"n": line.number})
