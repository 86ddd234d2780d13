"""Run rows: work that waits in the database, claimed under a lease and a fence.

The database is the truth and Celery only the doorbell. A worker claims the oldest waiting row by one
conditional UPDATE, computes outside any transaction, and commits with its fence; a worker that was slow,
paused or thought dead finds its fence outdated and changes nothing.
"""

import os
import socket
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from erekon.lib import clock
from erekon.lib.failpoints import failpoint
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.prepared_writes import PreparedUpdate, change

# A lease outlives Celery's hard time limit, and is short enough that nothing stays stuck for a minute.
LEASE = timedelta(seconds=45)
ATTEMPTS = 3
BACK_OFF = (timedelta(0), timedelta(seconds=2), timedelta(seconds=10))
RING_AGAIN = timedelta(seconds=30)
# A worker that needed longer for a step lets others have their turn before the next.
QUICK = timedelta(seconds=5)
# How far clocks of processes may be apart. An instant further ahead than it can be was written while a clock was wrong:
# believed, it would leave its row stuck for as long as the clock was ahead.
SKEW = timedelta(seconds=10)


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
    oldest, taking, taken_row = _claiming(rows)
    while True:
        pk = oldest.first(now=now, wrong=_beyond_back_off(now))
        if pk is None:
            return None
        if taking.run(pk=pk, lease_until=now + LEASE, owner=_owner(), now=now):
            failpoint("lease.claimed")
            row: R = taken_row.get(pk=pk)
            return row


@lru_cache(64)
def _claiming(rows: models.QuerySet[Any]) -> tuple[Prepared[Any], PreparedUpdate, Prepared[Any]]:
    """The oldest waiting row's key, its taking, and a row by its key; compiled once for a queryset that is kept."""
    due = models.Q(not_before__lte=Slot("now")) | models.Q(not_before__gt=Slot("wrong"))
    waiting = rows.filter(due, state=RunState.WAITING).order_by("id")
    return (
        Prepared(lambda: waiting.values_list("pk", flat=True)[:1]),
        PreparedUpdate(
            rows.filter(pk=Slot("pk"), state=RunState.WAITING),
            state=RunState.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            lease_until=Slot("lease_until"),
            owner=Slot("owner"),
            started_at=Slot("now"),
        ),
        Prepared(lambda: rows.filter(pk=Slot("pk"))),
    )


def taken(*, now: datetime) -> dict[str, Any]:
    """The columns of a new row that this process has in hand from the first, as if it had claimed it at once."""
    return {
        "state": RunState.RUNNING,
        "fence": 1,
        "attempts": 1,
        "lease_until": now + LEASE,
        "owner": _owner(),
        "started_at": now,
    }


def was_quick(since: datetime) -> bool:
    """Whether a step begun then may be followed by the next one in the same task: time limits are for both."""
    return timedelta(0) <= clock.now() - since < QUICK


def finish(row: R, *, now: datetime, **values: object) -> None:
    """Mark the claimed row done, with these columns; to be called inside the transaction that stores its result.

    Raises LeaseLost when the fence moved on: the caller's transaction must then roll back.
    """
    _conditional(row, state=RunState.DONE, finished_at=now, lease_until=None, error="", **values)


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


def go_on(row: R, *, now: datetime, **values: object) -> dict[str, object]:
    """Finish one step of the claimed row and keep it for its next, under a lease and a fence of its own.

    What `hand_on` and a claim leave behind, in one change. Returns what was written, for `went_on` once the
    transaction stands. Raises LeaseLost as `finish` does.
    """
    written = {**values, **taken(now=now), "fence": row.fence + 1, "error": ""}
    _conditional(row, **written)
    return written


def went_on(row: R, written: dict[str, object]) -> None:
    """The row in hand is now as the stored one: what is done with it from here on is done under its new fence."""
    for name, value in written.items():
        setattr(row, name, value)


def give_back(row: R, *, now: datetime, error: str) -> bool:
    """Record a failed attempt: wait again with back-off, or fail for good at the third. True when failed for good.

    Where the row is no longer this worker's, nothing: its commit was done although the answer was lost, or another
    has the row.
    """
    try:
        return _return(row, now, error)
    except LeaseLost:
        return False


def _return(row: R, now: datetime, error: str) -> bool:
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


def let_go(rows: models.QuerySet[R], *, now: datetime) -> None:
    """Free those of these rows that this process took in a transaction whose answer was lost: it works on none of them.

    Without it they would wait until their lease ends.
    """
    rows.filter(state=RunState.RUNNING, owner=_owner()).update(
        state=RunState.WAITING, not_before=now, lease_until=None, rung_at=None
    )


def revive(rows: models.QuerySet[R], *, now: datetime) -> bool:
    """Let rows that failed for good wait again, with all their attempts; False when none of them had failed."""
    return bool(
        rows.filter(state=RunState.FAILED).update(
            state=RunState.WAITING, attempts=0, not_before=now, rung_at=now, failed_at=None
        )
    )


def take_back(rows: models.QuerySet[R], *, now: datetime) -> int:
    """Free the rows whose worker is gone: its lease ran out, or it died on this very host. Returns how many."""
    freed = 0
    for row in rows.filter(state=RunState.RUNNING):
        if _holds(row.lease_until, now) and not _owner_died(row.owner):
            continue
        try:
            _return(row, now, row.error or "worker gone")
        except LeaseLost:
            continue
        freed += 1
    return freed


def to_ring(rows: models.QuerySet[R], *, now: datetime) -> int:
    """How many waiting rows have not been rung for a while; they are marked as rung now."""
    quiet = (
        models.Q(rung_at__isnull=True)
        | models.Q(rung_at__lt=now - RING_AGAIN)
        | models.Q(rung_at__gt=now + SKEW)
    )
    due = models.Q(not_before__lte=now) | models.Q(not_before__gt=_beyond_back_off(now))
    return rows.filter(quiet, due, state=RunState.WAITING).update(rung_at=now)


def _beyond_back_off(now: datetime) -> datetime:
    """No row that was told to wait waits longer than until then."""
    return now + max(BACK_OFF) + SKEW


def _holds(lease_until: datetime | None, now: datetime) -> bool:
    return lease_until is not None and now < lease_until <= now + LEASE + SKEW


def _conditional(row: R, **values: object) -> None:
    held = {"pk": row.pk, "fence": row.fence, "state": RunState.RUNNING}
    if change(type(row), held, **values) != 1:
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
