"""Which case the upload page is for: the one named, or the most urgent one."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Satker, User
from erekon.portal.worklists import present_period, satker_cases
from reconciliation.lifecycle import BEFORE_DATA, Stage
from reconciliation.models import Period, Reconciliation
from reconciliation.services.cases import parse_period, window_of


def case_to_upload(satker: Satker, text: str) -> Reconciliation:
    """The case of a satker and a period like `2026-09`; unsaved where there is none yet: looking makes no row.

    Raises ISIAN for anything but a period.
    """
    year, month = parse_period(text)
    case = (
        Reconciliation.objects.select_related("satker__eselon_satu", "period")
        .filter(satker=satker, period__year=year, period__month=month)
        .first()
    )
    if case is not None:
        return case
    period = Period.objects.filter(year=year, month=month).first() or Period(year=year, month=month)
    return Reconciliation(satker=satker, period=period, office_id=satker.kppn_id)


def urgent_case(user: User, own: Sequence[Satker], *, now: datetime) -> Reconciliation | None:
    """The case to upload for first: whose window closes first, else that of the present period; None without any."""
    period = present_period(now)
    if period is None:
        return None
    cases = satker_cases(user, own, year=period.year)
    ready = uploads_due(cases, now)
    if not cases and own:
        return case_to_upload(own[0], period.code)
    return ready[0] if ready else next((case for case in cases if case.period_id == period.pk), None)


def uploads_due(cases: Sequence[Reconciliation], now: datetime) -> list[Reconciliation]:
    """The cases that wait for an upload that the window lets in, the soonest deadline first."""
    due = [case for case in cases if Stage(case.stage) in BEFORE_DATA and window_of(case, now)]
    return sorted(due, key=lambda case: (case.period.closes_at or now, case.period.code, case.satker_id))
