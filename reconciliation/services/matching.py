"""Compare a submission with the treasury ledger and store the outcome: the MATCH step."""

from datetime import datetime

import structlog
from django.db import transaction

from accounts.actors import SYSTEM
from erekon.lib import files
from erekon.lib.leases import LeaseLost, claim, give_back, hand_on
from erekon.lib.ring import ring
from reconciliation.lifecycle import Action
from reconciliation.matching.classify import Case
from reconciliation.matching.elements import RULE_VERSION
from reconciliation.matching.engine import compare
from reconciliation.matching.hints.finding import differs, with_hints
from reconciliation.matching.lines import Lines, unpack
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import pack_outcome
from reconciliation.matching.terpusat import TerpusatRule
from reconciliation.models import LedgerState, MatchRun
from reconciliation.models.run import RunStep
from reconciliation.queries import ledger_lines, ledger_version, terpusat_rules
from reconciliation.services.moving import move
from reconciliation.services.results import write_results
from reconciliation.services.submitting import lock_case

PUBLISH_TASK = "reconciliation.tasks.publish"
logger = structlog.get_logger(__name__)
_READ = ("case__satker__eselon_satu", "case__period", "submission")


def match_next(*, now: datetime) -> MatchRun | None:
    """Claim the oldest run that waits for the matcher and compare it; None when nothing waits.

    Safe to call twice: the claim decides. A failure is recorded on the run and tried again.
    """
    run = claim(MatchRun.objects.filter(step=RunStep.MATCH).select_related(*_READ), now=now)
    if run is None:
        return None
    try:
        _match(run, now)
    except LeaseLost:
        logger.info("run_superseded", run=run.pk)
    except Exception as error:
        logger.exception("match_failed", run=run.pk)
        give_back(run, now=now, error=repr(error))
    return run


def _match(run: MatchRun, now: datetime) -> None:
    case = run.case
    satker, period = case.satker, case.period
    rules = terpusat_rules()
    # The version is read before the rows: rows that come in between make the case stale, never silent.
    state = LedgerState.objects.filter(satker=satker.code).first()
    version, changed_at = (state.version, state.changed_at) if state else (0, None)
    siap = ledger_lines(satker, period.year, period.last_day, rules)
    sai, opening = unpack(files.read(run.submission.lines))
    compared = compare(
        siap,
        sai,
        opening,
        year=period.year,
        month=period.month,
        satker=satker.code,
        terpusat=rules,
        baes1=satker.ba_id + satker.es1,
    )
    outcome = _with_hints(compared, siap, sai, run, rules)
    stored = files.store(pack_outcome(outcome))
    _commit(run, outcome, stored, version, changed_at, now)


def _with_hints(
    outcome: Outcome, siap: Lines, sai: Lines, run: MatchRun, rules: tuple[TerpusatRule, ...]
) -> Outcome:
    """The outcome with likely causes; the rows of the month after are read only where something differs."""
    if not differs(outcome):
        return outcome
    satker, period = run.case.satker, run.case.period
    case = Case(period.year, period.month, satker.code, rules, satker.ba_id + satker.es1)
    ahead = ledger_lines(satker, period.year, case.last_day_after, rules, after=period.last_day)
    return with_hints(outcome, siap, sai, ahead, case=case, kppn=satker.kppn_id)


def _commit(
    run: MatchRun, outcome: Outcome, stored: str, version: int, changed_at: datetime | None, now: datetime
) -> None:
    outside = outcome.outside
    with transaction.atomic():
        case = lock_case(run.case_id)
        hand_on(
            run,
            now=now,
            step=RunStep.PUBLISH,
            rule_version=RULE_VERSION,
            ledger_version=version,
            ledger_at=changed_at or now,
            outcome=stored,
            verdict=outcome.verdict,
            outside_siap_rows=outside.siap_rows,
            outside_siap_total=outside.siap_total,
            outside_sai_rows=outside.sai_rows,
            outside_sai_total=outside.sai_total,
        )
        write_results(run, outcome)
        ring(PUBLISH_TASK)
        move(
            case,
            Action.MATCH,
            actor=SYSTEM,
            now=now,
            conditions={"run": run},
            values={"stale": ledger_version(case.satker_id) != version},
        )
