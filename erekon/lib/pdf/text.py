"""Text blocks. What comes from data is printed as it stands: never markup, never a control character."""

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from erekon.lib.pdf.fonts import BOLD, REGULAR, heading_face, load_fonts, printable
from erekon.lib.pdf.words import Words
from erekon.lib.plaintext import inert

INK = HexColor(0x0A2433)
TEXT = HexColor(0x10222E)
MUTED = HexColor(0x4A5E6C)
LINE = HexColor(0xD5DDE3)
STRONG_LINE = HexColor(0xB4C0C9)
GREEN = HexColor(0x1E7B46)
RED = HexColor(0xB3261E)
GREY = HexColor(0x8393A0)


def _style(
    name: str, size: float, leading: float, face: str = REGULAR, colour: Color = TEXT
) -> ParagraphStyle:
    load_fonts()
    return ParagraphStyle(
        name,
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=colour,
    )


BODY = _style("isi", 8.6, 12.2)
STRONG = _style("tebal", 8.6, 12.2, BOLD)
SMALL = _style("kecil", 7.4, 10)
MUTED_SMALL = _style("redup", 7.4, 10, colour=MUTED)
TABLE = _style("tabel", 8.2, 11)
TABLE_HEAD = _style("tabel-kepala", 8.2, 11, BOLD)
AMOUNT = ParagraphStyle("angka", parent=TABLE, alignment=TA_RIGHT)
AMOUNT_HEAD = ParagraphStyle("angka-kepala", parent=TABLE_HEAD, alignment=TA_RIGHT)
TITLE = ParagraphStyle("judul", parent=_style("judul-dasar", 13, 17, BOLD, INK), alignment=TA_CENTER)
SUBTITLE = ParagraphStyle("subjudul", parent=BODY, alignment=TA_CENTER)
OFFICE = _style("kantor", 11.5, 14.5, BOLD, INK)


def block(text: str, style: ParagraphStyle = BODY) -> Words:
    """A paragraph of data: every sign of markup in it is printed, not obeyed."""
    return Words([(style.fontName, printable(inert(text)))], style)


def labelled(label: str, text: str, style: ParagraphStyle = BODY) -> Words:
    """A paragraph that opens with a bold label."""
    return Words([(BOLD, printable(inert(label))), (style.fontName, printable(inert(text)))], style)


def heading(text: str, style: ParagraphStyle = TITLE) -> Words:
    """A heading in the heading face where it has every letter."""
    words = printable(inert(text))
    return Words([(heading_face(words), words)], style)
