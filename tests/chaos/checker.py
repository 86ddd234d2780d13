"""What must hold after any fault: judged from the clients' journal, the database and the files."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from adk.models import Upload
from audit.verifying import verify_chain
from bar.models import Bar, Signature
from erekon.lib import files
from erekon.lib.leases import RunState
from erekon.portal.filecheck import check_files
from erekon.portal.rederiving import lines_of
from reconciliation.models import MatchRun, Reconciliation, StageChange
from reconciliation.services.rederiving import CannotRederive, rederive

ROAD = ("SUBMIT", "LOAD", "MATCH", "PUBLISH", "APPROVE", "SIGN_KPA", "SIGN_KASI_VERA")
AT_REST = (RunState.DONE, RunState.SUPERSEDED)
ROLES = ["KASI_VERA", "KPA"]


def judge(journal: list[dict[str, Any]]) -> Iterator[str]:
    """The name of every broken invariant, once for each time it is broken."""
    yield from _lost(journal)
    yield from _repeated()
    yield from _stuck()
    yield from _unsound_signatures()
    if check_files().faults:
        yield "files differ from rows"
    yield from _underivable()
    if verify_chain() is not None:
        yield "audit chain"
    numbers = sorted(Bar.objects.values_list("register_number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        yield "gap in the register"


def _lost(journal: list[dict[str, Any]]) -> Iterator[str]:
    """Everything a client was told it has done is there."""
    for told in journal:
        if told["did"] == "adk":
            upload = Upload.objects.filter(pk=told["id"], case_id=told["case"]).first()
            if upload is None or upload.sha256 != told["sha256"]:
                yield "acknowledged upload lost"
        elif told["did"] == "bar":
            if not _is_handed_out(told):
                yield "BAR is not the one handed out"
        elif not StageChange.objects.filter(case_id=told["case"], action=told["did"]).exists():
            yield "acknowledged step lost"


def _is_handed_out(told: dict[str, Any]) -> bool:
    bar = Bar.objects.get(case_id=told["case"])
    try:
        files.read(bar.sealed)
    except files.FileDamaged:
        return False
    return bool(bar.sealed == told["sha256"])


def _repeated() -> Iterator[str]:
    done: dict[int, Counter[str]] = {}
    for case, action in StageChange.objects.values_list("case_id", "action"):
        done.setdefault(case, Counter())[action] += 1
    for actions in done.values():
        if any(actions[action] > 1 for action in ROAD):
            yield "step done twice"


def _stuck() -> Iterator[str]:
    """Every case that got an upload has its BAR, and nothing waits or failed."""
    begun = Upload.objects.values_list("case_id", flat=True)
    for _ in Reconciliation.objects.filter(pk__in=begun).exclude(stage="SIAP_DOWNLOAD"):
        yield "case stuck"
    for model in (Upload, MatchRun):
        for _ in model.objects.exclude(state__in=AT_REST):
            yield "run stuck"


def _underivable() -> Iterator[str]:
    """Every result follows, byte for byte, from what its run kept."""
    for run in MatchRun.objects.filter(state=RunState.DONE).select_related("case__period", "submission"):
        try:
            difference, _ = rederive(run, lines_of(run))
        except CannotRederive as reason:
            difference = str(reason)
        if difference:
            yield "result not re-derivable"


def _unsound_signatures() -> Iterator[str]:
    for bar in Bar.objects.exclude(sealed=""):
        signed = Signature.objects.filter(bar=bar, voided_at__isnull=True)
        if sorted(signed.values_list("role", flat=True)) != ROLES:
            yield "not one signature a role"
        if set(signed.values_list("content_hash", flat=True)) != {bar.content_hash}:
            yield "signatures over different hashes"
