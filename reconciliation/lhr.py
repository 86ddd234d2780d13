"""From a run's rows to the content of its LHR workbook; the workbook package decides how it looks."""

from collections.abc import Sequence

from django.db.models import QuerySet

from erekon.lib import files
from erekon.lib.indonesian import long_moment
from reconciliation.matching.hints.hint import ranked
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import unpack_outcome
from reconciliation.matching.sentences import render
from reconciliation.models import Akun, CoaRow, Explanation, MatchRun, Submission
from reconciliation.models.explanation import Decision
from reconciliation.workbook.content import CaseHeader, WarningLine, WorkbookContent


def workbook_content(run: MatchRun, explanations: Sequence[Explanation]) -> WorkbookContent:
    """The decided content of the LHR of one run with these explanations (lapsed ones are left out)."""
    accounts: QuerySet[CoaRow, str] = CoaRow.objects.filter(run=run).values_list("akun", flat=True).distinct()
    outcome = unpack_outcome(files.read(run.outcome))
    coa_causes, detail_causes = _causes(outcome)
    return WorkbookContent(
        header=_header(run),
        outcome=outcome,
        coa_causes=coa_causes,
        detail_causes=detail_causes,
        account_names=dict(Akun.objects.filter(code__in=list(accounts)).values_list("code", "name")),
        explanations={
            (
                row.element,
                row.akun,
            ): f"{row.get_location_display()}: {row.text} ({row.get_decision_display()})"
            for row in explanations
            if row.decision != Decision.GUGUR
        },
        warnings=_warnings(run.submission),
        about=(
            ("Versi aturan", run.rule_version),
            ("Versi data SiAP", str(run.ledger_version)),
            ("SHA-256 ADK", run.submission.sha256),
            ("SHA-256 baris satker", run.submission.lines),
            ("SHA-256 hasil", run.outcome),
        ),
    )


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
    return tuple(
        WarningLine(
            code=line["code"],
            message=line["message"],
            member=line["member"] or "",
            row=str(line["row"] or ""),
            field=line["field"] or "",
        )
        for line in submission.warning_lines
    )


def filename_of(run: MatchRun, suffix: str) -> str:
    """The download's name: `LHR_<satker>_<YYYYMM>_v<n>.<suffix>`, n being the upload's number."""
    period = run.case.period
    return f"LHR_{run.case.satker_id}_{period.year}{period.month:02d}_v{run.submission.number}.{suffix}"
