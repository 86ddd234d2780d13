"""Exact twin rows: the same content posted twice, whatever its stamps say."""

import hashlib

import numpy as np
import numpy.typing as npt

from adk.formats.columns import Bytes2D
from adk.formats.dbf import Table
from adk.formats.layout import STAMPS

CHUNK = 2**10
DIGEST = 16
WORD = 8
_MIX = 0x9E3779B97F4A7C15

Indices = npt.NDArray[np.intp]


def find_twins(table: Table) -> tuple[Indices, Indices]:
    """Second and later occurrences among the live rows, and for each the first occurrence.

    Both hold positions in the live rows, in file order. Fingerprints only find candidates; twins are
    equal byte by byte.
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
    pairs = np.stack([later[equal], earlier[equal]], axis=1)
    if not equal.all():
        pairs = np.concatenate([pairs, _collided(table, np.sort(later[~equal]))])
    pairs = pairs[np.argsort(pairs[:, 0])]
    return pairs[:, 0], pairs[:, 1]


def _collided(table: Table, indices: Indices) -> Indices:
    """Twins among rows whose fingerprint is another row's by chance or by design, told apart by digest."""
    first: dict[bytes, int] = {}
    pairs = []
    for index in indices.tolist():
        content = _content(table, np.array([index]))
        earlier = first.setdefault(hashlib.blake2b(content.tobytes(), digest_size=DIGEST).digest(), index)
        if earlier != index:
            pairs.append((index, earlier))
    return np.array(pairs, dtype=np.intp).reshape(len(pairs), 2)


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
        content ^= content >> np.uint64(29)
        prints[indices] = content @ weights
    return prints
