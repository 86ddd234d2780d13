"""The checkpoints outside the database: one text file that only grows.

Notes stand one after the other, each followed by a blank line. Every note is on the disk before `add` returns.
A note cut off by a power cut was never acknowledged: the next one takes its place. The file may grow for
years, so writing looks at its end alone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from erekon.lib.files import fsync_folder, make_folder

_END = b"\n\n"
_SIGNATURE = "\u2014 ".encode()
_TAIL = 1 << 16


class Witness:
    """The file at `path`; it and its folder are made when first written to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def notes(self) -> list[str]:
        """Every note in the order they were added; what is unreadable stays in its place as it is."""
        return _notes(self.path.read_bytes()) if self.path.exists() else []

    def last_notes(self) -> list[str]:
        """The notes at the end of the file, some three hundred of them."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as handle:
            handle.seek(max(0, handle.seek(0, os.SEEK_END) - _TAIL))
            return _notes(handle.read())

    def add(self, notes: list[str]) -> None:
        """Add notes at the end, as one write."""
        with self._locked() as descriptor:
            os.write(descriptor, "".join(f"{note}\n" for note in notes).encode())
            os.fsync(descriptor)
            fsync_folder(self.path.parent)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        make_folder(self.path.parent)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            _drop_torn_end(descriptor)
            yield descriptor
        finally:
            os.close(descriptor)


def _notes(content: bytes) -> list[str]:
    """Text and signature are paired from the end, where a whole file always has a signature."""
    pieces = content.decode("utf-8", errors="replace").split("\n\n")[:-1]
    first = len(pieces) % 2
    pairs = zip(pieces[first::2], pieces[first + 1 :: 2], strict=True)
    return [f"{text}\n\n{signature}\n" for text, signature in pairs]


def _drop_torn_end(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL)
    kept = start + _whole_end(os.pread(descriptor, _TAIL, start))
    if kept != size:
        os.ftruncate(descriptor, kept)


def _whole_end(tail: bytes) -> int:
    """Where the last whole note ends: after a piece that is a signature and its blank line."""
    end = tail.rfind(_END)
    while end >= 0:
        before = tail.rfind(_END, 0, end)
        if tail[before + len(_END) if before >= 0 else 0 : end].startswith(_SIGNATURE):
            return end + len(_END)
        end = before
    return 0
