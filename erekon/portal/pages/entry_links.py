"""Addresses that the entry pages lead to, and the numbers people quote to support."""

from urllib.parse import urlencode

from django.urls import reverse

from adk.models import Upload
from erekon.lib.leases import RunState
from reconciliation.models import MatchRun, Reconciliation


def result_url(case: Reconciliation) -> str:
    """The page of the result of a case."""
    return reverse("rekon", kwargs={"satker": case.satker_id, "period": case.period.code})


def upload_url(case: Reconciliation) -> str:
    """The upload page with this case's period and satker chosen."""
    chosen = urlencode({"periode": case.period.code, "satker": case.satker_id})
    return f"{reverse('upload')}?{chosen}"


def paged(path: str, page: int, **kept: str) -> str:
    """The address of another page of a list with what it was filtered by."""
    return f"{path}?{urlencode({**{name: value for name, value in kept.items() if value}, 'hal': page})}"


def support_number(work: Upload | MatchRun | None) -> str:
    """The number of work that failed for good, as people quote it: `ADK-12`, `REKON-7`; else empty."""
    if work is None or work.state != RunState.FAILED:
        return ""
    return f"ADK-{work.pk}" if isinstance(work, Upload) else f"REKON-{work.pk}"
