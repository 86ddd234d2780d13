"""Hints about a document booked in another month: R9, R12."""

from collections.abc import Iterator, Sequence

from reconciliation.matching.hints.hint import Hint
from tests.oracle.hints.evidence import DetailLine, Scene
from tests.oracle.hints.making import hint_of


def void_in_another_month(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R9: no correction; SiAP booked and cancelled it in different months, SAI still has it."""
    for line in lines:
        months = {row.posted[:6] for row in line.siap_rows}
        if len(months) > 1 and line.siap == 0 and line.sai_rows and not line.corrected:
            yield hint_of(scene, line, "R9", {"n": line.number})


def posted_later(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R12: SiAP corrected it, or posted in the month after what makes the sides agree."""
    for line in lines:
        if line.corrected:
            yield hint_of(scene, line, "R12", {"n": line.number}, variant="koreksi")
        elif line.ahead and line.siap + sum(row.amount for row in line.ahead) == line.sai:
            yield hint_of(scene, line, "R12", {"n": line.number})
