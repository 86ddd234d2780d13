"""The unpacked bytes of one member. Those of a giant stand only where they are read: a window moves over them."""

import mmap
from collections.abc import Callable, Iterator

import numpy as np

from reconciliation.matching.freeing import trim

Raw = bytearray | memoryview
Pieces = Callable[[], Iterator[bytes]]
GIANT = 2**27
PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS  # shared pages could not be given back
PAGE = 2**24  # what is given back at once: whole huge pages, few of them split


class Unpacked:
    """`view` spans all bytes, and those of most members stand there.

    Of a giant only the first and last page do, until its bytes are reached for, in order; they may be let go again.
    `pieces` unpacks from the beginning and raises when the bytes are not what was announced, here already.
    """

    def __init__(self, size: int, pieces: Pieces) -> None:
        self.pieces = pieces
        if size >= GIANT:
            trim()
        self._pages = mmap.mmap(-1, size, flags=PRIVATE) if size >= GIANT else None
        if self._pages is None:
            self.view = np.empty(size, dtype=np.uint8).data  # its allocator asks for huge pages by itself
        else:
            self._pages.madvise(mmap.MADV_HUGEPAGE)
            self.view = memoryview(self._pages)
        self._stream: Iterator[bytes] = iter(())
        self._there = self._gone = 0
        self._begin()
        for piece in self._stream:
            self._write(piece)
            self.let_go(self._there - 1)

    def rewind(self) -> None:
        """Begin to read anew, unless everything still stands."""
        if self._gone:
            self._begin()

    def reach(self, end: int) -> None:
        """Have the bytes before `end` there."""
        while self._there < end:
            self._write(next(self._stream))

    def let_go(self, end: int) -> None:
        """Give back the bytes before `end`, as far as they fill pages; the first page stays, for the header."""
        first, last = max(self._gone, PAGE), end - end % PAGE
        if self._pages is not None and last > first:
            self._pages.madvise(mmap.MADV_DONTNEED, first, last - first)
            self._gone = last

    def chunks(self) -> Iterator[Raw | bytes]:
        """All bytes in order: as they stand, or those of a giant unpacked anew."""
        return iter([self.view]) if self._pages is None else self.pieces()

    def restore(self) -> None:
        """Have every byte there, whatever was let go."""
        self.rewind()
        self.reach(len(self.view))

    def _begin(self) -> None:
        self._stream = self.pieces()
        self._there = self._gone = 0

    def _write(self, piece: bytes) -> None:
        self.view[self._there : self._there + len(piece)] = piece
        self._there += len(piece)
