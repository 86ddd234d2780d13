"""A worker that dies with a row in its hand: with the lease the row is taken back, without it the checker finds it stuck."""

from functools import cache
from typing import Any

from tests.chaos.client import SECONDS, Client, Journal, Patience, Stuck
from tests.chaos.place import Place, running


def client_of(place: Place, known: dict[str, Any], *, patience: float = SECONDS) -> Client:
    return Client(place.url, known["tokens"], Journal(place.folder / "journal"), patience=Patience(patience))


def judged(place: Place) -> dict[str, int]:
    found: dict[str, int] = place.world("judge", place.folder / "journal")
    return found


def killed_while_working(off: str) -> dict[str, int]:
    """A worker dies with a row in its hand."""
    with running(1, blows="lease.claimed:kill", CHAOS_OFF=off) as (place, known):
        place.aim("lease.claimed")
        try:
            client_of(place, known, patience=12 if off else SECONDS).carry(known["satkers"][0])
        except Stuck:
            assert off
        return judged(place)


@cache
def loss_is_found() -> bool:
    """Whether the checker finds what a portal without its lease loses: the control of the long runs."""
    return bool(killed_while_working("lease"))
