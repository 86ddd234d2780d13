"""Reads behind the home pages: which cases a person's roles wait on, and what happened to them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs

from accounts.models import Kppn, Satker, User
from accounts.roles import BY_CODE, PlaceKind
from accounts.scoping import assignments_of
from adk.models import Upload
from bar.models import ResetRequest
from bar.models.reset import ResetState
from erekon.lib.leases import RunState
from reconciliation.lifecycle import Action, Stage
from reconciliation.models import ElementResult, Holiday, MatchRun, Period, Reconciliation, StageChange

REASONED = (Action.REJECT, Action.DECLINE, Action.RESET)
YEARS_SHOWN = 2
EXEMPT_SHOWN = 20


def cases_for(user: User) -> QuerySet[Reconciliation]:
    """The cases that the user sees, newest period first, with what a list prints of them."""
    return (
        Reconciliation.objects.visible_to(user)
        .select_related("satker__eselon_satu", "office", "period", "run")
        .order_by("-period__year", "-period__month", "satker_id")
    )


def satker_cases(user: User, satkers: Iterable[Satker], *, year: int) -> list[Reconciliation]:
    """The cases of these satkers in a year and the one before, newest period first."""
    codes = [satker.code for satker in satkers]
    years = range(year - YEARS_SHOWN + 1, year + 1)
    return list(cases_for(user).filter(satker__in=codes, period__year__in=years))


def exempt_satkers(user: User) -> list[str]:
    """The satkers that the user sees and that share one database with BUN: they have no cases."""
    return [
        str(one)
        for one in Satker.objects.visible_to(user).filter(is_bun=True).order_by("code")[:EXEMPT_SHOWN]
    ]


def present_period(at: datetime) -> Period | None:
    """The newest period that has opened; before the first opening the next to open; None without a schedule."""
    opened = Period.objects.filter(opens_at__lte=at).order_by("-year", "-month").first()
    return opened or Period.objects.filter(opens_at__isnull=False).order_by("year", "month").first()


def next_to_close(at: datetime) -> Period | None:
    """The open period that closes soonest."""
    return Period.objects.filter(opens_at__lte=at, closes_at__gte=at).order_by("closes_at").first()


def last_changes(cases: Iterable[Reconciliation], actions: Iterable[Action]) -> dict[int, StageChange]:
    """The last of these moves of each case, by case id."""
    found = StageChange.objects.filter(case__in=list(cases), action__in=list(actions)).order_by("id")
    return {change.case_id: change for change in found}


def last_uploads(cases: Iterable[Reconciliation]) -> dict[int, Upload]:
    """The last upload of each case, by case id."""
    found = Upload.objects.filter(case__in=list(cases)).order_by("number")
    return {upload.case_id: upload for upload in found}


def open_resets(user: User) -> list[ResetRequest]:
    """The reset requests that wait for the KPPN, oldest first."""
    found = ResetRequest.objects.visible_to(user).filter(state=ResetState.DIAJUKAN)
    return list(found.select_related("case__satker", "case__period").order_by("id")[:20])


def failed_uploads(user: User) -> list[Upload]:
    """Uploads whose check failed for good, newest first."""
    found = Upload.objects.visible_to(user).filter(state=RunState.FAILED)
    return list(found.select_related("case__satker", "case__period").order_by("-id")[:10])


def failed_runs(user: User) -> list[MatchRun]:
    """Runs of the matcher that failed for good and were not run again, newest first."""
    found = MatchRun.objects.visible_to(user).filter(state=RunState.FAILED, pk=F("case__run_id"))
    return list(found.select_related("case__satker", "case__period").order_by("-id")[:10])


def own_offices(user: User, at: datetime) -> list[str]:
    """The codes of the KPPN that the user is assigned to."""
    held = assignments_of(user, at)
    return [one.place for one in held if BY_CODE[one.role].place is PlaceKind.KPPN]


def with_offices(user: User, offices: list[str]) -> QuerySet[Reconciliation]:
    """The cases of every period that are with these offices."""
    return cases_for(user).filter(office__in=offices)


def office_cases(user: User, offices: list[str], period: Period | None) -> QuerySet[Reconciliation]:
    """The cases of a period that are with these offices."""
    return with_offices(user, offices).filter(period=period)


def counts_by_stage(cases: QuerySet[Reconciliation]) -> dict[Stage, int]:
    """How many cases stand at each stage, in the order of the lifecycle; stages without a case are left out."""
    counted = dict(cases.order_by().values_list("stage").annotate(number=Count("pk")))
    return {stage: counted[stage] for stage in Stage if counted.get(stage)}


def differences_by_run(runs: Iterable[int]) -> dict[int, int]:
    """The sum of the absolute differences of the elements of each run, whole rupiah."""
    rows = ElementResult.objects.filter(run__in=list(runs)).order_by()
    summed = rows.values_list("run").annotate(total=Sum(Abs(F("siap") - F("sai"))))
    return dict(summed)


def verdicts_by_submission(submissions: Iterable[int]) -> dict[int, str]:
    """SAMA or BEDA of the last finished run of each submission."""
    runs = MatchRun.objects.filter(submission__in=list(submissions)).exclude(verdict="").order_by("number")
    return dict(runs.values_list("submission", "verdict"))


def holidays_for(user: User, year: int) -> list[Holiday]:
    """The holidays of a year: national ones, and those of the KPPN that the user or his satkers belong to."""
    offices = Kppn.objects.visible_to(user).values("code")
    partners = Satker.objects.visible_to(user).values("kppn")
    own = Q(kppn="") | Q(kppn__in=offices) | Q(kppn__in=partners)
    days = Holiday.objects.filter(own, date__gte=date(year, 1, 1), date__lte=date(year, 12, 31))
    return list(days.order_by("date", "name"))
