"""A TrueType face whose subset is prepared once for all documents: cut, compressed and described again for each,
it would take a third of a document's time.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, makeToUnicodeCMap

# Beside ASCII in every document's subset, in this order, so that nearly all documents share one; any other letter
# makes a subset of its own.
COMMON = "\u2212\u2260\u2026\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u25a1"
_KEPT = 64  # subsets of a face, some 15 kB each


@dataclass(frozen=True, slots=True)
class _Subset:
    """What a document says of a subset: its name, widths, letters (compressed), and the cut face (compressed)."""

    name: str
    widths: str
    letters: bytes
    cut: bytes
    length: int


class Face(TTFont):
    """A face of many documents at once: each has its own subset, equal subsets share their bytes."""

    def __init__(self, name: str, file: Path) -> None:
        super().__init__(name, file, asciiReadable=True)
        self._common = "".join(sign for sign in COMMON if ord(sign) in self.face.charToGlyph)
        self._prepared = lru_cache(_KEPT)(self._prepare)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """The text as codes of the document's subsets; ASCII is its own code."""
        if doc not in self.state:
            super().splitString(self._common, doc)
        if text.isascii() and text.isprintable():
            return [(0, text.encode("ascii"))]
        found: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return found

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Describe the document's subsets in it."""
        for number, codes in enumerate(self.state[doc].subsets):
            subset = self._prepared(number, tuple(codes))
            font: Any = pdfdoc.PDFTrueTypeFont()
            font.Name = self.getSubsetInternalName(number, doc)[1:]
            font.BaseFont = subset.name
            font.FirstChar, font.LastChar, font.Widths = 0, len(codes) - 1, subset.widths
            font.ToUnicode = doc.Reference(_compressed(subset.letters), f"letters:{subset.name}")
            font.FontDescriptor = doc.Reference(self._descriptor(subset, doc), f"face:{subset.name}")
            doc.Reference(font, font.Name)
            doc.idToObject["BasicFonts"].dict[font.Name] = font
        del self.state[doc]

    def _descriptor(self, subset: _Subset, doc: Any) -> pdfdoc.PDFDictionary:
        face: Any = self.face
        cut = _compressed(subset.cut, Length1=subset.length)
        nonsymbolic, symbolic = 1 << 5, 1 << 2
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "Flags": face.flags & ~nonsymbolic | symbolic,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "FontName": pdfdoc.PDFName(subset.name),
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "FontFile2": doc.Reference(cut, f"cut:{subset.name}"),
                "MissingWidth": face.defaultWidth,
            }
        )

    def _prepare(self, number: int, codes: tuple[int, ...]) -> _Subset:
        name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("pdfdoc")
        face: Any = self.face
        cut = face.makeSubset(list(codes))
        widths = " ".join(f"{face.getCharWidth(code):g}" for code in codes)
        letters = makeToUnicodeCMap(name, codes)
        return _Subset(
            name, f"[ {widths} ]", zlib.compress(letters.encode()), zlib.compress(cut, 9), len(cut)
        )


def _compressed(content: bytes, **entries: int) -> pdfdoc.PDFStream:
    """A stream of bytes that are compressed already."""
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode", **entries}), content, filters=[])
