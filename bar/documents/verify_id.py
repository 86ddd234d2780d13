"""The public name of a BAR: 128 random bits that say nothing, written so that people can type them."""

import secrets

# Crockford's base32: no I, L, O, U, so that a reader cannot mistake one sign for another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_BITS = 128
_GROUP = 4
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = str.maketrans("", "", " -")


def new_verify_id() -> str:
    """26 signs, upper case, from the system's randomness."""
    number = secrets.randbits(_BITS)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))


def group_verify_id(verify_id: str) -> str:
    """The id as printed, in groups of four: `7K2M-9QHD-…`."""
    return "-".join(verify_id[start : start + _GROUP] for start in range(0, len(verify_id), _GROUP))


def normalise_verify_id(text: str) -> str | None:
    """The id that somebody typed: any case, with or without spaces and hyphens, O read as 0, I and L as 1.

    None when it is no id: wrong length, a foreign sign, or more than 128 bits.
    """
    if not text.isascii():
        return None
    plain = text.strip().translate(_SEPARATORS).upper().translate(_MISREAD)
    wrong = len(plain) != _LENGTH or not set(plain) <= set(ALPHABET) or plain[0] > "7"
    return None if wrong else plain
