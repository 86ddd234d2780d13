"""Compare two uploads of one case row by row: what came, what went, what changed its amount.

Pure: two arrays of LINES_DTYPE in, whole rupiah out. Rows are the same row when every column but the row
number, the twin mark and the amount agrees; equal rows cancel out one by one, so doubles are counted.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reconciliation.matching.lines import LINES_DTYPE, Lines

_OUTSIDE_THE_KEY = frozenset({"row", "twin", "rphreal"})
_KEY = np.dtype(
    [(name, LINES_DTYPE[name]) for name in LINES_DTYPE.names or () if name not in _OUTSIDE_THE_KEY]
)

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RowChange:
    """One row that is not in both: its amounts in whole rupiah and physical rows; None where it is missing."""

    akun: str
    kdtrn: str
    jnsdok: str
    nodok: str
    tgldok: str
    before: int | None
    after: int | None
    row_before: int | None
    row_after: int | None


@dataclass(frozen=True)
class AccountChange:
    """What changed on one account: counts of rows, and the amounts of those rows before and after."""

    akun: str
    went: int
    came: int
    changed: int
    before: int
    after: int

    @property
    def difference(self) -> int:
        """After − before, whole rupiah."""
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """Every row that is not in both uploads, by account and then by document; `same` counts the others."""

    same: int
    rows: tuple[RowChange, ...]
    accounts: tuple[AccountChange, ...]


def compare(before: Lines, after: Lines) -> Comparison:
    """The rows that went, came or changed from one upload to another."""
    keys = _groups(_keys(before), _keys(after))
    amounts = _groups(before["rphreal"], after["rphreal"])
    many = len(before) + len(after) + 1
    whole = (keys[0] * many + amounts[0], keys[1] * many + amounts[1])
    kept_before, kept_after = _pair(*whole)
    left_before = _without(len(before), kept_before)
    left_after = _without(len(after), kept_after)
    pairs = _pair(keys[0][left_before], keys[1][left_after])
    changed = (left_before[pairs[0]], left_after[pairs[1]])
    went = np.setdiff1d(left_before, changed[0], assume_unique=True)
    came = np.setdiff1d(left_after, changed[1], assume_unique=True)
    rows = [
        *(_change(before[old], after[new]) for old, new in zip(*changed, strict=True)),
        *(_change(before[old], None) for old in went),
        *(_change(None, after[new]) for new in came),
    ]
    rows.sort(key=lambda row: (row.akun, row.nodok, row.tgldok, row.row_before or 0, row.row_after or 0))
    return Comparison(same=len(kept_before), rows=tuple(rows), accounts=_accounts(rows))


def _keys(lines: Lines) -> Lines:
    keys = np.zeros(len(lines), dtype=_KEY)
    for name in _KEY.names or ():
        keys[name] = lines[name]
    # Equal lengths throughout, so that comparing without trailing NULs is exact.
    return keys.view(f"S{_KEY.itemsize}")


def _groups(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> tuple[Places, Places]:
    """A small number for each value, the same number for equal values on either side."""
    _, numbers = np.unique(np.concatenate([before, after]), return_inverse=True)
    numbers = numbers.astype(np.int64)
    return numbers[: len(before)], numbers[len(before) :]


def _pair(before: Places, after: Places) -> tuple[Places, Places]:
    """Positions on both sides of equal numbers, the first with the first, the second with the second."""
    order_before, order_after = np.argsort(before, kind="stable"), np.argsort(after, kind="stable")
    left, right = _groups(before[order_before], after[order_after])
    many = len(before) + len(after) + 1
    left, right = left * many + _rank(left), right * many + _rank(right)
    _, at_left, at_right = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    return order_before[at_left], order_after[at_right]


def _rank(ordered: Places) -> Places:
    """How many equal numbers stand before each in an ordered list."""
    if not len(ordered):
        return ordered
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[begins, len(ordered)])
    return np.arange(len(ordered)) - np.repeat(begins, lengths)


def _without(count: int, taken: Places) -> Places:
    left = np.ones(count, dtype=bool)
    left[taken] = False
    return np.flatnonzero(left)


def _change(before: Any, after: Any) -> RowChange:
    one = before if before is not None else after

    def text(name: str) -> str:
        return str(one[name].decode("cp1252"))

    return RowChange(
        akun=text("kdmakmap") or text("perk"),
        kdtrn=text("kdtrn"),
        jnsdok=text("jnsdok"),
        nodok=text("nodok"),
        tgldok=text("tgldok"),
        before=None if before is None else int(before["rphreal"]),
        after=None if after is None else int(after["rphreal"]),
        row_before=None if before is None else int(before["row"]),
        row_after=None if after is None else int(after["row"]),
    )


def _accounts(rows: list[RowChange]) -> tuple[AccountChange, ...]:
    by_account: dict[str, list[RowChange]] = {}
    for row in rows:
        by_account.setdefault(row.akun, []).append(row)
    return tuple(
        AccountChange(
            akun=akun,
            went=sum(row.after is None for row in found),
            came=sum(row.before is None for row in found),
            changed=sum(row.before is not None and row.after is not None for row in found),
            before=sum(row.before or 0 for row in found),
            after=sum(row.after or 0 for row in found),
        )
        for akun, found in sorted(by_account.items())
    )
