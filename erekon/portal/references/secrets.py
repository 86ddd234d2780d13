"""Passwords and PINs of an import, worked out before its transaction: hashing is slow and must hold no lock."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import check_password, make_password

from accounts.models import User
from bar.services.pins import has_pin
from erekon.portal.references.reading import Sheet


def has_secrets(sheet: Sheet) -> bool:
    """Whether any row carries a password or a PIN."""
    return any(row.values.get("password") or row.values.get("pin") for row in sheet.rows)


def changed_passwords(sheet: Sheet) -> dict[str, str]:
    """A new hash for each user whose password in the sheet is not the one that stands."""
    wanted = _wanted(sheet, "password")
    standing = dict(User.objects.filter(username__in=wanted).values_list("username", "password"))

    def hashed(username: str) -> str | None:
        old = standing.get(username)
        if old and check_password(wanted[username], old):
            return None
        return make_password(wanted[username])

    # argon2 computes outside the interpreter lock, so threads use every core.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return _present(zip(wanted, pool.map(hashed, wanted), strict=True))


def changed_pins(sheet: Sheet) -> dict[str, str]:
    """The PIN to set for each user who has none or another one."""
    wanted = _wanted(sheet, "pin")
    standing = User.objects.filter(username__in=wanted).in_bulk(field_name="username")
    return {
        username: pin
        for username, pin in wanted.items()
        if username not in standing or not has_pin(standing[username], pin)
    }


def _wanted(sheet: Sheet, column: str) -> dict[str, str]:
    return {row["username"]: row[column] for row in sheet.rows if row.values.get(column)}


def _present(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    return {username: value for username, value in pairs if value is not None}
