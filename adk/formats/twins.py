"""Exact twin rows: the same content posted twice, whatever its stamps say."""

import numpy as np
import numpy.typing as npt

from adk.formats.columns import Bytes2D
from adk.formats.dbf import Table
from adk.formats.layout import STAMPS

CHUNK = 2**15
WORD = 8
_MIX = 0x9E3779B97F4A7C15

Indices = npt.NDArray[np.intp]


def find_twins(table: Table) -> tuple[Indices, Indices]:
    """Second and later occurrences among the live rows, and for each the first occurrence.

    Both hold positions in the live rows, in file order. Rows are compared byte by byte with the first one of
    equal fingerprint: a collision made on purpose can hide no more than its maker's own warning.
    """
    prints = _fingerprints(table)
    order = np.argsort(prints, kind="stable")
    ordered = prints[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    first_of = order[np.flatnonzero(begins)[np.cumsum(begins) - 1]] if len(order) else order
    later, earlier = order[~begins], first_of[~begins]
    equal = np.zeros(len(later), dtype=np.bool_)
    for start in range(0, len(later), CHUNK):
        part = slice(start, start + CHUNK)
        equal[part] = (_content(table, later[part]) == _content(table, earlier[part])).all(axis=1)
    by_row = np.argsort(later[equal])
    return later[equal][by_row], earlier[equal][by_row]


def _content(table: Table, indices: Indices) -> Bytes2D:
    """The bytes of live rows without stamps, padded to whole words."""
    width = table.matrix.shape[1]
    rows = np.zeros((len(indices), -(-width // WORD) * WORD), dtype=np.uint8)
    rows[:, :width] = table.matrix[table.numbers[indices] - 1]
    for name in STAMPS:
        if name in table.fields:
            offset = table.offsets[name]
            rows[:, offset : offset + table.fields[name].width] = 0
    return rows


def _fingerprints(table: Table) -> npt.NDArray[np.uint64]:
    """One 64-bit number per live row; equal content gives equal numbers."""
    words = -(-table.matrix.shape[1] // WORD)
    weights = np.array([pow(_MIX, power, 2**64) for power in range(1, words + 1)], dtype=np.uint64)
    prints = np.empty(len(table), dtype=np.uint64)
    for start in range(0, len(table), CHUNK):
        indices = np.arange(start, min(start + CHUNK, len(table)))
        content = _content(table, indices).view(np.uint64)
        # The shift lets the high halves of words reach the low bits of the sum and back.
        prints[indices] = ((content ^ (content >> np.uint64(29))) * weights).sum(axis=1, dtype=np.uint64)
    return prints
