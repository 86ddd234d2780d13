"""Counting how often something is done, in rows that all web processes share."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import RateCount
from erekon.lib.refusals import Refusal


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `span` for each subject."""

    name: str
    most: int
    span: timedelta


# Wrong names and passwords on the sign-in page, by network address: an office shares one, so it is wide.
SIGN_IN_FAILURES = Limit("masuk", 100, timedelta(hours=1))
# A signed-in page must not become a place to guess the password at leisure.
PASSWORD_FOR_PIN = Limit("sandi-untuk-pin", 5, timedelta(minutes=30))
# Guessing ids is hopeless at 128 bits; this only spares the server.
VERIFYING = Limit("verifikasi", 120, timedelta(minutes=1))


def spend(limit: Limit, subject: str, *, now: datetime) -> None:
    """Count one use; raises TERLALU_SERING with the seconds to wait when there were too many. One transaction.

    The count is one conditional UPDATE, so that two processes at the same instant count two.
    """
    with transaction.atomic():
        row = _count(limit, subject, now)
    if row.used > limit.most:
        raise _too_often(row, now)


def refuse_used_up(limit: Limit, subject: str, *, now: datetime) -> None:
    """Raise TERLALU_SERING when no use is left, without counting one."""
    row = RateCount.objects.filter(limit=limit.name, subject=subject, lapses_at__gt=now).first()
    if row is not None and row.used >= limit.most:
        raise _too_often(row, now)


def forgive(limit: Limit, subject: str) -> None:
    """Forget what was counted: it was the right person after all."""
    RateCount.objects.filter(limit=limit.name, subject=subject).delete()


def sweep_counts(*, now: datetime) -> int:
    """Delete the counts that lapsed; returns how many."""
    return RateCount.objects.filter(lapses_at__lte=now).delete()[0]


def _count(limit: Limit, subject: str, now: datetime) -> RateCount:
    ours = RateCount.objects.filter(limit=limit.name, subject=subject)
    fresh = {"used": 1, "lapses_at": now + limit.span}
    counted = ours.filter(lapses_at__gt=now).update(used=F("used") + 1)
    if not counted and not ours.filter(lapses_at__lte=now).update(**fresh):
        try:
            with transaction.atomic():
                return RateCount.objects.create(limit=limit.name, subject=subject, **fresh)
        except IntegrityError:
            # Another process began the count between the two statements.
            ours.update(used=F("used") + 1)
    return ours.get()


def _too_often(row: RateCount, now: datetime) -> Refusal:
    wait = max(1, int((row.lapses_at - now).total_seconds()) + 1)
    return Refusal("TERLALU_SERING", detik=wait, extra={"retry_after": wait})
