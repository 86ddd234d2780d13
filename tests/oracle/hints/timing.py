"""Hints about a document booked in another month: R9, R12."""

from collections.abc import Iterator, Sequence

from reconciliation.matching.hints.hint import Hint
from tests.oracle.hints.evidence import DEPOSIT, SP2D_OR_CUT, DetailLine, Scene
from tests.oracle.hints.making import hint_of


def void_in_another_month(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R9: no correction; SiAP booked and cancelled it in different months, SAI still has it."""
    for line in lines:
        months = {row.posted[:6] for row in line.siap_rows}
        if len(months) > 1 and line.siap == 0 and line.sai_rows and not line.corrected:
            yield hint_of(scene, line, "R9", {"n": line.number}, variant=_called(scene, line))


def _called(scene: Scene, line: DetailLine) -> str:
    """What the office calls such a document, as the sentence's variant; blank where it has no name of its own."""
    if scene.budget_allotted:
        return "DIPA"
    if line.of_kind(DEPOSIT):
        return "NTPN"
    return "SP2D" if line.of_kind(*SP2D_OR_CUT) else ""


def posted_later(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R12: SiAP corrected it, or posted in the month after what makes the sides agree."""
    for line in lines:
        if line.corrected:
            yield hint_of(scene, line, "R12", {"n": line.number}, variant="koreksi")
        elif line.ahead and line.siap + sum(row.amount for row in line.ahead) == line.sai:
            yield hint_of(scene, line, "R12", {"n": line.number}, variant=_beyond(line))


def _beyond(line: DetailLine) -> str:
    """What was posted beyond the month's end, as the sentence's variant: all of it, its cancellation, or the rest."""
    if line.only_sai:
        return ""
    return "batal" if line.only_siap else "menyusul"
