"""Write the result: the LHR workbook, the explanations brought over, the content hash: the PUBLISH step."""

from datetime import datetime

import structlog
from django.db import transaction

from accounts.actors import SYSTEM
from erekon.lib import clock
from erekon.lib.failpoints import failpoint
from erekon.lib.leases import LeaseLost, claim, finish, give_back
from erekon.lib.prepared_writes import change
from reconciliation.lifecycle import Action, Stage
from reconciliation.matching.outcome import Outcome
from reconciliation.models import MatchRun, RunInputs
from reconciliation.models.run import RunStep
from reconciliation.queries import differences_of
from reconciliation.services.content import current
from reconciliation.services.editions import keep_edition, make_edition, stored_outcome
from reconciliation.services.explaining import carried, store_carried
from reconciliation.services.moving import move
from reconciliation.services.rerunning import rerun_if_stale
from reconciliation.services.submitting import lock_case
from reconciliation.workbook.render import WORKBOOK_VERSION

logger = structlog.get_logger(__name__)
# What the steps of a run read along with it.
RUN_READ = (
    "case__satker__eselon_satu",
    "case__satker__ba",
    "case__office__kanwil",
    "case__period",
    "submission",
)
_WAITING = MatchRun.objects.filter(step=RunStep.PUBLISH).select_related(*RUN_READ)


def publish_next(*, now: datetime) -> MatchRun | None:
    """Claim the oldest compared run and publish it; None when nothing waits. Safe to call twice."""
    run = claim(_WAITING, now=now)
    if run is not None:
        _attempt(run, now)
    return run


def publish_kept(run: MatchRun, outcome: Outcome) -> None:
    """Publish a run that this process has just compared and kept, with the outcome that it has just stored."""
    _attempt(run, clock.now(), outcome)


def _attempt(run: MatchRun, now: datetime, outcome: Outcome | None = None) -> None:
    stale = False
    try:
        stale = _publish(run, now, outcome or stored_outcome(run.outcome))
        failpoint("publish.stored")
    except LeaseLost:
        logger.info("run_superseded", run=run.pk)
    except Exception as error:
        logger.exception("publish_failed", run=run.pk)
        give_back(run, now=now, error=repr(error))
    if stale:
        # The run is done: what fails here is no failure of it, and the sweep looks for stale cases too.
        rerun_if_stale(run.case_id, now=now)


def _publish(run: MatchRun, now: datetime, outcome: Outcome) -> bool:
    """Whether the treasury's rows changed while the run was under way."""
    case = run.case
    differences = differences_of(run)
    # Explanations change only at PERSETUJUAN_BAR, so what is rendered here is what is stored below.
    explanations = carried(case, differences, run.submission.number)
    standing = {(row.element, row.akun): row for row in explanations}
    edition = make_edition(run, outcome, explanations)
    failpoint("publish.rendered")
    with transaction.atomic():
        case = lock_case(run.case_id)
        if case.stage != Stage.CETAK_EXCEL or case.run_id != run.pk:
            raise LeaseLost(f"run {run.pk} no longer stands")
        finish(run, now=now, workbook=edition.workbook)
        # The locked case's own run and submission, without asking for them again.
        case.run, case.submission = run, run.submission
        keep_edition(edition)
        change(RunInputs, {"run": run}, workbook_version=WORKBOOK_VERSION)
        store_carried(explanations)
        move(
            case,
            Action.PUBLISH,
            actor=SYSTEM,
            now=now,
            conditions={"run": run},
            values={"verdict": run.verdict, **current(case, differences, standing)},
        )
    return case.stale
