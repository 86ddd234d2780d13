"""The BAR page: reading for everybody who sees the case, signing and sending back for whose turn it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.sessions import renew_key
from bar.services.signing import Request, decline, sign
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.bar_reads import signed_by
from erekon.portal.cases import visible_case
from erekon.portal.pages.bar_context import bar_context
from erekon.portal.pages.bar_words import office_words
from erekon.portal.pages.common import done, page, person_of
from erekon.portal.signing import signer_of
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation
from reconciliation.services.changes import changed_refusal

PIN_REFUSALS = frozenset({"PIN_SALAH", "PIN_TERKUNCI", "PERLU_AKTIVASI", "PIN_BELUM_ADA"})


@page
@require_safe
def read_bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one BAR; 404 for who does not see the case, 409 while there is nothing to read."""
    return _show(request, visible_case(person_of(request), pk=pk))


@page
@sensitive_post_parameters()
@require_POST
def sign_bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign with the PIN what the page showed; a refusal comes back on the same page with a fresh nonce."""
    user, now = person_of(request), clock.now()
    case = visible_case(user, pk=pk)
    wish = Request(request.POST.get("content_hash", ""), request.POST.get("nonce", ""))
    try:
        actor = signer_of(case, user, at=now)
        sign(case=case, request=wish, pin=request.POST.get("pin", ""), actor=actor, now=now)
    except Refusal as refusal:
        if refusal.code in PIN_REFUSALS:
            return _show(request, case, refusal=refusal)
        if signed_by(case, user, wish.content_hash):
            # The second click of a double click: the first one did what was wanted.
            return _see(done(request, _here(case), f"BAR {case.period.label} sudah Anda tanda tangani."))
        return _changed(request, pk, refusal)
    renew_key(request.session)
    sentence = f"BAR {case.period.label} sudah Anda tanda tangani. {_passed_on(case)}"
    return _see(done(request, _here(case), sentence))


@page
@require_POST
def decline_bar(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the BAR back to the KPPN with a reason; what was typed stays when it is too short."""
    user, now = person_of(request), clock.now()
    case = visible_case(user, pk=pk)
    reason = request.POST.get("reason", "")
    try:
        actor = signer_of(case, user, at=now)
        if request.POST.get("content_hash", "") != case.content_hash:
            raise changed_refusal(case)
        decline(case=case, reason=reason, actor=actor, now=now)
    except Refusal as refusal:
        if refusal.code == "ISIAN":
            return _show(request, case, refusal=refusal, reason=reason)
        return _changed(request, pk, refusal)
    return _see(
        done(request, _here(case), f"BAR {case.period.label} dikembalikan ke {office_words(case.office)}.")
    )


def _show(
    request: HttpRequest, case: Reconciliation, *, refusal: Refusal | None = None, reason: str = ""
) -> HttpResponse:
    context: dict[str, Any] = bar_context(case, person_of(request), now=clock.now())
    if context["sign"] and refusal:
        context["sign"] |= {
            "pin_error": refusal.detail if refusal.code == "PIN_SALAH" else "",
            "reason": reason,
            "reason_error": refusal.errors[0]["message"] if refusal.errors else "",
        }
    return render(request, "bar/bar.html", context, status=refusal.status if refusal else 200)


def _changed(request: HttpRequest, pk: int, refusal: Refusal) -> HttpResponse:
    """The newest state with the sentence, for who may sign here; everybody else meets the refusal itself."""
    if refusal.code == "BUKAN_HAK":
        raise refusal
    messages.error(request, refusal.detail)
    return _show(request, visible_case(person_of(request), pk=pk), refusal=refusal)


def _passed_on(case: Reconciliation) -> str:
    if case.stage == Stage.TTD_KASI_VERA:
        return f"Diteruskan ke Kasi Vera {office_words(case.office)}."
    return f"BAR siap diunduh {case.satker}."


def _here(case: Reconciliation) -> str:
    return reverse("bar", args=[case.pk])


def _see(response: HttpResponseRedirect) -> HttpResponseRedirect:
    """See Other: the browser goes on by GET, whatever the method was."""
    response.status_code = 303
    return response
