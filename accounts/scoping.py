"""Who sees what: decided here and nowhere else. Fail closed; what is unseen answers 404.

A queryset declares the path from its rows to the satker (or KPPN) they belong to; `visible_to` keeps
only rows that one of the user's present assignments reaches.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import BY_CODE, SIGNING_ROLES, PlaceKind, Power
from erekon.lib import clock

if TYPE_CHECKING:
    from accounts.models import Assignment, Kppn, Satker, User  # noqa: F401  (named in a base class)

NOTHING = Q(pk__in=())
_read: "ContextVar[dict[int, list[Assignment]] | None]" = ContextVar("assignments", default=None)
# An empty Q would vanish beside NOTHING, and "all" would become "none".
EVERYTHING = Q(pk__isnull=False)

_SATKER_FILTERS = {
    PlaceKind.SATKER: lambda place: Q(code=place),
    PlaceKind.KPPN: lambda place: Q(kppn=place),
    PlaceKind.KANWIL: lambda place: Q(kppn__kanwil=place),
    PlaceKind.NATIONAL: lambda place: EVERYTHING,
    PlaceKind.BA: lambda place: Q(ba=place),
    PlaceKind.BA_ES1: lambda place: Q(ba=place[:3], eselon_satu__code=place[3:5]),
    PlaceKind.BA_ES1_LOKASI: lambda place: Q(ba=place[:3], eselon_satu__code=place[3:5], lokasi=place[5:7]),
}
_KPPN_FILTERS = {
    PlaceKind.KPPN: lambda place: Q(code=place),
    PlaceKind.KANWIL: lambda place: Q(kanwil=place),
    PlaceKind.NATIONAL: lambda place: EVERYTHING,
}


@contextmanager
def one_request() -> Iterator[None]:
    """Read each person's assignments once inside; a role that ends meanwhile ends with the next request."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def assignments_of(user: "User", at: datetime) -> "list[Assignment]":
    """The assignments of this user that hold at this instant; none for an anonymous or inactive user."""
    if not user.is_active:
        return []
    read = _read.get()
    every = read.get(user.pk) if read is not None else None
    if every is None:
        every = list(user.assignments.order_by("id"))
        if read is not None:
            read[user.pk] = every
    return [one for one in every if one.valid_from <= at and (one.valid_to is None or one.valid_to > at)]


def _reach(user: "User", filters: Any) -> Q:
    reach = NOTHING
    for assignment in assignments_of(user, clock.now()):
        role = BY_CODE.get(assignment.role)
        if role is None or not role.sees_cases or role.place not in filters:
            continue
        reach |= filters[role.place](assignment.place)
    return reach


def _own_offices(user: "User") -> list[str]:
    """The KPPN codes that this user is assigned to, in roles that see cases."""
    return [
        held.place
        for held in assignments_of(user, clock.now())
        if (role := BY_CODE.get(held.role)) and role.sees_cases and role.place is PlaceKind.KPPN
    ]


def visible_satkers(user: "User") -> "models.QuerySet[Satker]":
    """The satkers that this user sees now."""
    return apps.get_model("accounts", "Satker")._default_manager.filter(_reach(user, _SATKER_FILTERS))


def administered_signers(user: "User", at: datetime) -> "models.QuerySet[Assignment]":
    """The assignments of people who sign and whose PINs this user administers: all of them nationally, those
    of the KPAs of its satkers for a KPPN; never his own."""
    reach = NOTHING
    for held in assignments_of(user, at):
        role = BY_CODE.get(held.role)
        if role is None or Power.ACTIVATE_PIN not in role.powers:
            continue
        satkers = apps.get_model("accounts", "Satker")._default_manager.filter(kppn=held.place)
        national = role.place is PlaceKind.NATIONAL
        reach |= EVERYTHING if national else Q(role="KPA", place__in=satkers.values("pk"))
    signing = apps.get_model("accounts", "Assignment")._default_manager.filter(reach, role__in=SIGNING_ROLES)
    held_now = signing.filter(valid_from__lte=at, user__is_active=True).exclude(valid_to__lte=at)
    return held_now.exclude(user=user).select_related("user")


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset whose rows belong to satkers along `scope_path` (empty: the rows are the satkers).

    Rows of a case also belong, along `office_path`, to the office that the case is with: a central case
    (Rekonsiliasi Terpusat) is with KPPN 183 or PUSAT, whatever the satker's own KPPN is.
    """

    scope_path: ClassVar[str] = ""
    office_path: ClassVar[str] = ""

    def visible_to(self, user: "User") -> Self:
        """Only the rows that this user may see."""
        reach = Q(**{f"{self.scope_path or 'pk'}__in": visible_satkers(user)})
        offices = _own_offices(user) if self.office_path else []
        if offices:
            reach |= Q(**{f"{self.office_path}__in": offices})
        return self.filter(reach)


class SatkerQuerySet(ScopedQuerySet["Satker"]):
    """Satkers, scoped by themselves."""


class KppnQuerySet(models.QuerySet["Kppn"]):
    """KPPN offices, scoped by KPPN, Kanwil and national assignments."""

    def visible_to(self, user: "User") -> Self:
        """Only the offices that one of the user's assignments names or covers."""
        return self.filter(_reach(user, _KPPN_FILTERS))


class KppnScopedQuerySet(models.QuerySet[M]):
    """Rows that belong to a KPPN along `scope_path`; satker roles see none of them."""

    scope_path: ClassVar[str] = "kppn"

    def visible_to(self, user: "User") -> Self:
        """Only the rows of offices that this user may see."""
        offices = apps.get_model("accounts", "Kppn")._default_manager.filter(_reach(user, _KPPN_FILTERS))
        return self.filter(**{f"{self.scope_path}__in": offices})
