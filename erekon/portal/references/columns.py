"""What a cell may hold: one reader per kind of value. A reader turns text into a value or raises ValueError
with an Indonesian reason."""

import re
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

Reader = Callable[[str], Any]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ZONES = frozenset(zoneinfo.available_timezones())


@dataclass(frozen=True)
class Column:
    """A column of a file. `optional`: it may be missing from the header. `blank`: its cell may be empty.

    An empty cell of a blank column reads as `empty`. Spaces around a value are dropped unless it is `exact`.
    """

    name: str
    read: Reader
    optional: bool = False
    blank: bool = False
    empty: Any = ""
    exact: bool = False

    def value(self, cell: str) -> Any:
        """The value of a cell. Raises ValueError with the reason when it is not one."""
        text = cell if self.exact else cell.strip()
        if text:
            return self.read(text)
        if self.blank:
            return self.empty
        raise ValueError("wajib diisi")


def text(longest: int) -> Reader:
    """Any text of at most this many characters, without control characters."""

    def read(value: str) -> str:
        if len(value) > longest:
            raise ValueError(f"lebih panjang dari {longest} karakter")
        if _CONTROL.search(value):
            raise ValueError("memuat karakter kendali")
        return value

    return read


def pattern(expression: str, meaning: str) -> Reader:
    """Text that matches the whole expression; `meaning` says in Indonesian what is expected."""
    compiled = re.compile(expression)

    def read(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(f"“{value[:40]}” seharusnya {meaning}")
        return value

    return read


def digits(count: int) -> Reader:
    """Exactly this many digits 0-9."""
    return pattern(rf"[0-9]{{{count}}}", f"{count} angka")


def choice(*allowed: str) -> Reader:
    """One of these words, as written."""
    return pattern("|".join(map(re.escape, allowed)), "salah satu dari " + ", ".join(allowed))


def whole(lowest: int, highest: int) -> Reader:
    """A whole number in this span, both ends included."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not lowest <= int(value) <= highest:
            raise ValueError(f"“{value[:40]}” seharusnya bilangan {lowest} sampai {highest}")
        return int(value)

    return read


def yes_no(value: str) -> bool:
    """`y` or `n`."""
    if value not in {"y", "n"}:
        raise ValueError(f"“{value[:40]}” seharusnya y atau n")
    return value == "y"


def day(value: str) -> date:
    """A date as ISO 8601: `2026-08-17`."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"“{value[:40]}” seharusnya tanggal seperti 2026-08-17")


def instant(value: str) -> datetime:
    """An instant as ISO 8601 with its offset: `2026-10-01T00:00:00+07:00`."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(
            f"“{value[:40]}” seharusnya waktu dengan selisih zona, seperti 2026-10-01T00:00:00+07:00"
        )
    return moment


def zone(value: str) -> str:
    """An IANA time zone such as `Asia/Makassar`."""
    if value not in _ZONES:
        raise ValueError(f"“{value[:40]}” bukan zona waktu IANA, seperti Asia/Jakarta")
    return value


def email(value: str) -> str:
    """An e-mail address."""
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(f"“{value[:60]}” bukan alamat surel") from None
    return value


VALIDITY = (
    Column("valid_from", day, optional=True, blank=True, empty=None),
    Column("valid_to", day, optional=True, blank=True, empty=None),
)
