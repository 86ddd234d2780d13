"""From the rows of a case to its Formulir Penjelasan Selisih; the letter's package decides words and look."""

from datetime import date
from zoneinfo import ZoneInfo

from accounts.actors import holders
from accounts.models import Satker
from reconciliation.form_letter.content import FormFacts, Line, Told, build_form
from reconciliation.form_letter.pdf import render_form
from reconciliation.matching.elements import element_label
from reconciliation.models import Evidence, Explanation, MatchRun, Reconciliation, Submission
from reconciliation.models.explanation import Decision
from reconciliation.queries import account_names, differences_of, evidence_of, explanations_of


def form_of(case: Reconciliation) -> bytes:
    """The PDF of a case whose result stands."""
    run: MatchRun = case.run  # type: ignore[assignment]  # the result stands
    return render_form(build_form(form_facts(case, run)))


def form_filename(case: Reconciliation) -> str:
    """The download's name: `Penjelasan_<satker>_<YYYYMM>.pdf`."""
    return f"Penjelasan_{case.satker_id}_{case.period.year}{case.period.month:02d}.pdf"


def form_facts(case: Reconciliation, run: MatchRun) -> FormFacts:
    """The facts of the form by the run that stands. It is dated by what was last written, not by the clock."""
    satker = Satker.objects.select_related("ba", "eselon_satu", "lokasi").get(pk=case.satker_id)
    submission: Submission = run.submission
    zone, explanations = case.office.kanwil.timezone, explanations_of(case)
    made_on = _made_on(explanations, submission, zone)
    signer = next(iter(holders("KPA", satker.code, at=case.stage_since or submission.received_at)), None)
    return FormFacts(
        ba=satker.ba.name,
        es1=satker.eselon_satu.name,
        satker_code=satker.code,
        satker_name=satker.name,
        place=satker.lokasi.name,
        office=f"{case.office.name} ({case.office_id})",
        period=case.period.label,
        upload_number=submission.number,
        received_at=submission.received_at,
        adk_sha256=submission.sha256,
        siap_per=run.ledger_at,
        closes_at=case.period.closes_at,
        zone=zone,
        made_on=made_on,
        content_hash=case.content_hash,
        signer=signer.user.name if signer else "",
        signer_nip=signer.user.nip if signer else "",
        lines=_lines(case, run, explanations),
    )


def _lines(
    case: Reconciliation, run: MatchRun, explanations: dict[tuple[str, str], Explanation]
) -> tuple[Line, ...]:
    found, evidence = differences_of(run), evidence_of(case)
    names = account_names(item.akun for item in found)
    return tuple(
        Line(
            element=element_label(item.element),
            akun=item.akun,
            akun_name=names.get(item.akun, ""),
            siap=item.siap,
            sai=item.sai,
            told=_told(explanations.get((item.element, item.akun))),
            evidence=_named(evidence.get((item.element, item.akun), [])),
        )
        for item in found
    )


def _told(row: Explanation | None) -> Told | None:
    if row is None or row.decision == Decision.GUGUR:
        return None
    refused = row.decision == Decision.DITOLAK and row.decision_reason
    return Told(
        location=row.location,
        location_words=row.get_location_display(),
        reason_words=row.get_reason_display(),
        text=row.text,
        decision_words=f"{row.get_decision_display()}{f': {row.decision_reason}' if refused else ''}",
        author=row.author.name,
    )


def _named(files: list[Evidence]) -> tuple[str, ...]:
    return tuple(file.name for file in files)


def _made_on(explanations: dict[tuple[str, str], Explanation], submission: Submission, zone: str) -> date:
    last = max([submission.received_at, *(row.written_at for row in explanations.values())])
    return last.astimezone(ZoneInfo(zone)).date()
