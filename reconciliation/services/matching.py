"""Compare a submission with the treasury ledger and store the outcome: the MATCH step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from accounts.actors import SYSTEM
from erekon.lib import clock, files
from erekon.lib.failpoints import failpoint
from erekon.lib.leases import LeaseLost, claim, give_back, go_on, hand_on, let_go, was_quick, went_on
from erekon.lib.prepared_writes import replace
from erekon.lib.ring import ring
from reconciliation.inputs import (
    Inputs,
    ahead_lines,
    facts_of_inputs,
    present_inputs,
    siap_lines,
    through_others,
)
from reconciliation.lifecycle import Action
from reconciliation.matching.elements import RULE_VERSION
from reconciliation.matching.engine import compare
from reconciliation.matching.hints.finding import differs, with_hints
from reconciliation.matching.lines import Lines, rows_hash, unpack
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import OUTCOME_VERSION, pack_outcome
from reconciliation.matching.rules import terpusat_hash
from reconciliation.models import MatchRun, RunInputs
from reconciliation.models.run import RunStep
from reconciliation.services.moving import move
from reconciliation.services.publishing import RUN_READ, publish_kept
from reconciliation.services.results import write_results
from reconciliation.services.submitting import lock_case

PUBLISH_TASK = "reconciliation.tasks.publish"
logger = structlog.get_logger(__name__)
_WAITING = MatchRun.objects.filter(step=RunStep.MATCH).select_related(*RUN_READ)


def match_next(*, now: datetime, straight_on: bool = False) -> MatchRun | None:
    """Claim the oldest run that waits for the matcher and compare it; None when nothing waits.

    Safe to call twice: the claim decides. A failure is recorded on the run and tried again. `straight_on`: the
    result is published here too, without ringing for another worker.
    """
    run = claim(_WAITING, now=now)
    if run is not None:
        _attempt(run, now, straight_on)
    return run


def match_kept(run: MatchRun, lines: Lines, opening: Lines) -> None:
    """Compare and publish a run that this process has kept since it began, with the rows that it has just stored."""
    _attempt(run, clock.now(), True, (lines, opening))


def _attempt(
    run: MatchRun, now: datetime, straight_on: bool, rows: tuple[Lines, Lines] | None = None
) -> None:
    kept: Outcome | None = None
    try:
        kept = _match(run, now, straight_on, rows)
        failpoint("match.stored")
    except LeaseLost:
        logger.info("run_superseded", run=run.pk)
    except Exception as error:
        logger.exception("match_failed", run=run.pk)
        give_back(run, now=now, error=repr(error))
        let_go(MatchRun.objects.filter(pk=run.pk, fence=run.fence + 1), now=now)
        kept = None
    if kept:
        publish_kept(run, kept)


def _match(
    run: MatchRun, now: datetime, straight_on: bool, rows: tuple[Lines, Lines] | None
) -> Outcome | None:
    """The outcome of a run that is kept, to be published at once."""
    # The versions are read before the rows: rows that come in between make the case stale, never silent.
    inputs, changed_at = present_inputs(run.case.satker, run.case.period)
    derived = derive(inputs, *(rows or unpack(files.read(run.submission.lines))))
    stored = files.store(pack_outcome(derived.outcome))
    failpoint("match.compared")
    kept = straight_on and was_quick(now)
    _commit(run, inputs, derived, stored, changed_at or now, now, kept)
    return derived.outcome if kept else None


@dataclass(frozen=True)
class Derived:
    """An outcome with the hashes of the rows it was made from, and the SiAP rows through other KPPNs."""

    outcome: Outcome
    siap_sha256: str
    ahead_sha256: str
    others: list[tuple[str, int, int]]


def derive(inputs: Inputs, sai: Lines, opening: Lines) -> Derived:
    """Compare the satker's rows with the ledger at the inputs' versions; the same at any later time."""
    case = inputs.case
    siap = siap_lines(inputs)
    outcome = compare(
        siap,
        sai,
        opening,
        year=inputs.year,
        month=inputs.month,
        satker=inputs.satker,
        terpusat=inputs.rules,
        baes1=inputs.baes1,
    )
    ahead_sha256 = ""
    if differs(outcome):
        # The rows of the month after are read only where something differs.
        ahead = ahead_lines(inputs)
        ahead_sha256 = rows_hash(ahead)
        outcome = with_hints(outcome, siap, sai, ahead, case=case, kppn=inputs.kppn)
    return Derived(outcome, rows_hash(siap), ahead_sha256, through_others(siap, inputs))


def _commit(
    run: MatchRun,
    inputs: Inputs,
    derived: Derived,
    stored: str,
    changed_at: datetime,
    now: datetime,
    kept: bool,
) -> None:
    columns, written = _columns(run, inputs, derived, stored, changed_at), {}
    with transaction.atomic():
        case = lock_case(run.case_id)
        if kept:
            written = go_on(run, now=now, **columns)
        else:
            hand_on(run, now=now, **columns)
            ring(PUBLISH_TASK)
        write_results(run, derived.outcome)
        _keep_inputs(run, inputs, derived)
        present, _ = present_inputs(run.case.satker, run.case.period)
        move(
            case,
            Action.MATCH,
            actor=SYSTEM,
            now=now,
            conditions={"run": run},
            values={"stale": present != inputs},
        )
    went_on(run, written)


def _columns(
    run: MatchRun, inputs: Inputs, derived: Derived, stored: str, changed_at: datetime
) -> dict[str, Any]:
    outside = derived.outcome.outside
    return {
        "step": RunStep.PUBLISH,
        "rule_version": RULE_VERSION,
        "outcome_version": OUTCOME_VERSION,
        "terpusat_sha256": terpusat_hash(inputs.rules),
        "sai_sha256": run.submission.lines,
        "siap_sha256": derived.siap_sha256,
        "ledger_version": inputs.version,
        "ledger_at": changed_at,
        "outcome": stored,
        "verdict": derived.outcome.verdict,
        "outside_siap_rows": outside.siap_rows,
        "outside_siap_total": outside.siap_total,
        "outside_sai_rows": outside.sai_rows,
        "outside_sai_total": outside.sai_total,
    }


def _keep_inputs(run: MatchRun, inputs: Inputs, derived: Derived) -> None:
    replace(
        RunInputs(
            run=run,
            facts=facts_of_inputs(inputs),
            ahead_sha256=derived.ahead_sha256,
            others=derived.others,
            workbook_version=None,
        )
    )
