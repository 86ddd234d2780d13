"""From a list of parts to bytes: A4 portrait, footer with page x of y, marks, metadata, no clock."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepInFrame, PageTemplate

from erekon.lib.pdf.fonts import BOLD, REGULAR, load_fonts, printable
from erekon.lib.pdf.text import MUTED, RED, STRONG_LINE
from erekon.lib.plaintext import inert

MARGIN = 19 * mm
WIDTH = A4[0] - 2 * MARGIN
_TOP = 14 * mm
_BOTTOM = 19 * mm
HEIGHT = A4[1] - _TOP - _BOTTOM  # of the room that a page has for parts
_FOOT = 6.6
_CREATOR = "e-Rekon-LK"
# reportlab reads a face through one cursor: two threads that write out its letters spoil each other's document,
# and not always with an error.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the text: metadata, the footer (a whole line, then left and right of the next), and a mark across every page.

    `mark` is the big word (DRAFT, DIBATALKAN), `mark_line` the sentence at the head of each page; both empty
    for a document in force. `keywords` is read by programs, never printed.
    """

    title: str
    author: str
    subject: str
    footer: str
    footer_left: str
    footer_right: str
    mark: str = ""
    mark_line: str = ""
    keywords: str = ""


def render(story: Sequence[Flowable], sheet: Sheet) -> bytes:
    """Lay the parts out; equal parts and an equal sheet give equal bytes."""
    load_fonts()
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=inert(sheet.title),
        author=inert(sheet.author),
        subject=inert(sheet.subject),
        keywords=inert(sheet.keywords),  # type: ignore[arg-type]  # the stubs want a list, the library a text
        creator=_CREATOR,
        producer=_CREATOR,
        lang="id-ID",
        displayDocTitle=1,
        invariant=1,
        initialFontName=REGULAR,
    )
    frame = Frame(MARGIN, _BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate("lembar", [frame], onPage=lambda canvas, _doc: _draw_mark(canvas, sheet))
    )
    with _ONE_AT_A_TIME:
        document.build(list(story), canvasmaker=lambda *args, **kwargs: _Counted(sheet, *args, **kwargs))
    return buffer.getvalue()


def render_card(story: Sequence[Flowable], width: float, height: float) -> bytes:
    """Lay the parts out on one page of this size without margins; what is too tall is drawn smaller."""
    load_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1, initialFontName=REGULAR)  # type: ignore[arg-type]
    fitted = KeepInFrame(width, height, list(story), mode="shrink", hAlign="LEFT")
    with _ONE_AT_A_TIME:
        _, taken = fitted.wrapOn(canvas, width, height)
        fitted.drawOn(canvas, 0, height - taken)
        canvas.save()
    return buffer.getvalue()


class _Counted(Canvas):
    """Holds every page back until the last is known, because the footer says how many there are."""

    def __init__(self, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sheet = sheet
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 (reportlab's name)
        """Hold the page back."""
        self._held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Give every page its footer, then write."""
        held = self._held
        for number, page in enumerate(held, 1):
            self.__dict__.update(page)
            _draw_footer(self, self._sheet, number, len(held))
            super().showPage()
        super().save()


def _draw_footer(canvas: Canvas, sheet: Sheet, number: int, total: int) -> None:
    top = _BOTTOM - 7 * mm
    canvas.setStrokeColor(STRONG_LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, top, MARGIN + WIDTH, top)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, _FOOT)
    canvas.drawString(MARGIN, top - 9, _fitted(sheet.footer, WIDTH))
    canvas.drawString(MARGIN, top - 18, _fitted(sheet.footer_left, WIDTH / 2 - 10))
    place = f"Halaman {number} dari {total}"
    room = WIDTH / 2 - stringWidth(place, REGULAR, _FOOT) - 12
    canvas.drawRightString(MARGIN + WIDTH, top - 18, f"{_fitted(sheet.footer_right, room)}  \u00b7  {place}")


def _fitted(line: str, width: float) -> str:
    """One line of the footer, cut with an ellipsis where it would run into its neighbour."""
    text = printable(inert(line))
    if stringWidth(text, REGULAR, _FOOT) <= width:
        return text
    while text and stringWidth(f"{text}\u2026", REGULAR, _FOOT) > width:
        text = text[:-1]
    return f"{text}\u2026"


def _draw_mark(canvas: Canvas, sheet: Sheet) -> None:
    if not sheet.mark:
        return
    canvas.saveState()
    canvas.setFillColor(RED)
    canvas.setFont(BOLD, 7.4)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 9.5 * mm, printable(inert(sheet.mark_line)))
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.setFillColor(Color(0.70, 0.15, 0.12, alpha=0.085))
    canvas.setFont(BOLD, min(120, 118 * 560 / stringWidth(sheet.mark, BOLD, 118)))
    canvas.drawCentredString(0, -36, sheet.mark)
    canvas.restoreState()
