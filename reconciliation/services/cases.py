"""Finding the case of a satker and period; case rows are made when the schedule is set, or on demand."""

import re
from datetime import datetime

from accounts.models import Satker
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.refusals import Refusal, field_refusal
from reconciliation.models import FiscalYear, Period, Reconciliation
from reconciliation.services.periods import office_of

_PERIOD = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def parse_period(text: str) -> tuple[int, int]:
    """Year and month of `2026-09`. Raises ISIAN for anything else."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise field_refusal(period="Tulis periode sebagai tahun-bulan, misalnya 2026-09.")
    return int(match[1]), int(match[2])


_FIRST_MONTH = Prepared(
    lambda: FiscalYear.objects.filter(pk=Slot("year")).values_list("first_month", flat=True)
)


def first_month(year: int) -> int:
    """The first month whose ADK is accepted in a year; January where nothing is set."""
    return _FIRST_MONTH.first(year=year) or 1


def refuse_exempt(satker: Satker) -> None:
    """Raise TIDAK_DIREKON for a satker that shares one database with BUN: nothing is compared there."""
    if satker.is_bun:
        raise Refusal("TIDAK_DIREKON", satker=satker.code)


def case_of(satker: Satker, year: int, month: int) -> Reconciliation:
    """The case of a satker and month, made where it is missing.

    A month that no letter has scheduled has no case and raises PERIODE_BELUM_BUKA, except one before the
    year's first accepted month: its uploads are recorded and judged by the gate. A satker that shares one
    database with BUN has no case and raises TIDAK_DIREKON.
    """
    refuse_exempt(satker)
    period = Period.objects.filter(year=year, month=month).first()
    if period is None:
        unscheduled = Period(year=year, month=month)
        if month >= first_month(year):
            raise Refusal("PERIODE_BELUM_BUKA", periode=unscheduled.label, waktu="belum ditetapkan")
        period, _ = Period.objects.get_or_create(year=year, month=month)
    case, _ = Reconciliation.objects.select_related("period", "satker__eselon_satu").get_or_create(
        satker=satker, period=period, defaults={"office_id": office_of(satker, period)}
    )
    return case


def window_of(case: Reconciliation, at: datetime) -> bool:
    """Whether the satker may upload at this instant: by schedule or by the case's window grant."""
    return case.window_grant or case.period.is_open(at)
