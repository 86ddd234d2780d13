"""The PIN: set by its owner alone, counted before it is checked, locked after five wrong tries."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from audit.services import append
from bar.installation import authority, server_key, server_keys, vault, vault_for_new_keys
from bar.models import PinActivation, SignerKey, SignerPin
from bar.services.certificates import register_certificate, subject_of
from bar.signing.envelope import WrongPinError
from bar.signing.pins import PinWeakness, weaknesses
from bar.signing.signer import Enrolment, SigningSession, VaultSigner, enrol
from erekon.lib.failpoints import failpoint
from erekon.lib.indonesian import clock_time
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.prepared_writes import PreparedUpdate, change
from erekon.lib.refusals import Refusal

ATTEMPTS_BEFORE_LOCK = 5
ATTEMPTS_BEFORE_ACTIVATION = 10
LOCK = timedelta(minutes=30)
_PIN = Prepared(lambda: SignerPin.objects.filter(user=Slot("user")))
_TRIES = Prepared(lambda: SignerPin.objects.filter(pk=Slot("pk")).values_list("attempts", flat=True))
_COUNT = PreparedUpdate(
    SignerPin.objects.filter(
        Q(locked_until__isnull=True) | Q(locked_until__lte=Slot("now")),
        pk=Slot("pk"),
        needs_activation=False,
    ),
    attempts=F("attempts") + 1,
)
_KEY_IN_USE = Prepared(
    lambda: SignerKey.objects.select_related("user").filter(user=Slot("user"), retired_at__isnull=True)
)

WEAKNESS_WORDS = {
    PinWeakness.FORM: "harus tepat enam angka",
    PinWeakness.SEQUENCE: "angkanya berurutan",
    PinWeakness.REPEAT: "angkanya berulang",
    PinWeakness.BIRTH_DATE: "tanggal lahir pada NIP Anda",
    PinWeakness.COMMON: "termasuk PIN yang paling sering dipakai",
}


def set_pin(
    *,
    user: User,
    pin: str,
    now: datetime,
    check_strength: bool = True,
    activation: PinActivation | None = None,
) -> None:
    """Set or change a PIN: a new key pair and certificate replace the old ones; one transaction.

    The caller has made sure that the user himself asks. `activation` is the code that is used up by it. Raises
    PIN_LEMAH with the reason, KODE_AKTIVASI when the code was used meanwhile.
    """
    refuse_weak(pin, user, check_strength=check_strength)
    home, issuer = vault_for_new_keys(), authority(now)
    enrolment = enrol(pin, subject=subject_of(user), server_key=server_key(), authority=issuer, vault=home)
    retired = list(SignerKey.objects.filter(user=user, retired_at__isnull=True))
    with transaction.atomic():
        if activation and not _used_up(activation, now):
            raise Refusal("KODE_AKTIVASI")
        # The old key is gone for good: what it signed stays valid, nobody signs with it again.
        SignerKey.objects.filter(user=user, retired_at__isnull=True).update(retired_at=now, envelope=b"")
        _store(user, enrolment, home.code, now)
        append(
            at=now,
            actor=f"pengguna:{user.pk}",
            actor_name=user.name,
            action="PASANG_PIN",
            subject=f"pengguna:{user.pk}",
            content={"key_id": enrolment.key_id},
        )
    for key in retired:
        vault(key.vault).destroy(key.key_id)


def change_pin(*, user: User, current: str, pin: str, now: datetime) -> None:
    """Change a PIN with the one in use, whose try is counted as when signing.

    Raises PIN_LEMAH, and the refusals of `open_key`.
    """
    refuse_weak(pin, user)
    open_key(user=user, pin=current, now=now)
    set_pin(user=user, pin=pin, now=now)


def refuse_weak(pin: str, user: User, *, check_strength: bool = True) -> None:
    """Raise PIN_LEMAH with every reason; without `check_strength` only for what is no PIN at all."""
    found = weaknesses(pin, user.nip)
    if PinWeakness.FORM in found or (check_strength and found):
        raise Refusal("PIN_LEMAH", alasan=", ".join(WEAKNESS_WORDS[weakness] for weakness in found))


def has_pin(user: User, pin: str) -> bool:
    """Whether this is the PIN of the user, outside any count: for the import of prepared users only."""
    key = _key_in_use(user)
    return key is not None and _opened(key, pin) is not None


def open_key(*, user: User, pin: str, now: datetime) -> tuple[SignerKey, SigningSession]:
    """Open the user's key with the PIN that was typed; it signs as long as the caller keeps it.

    The try is counted in its own committed transaction before the PIN is judged. Must be called outside any
    transaction. Raises PIN_BELUM_ADA, PIN_SALAH, PIN_TERKUNCI, PERLU_AKTIVASI.
    """
    standing, key = _PIN.first(user=user.pk), _key_in_use(user)
    if standing is None or key is None:
        raise Refusal("PIN_BELUM_ADA")
    tried = _count_attempt(standing, now)
    session = _opened(key, pin)
    if session is None:
        raise _wrong(user, tried, now)
    right = {"pk": standing.pk, "set_at": standing.set_at}
    change(SignerPin, right, attempts=0, locked_until=None, used_at=now)
    return key, session


def closed_pin(user: User, *, now: datetime) -> Refusal | None:
    """The refusal that a try would meet before any checking: no PIN, locked, or closed; None when it may be typed."""
    standing = _PIN.first(user=user.pk)
    if standing is None:
        return Refusal("PIN_BELUM_ADA")
    if standing.needs_activation:
        return Refusal("PERLU_AKTIVASI")
    if standing.locked_until and standing.locked_until > now:
        return _locked(standing.locked_until)
    return None


def _count_attempt(standing: SignerPin, now: datetime) -> int:
    """Count one try, unless the PIN is locked; returns the number of this try since the last right one."""
    with transaction.atomic():
        if _COUNT.run(pk=standing.pk, now=now) != 1:
            _refuse_locked(standing.pk)
        tried = _TRIES.get(pk=standing.pk)
        # The lock falls with the count, so that tries at the same instant cannot slip past it.
        if tried >= ATTEMPTS_BEFORE_ACTIVATION:
            SignerPin.objects.filter(pk=standing.pk).update(needs_activation=True)
        elif tried % ATTEMPTS_BEFORE_LOCK == 0:
            SignerPin.objects.filter(pk=standing.pk).update(locked_until=now + LOCK)
    failpoint("pin.counted")
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


def _used_up(activation: PinActivation, now: datetime) -> bool:
    open_one = PinActivation.objects.filter(pk=activation.pk, closed_at__isnull=True)
    return open_one.update(closed_at=now) == 1


def _key_in_use(user: User) -> SignerKey | None:
    return _KEY_IN_USE.first(user=user.pk)


def _opened(key: SignerKey, pin: str) -> SigningSession | None:
    """The opened key, or None for a wrong PIN. One argon2id judges the PIN and opens the key."""
    signer = VaultSigner(
        bytes(key.envelope),
        certificate_pem=key.certificate.encode(),
        owner=key.user.nip,
        server_keys=server_keys(),
        vault=vault(key.vault),
    )
    try:
        return signer.unlock(pin)
    except WrongPinError:
        return None


def _wrong(user: User, tried: int, now: datetime) -> Refusal:
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
        return Refusal("PERLU_AKTIVASI")
    if tried % ATTEMPTS_BEFORE_LOCK == 0:
        return _locked(now + LOCK)
    left = ATTEMPTS_BEFORE_LOCK - tried % ATTEMPTS_BEFORE_LOCK
    return Refusal("PIN_SALAH", attempts_left=left, extra={"attempts_left": left})


def _store(user: User, enrolment: Enrolment, home: str, now: datetime) -> None:
    key = SignerKey.objects.create(
        user=user,
        key_id=enrolment.key_id,
        certificate=enrolment.certificate_pem.decode(),
        vault=home,
        envelope=enrolment.envelope,
        created_at=now,
    )
    register_certificate(key, now)
    SignerPin.objects.update_or_create(
        user=user,
        defaults={"attempts": 0, "locked_until": None, "needs_activation": False, "set_at": now},
    )
