"""Breaking words into lines, by the widths of the embedded faces alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from reportlab.lib.rl_accel import instanceStringWidthTTF
from reportlab.pdfbase.pdfmetrics import getFont

from erekon.lib.pdf.fonts import load_fonts

Run = tuple[str, str]  # face and words
# How much of each blank a line may give away before its last word moves down.
_GIVE = 0.05
_KEPT = 4096  # texts: clauses, labels and names of accounts stand in every satker's document


@dataclass(slots=True)
class Line:
    """Words that stand on one line: where each piece begins, its face, its words."""

    width: float = 0.0
    pieces: list[tuple[float, str, str]] = field(default_factory=list)

    def add(self, face: str, word: str, start: float, end: float) -> None:
        """Put a word at `start`; one in the face of the word before it joins its piece."""
        if self.pieces and self.pieces[-1][1] == face:
            begun, _, words = self.pieces[-1]
            self.pieces[-1] = (begun, face, f"{words} {word}")
        else:
            self.pieces.append((start, face, word))
        self.width = end


@lru_cache(_KEPT)
def broken(runs: tuple[Run, ...], size: float, room: float) -> tuple[Line, ...]:
    """The lines that the runs take in so much room; no word, no line."""
    load_fonts()
    if len(runs) == 1:
        face, words = runs[0]
        width = width_of(words, face, size)
        if width <= room:
            return (Line(width, [(0.0, face, words)]),) if words else ()
    lines: list[Line] = []
    count = 0
    for face, word, width in _words(runs, size, room):
        blank = _blank(face, size)
        start = lines[-1].width + blank if lines else 0.0
        if not lines or start + width > room + _GIVE * blank * count:
            lines.append(Line())
            start, count = 0.0, 0
        lines[-1].add(face, word, start, start + width)
        count += 1
    return tuple(lines)


def _words(runs: Sequence[Run], size: float, room: float) -> Iterator[tuple[str, str, float]]:
    """Face, word and width; a word wider than the room comes in pieces that fit."""
    for face, words in runs:
        for word in words.split():
            width = width_of(word, face, size)
            if width <= room:
                yield face, word, width
            else:
                for piece in _fitting(face, word, size, room):
                    yield face, piece, width_of(piece, face, size)


def _fitting(face: str, word: str, size: float, room: float) -> Iterator[str]:
    while len(word) > 1 and width_of(word, face, size) > room:
        cut = 1
        while width_of(word[: cut + 1], face, size) <= room:
            cut += 1
        yield word[:cut]
        word = word[cut:]
    yield word


def width_of(words: str, face: str, size: float) -> float:
    """How wide the words are, in points; the library's own measure, asked by the shortest way."""
    width: float = instanceStringWidthTTF(getFont(face), words, size)
    return width


@cache
def _blank(face: str, size: float) -> float:
    return width_of(" ", face, size)
