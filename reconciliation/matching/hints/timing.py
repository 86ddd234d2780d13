"""Hints about a document booked in another month: R9, R12."""

from collections.abc import Iterator

from reconciliation.matching.columns import Mask
from reconciliation.matching.hints.evidence import Scene
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.line import DEPOSIT, SP2D_OR_CUT, DetailLine
from reconciliation.matching.hints.making import hint_of
from reconciliation.matching.hints.table import Chosen


def void_in_another_month(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R9: no correction; SiAP booked and cancelled it in different months, SAI still has it."""
    table = lines.table
    cancelled = (table.siap == 0) & (table.rows("siap_rows") > 1) & (table.rows("sai_rows") > 0)
    for line in lines.where(cancelled).loaded("siap_rows", "ahead"):
        months = {row.posted[:6] for row in line.siap_rows}
        if len(months) > 1 and not line.corrected:
            yield hint_of(scene, line, "R9", {"n": line.number}, variant=_called(scene, line))


def _called(scene: Scene, line: DetailLine) -> str:
    """What the office calls such a document, as the sentence's variant; blank where it has no name of its own."""
    if scene.budget_allotted:
        return "DIPA"
    if line.of_kind(DEPOSIT):
        return "NTPN"
    return "SP2D" if line.of_kind(*SP2D_OR_CUT) else ""


def posted_later(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R12: SiAP corrected it, or posted in the month after what makes the sides agree."""
    possible = lines.where(corrected(lines) | (lines.table.rows("ahead") > 0))
    for line in possible.loaded("siap_rows", "ahead"):
        if line.corrected:
            yield hint_of(scene, line, "R12", {"n": line.number}, variant="koreksi")
        elif line.ahead and line.siap + sum(row.amount for row in line.ahead) == line.sai:
            yield hint_of(scene, line, "R12", {"n": line.number}, variant=_beyond(line))


def _beyond(line: DetailLine) -> str:
    """What was posted beyond the month's end, as the sentence's variant: all of it, its cancellation, or the rest."""
    if line.only_sai:
        return ""
    return "batal" if line.only_siap else "menyusul"


def corrected(lines: Chosen) -> Mask:
    """Lines of the table of which a SiAP row corrects another, the month after included."""
    table = lines.table
    found = [
        table.having(side, table.beneath[side].rows["koreksi"] != b"") for side in ("siap_rows", "ahead")
    ]
    return found[0] | found[1]
