"""The differing Detail lines of one element as columns; a line becomes an object only where a hint looks at it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import overload

import numpy as np

from reconciliation.matching.columns import Mask, Numbers, Rows
from reconciliation.matching.grouping import hash_documents
from reconciliation.matching.hints.beneath import Beneath
from reconciliation.matching.hints.line import DetailLine, Row
from reconciliation.matching.lines import LINES_DTYPE, Lines
from reconciliation.matching.outcome import EQUAL, ONLY_SAI, ONLY_SIAP, SEGMENTS, ElementOutcome

SIDES = ("siap_rows", "sai_rows", "ahead")


class Table:
    """Columns of the differing lines of one element; `at` are their positions among all its Detail lines."""

    def __init__(self, element: ElementOutcome, start: int) -> None:
        self.at = np.flatnonzero(element.detail["status"] != EQUAL)
        self.detail = element.detail[self.at]
        self.coa = element.coa
        self.start = start  # number of the first line among those of all elements
        self.beneath: dict[str, Beneath] = {}
        self._made: dict[int, DetailLine] = {}

    @cached_property
    def documents(self) -> Numbers:
        """A hash of each line's document."""
        wanted = np.zeros(self.detail.size, dtype=LINES_DTYPE)
        for name in ("jnsdok", "nodok", "tgldok"):
            wanted[name] = self.detail[name]
        return hash_documents(wanted)

    @property
    def siap(self) -> Lines:
        """What SiAP has, per line."""
        return self.detail["siap"]

    @property
    def sai(self) -> Lines:
        """What SAI has, per line."""
        return self.detail["sai"]

    @cached_property
    def only_siap(self) -> Mask:
        """Lines of which SAI has no row."""
        return np.asarray(self.detail["status"] == ONLY_SIAP)

    @cached_property
    def only_sai(self) -> Mask:
        """Lines of which SiAP has no row by the month's end."""
        return np.asarray(self.detail["status"] == ONLY_SAI)

    def of_kind(self, *kinds: bytes) -> Mask:
        """Lines whose JNSDOK1 ends in one of these two digits."""
        ends = [np.strings.endswith(self.detail["jnsdok"], kind) for kind in kinds]
        return np.asarray(np.logical_or.reduce(ends))

    def rows(self, side: str) -> Rows:
        """How many rows of a side stand beneath each line."""
        return self.beneath[side].counts[self.start : self.start + self.at.size]

    def having(self, side: str, chosen: Mask) -> Mask:
        """Lines beneath which one of the side's chosen rows stands."""
        return self.beneath[side].having(chosen)[self.start : self.start + self.at.size]

    def lines(self, chosen: Rows) -> list[DetailLine]:
        """These lines as objects, each made once."""
        new = np.array([number for number in chosen.tolist() if number not in self._made], dtype=np.intp)
        if new.size:
            self._make(new)
        return [self._made[number] for number in chosen.tolist()]

    def _make(self, chosen: Rows) -> None:
        segments = {
            at: self.coa[at].tolist()[: len(SEGMENTS)]
            for at in np.unique(self.detail["coa"][chosen]).tolist()
        }
        found = zip(chosen.tolist(), self.at[chosen].tolist(), self.detail[chosen].tolist(), strict=True)
        for number, position, (coa, status, *document, siap, sai) in found:
            read = partial(self._read, number)
            self._made[number] = DetailLine(
                position, coa, segments[coa], tuple(document), siap, sai, status, read
            )

    def _read(self, number: int, side: str) -> list[Row]:
        return self.beneath[side].rows_of(np.array([number + self.start]))[0]

    def load(self, chosen: Rows, side: str) -> None:
        """Read the rows of a side for many lines at once."""
        lines = self.lines(chosen)
        for line, rows in zip(lines, self.beneath[side].rows_of(chosen + self.start), strict=True):
            line.rows[side] = rows

    def twins(self, number: int) -> "Counter[tuple[bytes, int]]":
        """How often each image and amount stands among the SAI rows of a line."""
        return self.beneath["sai_rows"].twins(number + self.start)


class Chosen(Sequence[DetailLine]):
    """Some lines of a table, by number: columns at once, objects when they are looked at."""

    def __init__(self, table: Table, numbers: Rows) -> None:
        self.table, self.numbers = table, numbers

    def __len__(self) -> int:
        return int(self.numbers.size)

    def __iter__(self) -> Iterator[DetailLine]:
        return iter(self.table.lines(self.numbers))

    @overload
    def __getitem__(self, number: int) -> DetailLine: ...
    @overload
    def __getitem__(self, number: slice) -> "Chosen": ...
    def __getitem__(self, number: int | slice) -> "DetailLine | Chosen":
        if isinstance(number, slice):
            return Chosen(self.table, self.numbers[number])
        return self.table.lines(self.numbers[[number]])[0]

    def where(self, wanted: Mask) -> "Chosen":
        """Those of them that the mask over the whole table names."""
        return Chosen(self.table, self.numbers[wanted[self.numbers]])

    def loaded(self, *sides: str) -> "Chosen":
        """The same lines, the rows of these sides read at once."""
        for side in sides if len(self) else ():
            self.table.load(self.numbers, side)
        return self
