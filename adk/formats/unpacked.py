"""The unpacked bytes of one member: fast to fill, and for a giant given back to the system page by page."""

import ctypes
import mmap
from collections.abc import Callable

import numpy as np

Raw = bytearray | memoryview
GIANT = 2**26
PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS  # shared pages could not be given back
PAGE = 2**21  # a huge page: giving back less would split it


class Unpacked:
    """`view` holds the bytes. Those of a giant may be let go once read; `restore` unpacks them anew.

    `fill` writes all bytes into a buffer of `size` bytes and tells whether they are what was announced.
    """

    def __init__(self, size: int, fill: Callable[[memoryview], bool]) -> None:
        self._fill = fill
        if size >= GIANT:
            _trim()
        self._pages = mmap.mmap(-1, size, flags=PRIVATE) if size >= GIANT else None
        self._gone = 0
        if self._pages is None:
            self.view = np.empty(size, dtype=np.uint8).data  # its allocator asks for huge pages by itself
        else:
            self._pages.madvise(mmap.MADV_HUGEPAGE)
            self.view = memoryview(self._pages)
        self.good = fill(self.view)

    def let_go(self, end: int) -> None:
        """Give back the bytes before `end`, as far as they fill pages; they read as zeros until restored."""
        last = end - end % PAGE
        if self._pages is not None and last > self._gone:
            self._pages.madvise(mmap.MADV_DONTNEED, self._gone, last - self._gone)
            self._gone = last

    def restore(self) -> None:
        """Unpack again what was let go."""
        if self._gone:
            self._gone = 0
            self._fill(self.view)


def _trim() -> None:
    """Have the C library hand back what is free: it keeps the columns of the giant before, a quarter of a gigabyte."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others keep nothing
    if trim is not None:
        trim(0)
