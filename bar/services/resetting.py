"""Reset by letter: the BAR is voided, never deleted, and the satker must upload again."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.actors import Actor, record
from bar.models import Bar, BarStatus, ResetRequest, ResetState
from bar.services.approving import clean_reason
from erekon.lib import files
from erekon.lib.failpoints import failpoint
from erekon.lib.indonesian import long_moment
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.lifecycle import FROZEN, Action, Stage
from reconciliation.models import Reconciliation
from reconciliation.services.changes import changed_refusal
from reconciliation.services.moving import moving

SCAN_LIMIT = 5 * 1024 * 1024
# Told by content, never by name: what a scan may be.
SCAN_KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def ask_reset(
    *,
    case: Reconciliation,
    letter_number: str,
    letter_date: date,
    reason: str,
    scan: bytes,
    actor: Actor,
    now: datetime,
) -> ResetRequest:
    """Record the satker's written request for the BAR that stands; one transaction.

    Raises ISIAN, BERUBAH when there is no BAR to reset, SUDAH_DIAJUKAN when a request is open.
    """
    letter_number = letter_number.strip()
    kind = _check(letter_number, letter_date, scan, now)
    reason = clean_reason(reason)
    bar = Bar.objects.filter(case=case).exclude(status=BarStatus.DIBATALKAN).first()
    if bar is None or Stage(case.stage) not in FROZEN:
        raise changed_refusal(case)
    stored = files.store(scan)
    try:
        with transaction.atomic():
            request = ResetRequest.objects.create(
                case=case,
                bar=bar,
                letter_number=letter_number,
                letter_date=letter_date,
                reason=reason,
                scan=stored,
                scan_kind=kind,
                asked_by=actor.person,
                asked_at=now,
            )
            _note(request, "AJUKAN_RESET", actor, now)
    except IntegrityError as error:
        raise Refusal("SUDAH_DIAJUKAN") from error
    return request


def grant_reset(*, request: ResetRequest, actor: Actor, now: datetime) -> None:
    """Void the BAR on the satker's letter and open the window for the satker; one transaction.

    Raises SUDAH_DIPUTUSKAN, and BERUBAH when the case moved on to where nothing can be reset.
    """
    case = Reconciliation.objects.select_related("period").get(pk=request.case_id)
    if request.state != ResetState.DIAJUKAN:
        raise _decided(request)
    with (
        transaction.atomic(),
        moving(
            case,
            Action.RESET,
            actor=actor,
            now=now,
            reason=f"{request.letter_number}: {request.reason}",
            values={"window_grant": True, "content_hash": "", "verdict": "", "unexplained": 0},
        ),
    ):
        _decide(request, ResetState.DISETUJUI, "", actor, now)
        Bar.objects.filter(pk=request.bar_id).update(
            status=BarStatus.DIBATALKAN,
            voided_at=now,
            void_letter=request.letter_number,
            void_letter_date=request.letter_date,
        )
    failpoint("reset.stored")


def refuse_reset(*, request: ResetRequest, reason: str, actor: Actor, now: datetime) -> None:
    """Refuse a request with a reason; the BAR stands. Raises SUDAH_DIPUTUSKAN."""
    reason = clean_reason(reason)
    with transaction.atomic():
        _decide(request, ResetState.DITOLAK, reason, actor, now)
        _note(request, "TOLAK_RESET", actor, now)


def _check(letter_number: str, letter_date: date, scan: bytes, now: datetime) -> str:
    kind = next((name for magic, name in SCAN_KINDS.items() if scan.startswith(magic)), "")
    errors = {}
    if not letter_number or len(letter_number) > 80:  # noqa: PLR2004  the column's width
        errors["letter_number"] = "Tulis nomor surat permohonan, paling banyak 80 huruf."
    if letter_date > now.date():
        errors["letter_date"] = "Tanggal surat tidak boleh setelah hari ini."
    if not kind or len(scan) > SCAN_LIMIT:
        errors["scan"] = "Lampirkan pindaian surat sebagai PDF, JPG, atau PNG, paling besar 5 MB."
    if errors:
        raise field_refusal(**errors)
    return kind


def _decide(request: ResetRequest, state: ResetState, reason: str, actor: Actor, now: datetime) -> None:
    open_requests = ResetRequest.objects.filter(pk=request.pk, state=ResetState.DIAJUKAN)
    if open_requests.update(state=state, decided_by=actor.user, decided_at=now, decision_reason=reason) != 1:
        raise _decided(ResetRequest.objects.get(pk=request.pk))
    request.refresh_from_db()


def _decided(request: ResetRequest) -> Refusal:
    moment = long_moment(request.decided_at, "Asia/Jakarta") if request.decided_at else "baru saja"
    return Refusal("SUDAH_DIPUTUSKAN", waktu=moment)


def _note(request: ResetRequest, action: str, actor: Actor, now: datetime) -> None:
    record(
        actor,
        at=now,
        action=action,
        subject=f"kasus:{request.case_id}",
        satker=request.case.satker_id,
        content={"letter": request.letter_number, "date": request.letter_date, "scan": request.scan},
    )
