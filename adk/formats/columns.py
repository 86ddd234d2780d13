"""Columns of fixed-width text as NumPy arrays: trimming, whole numbers, dates, character sets.

No float is ever made: rupiah above 2^53 would lose their last digits.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from adk.formats.spans import DELETE, SPACE, Span

Text = npt.NDArray[np.bytes_]
Mask = npt.NDArray[np.bool_]
Amounts = npt.NDArray[np.int64]
Bytes2D = npt.NDArray[np.uint8]

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer", bound=np.generic)

INT64_MAX = 2**63 - 1
DIGITS_MAX = 19
WORD = 8
STEP = 2**14  # rows parsed at a time: what is worked on stays in the cache

MINUS, ZERO, SMALL_A = 0x2D, 0x30, 0x61
TEN, DATE_WIDTH, FEBRUARY, DECEMBER = 10, 8, 2, 12
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


def _upper_table() -> npt.NDArray[np.uint8]:
    table = np.arange(256, dtype=np.uint8)
    for code in range(256):
        upper = bytes([code]).decode("cp1252", "ignore").upper().encode("cp1252", "ignore")
        if len(upper) == 1:
            table[code] = upper[0]
    return table


def _foreign_table() -> Mask:
    table = np.zeros(256, dtype=np.bool_)
    table[:0x20] = True
    table[[0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D]] = True
    return table


_EVERY_BYTE = np.arange(256, dtype=np.uint8)
UPPER = _upper_table()
FOREIGN = _foreign_table()


def as_bytes(column: npt.NDArray[Any]) -> Bytes2D:
    """The characters of a text column, one row per value."""
    contiguous = np.ascontiguousarray(column)
    return contiguous.view(np.uint8).reshape(len(contiguous), column.dtype.itemsize)


def is_uniform(column: npt.NDArray[Any]) -> bool:
    """Whether a column is one value repeated without taking room, as `Table.load` makes them."""
    return len(column) > 1 and column.strides == (0,)


def once(
    ask: Callable[Concatenate[Text, Asked], npt.NDArray[Answer]],
) -> Callable[Concatenate[Text, Asked], npt.NDArray[Answer]]:
    """Ask about a single value where a uniform column holds no other; the answer is uniform then."""

    @wraps(ask)
    def asked(column: Text, /, *args: Asked.args, **kwargs: Asked.kwargs) -> npt.NDArray[Answer]:
        if is_uniform(column):
            return np.broadcast_to(ask(column[:1], *args, **kwargs), column.shape)
        return ask(column, *args, **kwargs)

    return asked


@once
def trimmed(column: Text) -> Text:
    """A text column without blanks on either end, no wider than it need be for blanks that all values share."""
    matrix = as_bytes(column)
    if matrix.size == 0:
        return column
    left, right = matrix[:, 0] == SPACE, matrix[:, -1] == SPACE
    if not right.any() and not left.any():
        return column
    if np.array_equal(left, right) and not left.all() and not (matrix[left] != SPACE).any():
        return np.asarray((matrix * ~left[:, None]).view(column.dtype)[:, 0])
    return _stripped(matrix)


def _stripped(matrix: Bytes2D) -> Text:
    """Cut off the tail of blanks that all values share; strip one by one only when more is left."""
    span = Span(matrix.shape[1])
    span.widen(matrix)
    used = np.flatnonzero((span.low != SPACE) | (span.high != SPACE))
    if not len(used):
        return np.zeros(len(matrix), dtype="S1")
    edges = np.ascontiguousarray(matrix[:, : used[-1] + 1])
    cut = edges.view(f"S{edges.shape[1]}")[:, 0]
    if not (edges[:, 0] == SPACE).any() and not (edges[:, -1] == SPACE).any():
        return cut
    return np.strings.strip(cut, b" ").astype(cut.dtype)


@once
def upper(column: Text) -> Text:
    """A text column in capitals, by the cp1252 letters."""
    matrix = as_bytes(column)
    if not matrix.size or matrix.max() < SMALL_A:
        return column
    return np.ascontiguousarray(UPPER[matrix]).view(column.dtype)[:, 0]


@once
def lengths(column: Text) -> npt.NDArray[np.intp]:
    """Characters per value, trailing NUL not counted."""
    return np.strings.str_len(column)


def whole_numbers(column: Text) -> tuple[Amounts, Mask]:
    """Parse `-?\\d{1,19}` between blanks. Returns the numbers and which rows hold none within int64."""
    amounts, bad = np.empty(len(column), dtype=np.int64), np.empty(len(column), dtype=np.bool_)
    for start in range(0, len(column), STEP):
        part = slice(start, start + STEP)
        amounts[part], bad[part] = _whole_numbers(column[part])
    return amounts, bad


def _whole_numbers(column: Text) -> tuple[Amounts, Mask]:
    matrix = np.ascontiguousarray(as_bytes(column).T)
    count = len(column)
    value = np.zeros(count, dtype=np.uint64)
    digits = np.zeros(count, dtype=np.int16)
    negative = np.zeros(count, dtype=np.bool_)
    closed = np.zeros(count, dtype=np.bool_)
    bad = np.zeros(count, dtype=np.bool_)
    started = False
    for char in matrix:
        blank = char == SPACE
        if not started and blank.all():
            continue
        started = True
        number = char - np.uint8(ZERO)
        digit = number < TEN
        minus = char == MINUS
        bad |= ~(digit | minus | blank) | (closed & ~blank) | (minus & (negative | (digits > 0)))
        closed |= blank & (negative | (digits > 0))
        negative |= minus
        digits += digit
        value = np.where(digit, value * np.uint64(10) + number, value)
    bad |= (digits == 0) | (digits > DIGITS_MAX) | (value > np.uint64(INT64_MAX) + negative.astype(np.uint64))
    signed = value.view(np.int64)
    amounts = np.where(negative, -signed, signed)
    amounts[bad] = 0
    return amounts, bad


def exact_sum(amounts: Amounts) -> int:
    """The sum as a Python integer: int64 sums wrap silently."""
    high, low = amounts >> 32, amounts & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def debit_credit(amounts: Amounts) -> tuple[int, int]:
    """Sum of the positive amounts, and of the negative ones as a positive number."""
    return exact_sum(amounts[amounts > 0]), -exact_sum(amounts[amounts < 0])


@once
def digits_only(column: Text, width: int) -> Mask:
    """Which trimmed values are exactly `width` digits."""
    if column.dtype.itemsize < width:
        return np.zeros(len(column), dtype=np.bool_)
    matrix = as_bytes(column)
    good = ((matrix[:, :width] - np.uint8(ZERO)) < TEN).all(axis=1)
    return np.asarray(good & (matrix[:, width:] == 0).all(axis=1))


def as_words(column: Text) -> list[npt.NDArray[np.uint64]]:
    """The text of each value as 64-bit numbers: equal values have equal numbers."""
    if is_uniform(column):
        return [np.broadcast_to(word, column.shape) for word in as_words(column[:1])]
    width = -(-column.dtype.itemsize // WORD) * WORD
    words = (
        np.ascontiguousarray(column, dtype=f"S{width}").view(np.uint64).reshape(len(column), width // WORD)
    )
    return list(words.T)


@once
def differing(column: Text, value: bytes) -> Mask:
    """Which trimmed values are another."""
    return np.asarray(column != value)


@once
def is_one_of(column: Text, codes: Collection[bytes]) -> Mask:
    """Which trimmed values are among the codes; short text is compared as numbers, which is fast."""
    if column.dtype.itemsize == 1:
        known_bytes = np.zeros(256, dtype=np.bool_)
        known_bytes[[ord(code or b"\0") for code in codes if len(code) <= 1]] = True
        return known_bytes[as_bytes(column)[:, 0]]
    if column.dtype.itemsize > WORD:
        return np.isin(column, np.array(list(codes), dtype=np.bytes_))
    known = np.array([code for code in codes if len(code) <= WORD], dtype=f"S{WORD}").view(np.uint64)
    return np.isin(as_words(column)[0], known)


@once
def rows_where(column: Text, judge: Callable[[Text], Mask]) -> Mask:
    """Which trimmed values the judge marks; it is asked once per distinct value, and those are few."""
    if column.dtype.itemsize > WORD:
        return judge(column)
    if column.dtype.itemsize == 1:
        return judge(_EVERY_BYTE.view("S1"))[as_bytes(column)[:, 0]]
    words = as_words(column)[0]
    distinct = _distinct(words)
    bad = distinct[judge(distinct.view(f"S{WORD}").astype(column.dtype))]
    return np.isin(words, bad) if len(bad) else np.zeros(len(words), dtype=np.bool_)


def _distinct(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The distinct numbers. Most columns hold one value nearly everywhere: those are peeled off first."""
    found, rest = [], words
    while len(rest):
        others = rest[rest != rest[0]]
        found.append(rest[:1])
        if 2 * len(others) > len(rest):
            found.append(np.unique(others))
            break
        rest = others
    return np.concatenate(found) if found else words


@once
def unreal_dates(column: Text) -> Mask:
    """Which trimmed values are neither blank nor a real calendar day YYYYMMDD."""
    matrix = as_bytes(column)
    if matrix.shape[1] != DATE_WIDTH:
        return np.asarray(column != b"")
    number = (matrix - np.uint8(ZERO)).astype(np.int64)
    year = number[:, 0] * 1000 + number[:, 1] * 100 + number[:, 2] * 10 + number[:, 3]
    month = number[:, 4] * 10 + number[:, 5]
    day = number[:, 6] * 10 + number[:, 7]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[np.clip(month, 0, DECEMBER)] + (leap & (month == FEBRUARY))
    within = (year >= 1) & (month >= 1) & (month <= DECEMBER) & (day >= 1) & (day <= last)
    real = (number < TEN).all(axis=1) & within
    return np.asarray((column != b"") & ~real)


@once
def foreign_characters(column: Text) -> Mask:
    """Which raw values hold a control character or one of the five bytes cp1252 leaves undefined."""
    matrix = as_bytes(column)
    if not matrix.size or (matrix.min() >= SPACE and matrix.max() < DELETE):
        return np.zeros(len(matrix), dtype=np.bool_)
    return np.asarray(FOREIGN[matrix].any(axis=1))
