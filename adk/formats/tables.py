"""The rows of one DBF table as columns: a view on the member's bytes, or what was loaded from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from adk.formats.columns import DELETE, SPACE, Bytes2D, Text, trimmed
from adk.formats.layout import Field
from adk.formats.unpacked import Unpacked

BLOCK = 4096
LOADED_WIDTH = (
    64  # wider columns than any layout has are taken one at a time: together they could be a gigabyte
)


@dataclass
class Table:
    """The live rows of one member. `numbers` are their 1-based physical rows."""

    member: str
    fields: dict[str, Field]
    offsets: dict[str, int]
    physical: npt.NDArray[Any]
    numbers: npt.NDArray[np.int32]
    begin: int = 0  # where the rows begin in the member
    source: Unpacked | None = None
    _columns: dict[str, Text] = field(default_factory=dict)
    _plain: bool | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def records(self) -> npt.NDArray[Any]:
        """Every physical row; those of a giant are unpacked anew when loading has let them go."""
        if self.source is not None:
            self.source.restore()
        return self.physical

    @property
    def matrix(self) -> Bytes2D:
        """Every physical row as bytes, deletion mark first."""
        return _as_matrix(self.records)

    def raw_column(self, name: str) -> Text:
        """A column as it stands in the file, contiguous; a loaded one is handed over, not kept."""
        loaded = self._columns.pop(name, None)
        if loaded is not None:
            return loaded
        column = self.records[name]
        whole = len(self) == len(column)
        return np.ascontiguousarray(column if whole else column[self.numbers - 1])

    def load(self, names: Iterable[str]) -> None:
        """Take many columns out of the rows in one pass, block by block: rows are read from memory only once.

        The rows of a giant are let go behind the pass, so that rows and columns never stand side by side.
        """
        wanted = [name for name in names if name in self.fields and self.fields[name].width <= LOADED_WIDTH]
        columns = {name: np.empty(len(self), self.physical.dtype[name]) for name in wanted}
        records, self._plain, width = self.records, True, self.physical.dtype.itemsize
        ends = np.searchsorted(self.numbers, np.arange(0, len(records) + BLOCK, BLOCK), side="right")
        for number, start in enumerate(range(0, len(records), BLOCK)):
            block = records[start : start + BLOCK]
            self._plain = self._plain and _is_plain(_as_matrix(block))
            first, last = int(ends[number]), int(ends[number + 1])
            if last - first < len(block):
                block = block[self.numbers[first:last] - 1 - start]
            for name, column in columns.items():
                column[first:last] = block[name]
            if self.source is not None:
                self.source.let_go(self.begin + start * width)
        self._columns |= columns

    def is_plain(self) -> bool:
        """Whether every byte of every row is printable ASCII, so that no character needs a look."""
        if self._plain is None:
            self._plain = _is_plain(self.matrix)
        return self._plain

    def text(self, name: str) -> Text:
        """A column without blanks on either end; an absent one is blank."""
        if name not in self.fields:
            return np.zeros(len(self), dtype="S1")
        return trimmed(self.raw_column(name))


def _as_matrix(records: npt.NDArray[Any]) -> Bytes2D:
    return records.view(np.uint8).reshape(len(records), records.dtype.itemsize)


def _is_plain(matrix: Bytes2D) -> bool:
    return not matrix.size or bool(matrix.min() >= SPACE and matrix.max() < DELETE)
