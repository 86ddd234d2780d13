"""The home page: the desk of the person's first role that has something to do, and the ways to the others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import BY_CODE, ROLES
from accounts.scoping import assignments_of
from erekon.lib import clock
from erekon.portal.pages.common import page, person_of
from erekon.portal.pages.home_kpa import kpa_desk
from erekon.portal.pages.home_kppn import kasi_vera_desk, vera_desk
from erekon.portal.pages.home_operator import operator_desk
from erekon.portal.pages.home_others import cases_desk
from erekon.portal.pages.home_parts import Desk

Draw = Callable[[User, datetime], Desk]

DESKS: dict[str, Draw] = {
    "OPERATOR_SATKER": operator_desk,
    "KPA": kpa_desk,
    "VERA": vera_desk,
    "KASI_VERA": kasi_vera_desk,
}


@dataclass(frozen=True)
class Choice:
    """One role of the person whose home could be shown."""

    role: str
    desk: Desk


@require_GET
@page
def home(request: HttpRequest) -> HttpResponse:
    """The home page; `?peran=` chooses a role, `?q=`, `?stage=` and `?hal=` search the list of cases."""
    user, now = person_of(request), clock.now()
    roles = _roles(user, now)
    chosen = _choice(request, user, roles, now)
    context: dict[str, Any] = {**chosen.desk.context, "homes": _homes(roles, chosen.role)}
    return render(request, chosen.desk.template, context)


def _roles(user: User, now: datetime) -> list[str]:
    held = {one.role for one in assignments_of(user, now)}
    return [role.code for role in ROLES if role.code in held]


def _choice(request: HttpRequest, user: User, roles: list[str], now: datetime) -> Choice:
    if request.GET.keys() & {"q", "stage", "hal", "periode"}:
        return Choice("", cases_desk(request, user, now))
    asked = request.GET.get("peran", "")
    choices: list[Choice] = []
    for role in [asked] if asked in roles else roles:
        draw = DESKS.get(role)
        choice = Choice(role, draw(user, now) if draw else cases_desk(request, user, now))
        if choice.desk.has_something:
            return choice
        choices.append(choice)
    return choices[0] if choices else Choice("", cases_desk(request, user, now))


def _homes(roles: list[str], current: str) -> list[dict[str, Any]]:
    if len(roles) < 2:  # noqa: PLR2004  one role needs no choice
        return []
    return [
        {
            "url": f"{reverse('beranda')}?peran={role}",
            "label": BY_CODE[role].label,
            "current": role == current,
        }
        for role in roles
    ]
