"""The rows of one DBF table as columns: a view on the member's bytes, or what was loaded from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from adk.formats.columns import Bytes2D, Text, trimmed
from adk.formats.layout import Field
from adk.formats.spans import Span
from adk.formats.unpacked import Unpacked

BLOCK = 4096
LOADED_WIDTH = (
    64  # wider columns than any layout has are taken one at a time: together they could be a gigabyte
)


@dataclass
class Physical:
    """Every row of a member where it lies, deleted ones too; they begin at byte `begin` of `source`."""

    records: npt.NDArray[Any]
    begin: int = 0
    source: Unpacked | None = None

    def blocks(self) -> Iterator[tuple[int, npt.NDArray[Any]]]:
        """The rows in order, each block with its first position.

        Those of a giant are let go behind the reader, so that rows and columns never stand side by side.
        """
        source, width = self.source, self.records.dtype.itemsize
        if source is not None:
            source.rewind()
        for start in range(0, len(self.records), BLOCK):
            block = self.records[start : start + BLOCK]
            if source is not None:
                source.reach(self.begin + (start + len(block)) * width)
            yield start, block
            if source is not None:
                source.let_go(self.begin + start * width)

    def whole(self) -> npt.NDArray[Any]:
        """All rows at once; those of a giant are unpacked anew."""
        if self.source is not None:
            self.source.restore()
        return self.records


@dataclass
class Table:
    """The live rows of one member. `numbers` are their 1-based physical rows."""

    member: str
    fields: dict[str, Field]
    offsets: dict[str, int]
    physical: Physical
    numbers: npt.NDArray[np.int32]
    _columns: dict[str, Text] = field(default_factory=dict)
    _plain: bool | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def matrix(self) -> Bytes2D:
        """Every physical row as bytes, deletion mark first."""
        return _as_matrix(self.physical.whole())

    def raw_column(self, name: str) -> Text:
        """A column as it stands in the file, contiguous; a loaded one is handed over, not kept."""
        loaded = self._columns.pop(name, None)
        if loaded is not None:
            return loaded
        column = self.physical.whole()[name]
        whole = len(self) == len(column)
        return np.ascontiguousarray(column if whole else column[self.numbers - 1])

    def load(self, names: Iterable[str]) -> None:
        """Take many columns out of the rows in one pass, block by block: rows are read from memory only once.

        A column that holds one value in all rows is that value, as long as the table but without the bytes.
        """
        wanted = {
            name: slice(self.offsets[name], self.offsets[name] + self.fields[name].width)
            for name in names
            if name in self.fields and self.fields[name].width <= LOADED_WIDTH
        }
        span = Span(self.physical.records.dtype.itemsize)
        columns: dict[str, Text] = {}
        for first, rows in self._live_blocks():
            before = span.low.copy()
            span.widen(_as_matrix(rows))
            for name, place in wanted.items():
                if name not in columns and not span.same(place):
                    columns[name] = np.empty(len(self), rows.dtype[name])
                    columns[name][:first] = before[place].tobytes()
                if name in columns:
                    columns[name][first : first + len(rows)] = rows[name]
        for name, place in wanted.items():
            if name not in columns:
                columns[name] = _repeated(span.low[place], len(self))
        self._columns |= columns
        self._plain = span.plain or not len(self)

    def _live_blocks(self) -> Iterator[tuple[int, npt.NDArray[Any]]]:
        """The live rows block by block, each block with the position of its first."""
        first = 0
        for start, block in self.physical.blocks():
            last = int(np.searchsorted(self.numbers, start + len(block), side="right"))
            if last - first == len(block):
                yield first, block
            elif last > first:
                live = _as_matrix(block)[self.numbers[first:last] - 1 - start]  # bytes between columns too
                yield first, live.view(block.dtype)[:, 0]
            first = last

    def is_plain(self) -> bool:
        """Whether every byte of every live row is printable ASCII, so that no character needs a look."""
        if self._plain is None:
            span = Span(self.physical.records.dtype.itemsize)
            for _, rows in self._live_blocks():
                span.widen(_as_matrix(rows))
            self._plain = span.plain or not len(self)
        return self._plain

    def text(self, name: str) -> Text:
        """A column without blanks on either end; an absent one is blank."""
        if name not in self.fields:
            return np.zeros(len(self), dtype="S1")
        return trimmed(self.raw_column(name))


def _as_matrix(records: npt.NDArray[Any]) -> Bytes2D:
    return records.view(np.uint8).reshape(len(records), records.dtype.itemsize)


def _repeated(value: npt.NDArray[np.uint8], count: int) -> Text:
    return np.broadcast_to(value.view(f"S{len(value)}"), count)
