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

    Both hold positions in the live rows, in file order.
    """
    prints = _fingerprints(table)
    order = np.argsort(prints, kind="stable")
    same = np.flatnonzero(prints[order][1:] == prints[order][:-1])
    if not len(same):
        return same, same
    candidates = np.sort(np.unique(np.concatenate([order[same], order[same + 1]])))
    first: dict[bytes, int] = {}
    later: list[tuple[int, int]] = []
    for index in candidates.tolist():
        content = _content(table, np.array([index]))[0].tobytes()
        earlier = first.setdefault(content, index)
        if earlier != index:
            later.append((index, earlier))
    pairs = np.array(later, dtype=np.intp).reshape(len(later), 2)
    return pairs[:, 0], pairs[:, 1]


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
