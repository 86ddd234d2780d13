"""One's own signing PIN: the first one by an administrator's code, later ones by the one in use."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import SIGNING_ROLES
from accounts.scoping import assignments_of
from accounts.services.limits import PASSWORD_FOR_PIN, forgive, spend
from accounts.sessions import renew_key
from bar.services.activating import set_pin_by_code
from bar.services.pins import change_pin, closed_pin
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.bar_reads import pin_of
from erekon.portal.pages.common import done, page, person_of, when

FIELD_OF_REFUSAL = {
    "PIN_LEMAH": "pin",
    "KODE_AKTIVASI": "code",
    "PIN_SALAH": "current",
    "PIN_TERKUNCI": "",
    "PERLU_AKTIVASI": "",
}


@page
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Show the form, or set the PIN; only for people who sign."""
    user, now = person_of(request), clock.now()
    if not any(one.role in SIGNING_ROLES for one in assignments_of(user, now)):
        raise Refusal("BUKAN_HAK")
    if request.method != "POST":
        return _show(request, user, now, [])
    try:
        errors = _set(request, user, now)
    except Refusal as refusal:
        if refusal.code not in FIELD_OF_REFUSAL:
            raise
        errors = [_error(FIELD_OF_REFUSAL[refusal.code], refusal.detail)]
    if errors:
        return _show(request, user, now, errors, status=400)
    # Whoever held the old session key holds nothing now.
    renew_key(request.session)
    response = done(request, reverse("pin"), "PIN baru sudah disimpan. Pakai saat menandatangani BAR.")
    response.status_code = 303
    return response


def _set(request: HttpRequest, user: User, now: datetime) -> list[dict[str, str]]:
    """Set the PIN, or say what hinders it."""
    # A signed-in page must not become a place to guess the password at leisure.
    spend(PASSWORD_FOR_PIN, str(user.pk), now=now)
    if not user.check_password(request.POST.get("password", "")):
        return [_error("password", "Sandi Anda salah. Ketik sandi yang dipakai untuk masuk.")]
    forgive(PASSWORD_FOR_PIN, str(user.pk))
    chosen = request.POST.get("pin", "")
    if chosen != request.POST.get("pin_again", ""):
        return [_error("pin_again", "Kedua PIN tidak sama. Ketik PIN baru yang sama dua kali.")]
    code = request.POST.get("code", "").strip()[:40]
    # Without a code the PIN in use opens the way; who has none, or lost it, learns that a code is needed.
    if code or pin_of(user) is None:
        set_pin_by_code(user=user, code=code, pin=chosen, now=now)
    else:
        change_pin(user=user, current=request.POST.get("current", ""), pin=chosen, now=now)
    return []


def _show(
    request: HttpRequest, user: User, now: datetime, errors: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    standing = pin_of(user)
    closed = closed_pin(user, now=now)
    closed_for_good = bool(standing and standing.needs_activation)
    context: dict[str, Any] = {
        "action_url": reverse("pin"),
        "has_pin": standing is not None,
        "last_used": when(standing.used_at) if standing else "",
        "locked": closed.detail if closed and closed.code != "PIN_BELUM_ADA" else "",
        "by_code": standing is None or closed_for_good or "kode" in request.GET or "code" in request.POST,
        "can_change": standing is not None and not closed_for_good,
        "errors": errors,
    }
    return render(request, "bar/pin.html", context, status=status)


def _error(target: str, message: str) -> dict[str, str]:
    return {"target": target, "message": message}
