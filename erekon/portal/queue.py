"""Reads behind Vera's queue."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import Power, roles_with
from accounts.scoping import assignments_of
from reconciliation.lifecycle import Stage
from reconciliation.matching.accounts import AccountSums
from reconciliation.models import ElementResult, Period, Reconciliation

FILTERS: dict[str, Q] = {
    "": Q(),
    "sama": Q(verdict="SAMA"),
    "dijelaskan": Q(verdict="BEDA", unexplained=0),
    "belum": Q(verdict="BEDA", unexplained__gt=0),
}


def offices_of(user: User, *, at: datetime) -> list[str]:
    """The offices whose queue this user works; empty for anybody who approves nothing."""
    able = roles_with(Power.APPROVE)
    return [held.place for held in assignments_of(user, at) if held.role in able]


def waiting_at(user: User, offices: Sequence[str]) -> QuerySet[Reconciliation]:
    """The cases that wait for approval at these offices, longest waiting first."""
    return (
        Reconciliation.objects.visible_to(user)
        .filter(office__in=offices, stage=Stage.PERSETUJUAN_BAR)
        .select_related("satker", "period", "submission", "run")
        .order_by("stage_since", "id")
    )


def counts_of(waiting: QuerySet[Reconciliation]) -> dict[str, int]:
    """How many waiting cases each filter keeps."""
    counted = waiting.aggregate(**{name or "semua": Count("pk", filter=q) for name, q in FILTERS.items()})
    return {name: counted[name or "semua"] for name in FILTERS}


def stage_counts(user: User, offices: Sequence[str], *, at: datetime) -> dict[str, int]:
    """How many satkers of these offices stand at each stage of the newest period that has opened."""
    period = Period.objects.filter(opens_at__lte=at).order_by("-year", "-month").first()
    cases = Reconciliation.objects.visible_to(user).filter(office__in=offices, period=period)
    return dict(Counter(cases.values_list("stage", flat=True)))


def not_uploaded(offices: Sequence[str], *, at: datetime) -> int:
    """How many cases of opened periods have no upload yet at these offices."""
    missing = Reconciliation.objects.filter(office__in=offices, stage=Stage.BELUM_UPLOAD)
    return missing.filter(period__opens_at__lte=at).count()


def gaps_of(cases: Iterable[Reconciliation]) -> dict[int, tuple[int, int]]:
    """Per case: the absolute difference over its (element, akun) in whole rupiah, and how many there are."""
    runs = {case.run_id: case.pk for case in cases if case.run_id and case.verdict == "BEDA"}
    gaps: dict[int, list[int]] = defaultdict(list)
    rows = ElementResult.objects.filter(run__in=runs, coa_different__gt=0)
    for run, accounts in rows.values_list("run_id", "accounts"):
        different = (one for one in map(AccountSums._make, accounts) if one.lines)
        gaps[runs[run]] += [abs(one.siap_different - one.sai_different) for one in different]
    return {case: (sum(found), len(found)) for case, found in gaps.items()}
