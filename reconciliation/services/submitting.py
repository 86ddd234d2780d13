"""A checked file becomes the data of its case: submission, balances, and the run that compares them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.actors import SYSTEM, Actor
from accounts.models import User
from erekon.lib.leases import RunState, taken
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.prepared_writes import change, insert, insert_plain, remove
from erekon.lib.ring import ring
from reconciliation.lifecycle import BEFORE_DATA, FROZEN, Action, Stage
from reconciliation.models import Balance, MatchRun, Reconciliation, Submission
from reconciliation.services.moving import move

MATCH_TASK = "reconciliation.tasks.match"
_LOCKED = Prepared(
    lambda: (
        Reconciliation.objects.select_for_update(of=("self",))
        .select_related("period", "satker", "office")
        .filter(pk=Slot("pk"))
    )
)
_IN_PROGRESS = Prepared(
    lambda: MatchRun.objects.filter(case=Slot("case"), state__in=(RunState.WAITING, RunState.RUNNING))
)
_LAST_NUMBER = Prepared(
    lambda: (
        MatchRun.objects.filter(case=Slot("case")).order_by("-number").values_list("number", flat=True)[:1]
    )
)


@dataclass(frozen=True)
class BalanceLine:
    """Debit and credit of one account in one ledger, whole rupiah, both positive."""

    ledger: str
    akun: str
    debit: int
    credit: int


@dataclass(frozen=True)
class Candidate:
    """A file that passed the gate, as the road in hands it over."""

    number: int
    source: str
    filename: str
    sha256: str
    lines: str
    rows: int
    warnings: int
    warning_lines: Sequence[dict[str, Any]]
    received_at: datetime
    uploader: User
    balances: Sequence[BalanceLine]


@dataclass(frozen=True)
class Taken:
    """What became of a candidate: its submission and run, or why no step was taken."""

    submission: Submission | None
    run: MatchRun | None = None
    same_as: int | None = None
    too_late: bool = False


def lock_case(case_id: int) -> Reconciliation:
    """The case, locked until the transaction ends (SQLite: the writer's lock already holds)."""
    return _LOCKED.get(pk=case_id)


def submit(
    case: Reconciliation, candidate: Candidate, *, actor: Actor, now: datetime, keep: bool = False
) -> Taken:
    """Let the candidate supersede the data that stands; in the caller's transaction, on a locked case.

    No step is taken when the same bytes stand already, when a later upload stands, or when the BAR was
    approved in the meantime. `keep`: the caller goes on with the run itself.
    """
    stage = Stage(case.stage)
    if stage in FROZEN:
        return Taken(None, too_late=True)
    standing = case.submission
    if standing and stage not in BEFORE_DATA:
        if standing.sha256 == candidate.sha256:
            return Taken(None, same_as=standing.number)
        if standing.number > candidate.number:
            return Taken(None)
    submission = insert(
        Submission(
            case=case,
            number=candidate.number,
            source=candidate.source,
            filename=candidate.filename,
            sha256=candidate.sha256,
            lines=candidate.lines,
            rows=candidate.rows,
            warnings=candidate.warnings,
            warning_lines=list(candidate.warning_lines),
            received_at=candidate.received_at,
            uploader=candidate.uploader,
        )
    )
    move(
        case,
        Action.SUBMIT,
        actor=actor,
        now=now,
        values={"content_hash": "", "verdict": "", "unexplained": 0},
    )
    _replace_balances(case, candidate.balances)
    run = start_run(case, submission, now=now, keep=keep)
    move(
        case,
        Action.LOAD,
        actor=SYSTEM,
        now=now,
        values={"submission": submission, "run": run, "stale": False, "early_month": False},
    )
    return Taken(submission, run)


def refuse(case: Reconciliation, *, early_month: bool, now: datetime) -> None:
    """A file failed its checks: the stage says so only where no data stands. On a locked case."""
    if Stage(case.stage) in BEFORE_DATA:
        move(case, Action.REFUSE, actor=SYSTEM, now=now, values={"early_month": early_month})


def start_run(case: Reconciliation, submission: Submission, *, now: datetime, keep: bool = False) -> MatchRun:
    """A new run of the matcher; runs still in progress are superseded and can no longer publish.

    It waits and a worker is rung for, unless the caller keeps it in hand.
    """
    for old in _IN_PROGRESS.all(case=case):
        change(MatchRun, {"pk": old.pk}, state=RunState.SUPERSEDED, fence=old.fence + 1, finished_at=now)
    last = _LAST_NUMBER.first(case=case) or 0
    run = MatchRun(
        case=case,
        submission=submission,
        number=last + 1,
        not_before=now,
        queued_at=now,
        rung_at=now,
        **(taken(now=now) if keep else {}),
    )
    if not keep:
        ring(MATCH_TASK)
    return insert(run)


def _replace_balances(case: Reconciliation, balances: Sequence[BalanceLine]) -> None:
    remove(Balance, case=case)
    rows = [(case.pk, one.ledger, one.akun, one.debit, one.credit) for one in balances]
    insert_plain(Balance, ("case_id", "ledger", "akun", "debit", "credit"), rows)
