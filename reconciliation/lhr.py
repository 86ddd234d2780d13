"""From a run's rows to the content of its LHR workbook; the workbook package decides how it looks."""

from collections.abc import Sequence

from erekon.lib.indonesian import long_moment
from erekon.lib.rupiah import format_rupiah
from reconciliation.lpj_reading import entered_lpjs
from reconciliation.matching.hints.hint import ranked
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.sentences import render
from reconciliation.models import Explanation, MatchRun, Submission
from reconciliation.models.explanation import Decision, Reason
from reconciliation.queries import account_names
from reconciliation.workbook.content import CaseHeader, WarningLine, WorkbookContent


def workbook_content(run: MatchRun, outcome: Outcome, explanations: Sequence[Explanation]) -> WorkbookContent:
    """The decided content of the LHR of one run with these explanations (lapsed ones are left out)."""
    coa_causes, detail_causes = _causes(outcome)
    return WorkbookContent(
        header=_header(run),
        outcome=outcome,
        coa_causes=coa_causes,
        detail_causes=detail_causes,
        account_names=account_names(_accounts(outcome)),
        explanations={
            (row.element, row.akun): _said(row) for row in explanations if row.decision != Decision.GUGUR
        },
        warnings=_warnings(run.submission),
        lpj=tuple((one.title, one.report) for one in entered_lpjs(run.case)),
        about=_about(run, outcome),
    )


def _accounts(outcome: Outcome) -> set[str]:
    """The accounts of every CoA line."""
    found = {akun for element in outcome.elements for akun in element.coa["akun"].tolist()}
    return {akun.decode("cp1252", "replace") for akun in found}


def _said(row: Explanation) -> str:
    """One explanation in words: where, why, what, and how it stands."""
    brought = f", dibawa dari unggahan ke-{row.carried_from}" if row.carried_from else ""
    reason = "" if row.reason == Reason.LAINNYA else f", {row.get_reason_display()}"
    return f"{row.get_location_display()}{reason}: {row.text} ({row.get_decision_display()}{brought})"


def _about(run: MatchRun, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """What the figures were made of and by which rules; then, per account, the rows that no element takes."""
    outside = outcome.outside
    sums = (outside.siap_rows, outside.siap_total, outside.sai_rows, outside.sai_total)
    accounts = [
        (f"Di luar elemen, akun {one.akun or 'kosong'}", _sides(*one[1:])) for one in outside.accounts
    ]
    return (
        ("Versi aturan", run.rule_version),
        ("Versi data SiAP", str(run.ledger_version)),
        ("SHA-256 ADK", run.submission.sha256),
        ("SHA-256 baris satker", run.submission.lines),
        ("SHA-256 baris SiAP", run.siap_sha256),
        ("SHA-256 tabel terpusat", run.terpusat_sha256),
        ("SHA-256 hasil", run.outcome),
        ("Di luar elemen, semua akun", _sides(*sums)),
        *accounts,
    )


def _sides(siap_rows: int, siap_total: int, sai_rows: int, sai_total: int) -> str:
    return f"SiAP {siap_rows} baris, {format_rupiah(siap_total)}; SAI {sai_rows} baris, {format_rupiah(sai_total)}"


def _causes(outcome: Outcome) -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], str]]:
    """Hints in words by CoA line, the best one of its documents, and by document."""
    coa: dict[tuple[str, int], str] = {}
    detail: dict[tuple[str, int], str] = {}
    for element in outcome.elements:
        for hint in ranked(element.hints):
            text = detail[element.code, hint.position] = render(hint)
            coa.setdefault((element.code, int(element.detail["coa"][hint.position])), text)
    return coa, detail


def _header(run: MatchRun) -> CaseHeader:
    case, submission = run.case, run.submission
    satker = case.satker
    zone = case.office.kanwil.timezone
    return CaseHeader(
        kppn=f"{case.office_id} {case.office.name}",
        ba=f"{satker.ba_id} {satker.ba.name}",
        es1=f"{satker.es1} {satker.eselon_satu.name}",
        satker=f"{satker.code} {satker.name}",
        period=f"Kumulatif s.d. {case.period.label}",
        upload_number=str(submission.number),
        uploaded_at=long_moment(submission.received_at, zone),
        sha256=submission.sha256,
        siap_per=long_moment(run.ledger_at, zone) if run.ledger_at else "belum ada data",
        run_number=str(run.number),
    )


def _warnings(submission: Submission) -> tuple[WarningLine, ...]:
    """The gate's warnings as kept; a last line says how many more there were, or that there was none."""
    lines = [
        WarningLine(
            code=line["code"],
            message=line["message"],
            member=line["member"] or "",
            row=str(line["row"] or ""),
            field=line["field"] or "",
        )
        for line in submission.warning_lines
    ]
    more = submission.warnings - len(lines)
    if more > 0:
        lines.append(WarningLine("", f"Dan {more} peringatan lagi, yang tidak dirinci di sini."))
    return tuple(lines or [WarningLine("", "Tidak ada peringatan.")])


def filename_of(run: MatchRun, suffix: str, *, kind: str = "LHR") -> str:
    """The download's name: `<kind>_<satker>_<YYYYMM>_v<n>.<suffix>`, n being the upload's number."""
    period = run.case.period
    return f"{kind}_{run.case.satker_id}_{period.year}{period.month:02d}_v{run.submission.number}.{suffix}"
