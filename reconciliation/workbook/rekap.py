"""The sheet REKAP: the case's head and a row per element."""

from reconciliation.matching.elements import CASH_LINES, ELEMENTS
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
    ("Jumlah baris beda", 12),
    ("Penjelasan", 60),
)
NOT_APPLICABLE = "tidak berlaku"


def write_rekap(book: Book, content: WorkbookContent) -> None:
    """Write REKAP: elements in BAR order, the lines of a cash element under it."""
    verdict = "Semua sama" if content.outcome.verdict == "SAMA" else "Tidak semua sama"
    table = Table(book, "REKAP", COLUMNS, lead=(*content.header.pairs(), ("Hasil", verdict)))
    for number, (element, outcome) in enumerate(zip(ELEMENTS, content.outcome.elements, strict=True), 1):
        table.row([str(number), element.code, element.label, *_figures(outcome, content)])
        if outcome.cash is not None and outcome.applicable:
            for (suffix, label), line in zip(CASH_LINES, outcome.cash, strict=True):
                name = f"{element.label} – {label}"
                table.row(["", element.code + suffix, name, line.siap, line.sai, line.siap - line.sai])
    table.finish()


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
