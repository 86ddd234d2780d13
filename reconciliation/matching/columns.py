"""Fields of a lines array as 64-bit numbers: reading text columns without making Python strings.

A number is big-endian in its bytes, so that numbers sort as the texts do and the blank text is 0.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from reconciliation.matching.lines import LINES_DTYPE, Lines

Numbers = npt.NDArray[np.uint64]
Amounts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

_WORD = 8
# JNSDOK1, NODOK1 and TGLDOK1 lie side by side: the document's part of the Detail key.
DOCUMENT = np.dtype([(name, LINES_DTYPE[name]) for name in ("jnsdok", "nodok", "tgldok")])


def _offset(name: str) -> int:
    fields = LINES_DTYPE.fields
    assert fields is not None  # a structured dtype always has them
    return int(fields[name][1])


def strided(lines: Lines, offset: int, dtype: str) -> npt.NDArray[Any]:
    """A view of each row's bytes from `offset` on, read as `dtype`. `lines` must be contiguous."""
    if not lines.size:  # an empty buffer has no place for the offset
        return np.empty(0, dtype)
    return np.ndarray(lines.shape, dtype, lines, offset, (LINES_DTYPE.itemsize,))


def numbers(lines: Lines, name: str, last: str = "") -> Numbers:
    """The field `name`, or the neighbours from `name` to `last`, as big-endian numbers of ≤ 8 bytes."""
    start = _offset(name)
    end = _offset(last or name) + LINES_DTYPE[last or name].itemsize
    size = end - start
    if start + _WORD <= LINES_DTYPE.itemsize:
        words = strided(lines, start, ">u8").astype(np.uint64)
        words >>= np.uint64(8 * (_WORD - size))
        return words
    words = strided(lines, end - _WORD, ">u8").astype(np.uint64)
    words &= np.uint64((1 << (8 * size)) - 1)
    return words


def as_number(text: bytes, size: int) -> np.uint64:
    """The number a text of a field of `size` bytes has."""
    return np.uint64(int.from_bytes(text.ljust(size, b"\0"), "big"))


def as_text(words: Numbers, size: int) -> npt.NDArray[np.bytes_]:
    """The texts of numbers of `size` bytes: the way back."""
    shifted = (words << np.uint64(8 * (_WORD - size))).astype(">u8")
    return shifted.view("S8").astype(f"S{size}")


def document_words(lines: Lines) -> list[Numbers]:
    """Views of each row's document as words: for hashing only, their order is not the texts'.

    The last word overlaps its neighbour: no byte is left out and none behind the document is read.
    """
    size, start = DOCUMENT.itemsize, _offset("jnsdok")
    offsets = [*range(0, size - _WORD, _WORD), size - _WORD]
    return [strided(lines, start + offset, "<u8") for offset in offsets]


def documents(lines: Lines) -> npt.NDArray[np.void]:
    """A view of each row's document as opaque bytes."""
    return strided(lines, _offset("jnsdok"), f"V{DOCUMENT.itemsize}")
