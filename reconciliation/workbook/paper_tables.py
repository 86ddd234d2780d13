"""The tables of the LHR on paper: cells of the workbook laid out on A4 portrait."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from erekon.lib.pdf.figures import Figures
from erekon.lib.pdf.layout import grid
from erekon.lib.pdf.parts import Verdict
from erekon.lib.pdf.sheet import WIDTH
from erekon.lib.pdf.text import AMOUNT, AMOUNT_HEAD, MUTED_SMALL, SMALL, TABLE, TABLE_HEAD, block
from reconciliation.lpj.report import Report
from reconciliation.workbook import lines, lpj, rekap
from reconciliation.workbook.cells import Cell, Mark, Strong, rupiah
from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.sheet import AMOUNTS

_STATUS, _AKUN = 25 * mm, 16 * mm
_LEFT = (7 * mm, 18 * mm)  # No, Kode
_RIGHT = (9 * mm, 9 * mm, 12 * mm)  # Rupiah, CoA, Jumlah baris beda
_LEAST_LABEL, _LEAST_TEXT = 34 * mm, 46 * mm
_LONGEST = 500  # letters of a likely cause: a row must stay lower than a page
Row = Sequence[Cell]
Columns = Sequence[tuple[str, int]]
Part = Flowable | Sequence[Flowable]


class Limit:
    """How many rows may still be printed."""

    def __init__(self, most: int) -> None:
        self._left = most

    def take(self, rows: Iterable[Row]) -> list[Row]:
        """The first of these rows, as many as there is room for."""
        taken = list(islice(rows, self._left))
        self._left -= len(taken)
        return taken


def rekap_table(content: WorkbookContent) -> Flowable:
    """A row per element and per line of a cash element; the explanations stand apart."""
    titles = [title for title, _ in rekap.COLUMNS]
    rows = [_named(titles, row) for row in rekap.rekap_rows(content)]
    figures = Figures(rows, AMOUNTS, WIDTH - sum(_LEFT) - sum(_RIGHT) - _LEAST_LABEL)
    head = [*(block(title, TABLE_HEAD) for title in titles[:3]), *(block(t, AMOUNT_HEAD) for t in AMOUNTS)]
    head += [block("Rp", TABLE_HEAD), block("CoA", TABLE_HEAD), block("Baris beda", AMOUNT_HEAD)]
    body = [
        [
            *(block(row[title], TABLE) for title in titles[:3]),
            *figures.cells(row),
            _verdict(row["Rupiah"]),
            _verdict(row["CoA"]),
            block(row["Jumlah baris beda"], AMOUNT),
        ]
        for row in rows
    ]
    text = WIDTH - sum(_LEFT) - sum(figures.widths) - sum(_RIGHT)
    return grid([head, *body], [*_LEFT, text, *figures.widths, *_RIGHT], padding=2.2)


def coa_table(rows: Sequence[Row], totals: Row) -> Flowable:
    """CoA lines and their totals: account, segments and likely cause on the left, the amounts, the status."""
    return _lines_table("Akun dan segmen", lines.COA_COLUMNS, rows, totals)


def detail_table(rows: Sequence[Row]) -> Flowable:
    """Documents: as CoA lines, with the document under its account."""
    return _lines_table("Akun, dokumen, dan segmen", lines.DETAIL_COLUMNS, rows)


def lpj_table(report: Report) -> Flowable:
    """One LPJ beside the Neraca Percobaan."""
    titles = [title for title, _ in lpj.COLUMNS[1:]]
    rows = [_named(titles, row) for row in lpj.lpj_rows(report)]
    figures = Figures(rows, titles[2:5], WIDTH - _STATUS - _LEAST_TEXT - _AKUN)
    head = [block(title, AMOUNT_HEAD if title in titles[2:5] else TABLE_HEAD) for title in titles]
    body = [
        [
            block(row["Uraian"], TABLE),
            block(row["Akun"], TABLE),
            *figures.cells(row),
            block(row["Status"], TABLE),
        ]
        for row in rows
    ]
    text = WIDTH - _AKUN - sum(figures.widths) - _STATUS
    return grid([head, *body], [text, _AKUN, *figures.widths, _STATUS], padding=2)


def _lines_table(title: str, columns: Columns, rows: Sequence[Row], totals: Row | None = None) -> Flowable:
    titles = [title for title, _ in columns]
    shown = [_named(titles, row) for row in rows]
    last = [_named(titles, totals)] if totals else []
    figures = Figures([*shown, *last], AMOUNTS, WIDTH - _STATUS - _LEAST_TEXT)
    text = WIDTH - sum(figures.widths) - _STATUS
    head = [
        block(title, TABLE_HEAD),
        *(block(title, AMOUNT_HEAD) for title in AMOUNTS),
        block("Status", TABLE_HEAD),
    ]
    body: list[Sequence[Part]] = [[_told(row), *figures.cells(row), _verdict(row["Status"])] for row in shown]
    body += [[block(row["Akun"], TABLE_HEAD), *figures.cells(row), block("", TABLE)] for row in last]
    return grid([head, *body], [text, *figures.widths, _STATUS], padding=2)


def _told(row: dict[str, str]) -> list[Flowable]:
    """The left cell: element and account, document, segments, likely cause."""
    name = " ".join(filter(None, (row.get("Elemen"), row["Akun"], row["Nama akun"])))
    told: list[Flowable] = [block(name, TABLE)]
    if "Nomor dokumen" in row:
        document = (row["Jenis dokumen"], row["Nomor dokumen"] or "tanpa nomor", row["Tanggal dokumen"])
        told.append(block(" \u00b7 ".join(filter(None, document)), TABLE))
    told.append(block(" \u00b7 ".join(_segments(row)), MUTED_SMALL))
    if cause := row["Kemungkinan sebab"]:
        told.append(block(cause if len(cause) <= _LONGEST else f"{cause[:_LONGEST]} \u2026", SMALL))
    return told


def _segments(row: dict[str, str]) -> Iterator[str]:
    for title, _ in lines.COA_COLUMNS[2:10]:
        if row[title]:
            yield f"{title} {row[title]}"


def _named(titles: Sequence[str], row: Row) -> dict[str, str]:
    """The texts of a row by the titles of their columns; a row may end before the last one."""
    return dict.fromkeys(titles, "") | dict(zip(titles, map(_text, row), strict=False))


def _text(cell: Cell) -> str:
    if isinstance(cell, Mark):
        return cell.text
    value = cell.content if isinstance(cell, Strong) else cell
    return rupiah(value) if isinstance(value, int) else value


def _verdict(status: str) -> Flowable:
    """The tile of a status that begins with its sign; other words (tidak berlaku) get the grey one."""
    equal = {"=": True, "\u2260": False}.get(status[:1])
    if not status:
        return block("", TABLE)
    return Verdict(equal, "" if equal is None else status[1:].strip())
