"""Which rows of a side are in play, and which elements take them.

Two independent classifications: a row's budget element, by account; its posting legs on cash accounts,
by GL account.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reconciliation.matching.columns import Amounts, Mask, Numbers, Rows, as_number, numbers
from reconciliation.matching.elements import ELEMENTS, Element
from reconciliation.matching.lines import Lines
from reconciliation.matching.terpusat import TerpusatRule, central, taken_away

NO_ELEMENT = -1
# What a cash leg moves: the lines S, M and K of its element, in the order of CASH_LINES.
SALDO_AWAL, MUTASI, KOREKSI = range(3)

_IS_TERPUSAT = np.array([*(element.terpusat for element in ELEMENTS), False])  # its last: no element
_CASH = tuple((n, element) for n, element in enumerate(ELEMENTS) if element.cash)
_BUDGET = sorted(
    ((n, element) for n, element in enumerate(ELEMENTS) if not element.cash),
    key=lambda pair: pair[1].first,
)


@dataclass(frozen=True)
class Case:
    """What is compared: the books of `satker` from January to the end of `month`.

    `baes1` is the satker's BA+ES1 by registration; blank reads each row's own KDBAES1 instead.
    """

    year: int
    month: int
    satker: str
    terpusat: Sequence[TerpusatRule] = ()
    baes1: str = ""
    rules: tuple[TerpusatRule, ...] = field(init=False)

    def __post_init__(self) -> None:
        last = self.last_day
        object.__setattr__(self, "rules", tuple(rule for rule in self.terpusat if rule.in_force(last)))

    @property
    def last_day(self) -> date:
        """The last day of the case's month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)

    @property
    def last_day_after(self) -> date:
        """The last day of the month after the case's."""
        next_month = self.last_day + timedelta(days=1)
        return next_month.replace(day=monthrange(next_month.year, next_month.month)[1])


class Legs(NamedTuple):
    """Posting legs on cash accounts, one entry each: row, element, GL account, amount, line (S, M, K)."""

    row: Rows
    element: npt.NDArray[np.int8]
    gl: Numbers
    amount: Amounts
    line: npt.NDArray[np.int8]


class Classified(NamedTuple):
    """Per row: its account and budget element (−1 for none) and whether it is outside; then the legs."""

    akun: Numbers
    element: npt.NDArray[np.int8]
    outside: Mask
    legs: Legs


def classify(lines: Lines, case: Case, *, siap: bool) -> Classified:
    """Put every row of one side where the table of elements says."""
    mapped, perk = numbers(lines, "kdmakmap"), numbers(lines, "perk")
    akun = np.where(mapped == 0, perk, mapped)
    own = numbers(lines, "kdsatker") == as_number(case.satker.encode("cp1252"), 6)
    element = _budget_elements(lines, akun)
    foreign = _apply_terpusat(element, akun, own, lines, case, siap=siap)
    dated = _dated(lines, case, siap=siap)
    own &= dated
    element[~(own | (foreign & dated))] = NO_ELEMENT
    legs = _legs(lines, own, perk)
    outside = own & (element == NO_ELEMENT)
    outside[legs.row] = False
    return Classified(akun, element, outside, legs)


def _dated(lines: Lines, case: Case, *, siap: bool) -> Mask:
    """Rows posted by the end of the month: SiAP by posting date (blank = not posted), SAI by PERIODE."""
    if siap:
        posted = numbers(lines, "tglpost")
        in_time: Mask = (posted != 0) & (posted <= as_number(f"{case.last_day:%Y%m%d}".encode(), 8))
    else:
        in_time = numbers(lines, "periode") <= as_number(f"{case.month:02d}".encode(), 2)
    return in_time


def starts(akun: Numbers, prefix: bytes) -> Mask:
    """Which accounts (six bytes as a number) begin with `prefix`."""
    begun: Mask = akun >> np.uint64(8 * (6 - len(prefix))) == as_number(prefix, len(prefix))
    return begun


def _budget_elements(lines: Lines, akun: Numbers) -> npt.NDArray[np.int8]:
    kdtrn, kdkem = lines["kdtrn"].view(np.uint8), lines["kdkem"].view(np.uint8)
    kdkem = np.where(kdkem == 0, np.uint8(ord("0")), kdkem)
    found = np.full(lines.shape, NO_ELEMENT, dtype=np.int8)
    # Later ones overwrite: an element that takes its rows first stands last in _BUDGET.
    for number, element in _BUDGET:
        found[_takes(element, lines, kdtrn, kdkem, akun)] = number
    return found


def _takes(
    element: Element,
    lines: Lines,
    kdtrn: npt.NDArray[np.uint8],
    kdkem: npt.NDArray[np.uint8],
    akun: Numbers,
) -> Mask:
    rows = element.rows
    assert rows is not None  # only budget elements come here
    taken: Mask = starts(akun, rows.akun[0])
    for prefix in rows.akun[1:]:
        taken |= starts(akun, prefix)
    taken &= kdtrn == ord(rows.kdtrn)
    if rows.kdkem is not None:
        taken &= kdkem == ord(rows.kdkem)
    if rows.dok is not None:
        candidates = np.flatnonzero(taken)
        taken[candidates] = np.strings.endswith(lines["jnsdok"][candidates], rows.dok)
    return taken


def _apply_terpusat(
    element: npt.NDArray[np.int8], akun: Numbers, own: Mask, lines: Lines, case: Case, *, siap: bool
) -> Mask:
    """Take from PND and PPND what is compared elsewhere; say which rows of other satkers come in."""
    foreign = np.zeros(own.shape, dtype=np.bool_)
    rows = np.flatnonzero(_IS_TERPUSAT[element])
    if not rows.size:
        return foreign
    accounts, mine = akun[rows], own[rows]
    here = central(case.rules, case.satker, accounts)
    if case.baes1:
        baes1 = np.full(rows.shape, as_number(case.baes1.encode("cp1252"), 5))
    else:
        baes1 = numbers(lines, "kdbaes1")[rows]
    away = taken_away(case.rules, case.satker, accounts, baes1) & ~here
    element[rows[away]] = NO_ELEMENT
    if siap:
        foreign[rows[here & ~mine]] = True
    return foreign


def cash_elements(accounts: Numbers) -> npt.NDArray[np.int8]:
    """The cash element of each GL account, −1 for none."""
    found = np.full(accounts.shape, NO_ELEMENT, dtype=np.int8)
    for number, element in _CASH:
        found[starts(accounts, element.gl)] = number
    return found


def _legs(lines: Lines, own: Mask, perk: Numbers) -> Legs:
    sides = []
    for accounts, sign in ((perk, 1), (numbers(lines, "perk1"), -1)):
        elements = cash_elements(accounts)
        row = np.flatnonzero(own & (elements != NO_ELEMENT))
        sides.append((row, elements[row], accounts[row], sign * lines["rphreal"][row]))
    row, element, gl, amount = (np.concatenate(pair) for pair in zip(*sides, strict=True))
    line = np.where(lines["kdkem"][row] == b"1", KOREKSI, MUTASI).astype(np.int8)
    line[np.strings.endswith(lines["jnsdok"][row], b"401")] = SALDO_AWAL
    return Legs(row, element, gl, amount, line)
