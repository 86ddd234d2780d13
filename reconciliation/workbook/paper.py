"""The LHR on paper: the content of the workbook as a PDF; equal content gives equal bytes.

The rows are the workbook's own, from the same functions; here it is only decided how they are laid out.
"""

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from erekon.lib.pdf.layout import pairs
from erekon.lib.pdf.sheet import Sheet, render
from erekon.lib.pdf.text import (
    BODY,
    MUTED_SMALL,
    OFFICE,
    SMALL,
    STRONG,
    SUBTITLE,
    TABLE,
    block,
    heading,
    labelled,
)
from reconciliation.lpj.sentences import NOT_JUDGED
from reconciliation.matching.elements import ELEMENTS
from reconciliation.workbook.cells import rupiah
from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.lines import coa_rows, coa_totals, detail_rows
from reconciliation.workbook.paper_tables import Limit, coa_table, detail_table, lpj_table, rekap_table
from reconciliation.workbook.rekap import rekap_head

ALL_LINES = 600  # CoA lines of a case; above it those that are equal are left to the workbook
MOST_ROWS = 1_500  # rows of one case on paper; the others are left to the workbook
_SHOWN_HASH = 16
_TITLE = "LAPORAN HASIL REKONSILIASI"
_LABEL_WIDTH = 46 * mm
_LABELS = {element.code: element.label for element in ELEMENTS}


def render_paper(content: WorkbookContent, *, fingerprint: str, most_rows: int = MOST_ROWS) -> bytes:
    """The LHR as PDF bytes; `fingerprint` is the SHA-256 of the frozen content, printed on every page."""
    limit = Limit(most_rows)
    story = [
        *_front(content),
        *_elements(content, limit),
        *_documents(content, limit),
        *_lpj(content),
        *_warnings(content),
        *_about(content),
    ]
    return render(story, _sheet(content, fingerprint))


def _front(content: WorkbookContent) -> Iterator[Flowable]:
    yield heading(_TITLE)
    yield block(content.header.satker, SUBTITLE)
    yield block(content.header.period, SUBTITLE)
    yield Spacer(0, 8)
    yield _pairs(rekap_head(content))
    yield Spacer(0, 8)
    yield block("Dalam rupiah; selisih = SiAP \u2212 SAI; angka dalam kurung berarti negatif.", MUTED_SMALL)
    yield Spacer(0, 3)
    yield rekap_table(content)
    yield from _explanations(content)


def _explanations(content: WorkbookContent) -> Iterator[Flowable]:
    if content.outcome.verdict == "SAMA":
        return
    yield from _section("PENJELASAN SELISIH")
    for outcome in content.outcome.elements:
        silent = []
        for akun in outcome.akun_different:
            text = content.explanations.get((outcome.code, akun), "")
            if not text:
                silent.append(akun)
                continue
            name = f"{outcome.code} {akun} {content.account_names.get(akun, '')}".rstrip()
            yield labelled(f"{name}.", text, TABLE)
            yield Spacer(0, 4)
        if silent:
            yield labelled(f"{outcome.code}, belum ada penjelasan:", ", ".join(silent) + ".", TABLE)
            yield Spacer(0, 4)


def _elements(content: WorkbookContent, limit: Limit) -> Iterator[Flowable]:
    applicable = [outcome for outcome in content.outcome.elements if outcome.applicable]
    short = sum(outcome.coa.size for outcome in applicable) > ALL_LINES
    for outcome in applicable:
        rows = limit.take(coa_rows(content, outcome, only_different=short))
        yield from _section(f"{outcome.code} \u00b7 {_LABELS[outcome.code]}")
        wanted = outcome.coa_counts.different if short else outcome.coa.size
        if short and outcome.coa_counts.equal:
            equal = rupiah(outcome.coa_counts.equal)
            yield block(f"{equal} baris yang sama tidak dirinci di sini; ada di LHR Excel.", MUTED_SMALL)
        yield from _cut(len(rows), wanted)
        yield coa_table(rows, coa_totals(outcome))


def _documents(content: WorkbookContent, limit: Limit) -> Iterator[Flowable]:
    yield from _section("DETAIL SELISIH")
    outcomes = content.outcome.elements
    wanted = sum(outcome.detail_counts.different for outcome in outcomes)
    if not wanted:
        yield block("Tidak ada dokumen yang berbeda.", BODY)
        return
    rows = limit.take(row for outcome in outcomes for row in detail_rows(content, outcome))
    yield from _cut(len(rows), wanted)
    if rows:
        yield detail_table(rows)


def _cut(shown: int, wanted: int) -> Iterator[Flowable]:
    if shown < wanted:
        yield block(
            f"Dimuat {rupiah(shown)} dari {rupiah(wanted)} baris; selengkapnya ada di LHR Excel.", MUTED_SMALL
        )


def _lpj(content: WorkbookContent) -> Iterator[Flowable]:
    if content.lpj:
        yield from _section("LPJ BENDAHARA")
        yield block(NOT_JUDGED, MUTED_SMALL)
    for title, report in content.lpj:
        yield Spacer(0, 4)
        yield block(title, STRONG)
        yield lpj_table(report)


def _warnings(content: WorkbookContent) -> Iterator[Flowable]:
    yield from _section("PERINGATAN")
    for warning in content.warnings:
        code, *place, message = warning.cells()
        where = ", ".join(part for part in place if part)
        yield labelled(
            " ".join(part for part in (code, f"({where})" if where else "") if part), message, SMALL
        )
        yield Spacer(0, 2)


def _about(content: WorkbookContent) -> Iterator[Flowable]:
    yield from _section("INFO")
    yield _pairs(content.about)


def _section(title: str) -> Iterator[Flowable]:
    yield CondPageBreak(38 * mm)
    yield Spacer(0, 12)
    yield heading(title, OFFICE)
    yield Spacer(0, 4)


def _pairs(rows: tuple[tuple[str, str], ...]) -> Flowable:
    return pairs([(block(label, MUTED_SMALL), block(text, SMALL)) for label, text in rows], _LABEL_WIDTH)


def _sheet(content: WorkbookContent, fingerprint: str) -> Sheet:
    header = content.header
    shown = fingerprint[:_SHOWN_HASH].upper()
    grouped = " ".join(shown[start : start + 4] for start in range(0, len(shown), 4))
    return Sheet(
        title=f"Laporan Hasil Rekonsiliasi {header.satker}",
        author=f"KPPN {header.kppn}",
        subject=header.period,
        footer="Dibentuk oleh e-Rekon-LK dari isi yang sama dengan LHR Excel; tidak memerlukan tanda tangan.",
        footer_left=f"Sidik isi {grouped} \u2026",
        footer_right=f"LHR {header.satker.split(' ')[0]}, unggahan ke-{header.upload_number}, proses {header.run_number}",
    )
