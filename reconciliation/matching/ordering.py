"""Rows in the order of their bytes, without moving or comparing whole rows.

Most places of a row hold the same byte in all of them, and nearly all others one of a few: what tells rows apart fits
two or three 64-bit numbers, which are sorted in its stead.
"""

import numpy as np
import numpy.typing as npt

Bytes2D = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint64]

BLOCK = 1 << 13  # rows looked at together
_ABREAST = 16  # rows side by side: single ones would cost more to begin than to read
_WORD = 64


def byte_order(matrix: Bytes2D) -> npt.NDArray[np.intp]:
    """The positions of the rows of a contiguous matrix, ordered as their bytes are."""
    words = _telling_apart(matrix) if len(matrix) else []
    if not words:
        return np.arange(len(matrix))
    order = np.argsort(words[0])
    new = np.ones(order.shape, dtype=np.bool_)
    new[1:] = words[0][order[1:]] != words[0][order[:-1]]
    run = np.cumsum(new)
    again = np.flatnonzero(np.bincount(run)[run] > 1)  # whom the first number leaves beside others
    order[again] = order[again][np.lexsort([*(word[order[again]] for word in words[:0:-1]), run[again]])]
    return order


def _telling_apart(matrix: Bytes2D) -> list[Numbers]:
    """Numbers that order the rows as their bytes do, the first most significant."""
    low, high = _span(matrix)
    places: list[
        list[tuple[int, np.uint64]]
    ] = []  # by word: each place that goes into it, and its width in bits
    room = 0
    for place in np.flatnonzero(low != high).tolist():
        bits = int(high[place] - low[place]).bit_length()
        if bits > room:
            places.append([])
            room = _WORD
        places[-1].append((place, np.uint64(bits)))
        room -= bits
    words = [np.zeros(len(matrix), dtype=np.uint64) for _ in places]
    for start in range(0, len(matrix), BLOCK):
        block = matrix[start : start + BLOCK]
        for word, parts in zip(words, places, strict=True):
            filled = word[start : start + BLOCK]
            for place, width in parts:
                filled <<= width
                filled |= block[:, place] - low[place]
    return words


def _span(matrix: Bytes2D) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The lowest and the highest byte at each place."""
    width = matrix.shape[1]
    low, high = np.full(width, 0xFF, dtype=np.uint8), np.zeros(width, dtype=np.uint8)
    for start in range(0, len(matrix), BLOCK):
        block = matrix[start : start + BLOCK]
        even = len(block) - len(block) % _ABREAST
        for rows in (block[:even].reshape(-1, _ABREAST * width), block[even:]):
            if len(rows):
                np.minimum(low, rows.min(axis=0).reshape(-1, width).min(axis=0), out=low)
                np.maximum(high, rows.max(axis=0).reshape(-1, width).max(axis=0), out=high)
    return low, high
