"""The sheet REKAP: the case's head and a row per element."""

from collections.abc import Iterator

from reconciliation.matching.elements import CASH_LINES, element_label
from reconciliation.matching.outcome import ElementOutcome
from reconciliation.workbook.cells import Cell, Mark
from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.sheet import Book, Table

COLUMNS = (
    ("No", 5),
    ("Kode", 10),
    ("Uraian", 44),
    ("SiAP", 22),
    ("SAI", 22),
    ("Selisih", 22),
    ("Rupiah", 14),
    ("CoA", 14),
    ("Jumlah baris beda", 18),
    ("Penjelasan", 60),
)
NOT_APPLICABLE = "tidak berlaku"


def write_rekap(book: Book, content: WorkbookContent) -> None:
    """Write REKAP: elements in BAR order, the lines of a cash element under it."""
    table = Table(book, "REKAP", COLUMNS, lead=rekap_head(content))
    for cells in rekap_rows(content):
        table.row(cells)
    table.finish()


def rekap_head(content: WorkbookContent) -> tuple[tuple[str, str], ...]:
    """Label and value of the case's head, the outcome last."""
    verdict = "Semua sama" if content.outcome.verdict == "SAMA" else "Tidak semua sama"
    return (*content.header.pairs(), ("Hasil", verdict))


def rekap_rows(content: WorkbookContent) -> Iterator[list[Cell]]:
    """The rows under COLUMNS; those of a cash element's lines have neither number nor verdict."""
    for number, outcome in enumerate(content.outcome.elements, 1):
        label = element_label(outcome.code)
        yield [str(number), outcome.code, label, *_figures(outcome, content)]
        if outcome.cash is not None and outcome.applicable:
            for (suffix, line_label), line in zip(CASH_LINES, outcome.cash, strict=True):
                name = f"{label} – {line_label}"
                yield ["", outcome.code + suffix, name, line.siap, line.sai, line.siap - line.sai]


def verdict_mark(equal: bool) -> Mark:
    """The verdict as sign and fill."""
    return Mark("=" if equal else "≠", equal)


def _figures(outcome: ElementOutcome, content: WorkbookContent) -> list[Cell]:
    if not outcome.applicable:
        return ["", "", "", NOT_APPLICABLE, NOT_APPLICABLE, "", ""]
    texts = [(akun, content.explanations.get((outcome.code, akun), "")) for akun in outcome.akun_different]
    return [
        outcome.siap,
        outcome.sai,
        outcome.siap - outcome.sai,
        verdict_mark(outcome.rupiah_equal),
        verdict_mark(outcome.coa_equal),
        outcome.coa_counts.different,
        "; ".join(f"{akun}: {text}" for akun, text in texts if text),
    ]
