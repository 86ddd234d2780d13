"""The only writer of `stage`: one step, one conditional UPDATE, one StageChange, one audit event."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from accounts.actors import SYSTEM, Actor, record
from erekon.lib.prepared_writes import change, insert
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import Action, Stage, Step, find_step, may
from reconciliation.models import Reconciliation, StageChange
from reconciliation.services.changes import changed_refusal


@contextmanager
def moving(
    case: Reconciliation,
    action: Action,
    *,
    actor: Actor,
    now: datetime,
    content_hash: str = "",
    reason: str = "",
    values: dict[str, Any] | None = None,
    conditions: dict[str, Any] | None = None,
) -> Iterator[Step]:
    """Move the case, run the caller's body, then write the history: all in the caller's transaction.

    The UPDATE comes first and locks the case; the audit event comes last (lock order: case, number
    counter, chain head). `values` are further columns of the case, `conditions` further tests of the
    UPDATE. Raises BERUBAH when the stage or, where the step asks for it, the content hash moved on.
    """
    stage = Stage(case.stage)
    step = find_step(action, stage)
    if step is None:
        raise changed_refusal(case)
    _check_actor(step, stage, actor)
    tests: dict[str, Any] = {"pk": case.pk, "stage": stage, **(conditions or {})}
    if step.needs_content_hash:
        if not content_hash:
            raise changed_refusal(case)
        tests["content_hash"] = content_hash
    written = {"stage": step.target, "stage_since": now, **(values or {})}
    if change(Reconciliation, tests, **written) != 1:
        raise changed_refusal(case)
    for name, value in written.items():
        setattr(case, name, value)
    yield step
    _record(case, step, stage, actor, now, content_hash, reason)


def move(case: Reconciliation, action: Action, *, actor: Actor, now: datetime, **options: Any) -> None:
    """As `moving`, with nothing to do between the UPDATE and the history."""
    with moving(case, action, actor=actor, now=now, **options):
        pass


def _check_actor(step: Step, stage: Stage, actor: Actor) -> None:
    if actor is SYSTEM and step.by_system:
        return
    # The window was judged on the file's first byte, before the step.
    if not may(step, stage, actor.powers, window=True):
        raise Refusal("BUKAN_HAK")


def _record(
    case: Reconciliation,
    step: Step,
    stage: Stage,
    actor: Actor,
    now: datetime,
    content_hash: str,
    reason: str,
) -> None:
    insert(
        StageChange(
            case=case,
            from_stage=stage,
            to_stage=step.target,
            action=step.action,
            user=actor.user,
            actor_name=actor.name,
            role=actor.role,
            assignment=actor.assignment,
            at=now,
            reason=reason,
            content_hash=content_hash,
        )
    )
    record(
        actor,
        at=now,
        action=step.action,
        subject=f"kasus:{case.pk}",
        satker=case.satker_id,
        content={
            "from": stage,
            "to": step.target,
            "reason": reason,
            "content_hash": content_hash,
            "assignment": actor.assignment.pk if actor.assignment else None,
        },
    )
