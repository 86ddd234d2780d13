"""Every upload that a person sees."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.queries import satkers_with
from accounts.roles import Power
from adk.models import Upload, Verdict
from adk.queries import uploads_for
from erekon.lib import clock
from erekon.portal.pages.common import page, person_of, when
from erekon.portal.pages.compare import compare_url
from erekon.portal.pages.entry_links import paged
from erekon.portal.pages.live_upload import size_words
from erekon.portal.pages.steps import stands
from erekon.portal.worklists import verdicts_by_submission

PAGE = 50
SOURCES = {"SAIBA": "Unggah", "SAKTI": "SAKTI"}


@require_GET
@page
def history(request: HttpRequest) -> HttpResponse:
    """The uploads, newest first, `?hal=` for older ones."""
    user = person_of(request)
    pages = Paginator(uploads_for(user), PAGE)
    shown = pages.get_page(request.GET.get("hal"))
    rows = list(shown.object_list)
    verdicts = verdicts_by_submission(row.submission_id for row in rows if row.submission_id)
    own = satkers_with(user, Power.UPLOAD, at=clock.now())
    several = len({row.case.satker_id for row in rows}) > 1
    context = {
        "upload_url": reverse("upload") if own else "",
        "uploads": [_row(row, verdicts, several=several) for row in rows],
        "count_text": f"{pages.count} unggahan",
        "next_url": paged(request.path, shown.next_page_number()) if shown.has_next() else "",
        "previous_url": paged(request.path, shown.previous_page_number()) if shown.has_previous() else "",
    }
    return render(request, "adk/riwayat.html", context)


def _row(upload: Upload, verdicts: dict[int, str], *, several: bool) -> dict[str, Any]:
    verdict = verdicts.get(upload.submission_id or 0, "")
    period = upload.case.period.label
    return {
        "url": reverse("unggahan", kwargs={"pk": upload.pk}),
        "file_url": reverse("api-adk-file", kwargs={"pk": upload.pk}),
        "number": upload.number,
        "period": f"{period}, {upload.case.satker_id}" if several else period,
        "filename": upload.filename,
        "size": size_words(upload.size),
        "received": when(upload.received_at),
        "by": upload.received_by.name,
        "source": SOURCES.get(upload.source, upload.source),
        "verdict": upload.verdict,
        "verdict_label": Verdict(upload.verdict).label,
        "equal": verdict == "SAMA" if verdict else None,
        "superseded": upload.submission_id is not None and not stands(upload),
        "compare_url": compare_url(upload.case, upload.number - 1, upload.number)
        if upload.number > 1
        else "",
        "same_as": upload.same_as,
        "same_bytes": getattr(upload, "same_bytes", None),
    }
