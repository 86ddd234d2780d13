"""Run the comparison again: by Vera, by an administrator, or by the system when the treasury data changed."""

from datetime import datetime

from django.db import transaction

from accounts.actors import SYSTEM, Actor, record
from erekon.lib.leases import revive
from erekon.lib.ring import ring
from reconciliation.lifecycle import RUNNING, Action, Stage
from reconciliation.models import MatchRun, Reconciliation
from reconciliation.models.run import RunStep
from reconciliation.services.changes import changed_refusal
from reconciliation.services.moving import move
from reconciliation.services.submitting import MATCH_TASK, lock_case, start_run

TASK_OF_STEP = {RunStep.MATCH: MATCH_TASK, RunStep.PUBLISH: "reconciliation.tasks.publish"}


def rerun(*, case_id: int, actor: Actor, now: datetime) -> None:
    """Start a new run at PERSETUJUAN_BAR, or let a run that failed for good wait again; one transaction.

    Raises BERUBAH at any other stage.
    """
    with transaction.atomic():
        case = lock_case(case_id)
        if Stage(case.stage) in RUNNING and _revive(case, actor, now):
            return
        _restart(case, actor, now)


def rerun_if_stale(case_id: int, *, now: datetime) -> bool:
    """Run a case again by itself when its treasury rows changed and it waits for approval."""
    with transaction.atomic():
        case = lock_case(case_id)
        if not case.stale or case.stage != Stage.PERSETUJUAN_BAR:
            return False
        _restart(case, SYSTEM, now)
    return True


def rerun_stale_cases(*, now: datetime, most: int = 200) -> int:
    """Run every stale case at PERSETUJUAN_BAR again, each by itself; returns how many."""
    waiting = Reconciliation.objects.filter(stale=True, stage=Stage.PERSETUJUAN_BAR)
    return sum(rerun_if_stale(pk, now=now) for pk in waiting.values_list("pk", flat=True)[:most])


def _restart(case: Reconciliation, actor: Actor, now: datetime) -> None:
    if case.stage != Stage.PERSETUJUAN_BAR or case.submission is None:
        raise changed_refusal(case)
    run = start_run(case, case.submission, now=now)
    move(
        case,
        Action.RERUN,
        actor=actor,
        now=now,
        values={"run": run, "stale": False, "content_hash": "", "verdict": "", "unexplained": 0},
    )


def _revive(case: Reconciliation, actor: Actor, now: datetime) -> bool:
    run = case.run
    if run is None or not revive(MatchRun.objects.filter(pk=run.pk), now=now):
        return False
    ring(TASK_OF_STEP[RunStep(run.step)])
    record(
        actor,
        at=now,
        action="PROSES_ULANG",
        subject=f"kasus:{case.pk}",
        satker=case.satker_id,
        content={"run": run.number, "step": run.step},
    )
    return True
