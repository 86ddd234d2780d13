"""Content in, bytes of the LHR workbook out: equal content gives equal bytes."""

from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.lines import write_coa, write_detail
from reconciliation.workbook.lpj import write_lpj
from reconciliation.workbook.rekap import write_rekap
from reconciliation.workbook.sheet import ROW_LIMIT, Book, Table

WARNING_COLUMNS = (("Kode", 22), ("Berkas", 30), ("Baris", 9), ("Kolom", 14), ("Peringatan", 100))
_ABOUT_COLUMNS = (("Keterangan", 34), ("Isi", 80))

# Raised whenever equal content gives other bytes than before; kept with each run.
WORKBOOK_VERSION = 3
LARGE = 20_000  # lines; below it a workbook held in memory takes some 30 MB at most


def render_workbook(content: WorkbookContent, *, row_limit: int = ROW_LIMIT) -> bytes:
    """The LHR workbook (.xlsx): REKAP, a sheet per element that applies, DETAIL SELISIH, LPJ, PERINGATAN,
    INFO.

    A table longer than `row_limit` rows, its header and totals included, goes on in another worksheet.
    """
    outcomes = content.outcome.elements
    lines = sum(outcome.coa.size + outcome.detail_counts.different for outcome in outcomes)
    book = Book(large=lines > LARGE, row_limit=row_limit)
    write_rekap(book, content)
    for outcome in outcomes:
        if outcome.applicable:
            write_coa(book, content, outcome)
    write_detail(book, content)
    write_lpj(book, content)
    warnings = Table(book, "PERINGATAN", WARNING_COLUMNS)
    for warning in content.warnings:
        warnings.row(warning.cells())
    warnings.finish()
    about = Table(book, "INFO", _ABOUT_COLUMNS)
    for pair in content.about:
        about.row(pair)
    about.finish()
    return book.close()
