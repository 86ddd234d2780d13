"""The sheet LPJ BENDAHARA: each LPJ entered beside the Neraca Percobaan, down to the 6-digit account."""

from collections.abc import Iterator

from reconciliation.lpj.report import Report, Row, State
from reconciliation.lpj.sentences import MARKS, NOT_JUDGED, OVERDRAWN, cash_check, overdrawn
from reconciliation.workbook.cells import Cell, Mark
from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.sheet import Book, Table

COLUMNS = (
    ("LPJ", 64),
    ("Uraian", 52),
    ("Akun", 12),
    ("LPJ bendahara", 22),
    ("Neraca Percobaan (SAI)", 22),
    ("Selisih", 22),
    ("Status", 16),
)


def write_lpj(book: Book, content: WorkbookContent) -> None:
    """Write the sheet where an LPJ was entered; else nothing."""
    if not content.lpj:
        return
    table = Table(book, "LPJ BENDAHARA", COLUMNS, lead=(("Catatan", NOT_JUDGED),))
    for title, report in content.lpj:
        for cells in lpj_rows(report):
            table.row([title, *cells])
    table.finish()


def lpj_rows(report: Report) -> Iterator[list[Cell]]:
    """The rows of one LPJ under COLUMNS, without its title."""
    for row in report.rows:
        yield [row.line.label, row.akun, *map(_given, (row.amount, row.ledger, row.difference)), _mark(row)]
        for akun, balance in row.parts:
            below = (akun, balance) in row.overdrawn
            yield [f"- akun {akun}", akun, "", balance, "", Mark(OVERDRAWN, good=False) if below else ""]
    if check := cash_check(report):
        mark = State.BEDA if report.gap else State.SAMA
        yield [check, "", _given(report.held), "", report.gap, Mark(MARKS[mark], not report.gap)]
    for told in overdrawn(report):
        yield [told]


def _given(amount: int | None) -> Cell:
    return "" if amount is None else amount


def _mark(row: Row) -> Cell:
    return "" if row.state is State.TANPA else Mark(MARKS[row.state], row.state is State.SAMA)
