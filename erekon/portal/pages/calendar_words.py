"""A period's schedule in words: its card, its deadline and its state."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from erekon.lib.indonesian import clock_time, full_date
from erekon.portal.pages.common import WIB, time_left, when
from reconciliation.models import Period


def today_words(now: datetime) -> str:
    """`Rabu, 7 Oktober 2026`, as the calendar in Jakarta reads."""
    return full_date(localtime(now).date())


def checked_words(now: datetime) -> str:
    """When the page was drawn: `13.05 WIB`."""
    return clock_time(now, WIB)


def state_of(period: Period, now: datetime) -> str:
    """BUKA, BELUM, TUTUP, or empty while no letter has set the schedule."""
    if period.opens_at is None or period.closes_at is None:
        return ""
    if period.is_open(now):
        return "BUKA"
    return "BELUM" if now < period.opens_at else "TUTUP"


def deadline_of(period: Period, now: datetime, *, granted: bool = False) -> dict[str, str]:
    """`deadline` and `left` of the page's head; a window grant has no deadline of its own."""
    if state_of(period, now) == "BUKA" and period.closes_at:
        return {"deadline": f"Ditutup {when(period.closes_at)}", "left": time_left(period.closes_at, now)}
    if granted:
        return {"deadline": "Boleh diunggah di luar jadwal, atas izin KPPN", "left": ""}
    return {"deadline": "", "left": ""}


def schedule_card(period: Period | None, now: datetime) -> dict[str, Any] | None:
    """The schedule card; None without a schedule."""
    if period is None or period.opens_at is None or period.closes_at is None:
        return None
    first, last = localtime(period.opens_at).date(), localtime(period.closes_at).date()
    state, days = state_of(period, now), (last - first).days + 1
    day = (localtime(now).date() - first).days + 1 if state == "BUKA" else None
    return {
        "period_label": period.label,
        "state": state,
        "opens": when(period.opens_at),
        "closes": when(period.closes_at),
        "day": day,
        "days": days,
        "day_words": f"Hari ke-{day} dari {days}" if day else "",
        "note": f"Tepat waktu sampai {when(period.on_time_until)}." if period.on_time_until else "",
    }
