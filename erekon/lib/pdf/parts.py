"""Drawn parts: rules, the = and ≠ tiles, QR codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import qrcode
from qrcode import util
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from reportlab.lib.colors import Color, white
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable
from reportlab.platypus.flowables import HRFlowable

from erekon.lib.pdf.codewords import codewords
from erekon.lib.pdf.fonts import BOLD, REGULAR, printable
from erekon.lib.pdf.pen import Pen
from erekon.lib.pdf.text import GREEN, GREY, INK, RED, TABLE, TEXT

# Every mask decodes; trying all eight for the most even symbol costs more than a whole BAR. Tokens are as even as
# chance under any, this one breaks up long rows and columns alike.
_MASK = 5
_SIGN = (BOLD, 8.5)
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
        return 14 + stringWidth(self.word, REGULAR, TABLE.fontSize), TABLE.leading

    def draw(self) -> None:
        """Draw it by itself, as a frame asks for."""
        pen = Pen(self.canv)
        self.write(pen, 0, TABLE.leading)
        pen.close()

    def write(self, pen: Pen, left: float, top: float) -> None:
        """Draw the tile with its sign from the top left corner, and the word beside it."""
        bottom, side = top - TABLE.leading, 9.5
        pen.canvas.setFillColor(self.fill)
        pen.canvas.drawPath(_tile(pen, left, bottom + 0.6, side), stroke=0, fill=1)
        half = stringWidth(self.sign, *_SIGN) / 2
        pen.write(left + side / 2 - half, bottom + 2.5, self.sign, _SIGN, white)
        if self.word:
            pen.write(left + side + 4, bottom + 2.6, self.word, (REGULAR, TABLE.fontSize), TEXT)


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
        height = len(self.rows)
        path: Any = self.canv.beginPath()
        # Whole numbers, thousands of them: the library's `rect` would format each as a fraction.
        path._code = [
            "n",
            *(
                f"{start} {height - down} {length} 1 re"
                for down, row in enumerate(self.rows, 1)
                for start, length in _runs(row)
            ),
        ]
        self.canv.saveState()
        # In whole modules: figures with fractions are four times the writing.
        self.canv.scale(self.side / height, self.side / height)
        self.canv.setFillColor(INK)
        self.canv.drawPath(path, stroke=0, fill=1)
        self.canv.restoreState()


def _tile(pen: Pen, x: float, y: float, side: float) -> Any:
    """A square with corners of two points, its bottom left corner at x, y: the library's `roundRect`, at a third of its
    cost.
    """
    path: Any = pen.canvas.beginPath()
    x1, x2, x3, x4 = x + 0.8944, x + 2, x + side - 2, x + side - 0.8944
    y1, y2, y3, y4 = y + 0.8944, y + 2, y + side - 2, y + side - 0.8944
    right, top = x + side, y + side
    path._code = [
        f"n {x2:.2f} {y:.2f} m {x3:.2f} {y:.2f} l {x4:.2f} {y:.2f} {right:.2f} {y1:.2f} {right:.2f} {y2:.2f} c "
        f"{right:.2f} {y3:.2f} l {right:.2f} {y4:.2f} {x4:.2f} {top:.2f} {x3:.2f} {top:.2f} c "
        f"{x2:.2f} {top:.2f} l {x1:.2f} {top:.2f} {x:.2f} {y4:.2f} {x:.2f} {y3:.2f} c "
        f"{x:.2f} {y2:.2f} l {x:.2f} {y1:.2f} {x1:.2f} {y:.2f} {x2:.2f} {y:.2f} c h"
    ]
    return path


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: the page, counted from 0, and the corners of its box in points."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Place(Flowable):
    """Room that is left free, and remembers where it came to stand."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.room = (width, height)
        self._spot: Spot | None = None

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The room it takes, in points."""
        return self.room

    def draw(self) -> None:
        """Draw nothing; note the page and the corner."""
        left, bottom = self.canv.absolutePosition(0, 0)
        width, height = self.room
        self._spot = Spot(self.canv.getPageNumber() - 1, left, bottom, left + width, bottom + height)

    def spot(self) -> Spot:
        """Where it stands. Raises LookupError before the document was laid out."""
        if self._spot is None:
            raise LookupError("not laid out yet")
        return self._spot


def qr_rows(payload: str) -> list[list[bool]]:
    """The modules of the symbol, row by row from the top, without the quiet zone; True is dark."""
    level = ERROR_CORRECT_L if len(payload) > _DENSE else ERROR_CORRECT_M
    content = util.QRData(payload, mode=util.MODE_8BIT_BYTE)  # type: ignore[call-overload]  # the stub knows no constant
    version = _version(content, level)
    symbol = qrcode.QRCode(version, level, border=0, mask_pattern=_MASK)
    # What fits no symbol as bytes may fit one as runs of digits and capitals.
    symbol.add_data(content if version else payload)
    if version:
        symbol.data_cache = codewords(content.data, version, level)
    symbol.make(fit=version is None)
    rows: list[list[bool]] = symbol.get_matrix()
    return rows


def _version(content: util.QRData, level: int) -> int | None:
    """The smallest that holds the content, None for none. The library finds it by writing all of it, up to three times."""
    for version, room in enumerate(util.BIT_LIMIT_TABLE[level]):
        if version and 4 + util.length_in_bits(content.mode, version) + 8 * len(content) <= room:
            return version
    return None


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where the dark runs of a row start, and how long they are."""
    signs = bytes(row)
    end = 0
    while (start := signs.find(1, end)) >= 0:
        end = signs.find(0, start)
        end = len(signs) if end < 0 else end
        yield start, end - start
