"""The sweep over every kind of run row: nothing received stays lying, nothing used up stays behind."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.services.idempotency import sweep_keys
from accounts.services.limits import sweep_counts
from adk.models import TreasuryIntake, Upload
from adk.services.halfsending import sweep_half_sent
from adk.services.receiving import CHECK_TASK
from adk.services.treasury import LOAD_TASK
from audit.checkpoints import keep_due_checkpoints
from erekon.lib.leases import RunState, take_back, to_ring
from erekon.lib.ring import ring
from reconciliation.models import MatchRun
from reconciliation.models.run import RunStep
from reconciliation.services.matching import PUBLISH_TASK
from reconciliation.services.rerunning import rerun_stale_cases
from reconciliation.services.submitting import MATCH_TASK

# A heard ring lies in the embedded broker's folder; its reader is done with it long before this.
HEARD_FOR = timedelta(minutes=1)


def _queues() -> tuple[tuple[str, Any], ...]:
    return (
        (LOAD_TASK, TreasuryIntake.objects.all()),
        (CHECK_TASK, Upload.objects.all()),
        (MATCH_TASK, MatchRun.objects.filter(step=RunStep.MATCH)),
        (PUBLISH_TASK, MatchRun.objects.filter(step=RunStep.PUBLISH)),
    )


def sweep_runs(*, now: datetime) -> dict[str, int]:
    """Take back rows whose worker is gone, ring for rows not rung lately; returns how often each was rung."""
    rung = {}
    for task, rows in _queues():
        take_back(rows, now=now)
        waiting = to_ring(rows, now=now)
        ring(task, times=waiting)
        rung[task] = waiting
    rerun_stale_cases(now=now)
    return rung


def forget_rings() -> int:
    """After the embedded doorbell was emptied: let the next sweep ring for every waiting row; returns how many."""
    return sum(rows.filter(state=RunState.WAITING).update(rung_at=None) for _, rows in _queues())


def sweep_leftovers(*, now: datetime) -> dict[str, int]:
    """Delete lapsed keys, heard rings, lapsed counts and half-sent uploads of a day ago, make the checkpoints that are due.

    Returns how many of each.
    """
    return {
        "checkpoints": keep_due_checkpoints(now=now),
        "keys": sweep_keys(now=now),
        "counts": sweep_counts(now=now),
        "rings": _sweep_heard(now),
        "half_sent": sweep_half_sent(now=now),
    }


def _sweep_heard(now: datetime) -> int:
    if not settings.BROKER_FOLDER:
        return 0
    # The time of the move into the folder: a rename changes it, unlike the time of writing.
    until = (now - HEARD_FOR).timestamp()
    heard = [path for path in (Path(settings.BROKER_FOLDER) / "processed").glob("*") if path.is_file()]
    old = [path for path in heard if path.stat().st_ctime < until]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
