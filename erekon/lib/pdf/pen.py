"""Many words in one text object: a page of figures is hundreds of them, and each object of its own would cost as
much as its words.
"""

from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas


class Pen:
    """Writes words on a canvas. Shapes drawn on the canvas meanwhile lie below all of them."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._words: Any = canvas.beginText(0, 0)
        self._face: tuple[str, float] | None = None
        self._font: Any = None
        self._colour: Color | None = None
        self._inks: dict[int, tuple[Color, list[str]]] = {}  # what the library writes to change to a colour

    def write(self, x: float, y: float, words: str, face: tuple[str, float], colour: Color) -> None:
        """Write the words from x rightwards, y being their baseline; `face` is its name and size in points."""
        text = self._words
        if colour is not self._colour:
            self._colour = colour
            known = self._inks.get(id(colour))
            if known:
                text._code += known[1]
            else:
                begun = len(text._code)
                text.setFillColor(colour)
                self._inks[id(colour)] = (colour, text._code[begun:])
        if face != self._face:
            self._face, self._font = face, getFont(face[0])
            text.setFont(*face)
        text._code.append(f"1 0 0 1 {fp_str(x, y)} Tm")
        text._code.append(" ".join(self._shown(words)))

    def _shown(self, words: str) -> Iterator[str]:
        """What the library's `textOut` writes, without moving a cursor that nobody asks for."""
        text, document = self._words, self.canvas._doc  # type: ignore[attr-defined]
        for subset, codes in self._font.splitString(words, document):
            if subset != text._curSubset:
                text._curSubset = subset
                name = self._font.getSubsetInternalName(subset, document)
                yield f"{name} {fp_str(text._fontsize)} Tf {fp_str(text._leading)} TL"
            yield f"({escapePDF(codes)}) Tj"

    def close(self) -> None:
        """Put the words on the canvas."""
        self.canvas.drawText(self._words)
