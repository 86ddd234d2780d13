"""Keeps a demo that was filled days ago alive: its last month stays open."""

from datetime import datetime, timedelta

from audit.models import Event
from erekon.portal.demo.seeding import ENDED
from erekon.portal.demo.timeline import timeline_of
from reconciliation.models import Period
from reconciliation.services.periods import set_period

SHORTEST = timedelta(days=2)


def keep_open(now: datetime) -> bool:
    """Give the demo's last month its days again when it closes soon; an installation that is no demo is left alone."""
    last = Period.objects.filter(closes_at__isnull=False).order_by("-year", "-month").first()
    made_here = Event.objects.filter(action=ENDED).exists()
    if not made_here or last is None or not last.opens_at or not last.closes_at or not last.letter_date:
        return False
    if last.closes_at - now > SHORTEST:
        return False
    today = timeline_of(now)
    closes = today.closes(today.month)
    set_period(
        year=last.year,
        month=last.month,
        opens_at=last.opens_at,
        closes_at=closes,
        on_time_until=closes,
        sanction_from=closes,
        letter_number=last.letter_number,
        letter_date=last.letter_date,
    )
    return True
