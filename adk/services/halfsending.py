"""Receive a satker ADK in chunks: begin, take chunks in any order, and make it an upload once it is whole."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import require_actor
from accounts.models import Satker, User
from accounts.roles import Power
from adk.models import HalfSent, Upload
from adk.services.quotas import DAY, refuse_too_many, refuse_too_many_half_sent
from adk.services.receiving import Received, judge_window, receive_upload, refuse_oversize
from erekon.lib import files, incoming
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.services.cases import case_of, parse_period

CHUNK_BYTES = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Announced:
    """What a sender says of a file before its first byte; `sha256` is that of the whole file."""

    filename: str
    size: int
    sha256: str


def chunk_count(half: HalfSent) -> int:
    """How many chunks the file has; all but the last are CHUNK_BYTES long."""
    return -(-half.size // CHUNK_BYTES)


def missing_chunks(half: HalfSent) -> list[int]:
    """The numbers of the chunks still to be sent, in order; none once it has become an upload."""
    if half.upload_id is not None:
        return []
    standing = incoming.numbers(half.pk)
    return [number for number in range(chunk_count(half)) if number not in standing]


def begin(*, user: User, satker: Satker, period: str, announced: Announced, now: datetime) -> HalfSent:
    """Open a half-sent upload, or go on with the caller's own of the same bytes for the same case.

    `now` counts as the instant of the first byte. Refuses as `receive_upload` does, and ISIAN, and
    TERLALU_SERING for a satker with too many half-sent uploads.
    """
    require_actor(user, Power.UPLOAD, satker, at=now)
    refuse_oversize(announced.size)
    if announced.size < 1 or not _SHA256.fullmatch(announced.sha256):
        raise field_refusal(sha256="Sebutkan ukuran (paling sedikit 1 byte) dan SHA-256 seluruh berkas.")
    year, month = parse_period(period)
    code = f"{year}-{month:02d}"
    with transaction.atomic():
        Satker.objects.select_for_update().get(pk=satker.pk)
        own = HalfSent.objects.filter(user=user, satker=satker, period=code, upload=None)
        standing = own.filter(sha256=announced.sha256).first()
        if standing is not None:
            # Its window was judged when it began: going on is no new arrival.
            if standing.started_at > now - DAY and standing.size == announced.size:
                return standing
            incoming.drop(standing.pk)
            standing.delete()
        judge_window(case_of(satker, year, month), now)
        refuse_too_many(satker, now=now)
        refuse_too_many_half_sent(satker, now=now)
        return HalfSent.objects.create(
            user=user,
            satker=satker,
            period=code,
            filename=announced.filename[:255],
            size=announced.size,
            sha256=announced.sha256,
            started_at=now,
        )


def half_sent_of(user: User, pk: int, *, now: datetime) -> HalfSent:
    """The caller's own half-sent upload of the last day; TIDAK_DITEMUKAN for any other."""
    half = HalfSent.objects.select_related("satker", "upload").filter(pk=pk, user=user).first()
    if half is None or half.started_at <= now - DAY:
        raise Refusal("TIDAK_DITEMUKAN")
    return half


def take_chunk(half: HalfSent, *, number: int, content: bytes, sha256: str) -> None:
    """Keep one chunk; one that stands already stays as it is. Raises ISIAN for a wrong number, length or hash."""
    last = chunk_count(half) - 1
    length = CHUNK_BYTES if number < last else half.size - last * CHUNK_BYTES
    if number > last or len(content) != length:
        raise field_refusal(chunk=f"Potongan {number} seharusnya {length} byte, diterima {len(content)}.")
    if hashlib.sha256(content).hexdigest() != sha256:
        raise field_refusal(chunk=f"Isi potongan {number} rusak di jalan. Kirim lagi potongan itu.")
    if half.upload_id is None and number not in incoming.numbers(half.pk):
        incoming.put(half.pk, number, content)


def finish(half: HalfSent, *, now: datetime) -> Upload:
    """Make the whole file an upload, once: a second call gives the same one. Refuses as `receive_upload` does.

    Raises ISIAN while chunks are missing, or when the whole is not what was announced; its chunks are dropped then.
    """
    if half.upload is not None:
        return half.upload
    try:
        content = incoming.joined(half.pk, chunk_count(half))
    except FileNotFoundError:
        return _finished_meanwhile(half, now)
    if hashlib.sha256(content).hexdigest() != half.sha256:
        incoming.drop(half.pk)
        raise field_refusal(
            sha256="Isi berkas berubah selama dikirim. Pilih berkas lagi lalu unggah dari awal."
        )
    # On the disk before the row is locked: the lock is held for the rows alone.
    files.store(content)
    with transaction.atomic():
        locked = _locked(half)
        if locked.upload is None:
            locked.upload = receive_upload(
                user=locked.user,
                satker=locked.satker,
                period=locked.period,
                file=Received(locked.filename, content, locked.started_at),
                now=now,
            )
            locked.save(update_fields=["upload"])
    incoming.drop(half.pk)
    return locked.upload


def _finished_meanwhile(half: HalfSent, now: datetime) -> Upload:
    """Another tab may have made it an upload, or abandoned it, between the reading of the row and of its chunks."""
    missing = missing_chunks(half)
    upload = half_sent_of(half.user, half.pk, now=now).upload
    if upload is None:
        raise field_refusal(chunks=f"Masih ada {len(missing)} potongan yang belum diterima.")
    return upload


def abandon(half: HalfSent) -> None:
    """Forget a half-sent upload and its chunks. Raises SUDAH_DITERIMA once it has become an upload."""
    with transaction.atomic():
        locked = _locked(half)
        if locked.upload_id is not None:
            raise Refusal("SUDAH_DITERIMA")
        locked.delete()
    incoming.drop(half.pk)


def _locked(half: HalfSent) -> HalfSent:
    """The row, held for this transaction; TIDAK_DITEMUKAN when its sender abandoned it meanwhile."""
    rows = HalfSent.objects.select_for_update(of=("self",)).select_related("satker", "user")
    locked = rows.filter(pk=half.pk).first()
    if locked is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return locked


def sweep_half_sent(*, now: datetime) -> int:
    """Forget half-sent uploads a day after they began, chunks and all; returns how many."""
    old = HalfSent.objects.filter(started_at__lte=now - DAY)
    for pk in list(old.values_list("pk", flat=True)):
        incoming.drop(pk)
    gone, _ = old.delete()
    incoming.drop_strays(set(HalfSent.objects.values_list("pk", flat=True)), before=now - DAY)
    return gone
