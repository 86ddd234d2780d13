"""The PIN: set by its owner alone, counted before it is checked, locked after five wrong tries."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Assignment, User
from accounts.roles import SIGNING_ROLES
from audit.services import append
from bar.installation import authority, keyring
from bar.models import SignerKey, SignerPin
from bar.signing.authority import CertificateSubject
from bar.signing.pins import PinWeakness, verify_pin, weaknesses
from bar.signing.signer import Enrolment, enrol
from erekon.lib.indonesian import clock_time
from erekon.lib.refusals import Refusal

ATTEMPTS_BEFORE_LOCK = 5
ATTEMPTS_BEFORE_ACTIVATION = 10
LOCK = timedelta(minutes=30)

WEAKNESS_WORDS = {
    PinWeakness.FORM: "harus tepat enam angka",
    PinWeakness.SEQUENCE: "angkanya berurutan",
    PinWeakness.REPEAT: "angkanya berulang",
    PinWeakness.BIRTH_DATE: "tanggal lahir pada NIP Anda",
    PinWeakness.COMMON: "termasuk PIN yang paling sering dipakai",
}


def set_pin(*, user: User, pin: str, now: datetime, check_strength: bool = True) -> None:
    """Set or change a PIN: a new key pair and certificate replace the old ones; one transaction.

    The caller has made sure that the user himself asks (password). Raises PIN_LEMAH with the reason.
    """
    found = weaknesses(pin, user.nip)
    if PinWeakness.FORM in found or (check_strength and found):
        raise Refusal("PIN_LEMAH", alasan=", ".join(WEAKNESS_WORDS[weakness] for weakness in found))
    enrolment = enrol(
        pin, subject=_subject(user), server_secret=keyring().server_secret(), authority=authority(now)
    )
    with transaction.atomic():
        SignerKey.objects.filter(user=user, retired_at__isnull=True).update(retired_at=now)
        _store(user, enrolment, now)
        append(
            at=now,
            actor=f"pengguna:{user.pk}",
            actor_name=user.name,
            action="PASANG_PIN",
            subject=f"pengguna:{user.pk}",
            content={"key_id": enrolment.key_id},
        )


def has_pin(user: User, pin: str) -> bool:
    """Whether this is the PIN of the user, outside any count: for the import of prepared users only."""
    standing = SignerPin.objects.filter(user=user).first()
    return standing is not None and verify_pin(standing.hash, pin)


def check_pin(*, user: User, pin: str, now: datetime) -> None:
    """Check a PIN that was typed. The try is counted in its own committed transaction before the check.

    Must be called outside any transaction. Raises PIN_BELUM_ADA, PIN_SALAH, PIN_TERKUNCI, PERLU_AKTIVASI.
    """
    standing = SignerPin.objects.filter(user=user).first()
    if standing is None:
        raise Refusal("PIN_BELUM_ADA")
    tried = _count_attempt(standing, now)
    if verify_pin(standing.hash, pin):
        SignerPin.objects.filter(pk=standing.pk, hash=standing.hash).update(
            attempts=0, locked_until=None, used_at=now
        )
        return
    _refuse_wrong(user, standing, tried, now)


def closed_pin(user: User, *, now: datetime) -> Refusal | None:
    """The refusal that a try would meet before any checking: no PIN, locked, or closed; None when it may be typed."""
    standing = SignerPin.objects.filter(user=user).first()
    if standing is None:
        return Refusal("PIN_BELUM_ADA")
    if standing.needs_activation:
        return Refusal("PERLU_AKTIVASI")
    if standing.locked_until and standing.locked_until > now:
        return _locked(standing.locked_until)
    return None


def activate_pin(*, user: User, administrator: User, now: datetime) -> None:
    """Let a user whose PIN was closed for good set a new one with his password; one transaction."""
    with transaction.atomic():
        SignerPin.objects.filter(user=user).update(needs_activation=False, attempts=0, locked_until=None)
        append(
            at=now,
            actor=f"pengguna:{administrator.pk}",
            actor_name=administrator.name,
            action="AKTIFKAN_PIN",
            subject=f"pengguna:{user.pk}",
        )


def _count_attempt(standing: SignerPin, now: datetime) -> int:
    """Count one try, unless the PIN is locked; returns the number of this try since the last right one."""
    with transaction.atomic():
        allowed = SignerPin.objects.filter(pk=standing.pk, needs_activation=False).filter(
            Q(locked_until__isnull=True) | Q(locked_until__lte=now)
        )
        if allowed.update(attempts=F("attempts") + 1) != 1:
            _refuse_locked(standing.pk)
        tried = SignerPin.objects.values_list("attempts", flat=True).get(pk=standing.pk)
        # The lock falls with the count, so that tries at the same instant cannot slip past it.
        if tried >= ATTEMPTS_BEFORE_ACTIVATION:
            SignerPin.objects.filter(pk=standing.pk).update(needs_activation=True)
        elif tried % ATTEMPTS_BEFORE_LOCK == 0:
            SignerPin.objects.filter(pk=standing.pk).update(locked_until=now + LOCK)
    return tried


def _refuse_locked(pk: int) -> None:
    standing = SignerPin.objects.get(pk=pk)
    if standing.needs_activation or standing.locked_until is None:
        raise Refusal("PERLU_AKTIVASI")
    raise _locked(standing.locked_until)


def _locked(until: datetime) -> Refusal:
    return Refusal(
        "PIN_TERKUNCI",
        sampai=f"pukul {clock_time(until, 'Asia/Jakarta')}",
        extra={"until": until.isoformat()},
    )


def _refuse_wrong(user: User, standing: SignerPin, tried: int, now: datetime) -> None:
    with transaction.atomic():
        append(
            at=now,
            actor=f"pengguna:{user.pk}",
            actor_name=user.name,
            action="PIN_SALAH",
            subject=f"pengguna:{user.pk}",
            content={"tries": tried},
        )
    if tried >= ATTEMPTS_BEFORE_ACTIVATION:
        raise Refusal("PERLU_AKTIVASI")
    if tried % ATTEMPTS_BEFORE_LOCK == 0:
        raise _locked(now + LOCK)
    left = ATTEMPTS_BEFORE_LOCK - tried % ATTEMPTS_BEFORE_LOCK
    raise Refusal("PIN_SALAH", attempts_left=left, extra={"attempts_left": left})


def _subject(user: User) -> CertificateSubject:
    held = Assignment.objects.filter(user=user, role__in=SIGNING_ROLES).order_by("-id").first()
    return CertificateSubject(
        user.name, user.nip, held.role if held else "PENGGUNA", held.place if held else ""
    )


def _store(user: User, enrolment: Enrolment, now: datetime) -> None:
    SignerKey.objects.create(
        user=user,
        key_id=enrolment.key_id,
        certificate=enrolment.certificate_pem.decode(),
        wrapped=enrolment.wrapped_key,
        created_at=now,
    )
    SignerPin.objects.update_or_create(
        user=user,
        defaults={
            "hash": enrolment.pin_hash,
            "attempts": 0,
            "locked_until": None,
            "needs_activation": False,
            "set_at": now,
        },
    )
