"""What the audit chain keeps of coming and going."""

from datetime import datetime

from accounts.models import User
from audit.services import append


def record_sign_in(*, user: User, now: datetime) -> None:
    """Append MASUK to the audit chain, inside the caller's transaction and as its last statement."""
    _record("MASUK", user, now)


def record_sign_out(*, user: User, now: datetime) -> None:
    """Append KELUAR to the audit chain, inside the caller's transaction and as its last statement."""
    _record("KELUAR", user, now)


def _record(action: str, user: User, now: datetime) -> None:
    key = f"pengguna:{user.pk}"
    append(at=now, actor=key, actor_name=user.name, action=action, subject=key)
