"""The way to a first PIN, and back to one: a one-time code from an administrator, who never knows the PIN."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.scoping import administered_signers
from audit.services import append
from bar.documents.verify_id import ALPHABET
from bar.models import PinActivation
from bar.services.pins import refuse_weak, set_pin
from erekon.lib.refusals import Refusal, field_refusal

CODE_LIFE = timedelta(days=7)
WRONG_CODES = 5
_SIGNS, _GROUP = 12, 4  # 60 bits, and five tries
_SHORTEST_REASON, _LONGEST_REASON = 10, 200
_MISREAD = str.maketrans("OIL", "011", " -")


def issue_activation(*, user: User, administrator: User, reason: str, now: datetime) -> str:
    """A code with which this person can set a PIN, shown once and kept as a hash; an earlier one ends.

    The PIN that stands stays usable until its owner sets the new one. Raises BUKAN_HAK for whom the
    administrator does not administer, ISIAN for a reason that says nothing.
    """
    if not administered_signers(administrator, now).filter(user=user).exists():
        raise Refusal("BUKAN_HAK")
    reason = reason.strip()
    if not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON:
        raise field_refusal(reason=f"Tulis alasan, {_SHORTEST_REASON} sampai {_LONGEST_REASON} huruf.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS))
    with transaction.atomic():
        PinActivation.objects.filter(user=user, closed_at__isnull=True).update(closed_at=now)
        PinActivation.objects.create(
            user=user,
            code_hash=_hash(code),
            issued_by=administrator,
            issued_at=now,
            expires_at=now + CODE_LIFE,
            reason=reason,
        )
        append(
            at=now,
            actor=f"pengguna:{administrator.pk}",
            actor_name=administrator.name,
            action="AKTIFKAN_PIN",
            subject=f"pengguna:{user.pk}",
            content={"reason": reason, "until": (now + CODE_LIFE).isoformat()},
        )
    return "-".join(code[start : start + _GROUP] for start in range(0, _SIGNS, _GROUP))


def set_pin_by_code(*, user: User, code: str, pin: str, now: datetime) -> None:
    """Set a PIN with a code; a wrong one is counted in its own committed transaction, the fifth ends the code.

    The caller has checked the password. Raises PIN_LEMAH, KODE_AKTIVASI.
    """
    refuse_weak(pin, user)
    activation = PinActivation.objects.filter(user=user, closed_at__isnull=True, expires_at__gt=now).first()
    if activation is None:
        raise Refusal("KODE_AKTIVASI")
    if not secrets.compare_digest(activation.code_hash, _hash(code)):
        _count_wrong(activation, user, now)
        raise Refusal("KODE_AKTIVASI")
    set_pin(user=user, pin=pin, now=now, activation=activation)


def _count_wrong(activation: PinActivation, user: User, now: datetime) -> None:
    with transaction.atomic():
        PinActivation.objects.filter(pk=activation.pk).update(wrong_tries=F("wrong_tries") + 1)
        PinActivation.objects.filter(
            pk=activation.pk, wrong_tries__gte=WRONG_CODES, closed_at__isnull=True
        ).update(closed_at=now)
        append(
            at=now,
            actor=f"pengguna:{user.pk}",
            actor_name=user.name,
            action="KODE_AKTIVASI_SALAH",
            subject=f"pengguna:{user.pk}",
        )


def _hash(code: str) -> str:
    """Of the code as typed: any case, with or without hyphens, O read as 0, I and L as 1."""
    return hashlib.sha256(code.upper().translate(_MISREAD).encode()).hexdigest()
