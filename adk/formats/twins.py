"""Exact twin rows: the same content posted twice, whatever its stamps say."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from adk.formats.columns import Bytes2D
from adk.formats.layout import STAMPS
from adk.formats.tables import Table

CHUNK = 2**10
DIGEST = 16
WORD = 8
_MIX = 0x9E3779B97F4A7C15

Indices = npt.NDArray[np.intp]
Words = npt.NDArray[np.uint64]


def find_twins(table: Table, clues: Sequence[Words]) -> tuple[Indices, Indices]:
    """Second and later occurrences among the live rows, and for each the first occurrence.

    `clues` are numbers per live row that twins share; where they differ nothing else is looked at. Both results
    hold positions in the live rows, in file order. Fingerprints only find candidates; twins are equal byte by byte.
    """
    alike = _alike(_mixed(clues))
    if not len(alike):
        return alike, alike
    prints = _fingerprints(table, alike)
    order = np.argsort(prints, kind="stable")
    ordered = prints[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    first_of = order[np.flatnonzero(begins)[np.cumsum(begins) - 1]] if len(order) else order
    later, earlier = alike[order[~begins]], alike[first_of[~begins]]
    equal = np.zeros(len(later), dtype=np.bool_)
    for start in range(0, len(later), CHUNK):
        part = slice(start, start + CHUNK)
        equal[part] = (_content(table, later[part]) == _content(table, earlier[part])).all(axis=1)
    pairs = np.stack([later[equal], earlier[equal]], axis=1)
    if not equal.all():
        pairs = np.concatenate([pairs, _collided(table, np.sort(later[~equal]))])
    pairs = pairs[np.argsort(pairs[:, 0])]
    return pairs[:, 0], pairs[:, 1]


def _mixed(clues: Sequence[Words]) -> Words:
    """One number per row out of several."""
    mixed = np.zeros(len(clues[0]), dtype=np.uint64)
    for clue in clues:
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(_MIX) + clue
    return mixed


def _alike(prints: Words) -> Indices:
    """The positions, in order, of all rows whose number another row has too."""
    ordered = np.sort(prints)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(shared):
        return np.zeros(0, dtype=np.intp)
    places = np.minimum(np.searchsorted(shared, prints), len(shared) - 1)
    return np.flatnonzero(shared[places] == prints)


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


def _fingerprints(table: Table, alike: Indices) -> Words:
    """One 64-bit number for each of these live rows; equal content gives equal numbers."""
    words = -(-table.matrix.shape[1] // WORD)
    weights = np.array([pow(_MIX, power, 2**64) for power in range(1, words + 1)], dtype=np.uint64)
    prints = np.empty(len(alike), dtype=np.uint64)
    for start in range(0, len(alike), CHUNK):
        content = _content(table, alike[start : start + CHUNK]).view(np.uint64)
        # The shift lets the high halves of words reach the low bits of the sum and back.
        content ^= content >> np.uint64(29)
        prints[start : start + CHUNK] = content @ weights
    return prints
