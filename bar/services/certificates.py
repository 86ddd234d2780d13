"""The CA's register: what it issued, what it revoked, and the list that says so."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from django.db import transaction

from accounts.actors import SYSTEM
from accounts.models import Assignment, User
from accounts.roles import SIGNING_ROLES, Power, roles_with
from accounts.scoping import assignments_of
from audit.services import append
from bar.installation import authority, vault
from bar.models import IssuedCertificate, SignerKey, SignerPin
from bar.options import options
from bar.signing.authority import CertificateSubject
from bar.signing.certificates import loaded
from bar.signing.revocations import Revoked, revocation_list
from erekon.lib.refusals import Refusal, field_refusal

_SHORTEST_REASON = 10


def subject_of(user: User) -> CertificateSubject:
    """Who a certificate names: the person, in the newest role in which he signs."""
    held = Assignment.objects.filter(user=user, role__in=SIGNING_ROLES).order_by("-id").first()
    return CertificateSubject(
        user.name, user.nip, held.role if held else "PENGGUNA", held.place if held else ""
    )


def renew_certificate(*, key: SignerKey, now: datetime) -> None:
    """A new certificate for the same key, which needs no PIN; one transaction.

    What was signed before carries the old one and stays valid.
    """
    public = loaded(key.certificate.encode()).public_key()
    assert isinstance(public, EllipticCurvePublicKey)
    renewed = authority(now).issue(public, subject_of(key.user)).decode()
    with transaction.atomic():
        if SignerKey.objects.filter(pk=key.pk, retired_at__isnull=True).update(certificate=renewed) != 1:
            return
        key.certificate = renewed
        register_certificate(key, now)
        append(
            at=now,
            actor=SYSTEM.key,
            action="PERBARUI_SERTIFIKAT",
            subject=f"pengguna:{key.user_id}",
            content={"key_id": key.key_id},
        )


def revoke_key(*, key: SignerKey, since: datetime, reason: str, administrator: User, now: datetime) -> None:
    """Take a key back from an instant on, which may lie in the past: signatures from then do not count. The
    key is gone for good, and its owner needs a code for a new PIN; one transaction. Raises BUKAN_HAK, ISIAN.
    """
    able = roles_with(Power.ACTIVATE_PIN)
    if not any(held.role in able for held in assignments_of(administrator, now)):
        raise Refusal("BUKAN_HAK")
    if since > now or len(reason.strip()) < _SHORTEST_REASON:
        raise field_refusal(
            reason=f"Tulis alasan, paling sedikit {_SHORTEST_REASON} huruf; saat pencabutan tidak boleh nanti."
        )
    with transaction.atomic():
        SignerKey.objects.filter(pk=key.pk).update(
            revoked_from=since,
            revoked_reason=reason.strip()[:200],
            retired_at=key.retired_at or now,
            envelope=b"",
        )
        if key.retired_at is None:
            SignerPin.objects.filter(user=key.user_id).update(needs_activation=True)
        append(
            at=now,
            actor=f"pengguna:{administrator.pk}",
            actor_name=administrator.name,
            action="CABUT_KUNCI",
            subject=f"pengguna:{key.user_id}",
            content={"key_id": key.key_id, "since": since.isoformat(), "reason": reason.strip()},
        )
    vault(key.vault).destroy(key.key_id)


def register_certificate(key: SignerKey, now: datetime) -> None:
    """Enter the certificate of a key that was just made or renewed; inside the caller's transaction."""
    certificate = loaded(key.certificate.encode())
    IssuedCertificate.objects.create(
        serial=f"{certificate.serial_number:x}",
        key=key,
        pem=key.certificate,
        issued_at=now,
        expires_at=certificate.not_valid_after_utc,
    )


def current_list(now: datetime) -> bytes:
    """The revocation list as of now, DER: every certificate of a revoked key, expired ones too."""
    revoked = IssuedCertificate.objects.filter(key__revoked_from__isnull=False).select_related("key")
    entries = [
        Revoked(int(each.serial, 16), each.key.revoked_from, each.key.retired_at or now)
        for each in revoked
        if each.key.revoked_from
    ]
    return revocation_list(authority(now), entries)


def revocation_lists(now: datetime) -> Sequence[bytes]:
    """The lists that a long-term signature carries: ours, and the time-stamping authority's where one is kept."""
    foreign = options().tsa_list
    return [current_list(now), *([Path(foreign).read_bytes()] if foreign else [])]
