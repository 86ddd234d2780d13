"""Any two uploads of a case side by side: what came, what went, what changed, account by account."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from adk.models import Upload, Verdict
from erekon.portal.cases import visible_case
from erekon.portal.pages.common import page, person_of, when
from erekon.portal.pages.entry_links import result_url
from erekon.portal.pages.live_upload import size_words
from erekon.portal.versions import Versions, compared, two_of, uploads_of
from reconciliation.comparing import Comparison, RowChange
from reconciliation.models import Reconciliation
from reconciliation.queries import account_names

ROWS_SHOWN = 200


@require_GET
@page
def compare_uploads(request: HttpRequest, satker: str, period: str) -> HttpResponse:
    """Two uploads compared; `?a=` and `?b=` are their numbers."""
    year, _, month = period.partition("-")
    key = (
        {"period__year": year, "period__month": month}
        if year.isdecimal() and month.isdecimal()
        else {"pk": None}
    )
    case = visible_case(person_of(request), satker=satker, **key)
    uploads = uploads_of(case)
    before, after = two_of(uploads, request.GET.get("a", ""), request.GET.get("b", ""))
    versions = compared(before, after)
    context = {
        "satker_label": str(case.satker),
        "period_label": case.period.label,
        "result_url": result_url(case),
        "history_url": reverse("riwayat"),
        "uploads": [_upload(one) for one in uploads],
        "before": before.number,
        "after": after.number,
        "verdict": _verdict(versions),
        "opening_equal": versions.opening_equal,
        **_changes(versions.comparison),
    }
    return render(request, "adk/bandingkan.html", context)


def compare_url(case: Reconciliation, before: int, after: int) -> str:
    """The address of this page for two uploads of a case."""
    place = reverse("bandingkan", kwargs={"satker": case.satker_id, "period": case.period.code})
    return f"{place}?{urlencode({'a': before, 'b': after})}"


def _upload(upload: Upload) -> dict[str, Any]:
    return {
        "number": upload.number,
        "filename": upload.filename,
        "size": size_words(upload.size),
        "received": when(upload.received_at),
        "by": upload.received_by.name,
        "verdict_label": Verdict(upload.verdict).label,
        "url": reverse("unggahan", kwargs={"pk": upload.pk}),
        "file_url": reverse("api-adk-file", kwargs={"pk": upload.pk}),
    }


def _verdict(versions: Versions) -> dict[str, Any]:
    pair = f"unggahan ke-{versions.before.number} dan ke-{versions.after.number}"
    if versions.identical:
        return {"equal": True, "title": "Sama persis", "text": f"Isi {pair} sama persis."}
    if versions.comparison is None:
        return {
            "equal": None,
            "title": "Tidak dapat dibandingkan",
            "text": f"Salah satu dari {pair} tidak memenuhi standar atau belum selesai diperiksa.",
        }
    found = versions.comparison
    if not found.rows and versions.opening_equal:
        return {"equal": True, "title": "Semua baris sama", "text": f"{found.same} baris {pair} sama."}
    text = f"{len(found.rows)} baris berbeda di {len(found.accounts)} akun; {found.same} baris lain sama."
    return {"equal": False, "title": "Ada yang berubah", "text": text}


def _changes(found: Comparison | None) -> dict[str, Any]:
    if found is None:
        return {"accounts": [], "rows": [], "rows_more": 0}
    names = account_names(account.akun for account in found.accounts)
    weighty = sorted(found.rows, key=lambda row: -abs((row.after or 0) - (row.before or 0)))
    shown = set(map(id, weighty[:ROWS_SHOWN]))
    return {
        "accounts": [{"account": account, "name": names.get(account.akun, "")} for account in found.accounts],
        "rows": [_row(row) for row in found.rows if id(row) in shown],
        "rows_more": max(0, len(found.rows) - ROWS_SHOWN),
    }


def _row(row: RowChange) -> dict[str, Any]:
    kind = "Hilang" if row.after is None else "Baru" if row.before is None else "Berubah"
    day = row.tgldok
    return {
        "kind": kind,
        "akun": row.akun,
        "document": row.nodok or "tanpa nomor",
        "date": f"{day[6:]}-{day[4:6]}-{day[:4]}" if day else "",
        "before": row.before,
        "after": row.after,
        "difference": (row.after or 0) - (row.before or 0),
    }
