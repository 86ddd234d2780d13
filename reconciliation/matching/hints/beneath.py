"""Which rows of a side stand beneath which differing line."""

from collections import Counter

import numpy as np

from reconciliation.matching.columns import Amounts, Mask, Rows
from reconciliation.matching.hints.line import Row
from reconciliation.matching.lines import LINES_DTYPE, Lines

_ROW = ("kdsatker", "kdkppn", "tglpost", "koreksi", "revisike")
# Two rows are twins where they differ in nothing but where they stand and the gate's mark.
_NOT_IN_IMAGE = ("row", "twin")


class Beneath:
    """The rows of one side by line, once per posting, in the order of the rows."""

    def __init__(self, rows: Lines, line: Rows, at: Rows, amount: Amounts, *, lines: int) -> None:
        """`line`, `at` (a row's place in `rows`) and `amount` are parallel; `lines` says how many lines there are."""
        self.rows = rows
        order = np.argsort(line, kind="stable")
        self._line, self._at, self._amount = line[order], at[order], amount[order]
        self._starts = np.searchsorted(self._line, np.arange(lines + 1))
        self.counts: Rows = np.diff(self._starts)

    def having(self, chosen: Mask) -> Mask:
        """Per line, whether one of the chosen rows stands beneath it."""
        found = np.zeros(self.counts.size, dtype=np.bool_)
        found[self._line[chosen[self._at]]] = True
        return found

    def rows_of(self, numbers: Rows) -> list[list[Row]]:
        """The rows beneath each of these lines."""
        counts = self.counts[numbers]
        ends = np.cumsum(counts)
        places = np.arange(ends[-1]) + np.repeat(self._starts[numbers] - ends + counts, counts)
        rows = self.rows[self._at[places]]
        every = [
            Row(amount, image, *facts)
            for amount, image, facts in zip(
                self._amount[places].tolist(), _images(rows), rows[list(_ROW)].tolist(), strict=True
            )
        ]
        return [every[end - count : end] for end, count in zip(ends.tolist(), counts.tolist(), strict=True)]

    def twins(self, number: int) -> "Counter[tuple[bytes, int]]":
        """How often each image and amount stands beneath a line."""
        mine = slice(self._starts[number], self._starts[number + 1])
        return Counter(zip(_images(self.rows[self._at[mine]]), self._amount[mine].tolist(), strict=True))


def _images(lines: Lines) -> list[bytes]:
    rows = np.array(lines, dtype=LINES_DTYPE)
    for name in _NOT_IN_IMAGE:
        rows[name] = 0
    found: list[bytes] = rows.view(f"V{LINES_DTYPE.itemsize}").tolist()
    return found
