"""Reading an amount as people type it: whole rupiah, or the code of what is wrong with it."""

import re
from enum import StrEnum

MOST_DIGITS = 15
_LONGEST = 60
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_CURRENCY = re.compile(r"^rp\.?", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_DIGITS_AND_SIGNS = re.compile(r"[0-9.,]+")


class Fault(StrEnum):
    """Why a text is no amount."""

    BUKAN_ANGKA = "BUKAN_ANGKA"
    PECAHAN = "PECAHAN"
    TITIK = "TITIK"
    NEGATIF = "NEGATIF"
    TERLALU_BESAR = "TERLALU_BESAR"


class BadAmount(ValueError):
    """A text that is no amount; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault)


def read_amount(text: str, *, signed: bool) -> int | None:
    """`1.250.000`, `Rp 5.000`, `5000`, and where `signed` `-500` or `(500)`; a blank text is None.

    Raises BadAmount with the fault.
    """
    bare = _SPACES.sub("", text)
    if not bare:
        return None
    if len(bare) > _LONGEST:
        raise BadAmount(Fault.TERLALU_BESAR if _DIGITS_AND_SIGNS.fullmatch(bare) else Fault.BUKAN_ANGKA)
    negative, digits = _signed(_CURRENCY.sub("", bare))
    amount = _whole(_CURRENCY.sub("", digits))
    if negative and amount and not signed:
        raise BadAmount(Fault.NEGATIF)
    return -amount if negative else amount


def check_amount(amount: int, *, signed: bool) -> int:
    """An amount that came as a number; raises BadAmount with the fault."""
    if abs(amount) >= 10**MOST_DIGITS:
        raise BadAmount(Fault.TERLALU_BESAR)
    if amount < 0 and not signed:
        raise BadAmount(Fault.NEGATIF)
    return amount


def _signed(text: str) -> tuple[bool, str]:
    """Whether the text is below zero, and the text without what says so."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1]
    if text[:1] in {"-", "\u2212"}:
        return True, text[1:]
    return False, text


def _whole(text: str) -> int:
    if not _DIGITS_AND_SIGNS.fullmatch(text) or not re.search("[0-9]", text):
        raise BadAmount(Fault.BUKAN_ANGKA)
    if "," in text:
        raise BadAmount(Fault.PECAHAN)
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise BadAmount(Fault.TITIK)
    digits = text.replace(".", "")
    if len(digits.lstrip("0")) > MOST_DIGITS:
        raise BadAmount(Fault.TERLALU_BESAR)
    return int(digits)
