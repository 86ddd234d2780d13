"""In what standing somebody signed in: the password and the roles of that moment.

Sessions and tokens carry it. When either changes, by whatever hand and also by a date that passes, what was
opened before is closed: nobody has to remember to end it.
"""

from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from accounts.scoping import assignments_of


def standing_of(user: User, *, at: datetime) -> str:
    """The fingerprint of the user's password and of the roles that hold at this instant."""
    held = sorted((one.pk, one.role, one.place) for one in assignments_of(user, at))
    return salted_hmac("accounts.standing", f"{user.password} {held}", algorithm="sha256").hexdigest()


def stands(user: User, standing: str, *, at: datetime) -> bool:
    """Whether the user is active and still in this standing."""
    return user.is_active and constant_time_compare(standing, standing_of(user, at=at))
