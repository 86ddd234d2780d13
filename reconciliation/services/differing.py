"""What every change around an explanation begins and ends with: the open case, its difference, the event."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor, record
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import Stage
from reconciliation.models import Explanation, Reconciliation
from reconciliation.models.explanation import Decision
from reconciliation.queries import Difference, differences_of, explanations_of
from reconciliation.services.changes import changed_refusal
from reconciliation.services.submitting import lock_case


def open_case(case_id: int) -> Reconciliation:
    """The case, locked until the transaction ends. Raises BERUBAH when it is not at PERSETUJUAN_BAR."""
    case = lock_case(case_id)
    if case.stage != Stage.PERSETUJUAN_BAR:
        raise changed_refusal(case)
    return case


def difference_in(case: Reconciliation, element: str, akun: str) -> Difference:
    """The difference of this (element, akun). Raises TIDAK_DITEMUKAN when there is none."""
    for item in differences_of(case.run):
        if (item.element, item.akun) == (element, akun):
            return item
    raise Refusal("TIDAK_DITEMUKAN")


def unaccepted(case: Reconciliation, element: str, akun: str) -> Explanation | None:
    """The explanation that stands, if any. Raises BERUBAH when it was accepted: then nothing of it changes."""
    standing = explanations_of(case).get((element, akun))
    if standing is not None and standing.decision == Decision.DITERIMA:
        raise Refusal(
            "BERUBAH", siapa=standing.judge.name if standing.judge else "Vera", extra=told(standing)
        )
    return standing


def told(standing: Explanation) -> dict[str, Any]:
    """The explanation that stands, as a refusal shows it to who would have replaced it."""
    return {
        "standing": {
            "location": standing.location,
            "reason": standing.reason,
            "text": standing.text,
            "decision": standing.decision,
            "version": standing.version,
            "author": standing.author.name,
            "written_at": standing.written_at,
        }
    }


def number_of(case: Reconciliation) -> int:
    """The number of the upload that stands."""
    return case.submission.number if case.submission else 0


def note(
    case: Reconciliation,
    action: str,
    element: str,
    akun: str,
    *,
    actor: Actor,
    now: datetime,
    **content: Any,
) -> None:
    """The audit event of a change around one explanation: the last statement of its transaction."""
    record(
        actor,
        at=now,
        action=action,
        subject=f"kasus:{case.pk}",
        satker=case.satker_id,
        content={"element": element, "akun": akun, **content},
    )
