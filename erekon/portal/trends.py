"""How a difference stands beside what it was in an earlier upload. Pure."""

from enum import StrEnum
from typing import NamedTuple


class Trend(StrEnum):
    """What became of a difference since an earlier upload."""

    NEW = "BARU"
    FIXED = "SELESAI"
    LESS = "TURUN"
    MORE = "NAIK"
    TURNED = "BERBALIK"
    UNCHANGED = "TETAP"
    EQUAL = "SAMA"


class Standing(NamedTuple):
    """A difference at one time: SiAP − SAI, the absolute rupiah beneath it, and whether both sides agree."""

    difference: int
    gap: int
    equal: bool


AGREED = Standing(0, 0, equal=True)


def trend_of(before: Standing, now: Standing) -> Trend:
    """The trend by the absolute difference; where that is the same, by the rupiah beneath it."""
    if now.equal or before.equal:
        return _settled(before, now)
    if before.difference and before.difference == -now.difference:
        return Trend.TURNED
    older, newer = (abs(before.difference), before.gap), (abs(now.difference), now.gap)
    if older == newer:
        return Trend.UNCHANGED
    return Trend.LESS if newer < older else Trend.MORE


def _settled(before: Standing, now: Standing) -> Trend:
    if now.equal:
        return Trend.EQUAL if before.equal else Trend.FIXED
    return Trend.NEW
