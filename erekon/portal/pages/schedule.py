"""The schedule of a year, and its holidays."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from erekon.lib import clock
from erekon.lib.indonesian import full_date
from erekon.portal.pages.calendar_words import state_of
from erekon.portal.pages.common import page, person_of, when
from erekon.portal.worklists import holidays_for, present_period
from reconciliation.models import Period
from reconciliation.queries import periods_of

FIRST_YEAR, LAST_YEAR = 2010, 2099


@require_GET
@page
def schedule(request: HttpRequest) -> HttpResponse:
    """The periods of `?tahun=`, by default of the present year, January first."""
    now = clock.now()
    year = _year(request.GET.get("tahun", ""), localtime(now).year)
    current = present_period(now)
    known = set(periods_of().order_by().values_list("year", flat=True))
    here = reverse("jadwal")
    context = {
        "year": year,
        "previous_url": f"{here}?tahun={year - 1}" if year - 1 in known else "",
        "next_url": f"{here}?tahun={year + 1}" if year + 1 in known else "",
        "periods": [_row(period, state_of(period, now), current) for period in periods_of(year).reverse()],
        "holidays": [
            {"date": full_date(day.date), "name": day.name} for day in holidays_for(person_of(request), year)
        ],
    }
    return render(request, "reconciliation/jadwal.html", context)


def _year(text: str, present: int) -> int:
    if not (text.isdecimal() and len(text) == 4):  # noqa: PLR2004  a year has four digits
        return present
    return min(max(int(text), FIRST_YEAR), LAST_YEAR)


def _row(period: Period, state: str, current: Period | None) -> dict[str, Any]:
    letter = period.letter_number
    return {
        "name": period.label,
        "state": state,
        "opens": when(period.opens_at),
        "closes": when(period.closes_at),
        "on_time": when(period.on_time_until),
        "sanction": when(period.sanction_from),
        "letter": letter,
        "current": current is not None and period.pk == current.pk,
    }
