"""Who acts: a user in one role by one assignment, or the system itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Assignment, Satker, User
from accounts.roles import BY_CODE, PlaceKind, Power, roles_with
from accounts.scoping import assignments_of
from audit.models import Event
from audit.services import append
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.refusals import Refusal

SYSTEM_ROLE = "SISTEM"
_HOLDERS = Prepared(
    lambda: (
        Assignment.objects.filter(role=Slot("role"), place=Slot("place"), valid_from__lte=Slot("at"))
        .exclude(valid_to__lte=Slot("at"))
        .select_related("user")
        .order_by("id")
    )
)


@dataclass(frozen=True)
class Actor:
    """The actor of a step. `user` and `assignment` are None for the system."""

    user: User | None
    role: str
    assignment: Assignment | None

    @property
    def person(self) -> User:
        """The user behind this actor; raises BUKAN_HAK for the system, which decides and signs nothing."""
        if self.user is None:
            raise Refusal("BUKAN_HAK")
        return self.user

    @property
    def key(self) -> str:
        """The key under which the audit chain knows this actor."""
        return f"pengguna:{self.user.pk}" if self.user else "sistem"

    @property
    def name(self) -> str:
        """The name that history pages show."""
        return self.user.name if self.user else "Sistem"

    @property
    def nip(self) -> str:
        """The number by which one person is compared; empty for the system."""
        return self.user.nip if self.user else ""

    @property
    def powers(self) -> frozenset[Power]:
        """What the role of this actor may do; nothing for the system, whose steps say so themselves."""
        role = BY_CODE.get(self.role)
        return role.powers if role else frozenset()


SYSTEM = Actor(None, SYSTEM_ROLE, None)


def record(
    actor: Actor,
    *,
    at: datetime,
    action: str,
    subject: str,
    satker: str = "",
    content: dict[str, Any] | None = None,
) -> Event:
    """Append what this actor did to the audit chain, under his key, name and role: the last statement of the
    transaction that it describes."""
    return append(
        at=at,
        actor=actor.key,
        actor_name=actor.name if actor.user else "",  # the system's is known to whoever reads
        role=actor.role,
        action=action,
        subject=subject,
        satker=satker,
        content=content,
    )


def _covers(assignment: Assignment, satker: Satker, office: str) -> bool:
    place = BY_CODE[assignment.role].place
    if place is PlaceKind.SATKER:
        return assignment.place == satker.code
    if place is PlaceKind.KPPN:
        return assignment.place == office
    return place is PlaceKind.NATIONAL


def find_actor(user: User, power: Power, satker: Satker, *, at: datetime, office: str = "") -> Actor | None:
    """The actor that this user is for a power over a satker at an instant, or None.

    `office` is the KPPN code that the case is with, where it is not the satker's own.
    """
    able = roles_with(power)
    for assignment in assignments_of(user, at):
        if assignment.role in able and _covers(assignment, satker, office or satker.kppn_id):
            return Actor(user, assignment.role, assignment)
    return None


def require_actor(user: User, power: Power, satker: Satker, *, at: datetime, office: str = "") -> Actor:
    """As `find_actor`, but raises the refusal BUKAN_HAK where there is none."""
    actor = find_actor(user, power, satker, at=at, office=office)
    if actor is None:
        raise Refusal("BUKAN_HAK")
    return actor


def powers_over(user: User, satker: Satker, *, at: datetime, office: str = "") -> frozenset[Power]:
    """Every power of this user over this satker at this instant."""
    held: set[Power] = set()
    for assignment in assignments_of(user, at):
        if _covers(assignment, satker, office or satker.kppn_id):
            held |= BY_CODE[assignment.role].powers
    return frozenset(held)


def holders(role: str, place: str, *, at: datetime) -> Iterable[Assignment]:
    """The assignments of a role at a place that hold at this instant, oldest first."""
    return _HOLDERS.all(role=role, place=place, at=at)
