"""The gate as a run: check the oldest waiting upload, and load what passed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Assignment, Kppn, Lokasi
from adk.balances import balances_of
from adk.formats.findings import Finding as GateFinding
from adk.formats.gate import Expected, Inspection, References, inspect
from adk.formats.sentences import render
from adk.models import Finding, Upload, Verdict
from erekon.lib import files
from erekon.lib.failpoints import failpoint
from erekon.lib.leases import LeaseLost, claim, finish, give_back, let_go, was_quick
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.prepared_writes import insert_all, remove
from reconciliation.matching.lines import Lines, packed_parts
from reconciliation.models import Akun, MatchRun, Reconciliation, Sdcp
from reconciliation.models.run import RunStep
from reconciliation.services.cases import first_month
from reconciliation.services.matching import match_kept
from reconciliation.services.publishing import RUN_READ
from reconciliation.services.submitting import Candidate, lock_case, refuse, submit

Kept = tuple[MatchRun, Lines, Lines]
logger = structlog.get_logger(__name__)
_READ = (*(name for name in RUN_READ if name.startswith("case__")), "received_by")
_WAITING = Upload.objects.select_related(*_READ)
_ASSIGNMENT = Prepared(
    lambda: Assignment.objects.filter(user=Slot("user"), role=Slot("role"), place=Slot("place")).order_by(
        "id"
    )[:1]
)
_IN_YEAR = (Q(valid_from__isnull=True) | Q(valid_from__lte=Slot("end"))) & (
    Q(valid_to__isnull=True) | Q(valid_to__gte=Slot("start"))
)
_ACCOUNTS = Prepared(lambda: Akun.objects.filter(_IN_YEAR).values_list("code", flat=True))
_SDCP = Prepared(lambda: Sdcp.objects.filter(_IN_YEAR).values_list("code", flat=True))
_KPPN = Prepared(lambda: Kppn.objects.values_list("code", flat=True))
_LOKASI = Prepared(lambda: Lokasi.objects.values_list("code", flat=True))


def check_next(*, now: datetime, straight_on: bool = False) -> Upload | None:
    """Claim the oldest waiting upload, check it and load it; None when nothing waits. Safe to call twice.

    `straight_on`: what passed is compared and published here too, without ringing for another worker.
    """
    upload = claim(_WAITING, now=now)
    if upload is None:
        return None
    kept: Kept | None = None
    try:
        kept = _check(upload, now, straight_on)
        failpoint("check.stored")
    except LeaseLost:
        logger.info("upload_taken_back", upload=upload.pk)
    except Exception as error:
        logger.exception("check_failed", upload=upload.pk)
        give_back(upload, now=now, error=repr(error))
        let_go(MatchRun.objects.filter(case=upload.case_id, step=RunStep.MATCH, fence=1), now=now)
        kept = None
    if kept:
        match_kept(*kept)
    return upload


def _check(upload: Upload, now: datetime, straight_on: bool) -> Kept | None:
    content = files.read(upload.sha256)
    inspection = inspect(
        content, upload.filename, expected_of(upload.case), references_of(upload.case.period.year)
    )
    failpoint("check.inspected")
    if inspection.verdict != Verdict.STANDAR or inspection.lines is None or inspection.opening is None:
        _store_refusal(upload, inspection, now)
        return None
    candidate = Candidate(
        number=upload.number,
        source=upload.source,
        filename=upload.filename,
        sha256=upload.sha256,
        lines=files.store(*packed_parts(inspection.lines, inspection.opening)),
        rows=inspection.rows,
        warnings=inspection.findings_total,
        warning_lines=[finding_line(finding) for finding in inspection.findings],
        received_at=upload.received_at,
        uploader=upload.received_by,
        balances=balances_of(inspection.lines, inspection.opening),
    )
    run = _store_acceptance(upload, inspection, candidate, now, straight_on)
    return (run, inspection.lines, inspection.opening) if run else None


def finding_line(finding: GateFinding) -> dict[str, Any]:
    """A finding with its sentence, as the LHR's sheet of warnings prints it."""
    return {
        "code": finding.code,
        "message": render(finding.code, finding.params),
        "member": finding.member,
        "row": finding.row,
        "field": finding.field,
    }


def expected_of(case: Reconciliation) -> Expected:
    """What the gate expects of a file for this case: the satker's registration and the chosen period."""
    satker = case.satker
    return Expected(
        year=case.period.year,
        month=case.period.month,
        first_month=first_month(case.period.year),
        satker=satker.code,
        ba=satker.ba_id,
        es1=satker.es1,
        kewenangan=satker.kewenangan,
        kppn=satker.kppn_id,
    )


def references_of(year: int) -> References:
    """The reference codes that hold in a year; a reference that was never loaded is not tested."""
    bounds = {"start": date(year, 1, 1), "end": date(year, 12, 31)}
    return References(
        accounts=_codes(_ACCOUNTS.all(**bounds)),
        kppn=_codes(_KPPN.all()),
        sdcp=_codes(_SDCP.all(**bounds)),
        lokasi=_codes(_LOKASI.all()),
    )


def _codes(codes: Iterable[str]) -> frozenset[str] | None:
    return frozenset(codes) or None


def _store_refusal(upload: Upload, inspection: Inspection, now: datetime) -> None:
    with transaction.atomic():
        case = lock_case(upload.case_id)
        _finish(upload, inspection, inspection.verdict, now)
        refuse(case, early_month=inspection.verdict == Verdict.PERIODE_TIDAK_DIPERKENANKAN, now=now)


def _store_acceptance(
    upload: Upload, inspection: Inspection, candidate: Candidate, now: datetime, straight_on: bool
) -> MatchRun | None:
    actor = _uploader(upload)
    keep = straight_on and was_quick(now)
    with transaction.atomic():
        case = lock_case(upload.case_id)
        taken = submit(case, candidate, actor=actor, now=now, keep=keep)
        late = ("SUDAH_DITANDATANGANI",) if taken.too_late else ()
        _finish(
            upload,
            inspection,
            Verdict.STANDAR,
            now,
            extra=late,
            submission=taken.submission,
            same_as=taken.same_as,
        )
    kept = taken.run if keep else None
    if kept:
        # With what was read along with the upload; the lock reads the case alone.
        kept.case = upload.case
    return kept


def _finish(
    upload: Upload,
    inspection: Inspection,
    verdict: str,
    now: datetime,
    *,
    extra: tuple[str, ...] = (),
    **values: object,
) -> None:
    total = inspection.findings_total + len(extra)
    finish(upload, now=now, verdict=verdict, rows=inspection.rows, findings_total=total, **values)
    remove(Finding, upload=upload)
    rows = [
        Finding(
            upload=upload,
            position=position,
            code=finding.code,
            severity=finding.severity,
            member=finding.member,
            row=finding.row,
            field=finding.field,
            params=finding.params,
        )
        for position, finding in enumerate(inspection.findings)
    ]
    rows += [
        Finding(upload=upload, position=len(rows) + place, code=code, severity="galat")
        for place, code in enumerate(extra)
    ]
    insert_all(rows)


def _uploader(upload: Upload) -> Actor:
    assignment = _ASSIGNMENT.first(
        user=upload.received_by_id, role=upload.assignment_role, place=upload.case.satker_id
    )
    return Actor(upload.received_by, upload.assignment_role, assignment)
