"""The upload page, and one upload: rejected, under way, or done."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Satker, User
from accounts.queries import satker_to_upload, satkers_with
from accounts.roles import Power
from adk.formats.precheck import precheck_document, precheck_titles
from adk.models import Upload
from adk.queries import visible_upload
from adk.services.checking import expected_of
from adk.services.receiving import MEBIBYTE, Received, judge_window, receive_upload
from adk.services.rechecking import recheck
from erekon.lib import clock
from erekon.lib.refusals import Refusal, field_refusal
from erekon.portal.cases import acting
from erekon.portal.pages.calendar_words import deadline_of
from erekon.portal.pages.common import done, error_list, list_beside, page, person_of
from erekon.portal.pages.entry_links import result_url
from erekon.portal.pages.live_upload import live_context, live_state
from erekon.portal.pages.rejection import is_refused, rejection_of
from erekon.portal.pages.steps import steps_before
from erekon.portal.upload_choice import case_to_upload, urgent_case
from reconciliation.models import Reconciliation

FIELD_IDS = {"file": "berkas"}
SHOWN_ON_THE_PAGE = frozenset({400, 409, 413, 429})


@require_http_methods(["GET", "HEAD", "POST"])
@page
def upload(request: HttpRequest) -> HttpResponse:
    """The drop zone for one satker and period; a post receives the file and goes on to its upload."""
    if request.method != "POST":
        return _form(request, code=request.GET.get("satker", ""), period=request.GET.get("periode", ""))
    try:
        received = _receive(request)
    except Refusal as refusal:
        if refusal.status not in SHOWN_ON_THE_PAGE:
            raise
        code, period = request.POST.get("satker", ""), request.POST.get("period", "")
        return _form(request, code=code, period=period, refusal=refusal)
    url = reverse("unggahan", kwargs={"pk": received.pk})
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"url": url}, status=202)
    return HttpResponseRedirect(url)


@require_GET
@page
def one_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """One upload: why it was rejected, or how far it has come."""
    found = visible_upload(person_of(request), pk)
    now = clock.now()
    context: dict[str, Any] = {
        "period_label": found.case.period.label,
        **deadline_of(found.case.period, now, granted=found.case.window_grant),
        "refusal": rejection_of(found) if is_refused(found) else None,
    }
    if not context["refusal"]:
        context |= live_context(found, person_of(request))
    return render(request, "adk/unggahan.html", context)


@require_GET
@page
def one_upload_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The live part of an upload's page alone; `X-Live-State: done` lets the page load anew."""
    found = visible_upload(person_of(request), pk)
    response = render(request, "adk/_berjalan.html", live_context(found, person_of(request)))
    response["X-Live-State"] = live_state(found)
    return response


@require_POST
@page
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Check an upload again whose check failed for good."""
    found = visible_upload(person_of(request), pk)
    actor = acting(person_of(request), Power.RERUN, found.case, at=clock.now())
    recheck(upload=found, actor=actor, now=clock.now())
    back = list_beside(request) or reverse("unggahan", kwargs={"pk": pk})
    return done(request, back, "Berkas diperiksa ulang.")


def _receive(request: HttpRequest) -> Upload:
    file = request.FILES.get("file")
    user, now = person_of(request), clock.now()
    satker = satker_to_upload(user, request.POST.get("satker", ""), at=now)
    if file is None:
        raise field_refusal(file="Pilih berkas ADK (.zip) dulu.")
    first_byte = getattr(request, "received_at", now)
    received = Received(file.name or "", file.read(), first_byte)
    return receive_upload(
        user=user, satker=satker, period=request.POST.get("period", ""), file=received, now=now
    )


def _form(request: HttpRequest, *, code: str, period: str, refusal: Refusal | None = None) -> HttpResponse:
    user, now = person_of(request), clock.now()
    case = _chosen(user, code, period)
    closed = _closed(case)
    errors = [
        {**one, "target": FIELD_IDS.get(one["target"], "") if not closed else ""}
        for one in (error_list(refusal) if refusal else [])
    ]
    context = {
        "period_label": case.period.label if case else "",
        **(deadline_of(case.period, now, granted=case.window_grant) if case else {}),
        "errors": errors,
        "closed": closed,
        "upload": drop_zone(case) if case and not closed else None,
        "units": _units(user, case),
        "steps": steps_before(case),
        "number": case.uploads.count() + 1 if case and case.pk else 1,
        "history_url": reverse("riwayat"),
    }
    response = render(request, "adk/upload.html", context, status=refusal.status if refusal else 200)
    if refusal and "retry_after" in refusal.extra:
        response["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def drop_zone(case: Reconciliation) -> dict[str, Any]:
    """What the drop zone needs to post a file for a case, and to check it before it leaves the browser."""
    expected = expected_of(case)
    return {
        "precheck": precheck_document(expected, limit_bytes=settings.MAX_UPLOAD_BYTES),
        "checks": [{"text": text, "note": "", "passed": None} for text in precheck_titles(expected)],
        "action_url": reverse("upload"),
        "period": case.period.code,
        "period_label": case.period.label,
        "limit_mb": settings.MAX_UPLOAD_BYTES // MEBIBYTE,
        "satker": case.satker_id,
    }


def _units(user: User, case: Reconciliation | None) -> list[dict[str, Any]]:
    own = _own(user)
    if len(own) < 2 or case is None:  # noqa: PLR2004  one satker needs no choice
        return []
    return [
        {
            "label": str(satker),
            "url": f"{reverse('upload')}?{urlencode({'satker': satker.code, 'periode': case.period.code})}",
            "current": satker.code == case.satker_id,
        }
        for satker in own
    ]


def _own(user: User) -> list[Satker]:
    return satkers_with(user, Power.UPLOAD, at=clock.now())


def _chosen(user: User, code: str, period: str) -> Reconciliation | None:
    own = _own(user)
    if not own:
        raise Refusal("BUKAN_HAK")
    if code:
        own = [satker for satker in own if satker.code == code]
        if not own:
            satker_to_upload(user, code, at=clock.now())
            raise Refusal("BUKAN_HAK")
    if period:
        return case_to_upload(own[0], period)
    return urgent_case(user, own, now=clock.now())


def _closed(case: Reconciliation | None) -> dict[str, str] | None:
    if case is None:
        text = "Jadwal muncul di sini setelah DJPb menetapkannya."
        return {
            "title": "Belum ada jadwal",
            "text": text,
            "url": reverse("jadwal"),
            "button": "Lihat jadwal",
        }
    try:
        judge_window(case, clock.now())
    except Refusal as refusal:
        return _closed_by(refusal, case)
    return None


def _closed_by(refusal: Refusal, case: Reconciliation) -> dict[str, str]:
    title, url, button = {
        "TIDAK_DIREKON": ("Satker ini tidak direkonsiliasi", "", ""),
        "SUDAH_DITANDATANGANI": (f"BAR {case.period.label} terkunci", reverse("reset"), "Ajukan reset BAR"),
        "LEWAT_SAKTI": ("Satker ini mengirim lewat SAKTI", "", ""),
        "PERIODE_BELUM_BUKA": ("Jadwal belum dibuka", reverse("jadwal"), "Lihat jadwal"),
    }.get(refusal.code, ("Jadwal sudah ditutup", reverse("jadwal"), "Lihat jadwal"))
    if refusal.code == "LEWAT_SAKTI" and case.pk:
        url, button = result_url(case), "Lihat hasil rekon"
    return {"title": title, "text": refusal.detail, "url": url, "button": button}
