"""What waits for my signature, each row leading to its BAR."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.scoping import NOTHING, assignments_of
from bar.models import Bar, BarStatus
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.pages.common import page, person_of, waited, when
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation

MOST = 100
WAITS_FOR = {
    "KPA": lambda place: Q(stage=Stage.TTD_KPA, satker=place),
    "KASI_VERA": lambda place: Q(stage=Stage.TTD_KASI_VERA, office=place),
}


@page
@require_safe
def sign_list(request: HttpRequest) -> HttpResponse:
    """The list of a KPA (several satkers or months) or of a Kasi Vera; BUKAN_HAK for who signs nothing."""
    user, now = person_of(request), clock.now()
    waiting = waiting_for(user, now)
    total = waiting.count()
    cases = waiting.select_related("satker", "office", "period").order_by("stage_since", "pk")[:MOST]
    context = {
        "title": "Tanda tangan BAR",
        "rows": _rows(cases, now),
        "total": total,
        "deadline": _deadline(cases, now),
        "empty_text": f"Terakhir diperiksa {when(now)}. BAR muncul di sini setelah disetujui KPPN.",
    }
    return render(request, "bar/ttd.html", context)


def waiting_for(user: User, now: datetime) -> QuerySet[Reconciliation]:
    """The cases whose next signature is this user's; BUKAN_HAK for who signs nothing."""
    held = [one for one in assignments_of(user, now) if one.role in WAITS_FOR]
    if not held:
        raise Refusal("BUKAN_HAK")
    mine = NOTHING
    for assignment in held:
        mine |= WAITS_FOR[assignment.role](assignment.place)
    return Reconciliation.objects.visible_to(user).filter(mine)


def _rows(cases: Sequence[Reconciliation] | QuerySet[Reconciliation], now: datetime) -> list[dict[str, Any]]:
    standing = Bar.objects.filter(case__in=[case.pk for case in cases]).exclude(status=BarStatus.DIBATALKAN)
    bars = {bar.case_id: bar for bar in standing.select_related("approved_by").prefetch_related("signatures")}
    return [_row(case, bars[case.pk], now) for case in cases if case.pk in bars]


def _row(case: Reconciliation, bar: Bar, now: datetime) -> dict[str, Any]:
    count = len(bar.content["selisih"])
    signed = next((one for one in bar.signatures.all() if one.voided_at is None), None)
    return {
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
