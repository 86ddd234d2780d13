"""Hints about a document that both sides have, with another amount: R6, R3, R4."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from erekon.lib.rupiah import format_rupiah
from reconciliation.matching.hints.evidence import Scene
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.making import hint_of
from reconciliation.matching.hints.table import Chosen

_NINE = 9


def twice_in_sai(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R6: exact twin rows in SAI, and the difference is their amount."""
    several = lines.where(lines.table.rows("sai_rows") > 1)
    for number, line in zip(several.numbers.tolist(), several, strict=True):
        if -line.gap in _surpluses(several.table.twins(number)):
            yield hint_of(scene, line, "R6", {"n": line.number})


def _surpluses(times: "Counter[tuple[bytes, int]]") -> set[int]:
    """What the twins of a line may amount to: one kind of row, once or more too often, or all of them."""
    amounts = {}
    for (image, amount), count in times.items():
        amounts[image, amount] = [amount * surplus for surplus in range(1, count)]
    single = {amount for many in amounts.values() for amount in many}
    return (single | {sum(many[-1] for many in amounts.values() if many)}) - {0}


def digits_swapped(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R3: the difference is divisible by 9, and the same digits stand in another order."""
    siaps, sais = lines.table.siap, lines.table.sai
    by_nine = np.asarray(siaps % _NINE == sais % _NINE) & (siaps != sais) & (np.sign(siaps) == np.sign(sais))
    for line in lines.where(by_nine):
        siap, sai = str(line.siap), str(line.sai)
        if sorted(siap) == sorted(sai):
            apart = [at for at, pair in enumerate(zip(siap, sai, strict=True)) if pair[0] != pair[1]]
            span = slice(apart[0], apart[-1] + 1)
            words = {"n": format_rupiah(abs(line.gap)), "a": siap[span], "b": sai[span]}
            yield hint_of(scene, line, "R3", words)


def sign_turned(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R4: the same amount with the other sign."""
    for line in lines.where((lines.table.siap != 0) & (lines.table.siap == -lines.table.sai)):
        if line.siap == -line.sai:  # the smallest number of 64 bits is its own opposite
            yield hint_of(scene, line, "R4", {"n": line.number})
