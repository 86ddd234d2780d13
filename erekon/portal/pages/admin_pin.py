"""The administrator's page of PINs: which are closed or locked, and a code for a new one. He never sees or sets a PIN."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Assignment, User
from accounts.roles import BY_CODE
from bar.models import PinActivation, SignerPin
from bar.services.activating import CODE_LIFE, issue_activation
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.pages.common import page, person_of, when
from erekon.portal.pages.entry_links import paged
from erekon.portal.pin_reads import (
    activations_of,
    administered_person,
    pins_of,
    require_administrator,
    signers_of,
)

PAGE = 50


@page
@require_safe
def pins(request: HttpRequest) -> HttpResponse:
    """The list: closed and locked PINs first of all, anybody else by search."""
    return _show(request, {})


@page
@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a code for one signer; this answer is the only place where it is ever shown."""
    user, now = person_of(request), clock.now()
    require_administrator(user, now)
    owner = administered_person(user, pk, now)
    reason = request.POST.get("reason", "")
    try:
        code = issue_activation(user=owner, administrator=user, reason=reason, now=now)
    except Refusal as refusal:
        if refusal.code != "ISIAN":
            raise
        failed = {"failed_pk": pk, "reason": reason, "reason_error": refusal.errors[0]["message"]}
        return _show(request, failed, status=400)
    issued = {"name": owner.name, "nip": owner.nip, "code": code, "until": when(now + CODE_LIFE)}
    return _show(request, {"issued": issued})


def _show(request: HttpRequest, more: dict[str, Any], status: int = 200) -> HttpResponse:
    user, now = person_of(request), clock.now()
    require_administrator(user, now)
    words = request.GET.get("q", "").strip()[:80]
    everybody = bool(words) or request.GET.get("saring") == "semua" or "failed_pk" in more
    found = Paginator(signers_of(user, now, words=words, closed_only=not everybody), PAGE)
    shown = found.get_page(request.GET.get("hal"))
    held = list(shown.object_list)
    people = {one.user_id for one in held}
    standing, codes = pins_of(people), activations_of(people, now)
    here = reverse("admin-pin")
    asked = {"q": words, "saring": "semua" if everybody and not words else ""}
    context = {
        "query": words,
        "everybody": everybody,
        "here": here,
        "total": found.count,
        "rows": [_row(one, standing.get(one.user_id), codes.get(one.user_id), now) for one in held],
        "next_url": paged(here, shown.next_page_number(), **asked) if shown.has_next() else "",
        "previous_url": paged(here, shown.previous_page_number(), **asked) if shown.has_previous() else "",
        **more,
    }
    return render(request, "bar/admin_pin.html", context, status=status)


def _row(one: Assignment, pin: SignerPin | None, code: PinActivation | None, now: datetime) -> dict[str, Any]:
    state, closed = _state(pin, now)
    person: User = one.user
    return {
        "pk": person.pk,
        "name": person.name,
        "nip": person.nip,
        "role": BY_CODE[one.role].label,
        "place": one.place,
        "state": state,
        "closed": closed,
        "used": when(pin.used_at) if pin else "",
        "code_until": when(code.expires_at) if code else "",
        "action_url": reverse("admin-pin-activate", args=[person.pk]),
    }


def _state(pin: SignerPin | None, now: datetime) -> tuple[str, bool]:
    """How a PIN stands, in words, and whether its owner is kept out by it."""
    if pin is None:
        return "Belum punya PIN", False
    if pin.needs_activation:
        return "Ditutup setelah 10 kali salah", True
    if pin.locked_until and pin.locked_until > now:
        return f"Dikunci sampai {when(pin.locked_until)}", True
    return "Aktif", False
