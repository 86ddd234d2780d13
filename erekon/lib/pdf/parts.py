"""Drawn parts: rules, the = and ≠ tiles, QR codes."""

from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from reportlab.lib.colors import Color, white
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable
from reportlab.platypus.flowables import HRFlowable

from erekon.lib.pdf.fonts import BOLD, REGULAR, printable
from erekon.lib.pdf.text import GREEN, GREY, INK, RED, TABLE, TEXT

# Above this the symbol grows so dense that a phone reads better with less correction.
_DENSE = 300


def rule(thickness: float = 0.5, colour: Color = INK, before: float = 0, after: float = 0) -> HRFlowable:
    """A line over the whole width; spaces in points."""
    return HRFlowable(
        width="100%", thickness=thickness, color=colour, spaceBefore=before, spaceAfter=after, lineCap="butt"
    )


class Verdict(Flowable):
    """The tile = (green), ≠ (red) or - (grey) with its word; `equal` None means not applicable.

    The sign is text, so that the verdict survives a grey print, a copy and a screen reader.
    """

    def __init__(self, equal: bool | None, word: str) -> None:
        super().__init__()
        self.sign, self.fill = {True: ("=", GREEN), False: ("\u2260", RED), None: ("-", GREY)}[equal]
        self.word = printable(word)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room it takes, in points."""
        size = TABLE.fontSize
        return 14 + stringWidth(self.word, REGULAR, size), TABLE.leading

    def draw(self) -> None:
        """Draw the tile, then the word beside it."""
        canvas, side = self.canv, 9.5
        canvas.setFillColor(self.fill)
        canvas.roundRect(0, 0.6, side, side, 2, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 8.5)
        canvas.drawCentredString(side / 2, 2.5, self.sign)
        canvas.setFillColor(TEXT)
        canvas.setFont(REGULAR, TABLE.fontSize)
        canvas.drawString(side + 4, 2.6, self.word)


class Qr(Flowable):
    """A QR symbol drawn as rectangles, `side` points wide; leave four modules of white paper around it."""

    def __init__(self, payload: str, side: float = 26 * mm) -> None:
        super().__init__()
        self.side = side
        self.rows = qr_rows(payload)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room it takes, in points."""
        return self.side, self.side

    def draw(self) -> None:
        """Draw each run of dark modules as one rectangle of a single path."""
        module = self.side / len(self.rows)
        path = self.canv.beginPath()
        for down, row in enumerate(self.rows):
            for start, length in _runs(row):
                path.rect(start * module, self.side - (down + 1) * module, length * module, module)
        self.canv.setFillColor(INK)
        self.canv.drawPath(path, stroke=0, fill=1)


def qr_rows(payload: str) -> list[list[bool]]:
    """The modules of the symbol, row by row from the top, without the quiet zone; True is dark."""
    level = ERROR_CORRECT_L if len(payload) > _DENSE else ERROR_CORRECT_M
    symbol = qrcode.QRCode(error_correction=level, border=0)
    symbol.add_data(payload)
    symbol.make(fit=True)
    rows: list[list[Any]] = symbol.get_matrix()
    return [[bool(module) for module in row] for row in rows]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where the dark runs of a row start, and how long they are."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs
