"""Reset of a BAR: the satker asks by letter, Vera decides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Power
from bar.models import ResetRequest
from bar.queries import bar_of
from bar.reset_letter import reset_letter_of
from bar.services.resetting import ask_reset, grant_reset, refuse_reset
from erekon.lib import clock
from erekon.lib.downloads import attachment, stored_attachment
from erekon.lib.refusals import Refusal
from erekon.portal.bar_reads import requests_seen_by
from erekon.portal.cases import acting, visible_case
from erekon.portal.pages.bar_words import office_words
from erekon.portal.pages.common import done, error_list, page, person_of
from erekon.portal.pages.reset_context import Typed, reset_context
from reconciliation.lifecycle import FROZEN, Stage
from reconciliation.models import Reconciliation

SCAN_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@page
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """The requests that one sees; with `?kasus=` the form for that case."""
    case = _chosen(request)
    if request.method != "POST":
        return _show(request, case, Typed())
    if case is None:
        raise Refusal("TIDAK_DITEMUKAN")
    typed = Typed.of(request.POST)
    try:
        _ask(request, case, typed)
    except Refusal as refusal:
        if refusal.code not in {"ISIAN", "SUDAH_DIAJUKAN", "BERUBAH"}:
            raise
        return _show(request, case, typed, error_list(refusal), status=refusal.status)
    return _to_list(
        request, f"Permohonan reset BAR {case.period.label} diajukan ke {office_words(case.office)}."
    )


@page
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a request: the BAR is voided."""
    asked = _visible(person_of(request), pk)
    actor = acting(person_of(request), Power.GRANT_RESET, asked.case, at=clock.now())
    try:
        grant_reset(request=asked, actor=actor, now=clock.now())
    except Refusal as refusal:
        return _refused(request, refusal)
    return _to_list(
        request, f"{asked.bar.number} dibatalkan. {asked.case.satker} wajib mengunggah ulang ADK."
    )


@page
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a request with a reason: the BAR stands."""
    asked = _visible(person_of(request), pk)
    actor = acting(person_of(request), Power.GRANT_RESET, asked.case, at=clock.now())
    try:
        refuse_reset(request=asked, reason=request.POST.get("reason", ""), actor=actor, now=clock.now())
    except Refusal as refusal:
        return _refused(request, refusal)
    return _to_list(request, f"Permohonan reset {asked.bar.number} ditolak. BAR tetap berlaku.")


@page
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of the letter, for who sees the case; never shown inside the portal's own pages."""
    asked = _visible(person_of(request), pk)
    name = f"surat-reset-{asked.pk}.{asked.scan_kind}"
    return stored_attachment(asked.scan, name, SCAN_TYPES[asked.scan_kind])


@page
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The template of the letter for one case, for who may ask for its reset; BELUM_ADA without a BAR to reset."""
    case = visible_case(person_of(request), pk=pk)
    acting(person_of(request), Power.ASK_RESET, case, at=clock.now())
    bar = bar_of(case)
    if bar is None or Stage(case.stage) not in FROZEN:
        raise Refusal("BELUM_ADA")
    name = f"surat-permohonan-reset_{case.satker_id}_{case.period.code}.pdf"
    return attachment(reset_letter_of(case, bar, now=clock.now()), name, SCAN_TYPES["pdf"])


def _chosen(request: HttpRequest) -> Reconciliation | None:
    """The case that the address names, if any; 404 when it is not seen, 403 when the person may not ask."""
    text = request.GET.get("kasus", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):  # noqa: PLR2004  fits the key
        raise Refusal("TIDAK_DITEMUKAN")
    case = visible_case(person_of(request), pk=int(text))
    acting(person_of(request), Power.ASK_RESET, case, at=clock.now())
    return case


def _ask(request: HttpRequest, case: Reconciliation, typed: Typed) -> None:
    now = clock.now()
    letter = request.FILES.get("scan")
    ask_reset(
        case=case,
        letter_number=typed.letter_number,
        letter_date=typed.day(),
        reason=typed.reason,
        scan=letter.read() if letter else b"",
        actor=acting(person_of(request), Power.ASK_RESET, case, at=now),
        now=now,
    )


def _show(
    request: HttpRequest,
    case: Reconciliation | None,
    typed: Typed,
    errors: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = reset_context(person_of(request), case, typed, errors or [], now=clock.now())
    return render(request, "bar/reset.html", context, status=status)


def _visible(user: User, pk: int) -> ResetRequest:
    asked = requests_seen_by(user).filter(pk=pk).first()
    if asked is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return asked


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The list again, with the sentence that says why nothing was decided."""
    messages.error(request, error_list(refusal)[0]["message"])
    return _show(request, None, Typed(), status=refusal.status)


def _to_list(request: HttpRequest, sentence: str) -> HttpResponseRedirect:
    response = done(request, reverse("reset"), sentence)
    response.status_code = 303
    return response
