"""Rekonsiliasi Terpusat: receipts of great volume, compared in one central satker's case.

The accounts of a rule leave Pendapatan and Pengembalian Pendapatan of every satker of its BA+ES1 and are
compared in the case of `satker_pusat`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

# Tax receipts: reconciled centrally or not at all.
TAX = "41"


@dataclass(frozen=True)
class TerpusatRule:
    """One row of `terpusat.csv`.

    `akun_from` and `akun_to` are inclusive; a shorter code stands for all accounts it begins.
    `counterpart` is the office of the central case: KPPN "183" or "PUSAT". Dates are inclusive, None is
    open.
    """

    ba: str
    es1: str
    satker_pusat: str
    akun_from: str
    akun_to: str
    counterpart: str
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the rule applies to a case whose month ends on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def meets(self, other: "TerpusatRule") -> bool:
        """Whether both apply on some day."""
        begins = max(rule.valid_from or date.min for rule in (self, other))
        return begins <= min(rule.valid_to or date.max for rule in (self, other))

    def shares_accounts(self, other: "TerpusatRule") -> bool:
        """Whether both name some account of the same BA+ES1."""
        first = max(rule.bounds[0] for rule in (self, other))
        return self.unit == other.unit and first <= min(rule.bounds[1] for rule in (self, other))

    @property
    def unit(self) -> str:
        """BA+ES1 of the satkers whose receipts the rule takes."""
        return self.ba + self.es1

    @property
    def bounds(self) -> tuple[str, str]:
        """The first and the last account of the rule, six digits each."""
        return self.akun_from.ljust(6, "0"), (self.akun_to or self.akun_from).ljust(6, "9")

    def covers(self, akun: Numbers) -> Mask:
        """Which accounts (six bytes as a big-endian number) the rule names."""
        low, high = map(_number, self.bounds)
        inside: Mask = (low <= akun) & (akun <= high)
        return inside


def _number(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(text.encode("cp1252"), "big"))


def central(rules: Iterable[TerpusatRule], satker: str, akun: Numbers) -> Mask:
    """The rows whose account is compared in the case of `satker`, as the central one."""
    mask = np.zeros(akun.shape, dtype=np.bool_)
    for rule in rules:
        if rule.satker_pusat == satker:
            mask |= rule.covers(akun)
    return mask


def taken_away(rules: Iterable[TerpusatRule], satker: str, akun: Numbers, baes1: Numbers) -> Mask:
    """The rows of `satker` that another satker's central case compares, and all tax receipts.

    `baes1` is the BA+ES1 of each row's satker (five bytes as a big-endian number).
    """
    mask: Mask = akun >> np.uint64(32) == _number(TAX)
    for rule in rules:
        if rule.satker_pusat != satker:
            mask |= rule.covers(akun) & (baes1 == _number(rule.unit))
    return mask
