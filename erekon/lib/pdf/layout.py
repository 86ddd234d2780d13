"""Arrangements of parts: the kop of an office, plain tables, columns side by side."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Table, TableStyle

from erekon.lib.pdf.fonts import REGULAR
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
                *_padded(3.5, padding),
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
                *_padded(0, 0),
                ("RIGHTPADDING", (0, 0), (-2, -1), gap),
            ]
        )
    )
    return table


def pairs(rows: Sequence[tuple[Flowable, Flowable]], label_width: float) -> Table:
    """Labels and values, one pair in a row, without lines; the width in points."""
    table = Table([list(row) for row in rows], colWidths=[label_width, WIDTH - label_width], splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                *_padded(0, 0.6),
            ]
        )
    )
    return table


def plain(cells: Sequence[Cell], widths: Sequence[float]) -> Table:
    """One row that lines up under a `grid` of the same widths, without lines."""
    table = Table([list(cells)], colWidths=list(widths), splitInRow=1)
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_padded(3.5, 4)]))
    return table


def _padded(beside: float, above: float) -> list[tuple[str, tuple[int, int], tuple[int, int], Any]]:
    """Paddings in points; the face is named too, or reportlab would list one that is not embedded."""
    everywhere = ((0, 0), (-1, -1))
    return [
        ("FONTNAME", *everywhere, REGULAR),
        ("LEFTPADDING", *everywhere, beside),
        ("RIGHTPADDING", *everywhere, beside),
        ("TOPPADDING", *everywhere, above),
        ("BOTTOMPADDING", *everywhere, above),
    ]
