"""How much one satker may have under way, and send in a day."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import Satker
from adk.models import HalfSent, Upload
from erekon.lib.refusals import Refusal

DAY = timedelta(days=1)


def refuse_too_many(satker: Satker, *, now: datetime) -> None:
    """Raise TERLALU_SERING when the satker sent as many files in the last day as it may."""
    recent = Upload.objects.filter(case__satker=satker, queued_at__gt=now - DAY).order_by("-queued_at")
    _refuse(list(recent.values_list("queued_at", flat=True)), settings.UPLOADS_PER_SATKER_A_DAY, now)


def refuse_too_many_half_sent(satker: Satker, *, now: datetime) -> None:
    """Raise TERLALU_SERING when the satker has as many half-sent uploads as it may."""
    open_ones = HalfSent.objects.filter(satker=satker, upload=None, started_at__gt=now - DAY)
    started = open_ones.order_by("-started_at").values_list("started_at", flat=True)
    _refuse(list(started), settings.HALF_SENT_PER_SATKER, now)


def _refuse(instants: list[datetime], allowed: int, now: datetime) -> None:
    """`instants` newest first: the one that must lapse before another fits says how long to wait."""
    if len(instants) < allowed:
        return
    lapses = instants[allowed - 1] + DAY if allowed else now + DAY
    wait = max(1, int((lapses - now).total_seconds()) + 1)
    raise Refusal("TERLALU_SERING", detik=wait, extra={"retry_after": wait})
