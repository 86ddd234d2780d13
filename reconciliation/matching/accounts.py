"""What the accounts of an element come to: the sums of their CoA lines, and of those that differ."""

from typing import NamedTuple

import numpy as np

from reconciliation.matching.outcome import EQUAL, ElementOutcome


class AccountSums(NamedTuple):
    """One account (cash: GL account) of an element, whole rupiah.

    `siap` and `sai` are of all its CoA lines; `lines` of them differ, and come to `siap_different` and
    `sai_different`. `gap` is the absolute difference of each of those, summed: more than the difference of both
    sums where lines offset each other.
    """

    akun: str
    siap: int
    sai: int
    lines: int
    siap_different: int
    sai_different: int
    gap: int


def account_sums(element: ElementOutcome) -> list[AccountSums]:
    """The accounts of an element in order."""
    coa = element.coa
    if not coa.size:
        return []
    akun = coa["akun"]  # the first part of the key that the lines are ordered by
    starts = np.flatnonzero(np.concatenate([[True], akun[1:] != akun[:-1]]))
    siap, sai = coa["siap"], coa["sai"]
    different = (coa["status"] != EQUAL).astype(np.int64)
    # Two sides of 63 bits may lie further apart than a signed number holds: unsigned ones wrap to the right one.
    unsigned = siap.astype(np.uint64), sai.astype(np.uint64)
    gaps = np.where(siap > sai, unsigned[0] - unsigned[1], unsigned[1] - unsigned[0])
    columns = (siap, sai, different, siap * different, sai * different, gaps)
    names = (code.decode("cp1252") for code in akun[starts].tolist())
    sums = (np.add.reduceat(column, starts).tolist() for column in columns)
    return [AccountSums(*found) for found in zip(names, *sums, strict=True)]
