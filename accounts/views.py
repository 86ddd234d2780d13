"""Signing in and out, and what a locked-out person reads."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.forms import LockedSignInForm, SignInForm, lock_seconds
from accounts.models import User
from accounts.services.limits import SIGN_IN_FAILURES, refuse_used_up, spend
from accounts.services.signing_in import record_sign_in, record_sign_out
from accounts.sessions import LONGEST, is_final, open_session, seconds_left
from erekon.lib import clock
from erekon.lib.network import address_of
from erekon.lib.problem import problem_response
from erekon.lib.refusals import Refusal

TEMPLATE = "accounts/masuk.html"
ENDED = {
    "lama": "Sesi berakhir karena terlalu lama tidak dipakai. Masuk lagi; Anda kembali ke halaman tadi.",
    "batas": f"Sesi berakhir karena sudah {LONGEST // timedelta(hours=1)} jam. Masuk lagi; Anda kembali ke halaman tadi.",
    "hak": "Peran atau sandi Anda berubah, jadi sesi diakhiri. Masuk lagi untuk melanjutkan.",
}


class Masuk(LoginView):
    """The sign-in page; the session gets a new key at sign-in."""

    template_name = TEMPLATE
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **page_context(context["form"])}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_used_up(SIGN_IN_FAILURES, address_of(request), now=clock.now())
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        with suppress(Refusal):
            spend(SIGN_IN_FAILURES, address_of(self.request), now=clock.now())
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)
        with transaction.atomic():
            response = super().form_valid(form)
            open_session(self.request.session, user, now=clock.now())
            record_sign_in(user=user, now=clock.now())
        return response


class Keluar(LogoutView):
    """Ends the session; by POST only, so that no link elsewhere signs anybody out."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        with transaction.atomic():
            response = super().post(request, *args, **kwargs)
            if isinstance(user, User):
                record_sign_out(user=user, now=clock.now())
        return response


@login_required
@require_http_methods(["GET", "POST"])
def session_life(request: HttpRequest) -> HttpResponse:
    """How many seconds the session has left, and whether that is final; a POST says that the person is still there."""
    session = request.session
    answer = JsonResponse({"left": seconds_left(session, now=clock.now()), "final": is_final(session)})
    answer["Cache-Control"] = "private, no-store"
    return answer


def page_context(form: AuthenticationForm) -> dict[str, Any]:
    """What the sign-in page shows of a form: the errors with the field each leads to, and what was typed."""
    errors = [
        {"target": "username" if field == NON_FIELD_ERRORS else field, "message": str(message)}
        for field, messages in form.errors.items()
        for message in messages
    ]
    return {
        "action_url": reverse("masuk"),
        "errors": errors,
        "username": form["username"].value() or "",
        "demo_accounts": demo_accounts(),
        "ended": ENDED.get(form.request.GET.get("sebab", ""), "") if form.request else "",
    }


def demo_accounts() -> list[dict[str, Any]]:
    """The invented accounts that the demo lists on the sign-in page; none outside the demo."""
    if not settings.DEMO_ACCOUNTS_FILE:
        return []
    listed: list[dict[str, Any]] = json.loads(Path(settings.DEMO_ACCOUNTS_FILE).read_text(encoding="utf-8"))
    return listed


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The answer (429) after five wrong tries for one user name, known or not: page or problem document."""
    wait = lock_seconds()
    if request.path.startswith("/api/"):
        answer: HttpResponse = problem_response(
            Refusal("TERLALU_SERING", detik=wait, extra={"retry_after": wait})
        )
    else:
        form = LockedSignInForm(request, data=request.POST)
        context = {"form": form, "next": request.POST.get("next", ""), **page_context(form)}
        answer = render(request, TEMPLATE, context, status=429)
    answer["Retry-After"] = str(wait)
    return answer
