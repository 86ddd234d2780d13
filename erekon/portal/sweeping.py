"""The sweep over every kind of run row: nothing received stays lying."""

from datetime import datetime
from typing import Any

from adk.models import TreasuryIntake, Upload
from adk.services.receiving import CHECK_TASK
from adk.services.treasury import LOAD_TASK
from erekon.lib.leases import take_back, to_ring
from erekon.lib.ring import ring
from reconciliation.models import MatchRun
from reconciliation.models.run import RunStep
from reconciliation.services.matching import PUBLISH_TASK
from reconciliation.services.rerunning import rerun_stale_cases
from reconciliation.services.submitting import MATCH_TASK


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
