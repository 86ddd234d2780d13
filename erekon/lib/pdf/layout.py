"""Arrangements of parts: the kop of an office, plain tables, columns side by side."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table, TableStyle

from erekon.lib.pdf.parts import rule
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import INK, LINE, MUTED_SMALL, OFFICE, SMALL, block, heading

Cell = Flowable | Sequence[Flowable]


def kop(above: Sequence[str], office: str, below: str) -> list[Flowable]:
    """The letterhead: the bodies above the office, the office, its address, a heavy rule."""
    return [
        *(block(line, SMALL) for line in above),
        heading(office, OFFICE),
        block(below, MUTED_SMALL),
        rule(1.8, INK, before=5, after=9),
    ]


def grid(rows: Sequence[Sequence[Cell]], widths: Sequence[float], *, padding: float = 2.6) -> Table:
    """A table with a ruled head, which is repeated on every page, and a hair line under each row."""
    table = Table([list(row) for row in rows], colWidths=list(widths), repeatRows=1, splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3.5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3.5),
                ("TOPPADDING", (0, 0), (-1, -1), padding),
                ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
                ("LINEABOVE", (0, 0), (-1, 0), 0.9, INK),
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
            ]
        )
    )
    return table


def columns(cells: Sequence[Cell], widths: Sequence[float] | None = None, *, gap: float = 14) -> Table:
    """Parts side by side without lines, the columns equally wide unless told; `gap` in points."""
    even = [WIDTH / len(cells)] * len(cells)
    table = Table([list(cells)], colWidths=list(widths or even), splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-2, -1), gap),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table
