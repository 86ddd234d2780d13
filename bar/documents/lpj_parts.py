"""The LPJs on paper, at the end of Lampiran I; from the frozen content alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from erekon.lib.pdf.layout import grid
from erekon.lib.pdf.parts import Verdict
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import AMOUNT, AMOUNT_HEAD, SMALL, STRONG, TABLE, TABLE_HEAD, block

_AMOUNTS = {"lpj": "LPJ", "neraca": "Neraca Percobaan", "selisih": "Selisih"}
_AKUN, _MARK, _LABEL = 14 * mm, 24 * mm, 44 * mm
_PADDING = 13  # both sides of a cell, and air between figures, in points
_LEAST = 26 * mm


def lpj_parts(content: Mapping[str, Any]) -> list[Flowable]:
    """Heading, a table and a conclusion per LPJ; nothing where none was entered."""
    lpj = content.get("lpj")
    if not lpj:
        return []
    parts: list[Flowable] = [
        CondPageBreak(60 * mm),
        Spacer(0, 14),
        block(lpj["judul"], STRONG),
        block(lpj["pengantar"], SMALL),
    ]
    for report in lpj["laporan"]:
        parts += [
            CondPageBreak(35 * mm),
            Spacer(0, 8),
            block(report["judul"], TABLE_HEAD),
            Spacer(0, 3),
            _table(report["baris"]),
            Spacer(0, 3),
            block(report["kesimpulan"], SMALL),
        ]
    return parts


def _table(rows: Sequence[Mapping[str, Any]]) -> Flowable:
    """Amount columns as wide as their longest figure, set smaller where they would not fit."""
    longest = [
        max(float(stringWidth(row[key], AMOUNT.fontName, AMOUNT.fontSize)) for row in rows)
        for key in _AMOUNTS
    ]
    room = WIDTH - _AKUN - _MARK - _LABEL - 3 * _PADDING
    scale = min(1.0, room / max(sum(longest), 1.0))
    style = ParagraphStyle("angka-lpj", parent=AMOUNT, fontSize=AMOUNT.fontSize * scale)
    widths = [max(_LEAST, width * scale + _PADDING) for width in longest]
    head: list[Flowable] = [
        block("Uraian", TABLE_HEAD),
        block("Akun", TABLE_HEAD),
        *(block(word, AMOUNT_HEAD) for word in _AMOUNTS.values()),
        block("Keterangan", TABLE_HEAD),
    ]
    body = [
        [
            block(row["uraian"], TABLE),
            block(row["akun"], TABLE),
            *(block(row[key], style) for key in _AMOUNTS),
            Verdict(row["sama"], row["keterangan"]) if row["sama"] is not None else block("", TABLE),
        ]
        for row in rows
    ]
    return grid([head, *body], [WIDTH - _AKUN - _MARK - sum(widths), _AKUN, *widths, _MARK])
