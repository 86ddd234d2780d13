"""Adversarial rows: few values, so that keys collide; twins, blanks, padding and amounts at the edges."""

import math
from typing import Any

from hypothesis import strategies as st

SATKER, YEAR, MONTH = "111111", 2026, 9
ACCOUNTS = ("", "411111", "425111", "425112", "511111", "621111", "711111", "815111", "825111", "115612")
GL = ("", "111611", "111612", "111911", "111822", "111821", "115612")

EDGES = (0, 1, -1, 5, -5, 70_000, 10**15, 2**53, 2**53 + 1, -(2**53) - 1, 999_999_999, -999_999_999)
# At most one of these in a side, so that the side's absolute sum stays inside int64.
GIANTS = st.sampled_from([2**62, -(2**62), 2**62 + 1])


def padded(*values: str) -> tuple[str, ...]:
    """The texts as they are, with a blank before and with blanks after."""
    return tuple(before + value + after for value in values for before, after in (("", ""), (" ", "  ")))


# Columns are named for SAI; SiAP reads the same ones.
COLUMNS: dict[str, tuple[str, ...]] = {
    "KDSATKER": (*[SATKER] * 6, "222222"),
    "KDBAES1": ("01504", "01505"),
    "KDDEKON": ("KD", "KP"),
    "KDPROGRAM": padded("0811", ""),
    "KDGIAT": ("1045", "104"),
    "KDOUTPUT": padded("994", "99"),
    "KDSDCP": padded("010", "010", "011", ""),
    "KDWILAYAH": ("1203", "1251"),
    "REGISTER": ("00000000", ""),
    "KDTRN": ("0", "2", "3", "3", "3"),
    "KDKEM": ("0", "0", "1", " "),
    "KDMAKMAP": ACCOUNTS,
    "PERKSAI": GL,
    "PERKSAI1": GL,
    "RPHREAL": tuple(map(str, EDGES)),
    "JNSDOK1": ("301", "305", "307", "401", "9907", "7", ""),
    "NODOK1": padded("A1", "a1", "Ä 1", "B", "", "X" * 36),
    "TGLDOK1": ("20260102", ""),
    "TGLPOST": ("20260102", "20260930", "20261001", ""),
    "PERIODE": ("01", "09", "09", "10"),
}
# Rows that count on either side, so that the sides can change places.
EITHER_WAY = {"KDSATKER": (SATKER,), "TGLPOST": ("20260930",), "PERIODE": ("09",)}
_CHOICES = 2**64


def rows(**fixed: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    """One row of either side. One number is drawn and read in mixed radix: a draw per column is slow."""
    columns = COLUMNS | fixed
    assert math.prod(map(len, columns.values())) < _CHOICES

    def read(number: int) -> dict[str, str]:
        row = {}
        for name, values in columns.items():
            number, choice = divmod(number, len(values))
            row[name] = values[choice]
        return row

    return st.integers(0, math.prod(map(len, columns.values())) - 1).map(read)


@st.composite
def sides(draw: st.DrawFn, size: int = 12) -> list[dict[str, str]]:
    """Rows of one side: drawn ones, some repeated up to 20-fold, at most one giant amount."""
    found: list[dict[str, str]] = draw(st.lists(rows(), max_size=size))
    if found:
        again: Any = st.tuples(st.sampled_from(found), st.sampled_from([1, 1, 2, 20]))
        for row, times in draw(st.lists(again, max_size=3)):
            found = found + [row] * times
        if draw(st.booleans()):
            found = [dict(found[0], RPHREAL=str(draw(GIANTS))), *found[1:]]
    return found


OPENINGS = st.lists(
    st.tuples(st.sampled_from([account for account in GL if account]), st.integers(-(10**9), 10**9)),
    max_size=3,
)
