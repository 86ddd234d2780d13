"""Vera's queue: longest waiting first, all equal ones in bulk, the others one by one with evidence beside."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Power
from bar.services.approving import approve
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.cases import acting, visible_case
from erekon.portal.pages.common import page, person_of, time_left, waited, when
from erekon.portal.pages.positions import positions_of
from erekon.portal.pages.queue_preview import preview_of
from erekon.portal.queue import (
    FILTERS,
    counts_of,
    gaps_of,
    not_uploaded,
    offices_of,
    stage_counts,
    waiting_at,
)
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation
from reconciliation.services.changes import require_seen

PAGE = 25
OLD = timedelta(hours=24)
FILTER_WORDS: dict[str, tuple[str, bool | str]] = {
    "": ("Semua", ""),
    "sama": ("Sama", True),
    "dijelaskan": ("Dijelaskan", False),
    "belum": ("Belum", False),
}


def _require_offices(request: HttpRequest) -> list[str]:
    offices = offices_of(person_of(request), at=clock.now())
    if not offices:
        raise Refusal("BUKAN_HAK")
    return offices


@require_GET
@page
def queue(request: HttpRequest) -> HttpResponse:
    """The queue with its filters and the preview of one case."""
    offices = _require_offices(request)
    now = clock.now()
    waiting = waiting_at(person_of(request), offices)
    shown, chosen = _filtered(waiting, request)
    start = _start(request)
    rows = list(shown[start : start + PAGE])
    total = shown.count()
    current = _current(request, rows)
    gaps = gaps_of(rows)
    equal = waiting.filter(verdict="SAMA").count()
    context = {
        "turn_count": waiting.filter(Q(verdict="SAMA") | Q(unexplained=0)).count(),
        **_deadline(rows, now),
        **positions_of(stage_counts(person_of(request), offices, at=now), current=Stage.PERSETUJUAN_BAR),
        "filters": _filters(waiting, chosen),
        "query": request.GET.get("q", ""),
        "rows": [_row(case, current, now, request, gaps) for case in rows],
        "count_text": f"{start + len(rows)} dari {total}",
        "previous_url": _with(request, mulai=max(start - PAGE, 0)) if start else "",
        "next_url": _with(request, mulai=start + PAGE) if start + PAGE < total else "",
        "bulk": {
            "action_url": reverse("setujui-banyak"),
            "select_url": _with(request, pilih="sama"),
            "count": equal,
        }
        if equal
        else None,
        "select_equal": request.GET.get("pilih") == "sama",
        "new": None,
        "empty_text": _empty(offices),
        "preview": preview_of(request, current) if current else None,
        "live_url": f"{reverse('antrean-baru')}?sejak={now:%Y-%m-%dT%H:%M:%SZ}",
    }
    return render(request, "bar/antrean.html", context)


@require_GET
@page
def queue_news(request: HttpRequest) -> HttpResponse:
    """How many cases came since the page was drawn: 204 for none."""
    offices = _require_offices(request)
    since = parse_datetime(request.GET.get("sejak", "")[:40].replace(" ", "+"))
    stamp = since if since and since.tzinfo else clock.now()
    count = waiting_at(person_of(request), offices).filter(stage_since__gt=stamp).count()
    if not count:
        response = HttpResponse(status=204)
    else:
        response = render(
            request, "components/_antrean_baru.html", {"count": count, "url": reverse("antrean")}
        )
    response["X-Live-State"] = "idle"
    return response


@require_POST
@page
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve the ticked cases that are all equal; each by itself, failures named."""
    _require_offices(request)
    good, failed = 0, []
    for text in request.POST.getlist("case")[:200]:
        pk, _, seen = text.partition(":")
        name = pk
        try:
            case = visible_case(person_of(request), pk=int(pk) if pk.isdecimal() else 0)
            name = case.satker.name
            require_seen(case, seen)
            if case.verdict != "SAMA":
                raise Refusal("BELUM_DIJELASKAN", jumlah=1, daftar=name)
            actor = acting(person_of(request), Power.APPROVE, case, at=clock.now())
            approve(case=case, content_hash=seen, actor=actor, now=clock.now())
            good += 1
        except Refusal as refusal:
            failed.append(f"{name}: {refusal.detail}")
    if good:
        messages.success(request, f"{good} BAR disetujui dan diteruskan ke KPA.")
    for sentence in failed:
        messages.error(request, sentence)
    if not good and not failed:
        messages.warning(request, "Pilih dulu BAR yang akan disetujui.")
    return HttpResponseRedirect(reverse("antrean"))


def _filtered(
    waiting: QuerySet[Reconciliation], request: HttpRequest
) -> tuple[QuerySet[Reconciliation], str]:
    chosen = request.GET.get("saring", "")
    chosen = chosen if chosen in FILTERS else ""
    words = request.GET.get("q", "").strip()[:80]
    shown = waiting.filter(FILTERS[chosen])
    if words:
        shown = shown.filter(Q(satker__code__startswith=words) | Q(satker__name__icontains=words))
    return shown, chosen


def _start(request: HttpRequest) -> int:
    text = request.GET.get("mulai", "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004


def _with(request: HttpRequest, **values: object) -> str:
    query = request.GET.copy()
    for name, value in values.items():
        query[name] = str(value)
    return f"{reverse('antrean')}?{query.urlencode()}"


def _filters(waiting: QuerySet[Reconciliation], chosen: str) -> list[dict[str, Any]]:
    counts = counts_of(waiting)
    return [
        {
            "url": f"{reverse('antrean')}?saring={value}" if value else reverse("antrean"),
            "label": label,
            "count": counts[value],
            "mark": mark,
            "current": value == chosen,
        }
        for value, (label, mark) in FILTER_WORDS.items()
    ]


def _deadline(rows: list[Reconciliation], now: datetime) -> dict[str, str]:
    closing = [case.period.closes_at for case in rows if case.period.closes_at]
    if not closing:
        return {"deadline": "", "left": ""}
    nearest = min(closing)
    return {"deadline": f"Ditutup {when(nearest)}", "left": time_left(nearest, now)}


def _current(request: HttpRequest, rows: list[Reconciliation]) -> Reconciliation | None:
    wanted = request.GET.get("kasus", "")
    chosen = next((case for case in rows if str(case.pk) == wanted), None)
    return chosen or (rows[0] if rows else None)


def _row(
    case: Reconciliation,
    current: Reconciliation | None,
    now: datetime,
    request: HttpRequest,
    gaps: dict[int, tuple[int, int]],
) -> dict[str, Any]:
    gap, different = gaps.get(case.pk, (0, 0))
    return {
        "id": f"{case.pk}:{case.content_hash}",
        "code": case.satker_id,
        "name": case.satker.name,
        "period": case.period.label,
        "upload": case.submission.number if case.submission else 0,
        "equal": case.verdict == "SAMA",
        "difference": gap,
        "different": different,
        "explained": different - case.unexplained,
        "waiting": waited(case.stage_since, now),
        "old": case.stage_since is not None and now - case.stage_since >= OLD,
        "url": _with(request, kasus=case.pk) + "#pratinjau",
        "current": current is not None and case.pk == current.pk,
        "officer": None,
    }


def _empty(offices: list[str]) -> str:
    missing = not_uploaded(offices, at=clock.now())
    return f"{missing} satker belum mengunggah." if missing else "Semua satker sudah mengunggah."
