"""Exact sums of rupiah: int64 only, and a loud end where it would wrap around."""

import numpy as np
import numpy.typing as npt

from reconciliation.matching.columns import Amounts, Mask
from reconciliation.matching.outcome import DIFFERING, EQUAL, ONLY_SAI, ONLY_SIAP, Counts

INT64_MAX = 2**63 - 1
_HALF = np.uint64(32)
_LOWER = np.uint64(2**32 - 1)


class AmountTooLargeError(ValueError):
    """A side's sum of absolute amounts leaves int64; the gate refuses such a side as NILAI."""


def check_total(*amounts: Amounts) -> None:
    """Raise AmountTooLargeError when the absolute values together leave int64."""
    total = sum(absolute_total(part) for part in amounts)
    if total > INT64_MAX:
        raise AmountTooLargeError(f"sum of absolute amounts {total} is beyond {INT64_MAX}")


def absolute_total(amounts: Amounts) -> int:
    """The sum of absolute values, whatever its size."""
    absolute = np.abs(amounts).view(np.uint64)  # |−2^63| wraps to itself and reads right unsigned
    return (int((absolute >> _HALF).sum()) << 32) + int((absolute & _LOWER).sum())


def statuses(siap: Amounts, sai: Amounts, in_siap: Mask, in_sai: Mask) -> npt.NDArray[np.uint8]:
    """EQUAL, DIFFERING, ONLY_SIAP or ONLY_SAI per line. Absent counts as 0: amounts decide."""
    status = np.full(siap.shape, DIFFERING, dtype=np.uint8)
    status[~in_sai] = ONLY_SIAP
    status[~in_siap] = ONLY_SAI
    status[siap == sai] = EQUAL
    return status


def count(status: npt.NDArray[np.uint8]) -> Counts:
    """Lines by status."""
    return Counts(*np.bincount(status, minlength=len(Counts._fields)).tolist())
