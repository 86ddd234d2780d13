"""Idempotency keys: a repeated unsafe call gets its first answer again instead of a second effect."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction

from accounts.models import IdempotencyKey, User
from erekon.lib.refusals import Refusal

KEPT = timedelta(hours=24)
# Longer than any call may take; a key whose process died is free again after it.
ABANDONED = timedelta(minutes=2)


@dataclass(frozen=True)
class Claim:
    """The right to run one call; it lapses when another call takes the abandoned key over."""

    pk: int
    claimed_at: datetime


@dataclass(frozen=True)
class Answer:
    """What the first call answered."""

    status: int
    body: str
    content_type: str


def claim_key(
    *, user: User, method: str, path: str, key: str, body_hash: str, now: datetime
) -> Claim | Answer:
    """Claim a key for one call in a transaction of its own, or return the answer that stands for it.

    Raises the refusals KUNCI_BERBEDA (the key was used with another body) and SEDANG_DIPROSES (the first
    call still runs). A key older than 24 hours, or in progress for two minutes, is claimed anew.
    """
    name = {"user": user, "method": method, "path": path, "key": key}
    try:
        with transaction.atomic(durable=True):
            row = IdempotencyKey.objects.create(**name, body_hash=body_hash, created_at=now)
        return Claim(row.pk, now)
    except IntegrityError:
        standing = IdempotencyKey.objects.filter(**name).first()
    if standing is None:
        # It was released between the two statements: the first call failed just now.
        raise Refusal("SEDANG_DIPROSES")
    return _judge(standing, body_hash, now)


def _judge(row: IdempotencyKey, body_hash: str, now: datetime) -> Claim | Answer:
    if row.created_at > now - KEPT:
        if row.body_hash != body_hash:
            raise Refusal("KUNCI_BERBEDA")
        if row.status is not None:
            return Answer(row.status, row.answer, row.content_type)
        if row.created_at > now - ABANDONED:
            raise Refusal("SEDANG_DIPROSES")
    unchanged = IdempotencyKey.objects.filter(pk=row.pk, created_at=row.created_at)
    if not unchanged.update(created_at=now, body_hash=body_hash, status=None, answer="", content_type=""):
        raise Refusal("SEDANG_DIPROSES")
    return Claim(row.pk, now)


def remember_answer(claim: Claim, answer: Answer) -> None:
    """Keep the answer for the repeats of this call; nothing happens when the claim has lapsed."""
    _running(claim).update(status=answer.status, answer=answer.body, content_type=answer.content_type)


def release_key(claim: Claim) -> None:
    """Forget the key: the call failed on our side and may be tried again with it."""
    _running(claim).delete()


def sweep_keys(*, now: datetime) -> int:
    """Delete the keys that are no longer kept; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lte=now - KEPT).delete()[0]


def _running(claim: Claim) -> models.QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(pk=claim.pk, created_at=claim.claimed_at, status__isnull=True)
