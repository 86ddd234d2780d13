"""What changed since a page was drawn, said in the refusal that the page meets."""

from datetime import datetime
from typing import Any

from erekon.lib.indonesian import long_moment
from erekon.lib.refusals import Refusal
from reconciliation.inputs import Inputs, Versions, inputs_of_facts, present_inputs
from reconciliation.lifecycle import Action, Stage
from reconciliation.models import (
    Evidence,
    Explanation,
    Lpj,
    Reconciliation,
    RunInputs,
    StageChange,
)

_OF_THE_SYSTEM = (Action.LOAD, Action.MATCH, Action.PUBLISH)
# What a decision rests on beside the figures: when it was changed, and who did.
_WORDS: tuple[tuple[Any, str, str], ...] = (
    (Explanation, "written_at", "author"),
    (Explanation, "judged_at", "judge"),
    (Evidence, "added_at", "added_by"),
    (Evidence, "removed_at", "removed_by"),
    (Lpj, "written_at", "author"),
)


def changed_refusal(case: Reconciliation) -> Refusal:
    """The 409 that names what changed last: what the comparison rests on, or who moved the case or what it says."""
    if Reconciliation.objects.filter(pk=case.pk, stale=True, stage=Stage.PERSETUJUAN_BAR).exists():
        return _compared_again(case)
    changes = StageChange.objects.filter(case=case).exclude(action__in=_OF_THE_SYSTEM)
    last = changes.order_by("-id").first()
    spoken = _last_words(case)
    if spoken is not None and (last is None or spoken[0] > last.at):
        return Refusal("BERUBAH", siapa=spoken[1])
    if last is not None and last.action == Action.RERUN and last.user_id is None:
        return _compared_again(case)
    return Refusal("BERUBAH", siapa=last.actor_name if last else "Pengguna lain")


def require_seen(case: Reconciliation, content_hash: str | None, run_number: int | None = None) -> None:
    """Refuse a decision on other content, or on another run, than was seen; None says nothing of it.

    What was seen of a case whose treasury rows changed meanwhile holds no longer, though it stands until the case is
    compared again.
    """
    if content_hash is None and run_number is None:
        return
    other_run = run_number is not None and (case.run is None or case.run.number != run_number)
    if case.stale or other_run or (content_hash is not None and content_hash != case.content_hash):
        raise changed_refusal(case)


def _last_words(case: Reconciliation) -> tuple[datetime, str] | None:
    """When something was last said of the case, and by whom."""
    spoken = [
        model.objects.filter(case=case, **{f"{at}__isnull": False})
        .order_by(f"-{at}")
        .values_list(at, f"{by}__name")
        .first()
        for model, at, by in _WORDS
    ]
    return max((each for each in spoken if each is not None), default=None)


def _compared_again(case: Reconciliation) -> Refusal:
    now, moment = present_inputs(case.satker, case.period)
    if moment is None or _same_rows(_before(case, now), now):
        return Refusal("BERUBAH/ATURAN")
    return Refusal("BERUBAH/SIAP", waktu=long_moment(moment, case.office.kanwil.timezone))


def _before(case: Reconciliation, now: Inputs) -> Inputs | None:
    """What the last run read that read something else than a run would now."""
    kept = (
        RunInputs.objects.filter(run__case=case).order_by("-run__number").values_list("facts", flat=True)[:2]
    )
    return next((read for read in map(inputs_of_facts, kept) if read != now), None)


def _same_rows(before: Inputs | None, now: Inputs) -> bool:
    """Whether every satker that both read stands at the same version: what differs are rules or registration."""
    if before is None:
        return False
    older = _versions(before)
    return all(older.get(satker, version) == version for satker, version in _versions(now).items())


def _versions(read: Inputs) -> Versions:
    others = {satker: version for unit in read.central.values() for satker, version in unit.items()}
    return {**others, read.satker: read.version}
