"""When things happen in the demo, relative to today, so that its last month is always open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reconciliation.models import Period

WIB = ZoneInfo("Asia/Jakarta")
USUAL_FIRST_MONTH = 5
DECEMBER, JANUARY, SATURDAY = 12, 1, 5
OPEN_DAYS = 10
EARLIER_MONTHS = 3
# The days of a month on which the KPPN's ADK is sent, moved back from weekends; the last is the month's end.
SLOTS = (10, 17, 24, 31)


@dataclass(frozen=True)
class Timeline:
    """The demo's year: `month` is the one that is open, `first_month` the first whose ADK is accepted."""

    now: datetime
    year: int
    month: int
    first_month: int

    @property
    def months(self) -> range:
        """The scheduled months, the open one last: enough for a story, few enough to be made in half a minute."""
        return range(max(self.first_month, self.month - EARLIER_MONTHS), self.month + 1)

    def period(self, month: int) -> str:
        """A month as services take it: `2026-09`."""
        return f"{self.year}-{month:02d}"

    def opens(self, month: int) -> datetime:
        """When a month opens for upload: its following month's first instant, WIB."""
        following = Period(year=self.year, month=month).last_day + timedelta(days=1)
        return datetime.combine(following, time(), WIB)

    def closes(self, month: int) -> datetime:
        """The 15th for months gone by; days from now for the open one."""
        if month == self.month:
            return datetime.combine(
                self.now.astimezone(WIB).date() + timedelta(days=OPEN_DAYS), time(23, 59, 59), WIB
            )
        return self.opens(month) + timedelta(days=15) - timedelta(seconds=1)

    def at(self, month: int, fraction: float) -> datetime:
        """An instant in the working time of a month: from its opening to the ninth day, or to now."""
        start = self.opens(month)
        end = self.now if month == self.month else start + timedelta(days=9)
        return start + (end - start) * fraction

    def days(self, month: int) -> list[date]:
        """The days of a month on which the KPPN's ADK is sent, ascending."""
        last = Period(year=self.year, month=month).last_day
        return [_working(last.replace(day=min(day, last.day))) for day in SLOTS]


def _working(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return day


def timeline_of(now: datetime) -> Timeline:
    """The last full month is open; in February December still is, because January has nothing before it."""
    today = now.astimezone(WIB).date()
    last = today.replace(day=1) - timedelta(days=1)
    year, month = (last.year - 1, DECEMBER) if last.month == JANUARY else (last.year, last.month)
    return Timeline(now, year, month, min(USUAL_FIRST_MONTH, month))
