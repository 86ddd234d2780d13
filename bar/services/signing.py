"""Signing by PIN: what was shown is what is signed, once per role, by two different persons."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import User
from bar.documents.blocks import SignatureBlock
from bar.documents.pdf import render_bar
from bar.documents.token import make_token
from bar.installation import keyring, verify_address, verify_url
from bar.models import Bar, BarStatus, Signature, SignerKey, SigningNonce
from bar.services.approving import clean_reason
from bar.services.pins import check_pin
from bar.signing.keys import WrongPinError
from bar.signing.signer import BuiltInSigner, SigningSession
from erekon.lib import files
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import Action, Stage
from reconciliation.models import Reconciliation
from reconciliation.services.cases import window_of
from reconciliation.services.moving import changed_refusal, moving
from reconciliation.services.rerunning import rerun_if_stale

NONCE_LIFE = timedelta(minutes=30)
ACTION_OF_STAGE = {Stage.TTD_KPA: Action.SIGN_KPA, Stage.TTD_KASI_VERA: Action.SIGN_KASI_VERA}
ROLE_OF_STAGE = {Stage.TTD_KPA: "KPA", Stage.TTD_KASI_VERA: "KASI_VERA"}


@dataclass(frozen=True)
class Request:
    """What the signer's page sends back: the hash it showed and its one-time nonce. The PIN goes apart."""

    content_hash: str
    nonce: str


def open_signing(*, case: Reconciliation, user: User, now: datetime) -> SigningNonce:
    """A new one-time right to sign what the case holds now; raises BERUBAH when nothing is to be signed."""
    if Stage(case.stage) not in ACTION_OF_STAGE:
        raise changed_refusal(case)
    return SigningNonce.objects.create(
        user=user,
        case=case,
        content_hash=case.content_hash,
        nonce=secrets.token_urlsafe(32),
        expires_at=now + NONCE_LIFE,
    )


def sign(*, case: Reconciliation, request: Request, pin: str, actor: Actor, now: datetime) -> Bar:
    """Sign the BAR of a case in the role whose turn it is; the sealed PDF is stored before the stage moves.

    Order: cheap refusals, then the PIN (counted, committed), then key and rendering outside any
    transaction, then one transaction with the conditional UPDATE. Raises BERUBAH, NONCE_TERPAKAI,
    PEMISAHAN_TUGAS and the refusals of the PIN.
    """
    user = actor.person
    stage = Stage(case.stage)
    if stage not in ACTION_OF_STAGE or case.content_hash != request.content_hash:
        raise changed_refusal(case)
    _check_nonce(case, user, request, now)
    bar = _standing(case)
    role = ROLE_OF_STAGE[stage]
    barred = _refuse_same_person(bar, role, user)
    check_pin(user=user, pin=pin, now=now)
    key, session = _unlock(user, pin)
    signature = Signature(
        bar=bar,
        role=role,
        signer=user,
        assignment=actor.assignment,
        name=user.name,
        nip=user.nip,
        barred_nip=barred,
        key=key,
        content_hash=request.content_hash,
        value=session.sign(request.content_hash),
        at=now,
    )
    seal = _seal(case, bar, signature, now) if stage is Stage.TTD_KASI_VERA else {}
    _commit(case, bar, signature, seal, actor, request, now)
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


def blocks_of(signatures: Iterable[Signature]) -> list[SignatureBlock]:
    """The signatures as the PDF prints them."""
    return [
        SignatureBlock(
            role=each.role,
            name=each.name,
            nip=each.nip,
            signed_at=each.at,
            key_id=each.key.key_id,
            signature_hex=each.value,
        )
        for each in signatures
    ]


def _standing(case: Reconciliation) -> Bar:
    bar = Bar.objects.filter(case=case).exclude(status=BarStatus.DIBATALKAN).first()
    if bar is None:
        raise changed_refusal(case)
    return bar


def _check_nonce(case: Reconciliation, user: User, request: Request, now: datetime) -> None:
    if not _open_nonces(case, user, request, now).exists():
        raise Refusal("NONCE_TERPAKAI")


def _open_nonces(case: Reconciliation, user: User, request: Request, now: datetime) -> Any:
    return SigningNonce.objects.filter(
        case=case,
        user=user,
        nonce=request.nonce,
        content_hash=request.content_hash,
        used_at__isnull=True,
        expires_at__gt=now,
    )


def _refuse_same_person(bar: Bar, role: str, user: User) -> str:
    """Who may not sign here, by NIP; raises PEMISAHAN_TUGAS when it is this person."""
    barred = bar.uploader_nip if role == "KPA" else bar.approver_nip
    if user.nip == barred:
        part = "mengunggah ADK" if role == "KPA" else "menyetujui BAR"
        raise Refusal("PEMISAHAN_TUGAS", sebab=f"Anda juga yang {part}")
    if bar.signatures.filter(nip=user.nip, voided_at__isnull=True).exists():
        raise Refusal("PEMISAHAN_TUGAS", sebab="Anda sudah menandatangani sebagai pihak lain")
    return barred


def _unlock(user: User, pin: str) -> tuple[SignerKey, SigningSession]:
    key = SignerKey.objects.filter(user=user, retired_at__isnull=True).first()
    if key is None:
        raise Refusal("PIN_BELUM_ADA")
    signer = BuiltInSigner(
        bytes(key.wrapped),
        certificate_pem=key.certificate.encode(),
        owner=user.nip,
        server_secret=keyring().server_secret(),
    )
    try:
        return key, signer.unlock(pin)
    except WrongPinError as error:
        raise Refusal("PIN_BELUM_ADA") from error


def _seal(case: Reconciliation, bar: Bar, last: Signature, now: datetime) -> dict[str, Any]:
    """Render the final PDF with both signatures and the token, store it, and say what the BAR becomes."""
    first = bar.signatures.filter(role="KPA", voided_at__isnull=True).select_related("key").first()
    if first is None:
        raise changed_refusal(case)
    kid, key = keyring().current()
    token = make_token(_claims(case, bar, (first, last)), key, kid)
    pdf = render_bar(
        bar.content,
        signatures=blocks_of((first, last)),
        draft=False,
        qr_url=verify_url(bar.verify_id, token),
        kpa_qr_url=verify_url(bar.verify_id),
        verify_address=verify_address(bar.verify_id),
    )
    return {"sealed": files.store(pdf), "sealed_at": now, "token": token, "status": BarStatus.BERLAKU}


def _claims(case: Reconciliation, bar: Bar, signatures: tuple[Signature, Signature]) -> dict[str, Any]:
    return {
        "id": bar.verify_id,
        "no": bar.number,
        "rev": bar.revision,
        "satker": case.satker_id,
        "kppn": case.office_id,
        "periode": case.period.code,
        "sha256": bar.content_hash,
        "ttd": [[each.role, each.key.key_id[:16], int(each.at.timestamp())] for each in signatures],
    }


def _commit(
    case: Reconciliation,
    bar: Bar,
    signature: Signature,
    seal: dict[str, Any],
    actor: Actor,
    request: Request,
    now: datetime,
) -> None:
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
            user = actor.person
            if _open_nonces(case, user, request, now).update(used_at=now) != 1:
                raise Refusal("NONCE_TERPAKAI")
            signature.save()
            if seal:
                Bar.objects.filter(pk=bar.pk, status=BarStatus.DRAFT).update(**seal)
    except IntegrityError as error:
        # The database's own guards: one signature per role, one person per BAR.
        raise changed_refusal(case) from error
    for name, value in seal.items():
        setattr(bar, name, value)
