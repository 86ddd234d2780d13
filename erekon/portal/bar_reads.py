"""Reads behind the pages of BARs; what a person may see is decided by `visible_to` alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.scoping import NOTHING, assignments_of
from bar.models import Bar, BarStatus, ResetRequest, ResetState, Signature, SignerPin
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.models import ElementResult, MatchRun, Reconciliation, StageChange

WAITS_FOR = {
    "KPA": lambda place: Q(stage=Stage.TTD_KPA, satker=place),
    "KASI_VERA": lambda place: Q(stage=Stage.TTD_KASI_VERA, office=place),
}


def waiting_for(user: User, now: datetime) -> QuerySet[Reconciliation]:
    """The cases whose next signature is this user's; BUKAN_HAK for who signs nothing."""
    held = [one for one in assignments_of(user, now) if one.role in WAITS_FOR]
    if not held:
        raise Refusal("BUKAN_HAK")
    mine = NOTHING
    for assignment in held:
        mine |= WAITS_FOR[assignment.role](assignment.place)
    return Reconciliation.objects.visible_to(user).filter(mine).select_related("satker", "office", "period")


def named_cases(user: User, pks: Iterable[int]) -> dict[int, Reconciliation]:
    """Those of these cases that the user sees, by key."""
    seen = Reconciliation.objects.visible_to(user).filter(pk__in=list(pks))
    return {case.pk: case for case in seen.select_related("satker", "period")}


def standing_bars(cases: Iterable[Reconciliation]) -> dict[int, Bar]:
    """The BAR that stands of each of these cases, by case; signatures and approver read along."""
    standing = Bar.objects.filter(case__in=[case.pk for case in cases]).exclude(status=BarStatus.DIBATALKAN)
    return {bar.case_id: bar for bar in standing.select_related("approved_by").prefetch_related("signatures")}


def signed_by(case: Reconciliation, user: User, content_hash: str) -> bool:
    """Whether this user's signature over this content stands on the BAR of the case."""
    standing = Signature.objects.filter(bar__case=case, signer=user, voided_at__isnull=True)
    return standing.filter(content_hash=content_hash).exclude(bar__status=BarStatus.DIBATALKAN).exists()


def pin_of(user: User) -> SignerPin | None:
    """When this user's PIN was set and used; None before the first one."""
    return SignerPin.objects.filter(user=user).first()


def siap_amounts(run: MatchRun) -> dict[str, int]:
    """SiAP of each element of a run, whole rupiah, by element code."""
    return dict(ElementResult.objects.filter(run=run).values_list("code", "siap"))


def changes_of(case: Reconciliation, actions: Iterable[str]) -> QuerySet[StageChange]:
    """The moves of a case by these actions, newest first."""
    return StageChange.objects.filter(case=case, action__in=actions).order_by("-id")


def requests_seen_by(user: User) -> QuerySet[ResetRequest]:
    """The reset requests that this user sees, newest first."""
    seen = ResetRequest.objects.visible_to(user).select_related(
        "case__satker", "case__office", "case__period", "bar", "asked_by", "decided_by"
    )
    return seen.order_by("-id")


def resettable(user: User, satkers: Sequence[str]) -> QuerySet[Reconciliation]:
    """The cases of these satkers that a letter could reset and for which no request is open, newest first."""
    cases = Reconciliation.objects.visible_to(user).filter(satker__in=satkers, stage__in=FROZEN)
    free = cases.exclude(reset_requests__state=ResetState.DIAJUKAN)
    return free.select_related("period", "satker")
