"""What waits for my signature, each row leading to its BAR."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bar.models import Bar
from erekon.lib import clock
from erekon.portal.bar_reads import standing_bars, waiting_for
from erekon.portal.pages.common import page, person_of, waited, when
from reconciliation.models import Reconciliation

MOST = 200


@page
@require_safe
def sign_list(request: HttpRequest) -> HttpResponse:
    """The list of a KPA (several satkers or months) or of a Kasi Vera; BUKAN_HAK for who signs nothing."""
    user, now = person_of(request), clock.now()
    waiting = waiting_for(user, now)
    total = waiting.count()
    cases = waiting.order_by("stage_since", "pk")[:MOST]
    rows = _rows(cases, now)
    ticked = request.GET.get("pilih") == "semua"
    context = {
        "title": "Tanda tangan BAR",
        "rows": rows,
        "bulk": {"action_url": reverse("ttd-banyak"), "select_url": f"{reverse('ttd')}?pilih=semua"}
        if len(rows) > 1
        else None,
        "ticked": ticked,
        "nothing_chosen": "kosong" in request.GET,
        "total": total,
        "deadline": _deadline(cases, now),
        "empty_text": f"Terakhir diperiksa {when(now)}. BAR muncul di sini setelah disetujui KPPN.",
    }
    return render(request, "bar/ttd.html", context)


def _rows(cases: Sequence[Reconciliation] | QuerySet[Reconciliation], now: datetime) -> list[dict[str, Any]]:
    bars = standing_bars(cases)
    return [_row(case, bars[case.pk], now) for case in cases if case.pk in bars]


def _row(case: Reconciliation, bar: Bar, now: datetime) -> dict[str, Any]:
    count = len(bar.content["selisih"])
    signed = next((one for one in bar.signatures.all() if one.voided_at is None), None)
    return {
        "pk": case.pk,
        "url": reverse("bar", args=[case.pk]),
        "code": case.satker_id,
        "name": case.satker.name,
        "period": case.period.label,
        "equal": bar.content["semua_sama"],
        "result": "Semua sama" if bar.content["semua_sama"] else f"{count} selisih, dijelaskan dan diterima",
        "approved": f"Disetujui {bar.approved_by.name}, {when(bar.approved_at)}",
        "signed": f"Ditandatangani {signed.name}, {when(signed.at)}" if signed else "",
        "waited": waited(case.stage_since, now),
        "number": bar.number,
    }


def _deadline(cases: Sequence[Reconciliation] | QuerySet[Reconciliation], now: datetime) -> str:
    """The nearest limit that has not passed yet."""
    limits = {case.period.on_time_until: case.period.label for case in cases if case.period.on_time_until}
    ahead = sorted(moment for moment in limits if moment > now)
    return f"Batas tepat waktu {limits[ahead[0]]}: {when(ahead[0])}" if ahead else ""
