"""The sheets of lines: CoA lines per element, and the documents that differ."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from reconciliation.matching.outcome import DIFFERING, EQUAL, ONLY_SAI, ONLY_SIAP, SEGMENTS, ElementOutcome
from reconciliation.workbook.cells import Cell, Mark, Strong, day
from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.sheet import Book, Table

_AMOUNTS = (("SiAP", 22), ("SAI", 22), ("Selisih", 22), ("Status", 16), ("Kemungkinan sebab", 60))
COA_COLUMNS = (
    ("Akun", 9),
    ("Nama akun", 44),
    ("BA+ES1", 9),
    ("Kewenangan", 12),
    ("Program", 9),
    ("Kegiatan", 9),
    ("Output", 8),
    ("SD-CP", 8),
    ("Lokasi", 8),
    ("Register", 11),
    *_AMOUNTS,
)
DETAIL_COLUMNS = (
    ("Elemen", 9),
    *COA_COLUMNS[:10],
    ("Jenis dokumen", 14),
    ("Nomor dokumen", 34),
    ("Tanggal dokumen", 16),
    *_AMOUNTS,
    ("Penjelasan", 60),
)
STATUS = {EQUAL: "=", DIFFERING: "≠", ONLY_SIAP: "≠ hanya SiAP", ONLY_SAI: "≠ hanya SAI"}


def write_coa(book: Book, content: WorkbookContent, outcome: ElementOutcome) -> None:
    """Write one element's CoA lines, differences first, and their totals."""
    table = Table(book, outcome.code, COA_COLUMNS)
    for cells in coa_rows(content, outcome):
        table.row(cells)
    table.finish(coa_totals(outcome))


def coa_rows(
    content: WorkbookContent, outcome: ElementOutcome, *, only_different: bool = False
) -> Iterator[list[Cell]]:
    """The rows of one element under COA_COLUMNS, differences first."""
    equal = outcome.coa["status"] == EQUAL
    order = np.flatnonzero(~equal) if only_different else np.argsort(equal, kind="stable")
    for position, line in zip(order.tolist(), outcome.coa[order].tolist(), strict=True):
        cause = content.coa_causes.get((outcome.code, position), "")
        yield [*_segments(line, content), *_sums(line[-2], line[-1], line[-3]), cause]


def coa_totals(outcome: ElementOutcome) -> list[Cell]:
    """The last row of an element: both totals and their difference."""
    totals = (outcome.siap, outcome.sai, outcome.siap - outcome.sai)
    return [Strong("Jumlah"), *[Strong("")] * 9, *map(Strong, totals)]


def write_detail(book: Book, content: WorkbookContent) -> None:
    """Write every document whose sums differ, both sides in one row."""
    table = Table(book, "DETAIL SELISIH", DETAIL_COLUMNS)
    for outcome in content.outcome.elements:
        for cells in detail_rows(content, outcome):
            table.row(cells)
    table.finish()


def detail_rows(content: WorkbookContent, outcome: ElementOutcome) -> Iterator[list[Cell]]:
    """The documents of one element that differ, under DETAIL_COLUMNS."""
    positions = np.flatnonzero(outcome.detail["status"] != EQUAL).tolist()
    coa = outcome.coa.tolist()
    found = zip(positions, outcome.detail[positions].tolist(), strict=True)
    for position, (line, status, jnsdok, nodok, tgldok, siap, sai) in found:
        segments = _segments(coa[line], content)
        yield [
            outcome.code,
            *segments,
            *(_text(jnsdok), _text(nodok), day(_text(tgldok))),
            *_sums(siap, sai, status),
            content.detail_causes.get((outcome.code, position), ""),
            content.explanations.get((outcome.code, segments[0]), ""),
        ]


def _segments(line: tuple[Any, ...], content: WorkbookContent) -> list[str]:
    akun, *others = map(_text, line[: len(SEGMENTS)])
    return [akun, content.account_names.get(akun, ""), *others]


def _sums(siap: int, sai: int, status: int) -> tuple[int, int, int, Mark]:
    return siap, sai, siap - sai, Mark(STATUS[status], status == EQUAL)


@lru_cache(10_000)  # the same few codes stand in every line
def _text(content: bytes) -> str:
    return content.decode("cp1252", "replace")
