"""Signing by PIN: what was shown is what is signed, once per role, by two different persons."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import User
from bar.models import Bar, BarStatus, Signature, SignerKey, SigningNonce
from bar.services.approving import clean_reason
from bar.services.pins import open_key
from bar.services.sealing import certify, sealed
from bar.signing.signer import SigningSession
from erekon.lib.failpoints import failpoint
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.prepared_writes import PreparedUpdate, change, insert
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import Action, Stage
from reconciliation.models import Reconciliation
from reconciliation.services.cases import window_of
from reconciliation.services.changes import changed_refusal
from reconciliation.services.moving import moving
from reconciliation.services.rerunning import rerun_if_stale

NONCE_LIFE = timedelta(minutes=30)
ACTION_OF_STAGE = {Stage.TTD_KPA: Action.SIGN_KPA, Stage.TTD_KASI_VERA: Action.SIGN_KASI_VERA}
ROLE_OF_STAGE = {Stage.TTD_KPA: "KPA", Stage.TTD_KASI_VERA: "KASI_VERA"}
_STANDING = Prepared(
    lambda: Bar.objects.filter(case=Slot("case")).exclude(status=BarStatus.DIBATALKAN).order_by("pk")[:1]
)
_OPEN_NONCES = SigningNonce.objects.filter(
    case=Slot("case"),
    user=Slot("user"),
    nonce=Slot("nonce"),
    content_hash=Slot("content_hash"),
    used_at__isnull=True,
    expires_at__gt=Slot("now"),
)
_OPEN_NONCE = Prepared(lambda: _OPEN_NONCES.values_list("pk", flat=True)[:1])
_USE_NONCE = PreparedUpdate(_OPEN_NONCES, used_at=Slot("now"))
_SIGNED_BY = Prepared(
    lambda: Signature.objects.filter(bar=Slot("bar"), nip=Slot("nip"), voided_at__isnull=True).values_list(
        "pk", flat=True
    )[:1]
)


@dataclass(frozen=True)
class Request:
    """What the signer's page sends back: the hash it showed and its one-time nonce. The PIN goes apart."""

    content_hash: str
    nonce: str


def open_signing(*, case: Reconciliation, user: User, now: datetime) -> SigningNonce:
    """A new one-time right to sign what the case holds now; raises BERUBAH when nothing is to be signed."""
    if Stage(case.stage) not in ACTION_OF_STAGE:
        raise changed_refusal(case)
    return insert(
        SigningNonce(
            user=user,
            case=case,
            content_hash=case.content_hash,
            nonce=secrets.token_urlsafe(32),
            expires_at=now + NONCE_LIFE,
        )
    )


def sign(*, case: Reconciliation, request: Request, pin: str, actor: Actor, now: datetime) -> Bar:
    """Sign the BAR of a case in the role whose turn it is; the signed PDF is stored before the stage moves.

    Order: cheap refusals, then the PIN (counted, committed), then key and rendering outside any
    transaction, then one transaction with the conditional UPDATE. Raises BERUBAH, NONCE_TERPAKAI,
    PEMISAHAN_TUGAS and the refusals of the PIN.
    """
    wish = examine(case=case, request=request, actor=actor, now=now)
    key, session = open_key(user=actor.person, pin=pin, now=now)
    return sign_with(wish, key, session, now=now)


@dataclass(frozen=True)
class Wish:
    """A signature that nothing stands against, as far as can be told without the PIN."""

    case: Reconciliation
    bar: Bar
    role: str
    barred_nip: str
    actor: Actor
    request: Request


def examine(*, case: Reconciliation, request: Request, actor: Actor, now: datetime) -> Wish:
    """Everything that can be refused before the PIN is asked."""
    stage = Stage(case.stage)
    if stage not in ACTION_OF_STAGE or case.content_hash != request.content_hash:
        raise changed_refusal(case)
    _check_nonce(case, actor.person, request, now)
    bar = _standing(case)
    role = ROLE_OF_STAGE[stage]
    return Wish(case, bar, role, _refuse_same_person(bar, role, actor.person), actor, request)


def sign_with(wish: Wish, key: SignerKey, session: SigningSession, *, now: datetime) -> Bar:
    """Sign with an opened key: the document is stored, then the stage moves, both or neither."""
    user, bar = wish.actor.person, wish.bar
    signature = Signature(
        bar=bar,
        role=wish.role,
        signer=user,
        assignment=wish.actor.assignment,
        name=user.name,
        nip=user.nip,
        barred_nip=wish.barred_nip,
        key=key,
        content_hash=wish.request.content_hash,
        value=session.sign(wish.request.content_hash),
        at=now,
    )
    seal = sealed(wish.case, signature, session) if wish.role == "KASI_VERA" else {}
    if not seal:
        certify(signature, session)
    failpoint("sign.rendered")
    _commit(wish, signature, seal, now)
    failpoint("sign.stored")
    return bar


def decline(*, case: Reconciliation, reason: str, actor: Actor, now: datetime) -> None:
    """Give the BAR back to Vera with a reason; earlier signatures are voided, the number stays; one transaction."""
    reason = clean_reason(reason)
    values = {} if window_of(case, now) else {"window_grant": True}
    with (
        transaction.atomic(),
        moving(case, Action.DECLINE, actor=actor, now=now, reason=reason, values=values),
    ):
        Signature.objects.filter(bar__case=case, voided_at__isnull=True).exclude(
            bar__status=BarStatus.DIBATALKAN
        ).update(voided_at=now)
    rerun_if_stale(case.pk, now=now)


def _standing(case: Reconciliation) -> Bar:
    bar = _STANDING.first(case=case.pk)
    if bar is None:
        raise changed_refusal(case)
    return bar


def _check_nonce(case: Reconciliation, user: User, request: Request, now: datetime) -> None:
    if not _OPEN_NONCE.all(**_named(case, user, request), now=now):
        raise Refusal("NONCE_TERPAKAI")


def _named(case: Reconciliation, user: User, request: Request) -> dict[str, Any]:
    return {"case": case.pk, "user": user.pk, "nonce": request.nonce, "content_hash": request.content_hash}


def _refuse_same_person(bar: Bar, role: str, user: User) -> str:
    """Who may not sign here, by NIP; raises PEMISAHAN_TUGAS when it is this person."""
    barred = bar.uploader_nip if role == "KPA" else bar.approver_nip
    if user.nip == barred:
        part = "mengunggah ADK" if role == "KPA" else "menyetujui BAR"
        raise Refusal("PEMISAHAN_TUGAS", sebab=f"Anda juga yang {part}")
    if _SIGNED_BY.all(bar=bar.pk, nip=user.nip):
        raise Refusal("PEMISAHAN_TUGAS", sebab="Anda sudah menandatangani sebagai pihak lain")
    return barred


def _commit(wish: Wish, signature: Signature, seal: dict[str, Any], now: datetime) -> None:
    case, bar, actor, request = wish.case, wish.bar, wish.actor, wish.request
    action = ACTION_OF_STAGE[Stage(case.stage)]
    options: dict[str, Any] = {
        "values": {"window_grant": False} if seal else {},
        # Declined and approved anew meanwhile, a case can come back to this stage with this very hash.
        "conditions": {"stage_since": case.stage_since},
    }
    try:
        with (
            transaction.atomic(),
            moving(case, action, actor=actor, now=now, content_hash=request.content_hash, **options),
        ):
            if _USE_NONCE.run(**_named(case, actor.person, request), now=now) != 1:
                raise Refusal("NONCE_TERPAKAI")
            insert(signature)
            if seal:
                change(Bar, {"pk": bar.pk, "status": BarStatus.DRAFT}, **seal)
    except IntegrityError as error:
        # The database's own guards: one signature per role, one person per BAR.
        raise changed_refusal(case) from error
    for name, value in seal.items():
        setattr(bar, name, value)
