"""The six digits that stand for a signature: which are too easy."""

from enum import StrEnum
from itertools import pairwise

from bar.signing.common_pins import COMMON

PIN_LENGTH = 6
_NIP_LENGTH = 18
_FEW_DIGITS = 2


class PinWeakness(StrEnum):
    """Why a PIN is refused."""

    FORM = "BUKAN_ENAM_ANGKA"
    SEQUENCE = "BERURUTAN"
    REPEAT = "BERULANG"
    BIRTH_DATE = "TANGGAL_LAHIR"
    COMMON = "UMUM"


def weaknesses(pin: str, nip: str = "") -> tuple[PinWeakness, ...]:
    """Every reason to refuse the PIN, in fixed order; empty when it may be used.

    `nip` is the owner's: an 18-digit NIP begins with the birth date as YYYYMMDD.
    """
    if not (len(pin) == PIN_LENGTH and pin.isascii() and pin.isdigit()):
        return (PinWeakness.FORM,)
    found = {
        PinWeakness.SEQUENCE: _is_sequence(pin),
        PinWeakness.REPEAT: _is_repeat(pin),
        PinWeakness.BIRTH_DATE: pin in _birth_dates(nip),
        PinWeakness.COMMON: pin in COMMON,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _is_sequence(pin: str) -> bool:
    """Every step the same, up or down, over the end of the keypad too: 456789, 890123, 654321."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _is_repeat(pin: str) -> bool:
    """At most two different digits, or one block of three twice."""
    return len(set(pin)) <= _FEW_DIGITS or pin[:3] == pin[3:]


def _birth_dates(nip: str) -> set[str]:
    """DDMMYY, YYMMDD and MMDDYY of the date that opens an 18-digit NIP; none for other numbers."""
    if len(nip) != _NIP_LENGTH or not nip.isdigit():
        return set()
    year, month, day = nip[2:4], nip[4:6], nip[6:8]
    return {day + month + year, year + month + day, month + day + year}
