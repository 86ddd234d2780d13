"""Tokens of the API, and the failures that close the token address for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from knox.models import AuthToken

from accounts.models import TokenFailure, TokenStanding, User
from accounts.standing import standing_of, stands
from audit.services import append

TOKEN_LIFE = timedelta(hours=12)
FAILURES_ALLOWED = 30
FAILURE_SPAN = timedelta(hours=1)


@dataclass(frozen=True)
class IssuedToken:
    """A fresh token, shown once; the database keeps only its digest."""

    token: str
    expires_at: datetime


def issue_token(*, user: User, now: datetime) -> IssuedToken:
    """Make a token of 12 hours and note it in the audit chain; one transaction."""
    with transaction.atomic():
        row, token = AuthToken.objects.create(user=user, expiry=TOKEN_LIFE)
        TokenStanding.objects.create(token=row, standing=standing_of(user, at=now))
        key = f"pengguna:{user.pk}"
        append(at=now, actor=key, actor_name=user.name, action="TOKEN", subject=key)
    return IssuedToken(token, row.expiry)


def token_stands(*, token: AuthToken, user: User, now: datetime) -> bool:
    """Whether the token still counts; one whose owner's password or roles changed is deleted."""
    noted = TokenStanding.objects.filter(token=token).first()
    if noted is not None and stands(user, noted.standing, at=now):
        return True
    token.delete()
    return False


def note_failure(*, address: str, now: datetime) -> None:
    """Count one wrong name or password from this network address; old rows go."""
    with transaction.atomic():
        TokenFailure.objects.filter(at__lte=now - FAILURE_SPAN).delete()
        TokenFailure.objects.create(address=address, at=now)


def wait_after_failures(*, address: str, now: datetime) -> float | None:
    """Seconds this address must wait before it may try again; None when it need not."""
    recent = TokenFailure.objects.filter(address=address, at__gt=now - FAILURE_SPAN).order_by("-at")
    instants = list(recent.values_list("at", flat=True)[:FAILURES_ALLOWED])
    if len(instants) < FAILURES_ALLOWED:
        return None
    return (instants[-1] + FAILURE_SPAN - now).total_seconds()
