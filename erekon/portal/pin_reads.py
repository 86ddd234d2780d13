"""Reads behind the administrator's page of PINs; whose PINs he administers, scoping decides."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Assignment, User
from accounts.roles import Power, roles_with
from accounts.scoping import administered_signers, assignments_of
from bar.models import PinActivation, SignerPin
from erekon.lib.refusals import Refusal


def require_administrator(user: User, at: datetime) -> None:
    """Raise BUKAN_HAK for who administers no PINs."""
    able = roles_with(Power.ACTIVATE_PIN)
    if not any(held.role in able for held in assignments_of(user, at)):
        raise Refusal("BUKAN_HAK")


def signers_of(administrator: User, at: datetime, *, words: str, closed_only: bool) -> QuerySet[Assignment]:
    """The signers whose PINs this person administers, by place and name; `words` is a NIP, a place, or part of a
    name, and without any the closed and locked ones alone when that is asked."""
    found = administered_signers(administrator, at)
    if words:
        named = Q(user__name__icontains=words) | Q(user__nip__startswith=words) | Q(place__startswith=words)
        found = found.filter(named)
    if closed_only:
        found = found.filter(Q(user__pin__needs_activation=True) | Q(user__pin__locked_until__gt=at))
    return found.order_by("role", "place", "user__name", "id")


def pins_of(users: Iterable[int]) -> dict[int, SignerPin]:
    """The PINs of these people, by user."""
    return {pin.user_id: pin for pin in SignerPin.objects.filter(user__in=list(users))}


def activations_of(users: Iterable[int], at: datetime) -> dict[int, PinActivation]:
    """The codes that these people can still use, by user."""
    standing = PinActivation.objects.filter(user__in=list(users), closed_at__isnull=True, expires_at__gt=at)
    return {one.user_id: one for one in standing}


def administered_person(administrator: User, pk: int, at: datetime) -> User:
    """One of the signers whose PINs this person administers; TIDAK_DITEMUKAN for anybody else."""
    found = administered_signers(administrator, at).filter(user=pk).first()
    if found is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return found.user
