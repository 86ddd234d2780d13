"""Reading the audit chain: what a person may see of it, filtered, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.actors import SYSTEM
from accounts.models import User
from accounts.roles import BY_CODE, PlaceKind, Power
from accounts.scoping import assignments_of, visible_satkers
from audit.models import ActorName, Event


@dataclass(frozen=True)
class Wanted:
    """The filters of the page; empty ones ask for everything. `until` is not inside, `before` a sequence number."""

    satker: str = ""
    actor: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def may_read(user: User, *, at: datetime) -> bool:
    """Whether any present assignment lets the person read the trail."""
    return any(Power.READ_AUDIT in BY_CODE[held.role].powers for held in assignments_of(user, at))


def events_for(user: User, wanted: Wanted, *, at: datetime) -> QuerySet[Event]:
    """The events that this person may read, newest first.

    A national reader sees every event; any other those of the satkers he sees, so no sign-ins and no keys.
    """
    events = Event.objects.order_by("-seq")
    if not _reads_everything(user, at):
        # Through text: an event keeps the satker's code even after the satker is gone.
        events = events.filter(satker__in=visible_satkers(user).values("code"))
    for test in _tests(wanted):
        events = events.filter(test)
    return events


def names_of(events: list[Event]) -> dict[str, str]:
    """The names behind the actors' keys; a name that was erased is not among them."""
    keys = {event.actor for event in events}
    return {
        SYSTEM.key: SYSTEM.name,
        **dict(ActorName.objects.filter(key__in=keys).values_list("key", "name")),
    }


def _reads_everything(user: User, at: datetime) -> bool:
    return any(
        Power.READ_AUDIT in (role := BY_CODE[held.role]).powers and role.place is PlaceKind.NATIONAL
        for held in assignments_of(user, at)
    )


def _tests(wanted: Wanted) -> list[Q]:
    named = ActorName.objects.filter(name__icontains=wanted.actor).values("key")
    actor = Q(actor=wanted.actor) | Q(actor__in=named)
    if wanted.actor.casefold() in SYSTEM.name.casefold():
        actor |= Q(actor=SYSTEM.key)
    every = (
        (wanted.satker, Q(satker=wanted.satker)),
        (wanted.actor, actor),
        (wanted.action, Q(action=wanted.action)),
        (wanted.subject, Q(subject=wanted.subject)),
        (wanted.since, Q(at__gte=wanted.since)),
        (wanted.until, Q(at__lt=wanted.until)),
        (wanted.before, Q(seq__lt=wanted.before)),
    )
    return [test for asked, test in every if asked]
