"""When a session ends: 15 minutes without a request, 8 hours after it began, or when password or roles change."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User
from accounts.standing import standing_of, stands

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
# One write in so long, not one a request; a session may end by this much too early, never too late.
GRAIN = timedelta(seconds=20)
STANDING, BEGAN, SEEN = "standing", "began", "seen"


def open_session(session: SessionBase, user: User, *, now: datetime) -> None:
    """Note in whose standing, and when, a session begins."""
    session[STANDING] = standing_of(user, at=now)
    session[BEGAN] = session[SEEN] = now.timestamp()


def why_ended(session: SessionBase, user: User, *, now: datetime) -> str:
    """`lama` (idle), `batas` (old) or `hak` (password or roles changed); empty while the session lives."""
    if STANDING not in session:
        open_session(session, user, now=now)
    if not stands(user, session[STANDING], at=now):
        return "hak"
    if seconds_left(session, now=now) > 0:
        return ""
    return "batas" if is_final(session) else "lama"


def touch(session: SessionBase, *, now: datetime) -> None:
    """The person did something: the quarter of an hour begins anew."""
    if now.timestamp() - session[SEEN] >= GRAIN.total_seconds():
        session[SEEN] = now.timestamp()


def seconds_left(session: SessionBase, *, now: datetime) -> int:
    """How long the session lives without a further request."""
    return int(min(_idle_end(session), _last_end(session)) - now.timestamp())


def is_final(session: SessionBase) -> bool:
    """Whether no further request would make the session live longer."""
    return _last_end(session) <= _idle_end(session)


def _idle_end(session: SessionBase) -> float:
    return float(session.get(SEEN, 0) + IDLE.total_seconds())


def _last_end(session: SessionBase) -> float:
    return float(session.get(BEGAN, 0) + LONGEST.total_seconds())


def renew_key(session: SessionBase) -> None:
    """Give the session a new key: whoever held the old one holds nothing. Nothing happens without a session."""
    if STANDING in session:
        session.cycle_key()
