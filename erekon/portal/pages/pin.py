"""Setting one's own signing PIN, with one's password."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import SIGNING_ROLES
from accounts.scoping import assignments_of
from bar.services.pins import closed_pin, set_pin
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.bar_reads import pin_of
from erekon.portal.pages.common import done, page, person_of, when

# A signed-in page must not become a place to guess the password at leisure.
PASSWORD_TRIES, PASSWORD_WAIT = 5, 30 * 60


@page
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
        if refusal.code != "PIN_LEMAH":
            raise
        errors = [_error("pin", refusal.detail)]
    if errors:
        return _show(request, user, now, errors, status=400)
    # Whoever held the old session key holds nothing now.
    request.session.cycle_key()
    response = done(request, reverse("pin"), "PIN baru sudah disimpan. Pakai saat menandatangani BAR.")
    response.status_code = 303
    return response


def _set(request: HttpRequest, user: User, now: datetime) -> list[dict[str, str]]:
    """Set the PIN, or say what hinders it."""
    if _closed_for_good(user, now):
        return [_error("", Refusal("PERLU_AKTIVASI").detail)]
    _count_password_try(user)
    if not user.check_password(request.POST.get("password", "")):
        return [_error("password", "Sandi Anda salah. Ketik sandi yang dipakai untuk masuk.")]
    cache.delete(_tries_key(user))
    chosen = request.POST.get("pin", "")
    if chosen != request.POST.get("pin_again", ""):
        return [_error("pin_again", "Kedua PIN tidak sama. Ketik PIN baru yang sama dua kali.")]
    set_pin(user=user, pin=chosen, now=now)
    return []


def _show(
    request: HttpRequest, user: User, now: datetime, errors: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    standing = pin_of(user)
    closed = closed_pin(user, now=now)
    context: dict[str, Any] = {
        "action_url": reverse("pin"),
        "has_pin": standing is not None,
        "last_used": when(standing.used_at) if standing else "",
        "locked": closed.detail if closed and closed.code != "PIN_BELUM_ADA" else "",
        "needs_activation": bool(standing and standing.needs_activation),
        "errors": errors,
    }
    return render(request, "bar/pin.html", context, status=status)


def _closed_for_good(user: User, now: datetime) -> bool:
    closed = closed_pin(user, now=now)
    return closed is not None and closed.code == "PERLU_AKTIVASI"


def _count_password_try(user: User) -> None:
    key = _tries_key(user)
    cache.add(key, 0, PASSWORD_WAIT)
    if cache.incr(key) > PASSWORD_TRIES:
        raise Refusal("TERLALU_SERING", detik=PASSWORD_WAIT)


def _tries_key(user: User) -> str:
    return f"sandi-untuk-pin:{user.pk}"


def _error(target: str, message: str) -> dict[str, str]:
    return {"target": target, "message": message}
