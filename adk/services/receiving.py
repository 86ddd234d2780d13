"""Receive a satker ADK: judge the window on the first byte's instant, keep the bytes, record the upload."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from accounts.actors import Actor, record, require_actor
from accounts.models import Satker, User
from accounts.roles import Power
from adk.models import Upload
from adk.services.quotas import refuse_too_many
from erekon.lib import files
from erekon.lib.failpoints import failpoint
from erekon.lib.indonesian import long_moment
from erekon.lib.refusals import Refusal
from erekon.lib.ring import ring
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.models import Reconciliation
from reconciliation.services.cases import case_of, first_month, parse_period, refuse_exempt
from reconciliation.services.submitting import lock_case

CHECK_TASK = "adk.tasks.check"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Received:
    """A file as it arrived: its name as the browser sent it, its bytes, and when its first byte came."""

    filename: str
    content: bytes
    at: datetime


def receive_upload(*, user: User, satker: Satker, period: str, file: Received, now: datetime) -> Upload:
    """Record one file for the case of a satker and period; bytes before row before answer.

    `period` is `2026-09`. Every file is recorded, also an empty one, unless the case or the window
    refuses it: BUKAN_HAK, ISIAN, TOLAK_UKURAN, PERIODE_TUTUP, PERIODE_BELUM_BUKA, SUDAH_DITANDATANGANI,
    LEWAT_SAKTI; or the satker sent too many in a day: TERLALU_SERING.
    """
    actor = require_actor(user, Power.UPLOAD, satker, at=file.at)
    refuse_oversize(len(file.content))
    year, month = parse_period(period)
    case = case_of(satker, year, month)
    judge_window(case, file.at)
    sha256 = files.store(file.content)
    with transaction.atomic():
        # The bytes may have taken a while: what was judged must still hold where the row is written.
        window = judge_window(lock_case(case.pk), file.at)
        refuse_too_many(satker, now=now)
        last = Upload.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
        upload = Upload.objects.create(
            case=case,
            number=last + 1,
            filename=_printable(file.filename),
            sha256=sha256,
            size=len(file.content),
            received_at=file.at,
            received_by=user,
            assignment_role=actor.role,
            window=window,
            not_before=now,
            queued_at=now,
            rung_at=now,
        )
        ring(CHECK_TASK)
        _note(upload, actor, now)
        failpoint("upload.recorded")
    failpoint("upload.answering")
    return upload


def refuse_oversize(size: int) -> None:
    """Raise TOLAK_UKURAN for more bytes than an ADK may have."""
    if size > settings.MAX_UPLOAD_BYTES:
        raise Refusal(
            "TOLAK_UKURAN",
            mb=f"{size / MEBIBYTE:.1f}".replace(".", ","),
            batas=settings.MAX_UPLOAD_BYTES // MEBIBYTE,
        )


def judge_window(case: Reconciliation, at: datetime) -> str:
    """What lets a file in at an instant: the schedule (JADWAL) or a window grant (IZIN).

    Raises TIDAK_DIREKON, SUDAH_DITANDATANGANI, LEWAT_SAKTI, PERIODE_BELUM_BUKA or PERIODE_TUTUP where nothing does.
    """
    period = case.period
    refuse_exempt(case.satker)
    if Stage(case.stage) in FROZEN:
        raise Refusal("SUDAH_DITANDATANGANI", periode=period.label)
    _refuse_sakti(case)
    if period.is_open(at) or period.month < first_month(period.year):
        return "JADWAL"
    if case.window_grant:
        return "IZIN"
    if period.opens_at is None or period.closes_at is None:
        raise Refusal("PERIODE_BELUM_BUKA", periode=period.label, waktu="belum ditetapkan")
    if at < period.opens_at:
        opens = long_moment(period.opens_at, "Asia/Jakarta")
        raise Refusal("PERIODE_BELUM_BUKA", periode=period.label, waktu=f"dibuka {opens}")
    raise Refusal("PERIODE_TUTUP", periode=period.label, waktu=long_moment(period.closes_at, "Asia/Jakarta"))


def _refuse_sakti(case: Reconciliation) -> None:
    since = case.satker.sakti_from
    if since is not None and case.period.last_day >= since:
        raise Refusal("LEWAT_SAKTI", sejak=f"{since:%d-%m-%Y}")


def _printable(filename: str) -> str:
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c if c.isprintable() else "?" for c in name)[:255] or "tanpa-nama"


def _note(upload: Upload, actor: Actor, now: datetime) -> None:
    record(
        actor,
        at=now,
        action="TERIMA_ADK",
        subject=f"unggahan:{upload.pk}",
        satker=upload.case.satker_id,
        content={
            "case": upload.case_id,
            "number": upload.number,
            "sha256": upload.sha256,
            "size": upload.size,
        },
    )
