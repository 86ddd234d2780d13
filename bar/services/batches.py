"""Many BARs by one PIN entry, inside the request that carries it; each succeeds or fails by itself and is named."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from accounts.models import User
from bar.models import SigningNonce
from bar.services.pins import open_key
from bar.services.signing import Request, Wish, examine, open_signing, sign_with
from erekon.lib.refusals import Refusal
from reconciliation.models import Reconciliation

MOST = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """One BAR of a batch: which case, what its page showed, and in which role; `refusal` where the edge already
    knows why not."""

    pk: int
    request: Request
    case: Reconciliation | None = None
    actor: Actor | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one BAR: signed, or the refusal."""

    pk: int
    refusal: Refusal | None = None


def open_batch(*, cases: Sequence[Reconciliation], user: User, now: datetime) -> list[SigningNonce]:
    """A one-time right to sign each of these cases; they end at the same instant, by which the batch is known."""
    return [open_signing(case=case, user=user, now=now) for case in cases]


def progress_of(user: User, ends: datetime) -> tuple[int, int]:
    """How many BARs of a batch are signed, and how many there are."""
    rights = SigningNonce.objects.filter(user=user, expires_at=ends)
    return rights.filter(used_at__isnull=False).count(), rights.count()


def sign_batch(
    *, wanted: Sequence[Wanted], user: User, pin: str, clock: Callable[[], datetime]
) -> list[Outcome]:
    """Sign what nothing stands against, in the order given. Raises the refusals of the PIN, before any is signed;
    where no BAR is left to sign, the PIN is not asked. `clock` dates each signature when it is made.
    """
    refused: dict[int, Refusal] = {}
    wishes: list[tuple[int, Wish]] = []
    for place, each in enumerate(wanted):
        try:
            wishes.append((place, _examined(each, user, clock())))
        except Refusal as refusal:
            refused[place] = refusal
    if wishes:
        key, session = open_key(user=user, pin=pin, now=clock())
        for place, wish in wishes:
            try:
                sign_with(wish, key, session, now=clock())
            except Refusal as refusal:
                refused[place] = refusal
            except Exception:
                # The others are still to be signed; this one stays where it was.
                _log.exception("signing case %s failed", wish.case.pk)
                refused[place] = Refusal("GANGGUAN", kode=f"TTD-{wish.case.pk}")
    return [Outcome(each.pk, refused.get(place)) for place, each in enumerate(wanted)]


def _examined(each: Wanted, user: User, now: datetime) -> Wish:
    # A batch sent twice finds its rights used; that says more than that the case moved on.
    if SigningNonce.objects.filter(user=user, nonce=each.request.nonce, used_at__isnull=False).exists():
        raise Refusal("NONCE_TERPAKAI")
    if each.refusal or each.case is None or each.actor is None:
        raise each.refusal or Refusal("TIDAK_DITEMUKAN")
    return examine(case=each.case, request=each.request, actor=each.actor, now=now)
