"""What a comparison found: immutable values, every figure a whole rupiah."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.lines import LINES_DTYPE, Lines

# Status of a CoA or Detail line. Amounts decide: a line that only one side has but sums to 0 is equal.
EQUAL, DIFFERING, ONLY_SIAP, ONLY_SAI = range(4)

_KEY_FIELDS = (
    ("akun", "kdmakmap"),
    ("ba_es1", "kdbaes1"),
    ("kewenangan", "kddekon"),
    ("program", "kdprogram"),
    ("kegiatan", "kdgiat"),
    ("output", "kdoutput"),
    ("sdcp", "kdsdcp"),
    ("lokasi", "kdwilayah"),
    ("register", "register"),
)
SEGMENTS = tuple(name for name, _ in _KEY_FIELDS)

# A CoA line; the parts that the element's key leaves out are empty. akun is the GL account on cash.
COA_DTYPE = np.dtype(
    [(name, LINES_DTYPE[source]) for name, source in _KEY_FIELDS]
    + [("status", "u1"), ("siap", "<i8"), ("sai", "<i8")]
)
# A document; `coa` is the position of its CoA line in the element's `coa`.
DETAIL_DTYPE = np.dtype(
    [
        ("coa", "<i4"),
        ("status", "u1"),
        ("jnsdok", "S10"),
        ("nodok", "S40"),
        ("tgldok", "S8"),
        ("siap", "<i8"),
        ("sai", "<i8"),
    ]
)

Verdict = Literal["SAMA", "BEDA"]


class Counts(NamedTuple):
    """Lines of one grain by status."""

    equal: int
    differing: int
    only_siap: int
    only_sai: int

    @property
    def different(self) -> int:
        """Lines that are not equal."""
        return self.differing + self.only_siap + self.only_sai


class CashLine(NamedTuple):
    """Saldo awal (S), mutasi (M) or koreksi (K) of a cash element, in rupiah."""

    suffix: str
    siap: int
    sai: int


@dataclass(frozen=True, eq=False)
class ElementOutcome:
    """One element. `applicable` is False when neither side has anything of it.

    `coa` (COA_DTYPE) is ordered by its key; `detail` (DETAIL_DTYPE) by CoA line, then in a fixed order that
    depends on the documents only. `cash` is None for a budget element. `akun_different` lists the accounts
    (cash: GL accounts) that have a differing CoA line: what must be explained. `hints` are likely causes of
    differing Detail lines, at most one per line, ordered by line.
    """

    code: str
    applicable: bool
    siap: int
    sai: int
    rupiah_equal: bool
    coa_equal: bool
    coa_counts: Counts
    detail_counts: Counts
    coa: Lines
    detail: Lines
    cash: tuple[CashLine, ...] | None
    akun_different: tuple[str, ...]
    hints: tuple[Hint, ...] = ()

    @property
    def equal(self) -> bool:
        """The element's verdict: Sama when Rupiah and CoA are both equal."""
        return self.rupiah_equal and self.coa_equal

    @property
    def hinted(self) -> int:
        """The absolute rupiah of the differing Detail lines that have a hint."""
        return sum(hint.explains for hint in self.hints)

    @property
    def gap(self) -> int:
        """The absolute rupiah that differ: per CoA line those of its documents, or its own where they are more.

        Saldo awal differs in a CoA line without a document; documents differ in a CoA line that is equal.
        """
        lines = dict(_gaps(self.coa))
        documents: Counter[int] = Counter()
        for position, amount in _gaps(self.detail):
            documents[int(self.detail["coa"][position])] += amount
        return sum(max(documents[at], lines.get(at, 0)) for at in {*documents, *lines})


def _gaps(lines: Lines) -> Iterator[tuple[int, int]]:
    """Each differing line's position and absolute difference."""
    different = np.flatnonzero(lines["status"] != EQUAL)
    sides = zip(lines["siap"][different].tolist(), lines["sai"][different].tolist(), strict=True)
    amounts = (abs(siap - sai) for siap, sai in sides)
    return zip(different.tolist(), amounts, strict=True)


class OutsideAccount(NamedTuple):
    """Rows of one account that no element takes, and their RPHREAL as booked."""

    akun: str
    siap_rows: int
    siap_total: int
    sai_rows: int
    sai_total: int


@dataclass(frozen=True)
class Outside:
    """Rows in play that no element takes ("di luar elemen"), per account in order."""

    siap_rows: int
    siap_total: int
    sai_rows: int
    sai_total: int
    accounts: tuple[OutsideAccount, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The comparison of one case: all elements in BAR order, what is outside, and the verdict."""

    elements: tuple[ElementOutcome, ...]
    outside: Outside
    verdict: Verdict

    def element(self, code: str) -> ElementOutcome:
        """The outcome of one element by its code. Raises KeyError when there is none."""
        for found in self.elements:
            if found.code == code:
                return found
        raise KeyError(code)
