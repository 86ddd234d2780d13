"""The lines file: one normalised NumPy array for either side, whatever road the rows came by.

The joint between the roads in (SAIBA zip, SAKTI push, KPPN ADK) and everything that reads rows
(matcher, drill-down, `rows.csv`, comparisons). Text is cp1252 bytes, trimmed on both ends and padded
with NUL by NumPy; NODOK1 is upper-cased; dates are `YYYYMMDD` or empty; amounts are whole rupiah, signed
(D positive, K negative), as int64.
"""

import hashlib
import io
from typing import Any

import numpy as np
import numpy.typing as npt

from reconciliation.matching.arrays import array_parts, read_array
from reconciliation.matching.ordering import BLOCK, byte_order

LINES_DTYPE = np.dtype(
    [
        ("row", "<i4"),  # 1-based physical row in the member; 0 where there is none (SiAP)
        ("kdsatker", "S6"),
        ("kdbaes1", "S5"),
        ("kdkppn", "S3"),
        ("kddekon", "S2"),
        ("kdwilayah", "S4"),
        ("kdprogram", "S4"),
        ("kdgiat", "S4"),
        ("kdoutput", "S3"),
        ("kdsdcp", "S3"),
        ("register", "S8"),
        ("kdtrn", "S1"),
        ("kdkem", "S1"),  # blank is stored as "0"
        ("kdmakmap", "S6"),
        ("perk", "S6"),  # PERKSAI, or PERKSAU on the SiAP side
        ("perk1", "S6"),  # PERKSAI1, or PERKSAU1
        ("kddk", "S1"),
        ("rphreal", "<i8"),
        ("jnsdok", "S10"),
        ("nodok", "S40"),
        ("tgldok", "S8"),
        ("tglpost", "S8"),
        ("periode", "S2"),
        ("revisike", "S2"),
        ("twin", "?"),  # the gate's mark: an exact twin of an earlier row (SAI side only)
        ("idtrn", "S20"),  # SiAP side only
        ("koreksi", "S20"),  # SiAP side only: the IDTRN that this row corrects
    ]
)

# T_SAWAL: opening balances of the satker, D positive.
OPENING_DTYPE = np.dtype([("kdperk", "S6"), ("saldo", "<i8")])

Lines = npt.NDArray[Any]


def empty_lines() -> Lines:
    """A lines array without rows."""
    return np.empty(0, dtype=LINES_DTYPE)


def empty_opening() -> Lines:
    """An array of opening balances without rows."""
    return np.empty(0, dtype=OPENING_DTYPE)


def pack(lines: Lines, opening: Lines) -> bytes:
    """The bytes of a lines file: equal arrays give equal bytes."""
    return b"".join(packed_parts(lines, opening))


def packed_parts(lines: Lines, opening: Lines) -> list[Any]:
    """The parts of a lines file, to be written one after the other: a giant's rows are not copied for it."""
    return [*array_parts(lines, LINES_DTYPE), *array_parts(opening, OPENING_DTYPE)]


def unpack(content: bytes) -> tuple[Lines, Lines]:
    """Read a lines file: the rows and the opening balances.

    Raises ValueError when the bytes are not a lines file of this version.
    """
    buffer = io.BytesIO(content)
    lines, opening = read_array(buffer, LINES_DTYPE), read_array(buffer, OPENING_DTYPE)
    if lines is None or opening is None:
        raise ValueError("not a lines file of this version")
    return lines, opening


def rows_hash(lines: Lines) -> str:
    """SHA-256 of the rows whatever their order, lower-case hex: equal sets of rows, equal hashes."""
    rows = np.ascontiguousarray(lines, dtype=LINES_DTYPE).view(f"V{LINES_DTYPE.itemsize}")
    order = byte_order(rows.view(np.uint8).reshape(len(rows), LINES_DTYPE.itemsize))
    found = hashlib.sha256()
    for start in range(0, len(order), BLOCK):
        found.update(rows[order[start : start + BLOCK]].view(np.uint8).data)
    return found.hexdigest()
