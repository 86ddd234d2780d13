"""Run rows: work that waits in the database, claimed under a lease and a fence.

The database is the truth and Celery only the doorbell. A worker claims the oldest waiting row by one
conditional UPDATE, computes outside any transaction, and commits with its fence; a worker that was slow,
paused or thought dead finds its fence outdated and changes nothing.
"""

import os
import socket
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models
from django.db.models import F

# A lease outlives Celery's hard time limit, and is short enough that nothing stays stuck for a minute.
LEASE = timedelta(seconds=45)
ATTEMPTS = 3
BACK_OFF = (timedelta(0), timedelta(seconds=2), timedelta(seconds=10))
RING_AGAIN = timedelta(seconds=30)


class LeaseLost(Exception):
    """The row was taken back, superseded or finished by another worker: this result must not count."""


class RunState(models.TextChoices):
    """Where a run row stands."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    SUPERSEDED = "SUPERSEDED"


class RunRow(models.Model):
    """Abstract: one piece of work; `fence` rises at each claim, `lease_until` says when it may be taken back."""

    state = models.CharField(max_length=12, choices=RunState, default=RunState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    owner = models.CharField(max_length=120, blank=True, default="")
    not_before = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "id"], name="%(app_label)s_%(class)s_wait")]


R = TypeVar("R", bound=RunRow)


def claim(rows: models.QuerySet[R], *, now: datetime) -> R | None:
    """Take the oldest waiting row of these for this process, or None when nothing waits."""
    while True:
        head = (
            rows.filter(state=RunState.WAITING, not_before__lte=now)
            .order_by("id")
            .values_list("pk", flat=True)[:1]
        )
        pk = next(iter(head), None)
        if pk is None:
            return None
        taken = rows.filter(pk=pk, state=RunState.WAITING).update(
            state=RunState.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            owner=_owner(),
            started_at=now,
        )
        if taken:
            return rows.get(pk=pk)


def finish(row: R, *, now: datetime) -> None:
    """Mark the claimed row done; to be called inside the transaction that stores its result.

    Raises LeaseLost when the fence moved on: the caller's transaction must then roll back.
    """
    _conditional(row, state=RunState.DONE, finished_at=now, lease_until=None, error="")


def hand_on(row: R, *, now: datetime, **values: object) -> None:
    """Finish one step of the claimed row and let it wait for its next; in the step's own transaction.

    Raises LeaseLost as `finish` does.
    """
    _conditional(
        row,
        state=RunState.WAITING,
        attempts=0,
        not_before=now,
        rung_at=now,
        lease_until=None,
        error="",
        **values,
    )


def give_back(row: R, *, now: datetime, error: str) -> bool:
    """Record a failed attempt: wait again with back-off, or fail for good at the third. True when failed for good."""
    failed = row.attempts >= ATTEMPTS
    if failed:
        _conditional(row, state=RunState.FAILED, failed_at=now, lease_until=None, error=error[:2000])
    else:
        _conditional(
            row,
            state=RunState.WAITING,
            not_before=now + BACK_OFF[row.attempts],
            lease_until=None,
            rung_at=None,
            error=error[:2000],
        )
    return failed


def take_back(rows: models.QuerySet[R], *, now: datetime) -> int:
    """Free the rows whose worker is gone: its lease ran out, or it died on this very host. Returns how many."""
    freed = 0
    for row in rows.filter(state=RunState.RUNNING):
        if row.lease_until and row.lease_until > now and not _owner_died(row.owner):
            continue
        try:
            give_back(row, now=now, error=row.error or "worker gone")
        except LeaseLost:
            continue
        freed += 1
    return freed


def to_ring(rows: models.QuerySet[R], *, now: datetime) -> int:
    """How many waiting rows have not been rung for a while; they are marked as rung now."""
    quiet = models.Q(rung_at__isnull=True) | models.Q(rung_at__lt=now - RING_AGAIN)
    return rows.filter(quiet, state=RunState.WAITING, not_before__lte=now).update(rung_at=now)


def _conditional(row: R, **values: object) -> None:
    rows = type(row)._default_manager.filter(pk=row.pk, fence=row.fence, state=RunState.RUNNING)
    if rows.update(**values) != 1:
        raise LeaseLost(f"{type(row).__name__} {row.pk} fence {row.fence}")


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _owner_died(owner: str) -> bool:
    host, _, pid = owner.rpartition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
