"""What changed since a page was drawn, said in the refusal that the page meets."""

from datetime import datetime

from erekon.lib.indonesian import long_moment
from erekon.lib.refusals import Refusal
from reconciliation.inputs import present_inputs
from reconciliation.lifecycle import Action
from reconciliation.models import Explanation, MatchRun, Reconciliation, StageChange

_OF_THE_SYSTEM = (Action.LOAD, Action.MATCH, Action.PUBLISH)


def changed_refusal(case: Reconciliation) -> Refusal:
    """The 409 that names what changed last: the treasury's rows, or who moved the case or an explanation."""
    changes = StageChange.objects.filter(case=case).exclude(action__in=_OF_THE_SYSTEM)
    last = changes.order_by("-id").first()
    spoken = _last_words(case)
    if spoken is not None and (last is None or spoken[0] > last.at):
        return Refusal("BERUBAH", siapa=spoken[1])
    if last is not None and last.action == Action.RERUN and last.user_id is None:
        return Refusal("BERUBAH/SIAP", waktu=_ledger_moment(case, last.at))
    return Refusal("BERUBAH", siapa=last.actor_name if last else "Pengguna lain")


def require_seen(case: Reconciliation, content_hash: str | None, run_number: int | None = None) -> None:
    """Refuse a decision on other content, or on another run, than was seen; None says nothing of it."""
    other_run = run_number is not None and (case.run is None or case.run.number != run_number)
    if other_run or (content_hash is not None and content_hash != case.content_hash):
        raise changed_refusal(case)


def _last_words(case: Reconciliation) -> tuple[datetime, str] | None:
    """When an explanation was last written or judged, and by whom."""
    spoken = []
    for row in Explanation.objects.filter(case=case).select_related("author", "judge"):
        spoken.append((row.written_at, row.author.name))
        if row.judged_at is not None and row.judge is not None:
            spoken.append((row.judged_at, row.judge.name))
    return max(spoken, default=None)


def _ledger_moment(case: Reconciliation, otherwise: datetime) -> str:
    run = MatchRun.objects.filter(case=case).order_by("-number").first()
    newest = run.ledger_at if run is not None else None
    if newest is None:
        newest = present_inputs(case.satker, case.period)[1]
    return long_moment(newest or otherwise, case.office.kanwil.timezone)
