"""Signing in and out, and what a locked-out person reads."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.forms import LockedSignInForm, SignInForm, lock_seconds
from accounts.models import User
from accounts.services.signing_in import record_sign_in, record_sign_out
from erekon.lib import clock
from erekon.lib.problem import problem_response
from erekon.lib.refusals import Refusal

TEMPLATE = "accounts/masuk.html"


class Masuk(LoginView):
    """The sign-in page; the session gets a new key at sign-in."""

    template_name = TEMPLATE
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, **page_context(context["form"])}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)
        with transaction.atomic():
            response = super().form_valid(form)
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
