"""The embedded faces, and what to do with a letter that a face lacks."""

from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from erekon.lib.pdf.faces import Face

REGULAR = "InterDokumen"
BOLD = "InterDokumen-Bold"
HEADING = "JakartaDokumen-Bold"

# Printed for a letter that no face has: an honest box instead of nothing.
MISSING = "\u25a1"

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {
    REGULAR: "InterDokumen-Regular.ttf",
    BOLD: "InterDokumen-Bold.ttf",
    HEADING: "JakartaDokumen-Bold.ttf",
}


@cache
def load_fonts() -> dict[str, frozenset[int]]:
    """Register the faces with reportlab, once; answers the code points that each face has."""
    rl_config.useA85 = 0  # streams stay bytes: written as letters they are a quarter longer
    covered = {}
    for name, file in _FILES.items():
        font = Face(name, _FOLDER / file)
        pdfmetrics.registerFont(font)
        covered[name] = frozenset(font.face.charToGlyph)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return covered


def heading_face(text: str) -> str:
    """The heading face, or Inter when the text has letters that the heading face lacks."""
    return HEADING if all(ord(sign) in load_fonts()[HEADING] for sign in text) else BOLD


def printable(text: str) -> str:
    """The text with every letter that Inter lacks replaced by a box."""
    if text.isascii() and text.isprintable():
        return text
    known = load_fonts()[REGULAR]
    if known.issuperset(map(ord, text)):
        return text
    return "".join(sign if ord(sign) in known else MISSING for sign in text)
