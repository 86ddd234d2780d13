"""What a side brings to the comparison: one entry per row and budget element, and per cash leg.

The CoA key of an entry is six 64-bit words: element and account; BA+ES1 and SD-CP; kewenangan and lokasi;
program and kegiatan; output; register. Parts that an element's key leaves out are 0.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.classify import SALDO_AWAL, Classified, cash_elements
from reconciliation.matching.columns import Amounts, Mask, Numbers, Rows, as_text, numbers
from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.grouping import group
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import COA_DTYPE

BUDGET = -1  # the cash line of an entry that is none
NO_ROW = -1  # the row of an entry that comes from T_SAWAL

_SIGNS = np.array([element.sign for element in ELEMENTS], dtype=np.int64)
_KEY_B = np.array([element.key == "B" for element in ELEMENTS])
_ELEMENT_SHIFT, _AKUN_SHIFT, _BAES1_SHIFT = np.uint64(56), np.uint64(8), np.uint64(24)
_SDCP = np.uint64((1 << 24) - 1)
_AKUN = np.uint64((1 << 48) - 1)


class Entries(NamedTuple):
    """One side's entries: parallel arrays; `line` is BUDGET or the cash line, `words` the CoA key."""

    row: Rows
    element: npt.NDArray[np.int8]
    amount: Amounts
    line: npt.NDArray[np.int8]
    words: tuple[Numbers, ...]


def entries_of(lines: Lines, found: Classified, opening: Lines) -> Entries:
    """The entries of one side; `opening` are its T_SAWAL balances (none on the SiAP side)."""
    taken = found.element >= 0
    budget = np.flatnonzero(taken)
    saldo = cash_elements(numbers_of_accounts(opening))
    held = np.flatnonzero(saldo >= 0)
    element = np.concatenate([found.element[budget], found.legs.element, saldo[held]])
    akun = np.concatenate([found.akun[budget], found.legs.gl, numbers_of_accounts(opening)[held]])
    line = np.concatenate(
        [
            np.full(budget.shape, BUDGET, dtype=np.int8),
            found.legs.line,
            np.full(held.shape, SALDO_AWAL, dtype=np.int8),
        ]
    )
    amount = lines["rphreal"][budget]
    amount *= _SIGNS[found.element[budget]]
    return Entries(
        row=np.concatenate([budget, found.legs.row, np.full(held.shape, NO_ROW)]),
        element=element,
        amount=np.concatenate([amount, found.legs.amount, opening["saldo"][held]]),
        line=line,
        words=_words(lines, budget, element, akun),
    )


def numbers_of_accounts(opening: Lines) -> Numbers:
    """KDPERK of opening balances as big-endian numbers."""
    padded = np.ascontiguousarray(opening["kdperk"]).astype("S8").view(">u8").astype(np.uint64)
    return padded >> np.uint64(16)


def _words(lines: Lines, budget: Rows, element: npt.NDArray[np.int8], akun: Numbers) -> tuple[Numbers, ...]:
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


def drop_incomplete_sdcp(words: tuple[Numbers, ...], element: npt.NDArray[np.int8]) -> None:
    """Key B: SD-CP leaves every (element, account, BA+ES1) of both sides where a row lacks it. In place."""
    key_b = np.flatnonzero(_KEY_B[element])
    short = words[1][key_b]
    blank = (short & _SDCP) == 0
    if not blank.any():
        return
    groups = group([words[0][key_b], short >> _BAES1_SHIFT])
    incomplete = np.zeros(groups.first.shape, dtype=np.bool_)
    incomplete[groups.code[blank]] = True
    short[incomplete[groups.code]] &= ~_SDCP
    words[1][key_b] = short


def coa_lines(words: list[Numbers]) -> Lines:
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
