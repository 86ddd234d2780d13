"""Hints about a document booked in another month: R9, R12."""

from collections.abc import Iterator

from reconciliation.matching.columns import Mask
from reconciliation.matching.hints.evidence import Scene
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.making import hint_of
from reconciliation.matching.hints.table import Chosen


def void_in_another_month(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R9: no correction; SiAP booked and cancelled it in different months, SAI still has it."""
    table = lines.table
    cancelled = (table.siap == 0) & (table.rows("siap_rows") > 1) & (table.rows("sai_rows") > 0)
    for line in lines.where(cancelled).loaded("siap_rows", "ahead"):
        months = {row.posted[:6] for row in line.siap_rows}
        if len(months) > 1 and not line.corrected:
            yield hint_of(scene, line, "R9", {"n": line.number})


def posted_later(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R12: SiAP corrected it, or posted in the month after what makes the sides agree."""
    possible = lines.where(corrected(lines) | (lines.table.rows("ahead") > 0))
    for line in possible.loaded("siap_rows", "ahead"):
        if line.corrected:
            yield hint_of(scene, line, "R12", {"n": line.number}, variant="koreksi")
        elif line.ahead and line.siap + sum(row.amount for row in line.ahead) == line.sai:
            yield hint_of(scene, line, "R12", {"n": line.number})


def corrected(lines: Chosen) -> Mask:
    """Lines of the table of which a SiAP row corrects another, the month after included."""
    table = lines.table
    found = [
        table.having(side, table.beneath[side].rows["koreksi"] != b"") for side in ("siap_rows", "ahead")
    ]
    return found[0] | found[1]
