"""Columns of amounts: a figure is never broken over two lines and never leaves its column."""

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from erekon.lib.pdf.text import AMOUNT, block

_PADDING = 13  # both sides of a cell, and air between figures, in points
_LEAST = 20 * mm


class Figures:
    """The columns `keys` of rows, as wide as their longest figure.

    Where the `room` (points) for all of them is too small, all are set smaller.
    """

    def __init__(self, rows: Sequence[Any], keys: Iterable[Any], room: float) -> None:
        self.keys = tuple(keys)
        longest = [max((_width(row[key]) for row in rows), default=0.0) for key in self.keys]
        scale = min(1.0, (room - len(self.keys) * _PADDING) / max(sum(longest), 1.0))
        self.widths = [max(_LEAST, width * scale + _PADDING) for width in longest]
        self.style = ParagraphStyle("angka-muat", parent=AMOUNT, fontSize=AMOUNT.fontSize * scale)

    def cells(self, row: Any) -> list[Flowable]:
        """The figures of one row."""
        return [block(row[key], self.style) for key in self.keys]


def _width(figure: str) -> float:
    return float(stringWidth(figure, AMOUNT.fontName, AMOUNT.fontSize))
