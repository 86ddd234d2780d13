"""What a side brings to the comparison: one entry per row and budget element, and per cash leg.

The CoA key of an entry is six 64-bit words: element and account; BA+ES1 and SD-CP; kewenangan and lokasi;
program and kegiatan; output; register. Parts that an element's key leaves out are 0.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.classify import SALDO_AWAL, Case, cash_elements, classify
from reconciliation.matching.columns import Amounts, Mask, Numbers, Rows, as_text, numbers
from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.grouping import group, hash_documents
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import COA_DTYPE

Words = tuple[Numbers, ...]

BLOCK = 1 << 15  # rows read at a time
BUDGET = -1  # the cash line of an entry that is none
NO_ROW = -1  # the row of an entry that comes from T_SAWAL

_SIGNS = np.array([element.sign for element in ELEMENTS], dtype=np.int64)
_KEY_B = np.array([element.key == "B" for element in ELEMENTS])
_ELEMENT_SHIFT, _AKUN_SHIFT, _BAES1_SHIFT = np.uint64(56), np.uint64(8), np.uint64(24)
_SDCP = np.uint64((1 << 24) - 1)
_AKUN = np.uint64((1 << 48) - 1)


class Entries(NamedTuple):
    """Parallel arrays: `row` in the side (NO_ROW: T_SAWAL), `line` BUDGET or the cash line, `key` a number
    into the keys that stand beside the entries, `document` the hash of the row's document.
    """

    row: npt.NDArray[np.int32]
    amount: Amounts
    line: npt.NDArray[np.int8]
    key: Rows
    document: Numbers


class Side(NamedTuple):
    """One side: its entries, the CoA keys they point to, and the rows that no element takes."""

    entries: Entries
    words: Words
    outside_akun: Numbers
    outside_amount: Amounts


def side_of(lines: Lines, opening: Lines, case: Case, *, siap: bool) -> Side:
    """Read one side; `opening` are its T_SAWAL balances (none on the SiAP side).

    A block of rows at a time, so that what is in between stays in the processor's cache. Keys are grouped
    within their block: equal keys of two blocks stand there twice.
    """
    parts, keys, before = [], [], 0
    for start in range(0, max(lines.size, 1), BLOCK):
        block = lines[start : start + BLOCK]
        part = _part(block, opening if start == 0 else opening[:0], case, start, siap=siap)
        key = part.entries.key
        key += before
        before += part.words[0].size
        parts.append(part)
        keys.append(part.words)
    return Side(
        Entries(*_joined([part.entries for part in parts])),
        _joined(keys),
        np.concatenate([part.outside_akun for part in parts]),
        np.concatenate([part.outside_amount for part in parts]),
    )


def _joined(parts: Sequence[tuple[npt.NDArray[Any], ...]]) -> tuple[npt.NDArray[Any], ...]:
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))


def _part(lines: Lines, opening: Lines, case: Case, start: int, *, siap: bool) -> Side:
    found = classify(lines, case, siap=siap)
    budget = np.flatnonzero(found.element >= 0)
    accounts = numbers_of_accounts(opening)
    saldo = cash_elements(accounts)
    held = np.flatnonzero(saldo >= 0)
    element = np.concatenate([found.element[budget], found.legs.element, saldo[held]])
    akun = np.concatenate([found.akun[budget], found.legs.gl, accounts[held]])
    amount = lines["rphreal"][budget]
    amount *= _SIGNS[found.element[budget]]
    line = np.full(element.shape, BUDGET, dtype=np.int8)
    line[budget.size :] = SALDO_AWAL
    line[budget.size : line.size - held.size] = found.legs.line
    rows = np.concatenate([budget, found.legs.row])
    document = np.zeros(element.shape, dtype=np.uint64)
    document[: rows.size] = hash_documents(lines)[rows]
    row = np.full(element.shape, NO_ROW, dtype=np.int32)
    row[: rows.size] = rows + start
    words = _words(lines, budget, element, akun)
    groups = group(words)
    return Side(
        Entries(
            row,
            np.concatenate([amount, found.legs.amount, opening["saldo"][held]]),
            line,
            groups.code,
            document,
        ),
        tuple(word[groups.first] for word in words),
        found.akun[found.outside],
        lines["rphreal"][found.outside],
    )


def numbers_of_accounts(opening: Lines) -> Numbers:
    """KDPERK of opening balances as big-endian numbers."""
    padded = np.ascontiguousarray(opening["kdperk"]).astype("S8").view(">u8").astype(np.uint64)
    return padded >> np.uint64(16)


def _words(lines: Lines, budget: Rows, element: npt.NDArray[np.int8], akun: Numbers) -> Words:
    head = (element.astype(np.uint64) << _ELEMENT_SHIFT) | (akun << _AKUN_SHIFT)
    baes1, sdcp = numbers(lines, "kdbaes1"), numbers(lines, "kdsdcp")
    short = (baes1 << _BAES1_SHIFT) | sdcp
    long = (
        numbers(lines, "kddekon", "kdwilayah"),
        numbers(lines, "kdprogram", "kdgiat"),
        numbers(lines, "kdoutput"),
        numbers(lines, "register"),
    )
    key_b = _KEY_B[element[: budget.size]]
    return (
        head,
        _spread(short, budget, element.size),
        *(_spread(w, budget, element.size, key_b) for w in long),
    )


def _spread(word: Numbers, budget: Rows, size: int, cleared: Mask | None = None) -> Numbers:
    """A word of the rows laid over the entries: cash entries, which stand last, and `cleared` get 0."""
    spread = np.zeros(size, dtype=np.uint64)
    spread[: budget.size] = word[budget]
    if cleared is not None:
        spread[: budget.size][cleared] = 0
    return spread


def drop_incomplete_sdcp(words: Words) -> None:
    """Key B: SD-CP leaves every (element, account, BA+ES1) of both sides where a row lacks it. In place."""
    key_b = np.flatnonzero(_KEY_B[element_of(words[0])])
    short = words[1][key_b]
    blank = (short & _SDCP) == 0
    if not blank.any():
        return
    groups = group([words[0][key_b], short >> _BAES1_SHIFT])
    incomplete = np.zeros(groups.first.shape, dtype=np.bool_)
    incomplete[groups.code[blank]] = True
    short[incomplete[groups.code]] &= ~_SDCP
    words[1][key_b] = short


def coa_lines(words: Words) -> Lines:
    """CoA lines with the parts of their keys; statuses and amounts are still 0."""
    coa = np.zeros(words[0].shape, dtype=COA_DTYPE)
    head, short, place, activity, output, register = words
    coa["akun"] = as_text((head >> _AKUN_SHIFT) & _AKUN, 6)
    coa["ba_es1"] = as_text(short >> _BAES1_SHIFT, 5)
    coa["sdcp"] = as_text(short & _SDCP, 3)
    coa["kewenangan"] = as_text(place >> np.uint64(32), 2)
    coa["lokasi"] = as_text(place & np.uint64((1 << 32) - 1), 4)
    coa["program"] = as_text(activity >> np.uint64(32), 4)
    coa["kegiatan"] = as_text(activity & np.uint64((1 << 32) - 1), 4)
    coa["output"] = as_text(output, 3)
    coa["register"] = as_text(register, 8)
    return coa


def element_of(head: Numbers) -> npt.NDArray[np.int64]:
    """The element of each CoA key, from its first word."""
    return (head >> _ELEMENT_SHIFT).astype(np.int64)
