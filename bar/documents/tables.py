"""The parts of a BAR in figures: the result, the LHR summary, the differences; from the frozen content alone."""

from collections.abc import Mapping
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Indenter, Spacer

from erekon.lib.pdf.figures import Figures
from erekon.lib.pdf.layout import grid, pairs, plain
from erekon.lib.pdf.parts import Verdict, rule
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import (
    AMOUNT,
    AMOUNT_HEAD,
    LINE,
    MUTED_SMALL,
    SMALL,
    TABLE,
    TABLE_HEAD,
    block,
    labelled,
)

_AMOUNTS = {"siap": "SiAP", "sai": "SAI", "selisih": "Selisih"}


def _heads(*words: str) -> list[Flowable]:
    return [block(word, AMOUNT_HEAD if word in _AMOUNTS.values() else TABLE_HEAD) for word in words]


def result_table(content: Mapping[str, Any]) -> Flowable:
    """All elements: Uraian, SiAP, SAI, Selisih, Keterangan."""
    last = 29 * mm
    amounts = Figures(content["elemen"], _AMOUNTS, WIDTH - last - 50 * mm)
    rows = [
        [block(row["uraian"], TABLE), *amounts.cells(row), Verdict(_judged(row, "sama"), row["keterangan"])]
        for row in content["elemen"]
    ]
    head = _heads("Elemen", *_AMOUNTS.values(), "Keterangan")
    return grid([head, *rows], _filled([0, *amounts.widths, last]), padding=2.1)


def lhr_head(content: Mapping[str, Any]) -> Flowable:
    """The case header of Lampiran I."""
    return pairs(
        [(block(label, MUTED_SMALL), block(value, SMALL)) for label, value in content["lhr"]], 32 * mm
    )


def lhr_table(content: Mapping[str, Any]) -> Flowable:
    """Every element with its code and the verdict at each grain."""
    left, right = [8 * mm, 18 * mm, 0], [9 * mm, 10 * mm, 13 * mm]
    amounts = Figures(content["elemen"], _AMOUNTS, WIDTH - sum(left) - sum(right) - 38 * mm)
    rows = [
        [
            block(str(row["no"]), TABLE),
            block(row["kode"], TABLE),
            block(row["uraian"], TABLE),
            *amounts.cells(row),
            Verdict(_judged(row, "rupiah_sama"), ""),
            Verdict(_judged(row, "coa_sama"), ""),
            block(str(row["baris_beda"]), AMOUNT),
        ]
        for row in content["elemen"]
    ]
    head = [
        *_heads("No", "Kode", "Uraian", *_AMOUNTS.values(), "Rp", "CoA"),
        block("Baris beda", AMOUNT_HEAD),
    ]
    return grid([head, *rows], _filled([*left, *amounts.widths, *right]))


def difference_parts(content: Mapping[str, Any]) -> list[Flowable]:
    """Lampiran II: each difference with its sums, then place, cause, words and decision.

    The words are paragraphs of their own, not a cell, so that they may run over to the next page.
    """
    number_width = 8 * mm
    amounts = Figures(content["selisih"], _AMOUNTS, WIDTH - number_width - 60 * mm)
    widths = _filled([number_width, 0, *amounts.widths])
    parts: list[Flowable] = [grid([_heads("No", "Elemen dan akun", *_AMOUNTS.values())], widths)]
    for row in content["selisih"]:
        told = [block(row["elemen"], TABLE_HEAD), block(row["akun"], TABLE)]
        parts += [
            CondPageBreak(30 * mm),
            plain([block(str(row["no"]), TABLE), told, *amounts.cells(row)], widths),
            Indenter(left=number_width + 3.5),
            *_told(row["penjelasan"]),
            Indenter(left=-number_width - 3.5),
            rule(0.4, LINE, before=5, after=1),
        ]
    return parts


def _told(told: Mapping[str, Any] | None) -> list[Flowable]:
    if told is None:
        return [block("Belum dijelaskan satker.", SMALL)]
    return [
        labelled("Letak dan sebab:", f"{told['letak']}; {told['sebab']}.", SMALL),
        Spacer(0, 1.5),
        labelled("Penjelasan:", told["uraian"], SMALL),
        Spacer(0, 1.5),
        *_evidence(told),
        labelled("Keputusan:", told["keputusan"], SMALL),
    ]


def _evidence(told: Mapping[str, Any]) -> list[Flowable]:
    """The names of the files; contents frozen before there were any name none."""
    names = told.get("bukti", [])
    return [labelled("Bukti:", "; ".join(names), SMALL), Spacer(0, 1.5)] if names else []


def _judged(row: Mapping[str, Any], key: str) -> bool | None:
    return bool(row[key]) if row["berlaku"] else None


def _filled(widths: list[float]) -> list[float]:
    """The widths, with the one column given as 0 taking what is left."""
    rest = WIDTH - sum(widths)
    return [width or rest for width in widths]
