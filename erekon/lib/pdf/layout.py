"""Arrangements of parts: the kop of an office, plain tables, columns side by side."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from erekon.lib.pdf.parts import rule
from erekon.lib.pdf.sheet import HEIGHT, WIDTH
from erekon.lib.pdf.table import Cell, Grid, Padding, Rules
from erekon.lib.pdf.text import INK, LINE, MUTED_SMALL, OFFICE, SMALL, block, heading

_RULES = Rules(head=(0.9, INK), row=(0.4, LINE))


def kop(above: Sequence[str], office: str, below: str) -> list[Flowable]:
    """The letterhead: the bodies above the office, the office, its address, a heavy rule."""
    return [
        *(block(line, SMALL) for line in above),
        heading(office, OFFICE),
        block(below, MUTED_SMALL),
        rule(1.8, INK, before=5, after=9),
    ]


def grid(rows: Sequence[Sequence[Cell]], widths: Sequence[float], *, padding: float = 2.6) -> Grid:
    """A table with a ruled head, which is repeated on every page, and a hair line under each row."""
    return Grid(rows, widths, Padding(3.5, padding), page=HEIGHT, rules=_RULES)


def columns(cells: Sequence[Cell], widths: Sequence[float] | None = None, *, gap: float = 14) -> Grid:
    """Parts side by side without lines, the columns equally wide unless told; `gap` in points."""
    even = [WIDTH / len(cells)] * len(cells)
    return Grid([cells], widths or even, Padding(0, 0, gap), page=HEIGHT)


def pairs(rows: Sequence[tuple[Flowable, Flowable]], label_width: float) -> Grid:
    """Labels and values, one pair in a row, without lines; the width in points."""
    return Grid(rows, [label_width, WIDTH - label_width], Padding(0, 0.6), page=HEIGHT)


def plain(cells: Sequence[Cell], widths: Sequence[float]) -> Grid:
    """One row that lines up under a `grid` of the same widths, without lines."""
    return Grid([cells], widths, Padding(3.5, 4), page=HEIGHT)
