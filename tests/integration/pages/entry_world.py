"""Satker ADKs sent by the pages themselves, and the work that follows, through the services alone."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from adk.models import Upload
from adk.services.checking import check_next
from erekon.lib import clock
from reconciliation.services.matching import match_next
from reconciliation.services.publishing import publish_next
from tests.builders import Cast, make_cast, make_period
from tests.story import satker_adk

MOST_QUERIES = 30


def make_open_month() -> Cast:
    """The cast, and September 2026 open to them."""
    cast = make_cast()
    make_period(2026, 9)
    return cast


def file_of(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/zip")


def good_file() -> SimpleUploadedFile:
    """The satker's ADK of September 2026, cumulative and valid."""
    return file_of(*satker_adk())


def post(client: Any, file: Any, *, period: str = "2026-09", **more: Any) -> Any:
    """The upload form, sent."""
    return client.post("/upload", {"file": file, "period": period, **more})


def sent(client: Any, file: Any, **more: Any) -> Upload:
    """The upload that a posted file became, still unchecked."""
    response = post(client, file, **more)
    assert response.status_code == 302
    return Upload.objects.latest("id")


def work_through() -> None:
    """Check, compare and publish everything that waits."""
    now = clock.now()
    while check_next(now=now):
        pass
    while match_next(now=now):
        pass
    while publish_next(now=now):
        pass
