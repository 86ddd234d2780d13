"""Local headers and data spans of a zip: they agree with the directory and tile the file exactly."""

import struct

from adk.formats.zipdirectory import (
    FULL32,
    LOCAL_MARK,
    SPANNED_MARK,
    BrokenArchiveError,
    Directory,
    Entry,
    read_extra,
    widen,
)

_LOCAL = struct.Struct("<4s5H3I2H")
DESCRIPTOR_FLAG = 0x08
_DESCRIPTORS = (("<3I", b""), ("<3I", SPANNED_MARK), ("<IQQ", b""), ("<IQQ", SPANNED_MARK))


class OverlapError(Exception):
    """Two entries claim the same bytes, or an entry lies outside the archive."""


def data_spans(content: bytes, entries: list[Entry], directory: Directory) -> list[tuple[Entry, int]]:
    """Each entry with the offset of its packed bytes.

    Raises OverlapError when spans overlap, BrokenArchiveError when they leave a gap or when a local header
    differs from the directory.
    """
    ordered = sorted(entries, key=lambda entry: entry.offset)
    ends = [entry.offset for entry in ordered[1:]] + [directory.offset]
    if not ordered:
        if directory.offset:
            raise BrokenArchiveError("celah")
        return []
    if ordered[0].offset != 0:
        raise BrokenArchiveError("celah")
    return [(entry, _data_start(content, entry, end)) for entry, end in zip(ordered, ends, strict=True)]


def _data_start(content: bytes, entry: Entry, end: int) -> int:
    """Offset of the packed bytes of an entry whose span must end at `end`."""
    if entry.offset + _LOCAL.size > end:
        raise OverlapError
    parts = _LOCAL.unpack_from(content, entry.offset)
    if parts[0] != LOCAL_MARK:
        raise BrokenArchiveError("lokal")
    name_at = entry.offset + _LOCAL.size
    extra_at = name_at + parts[9]
    start: int = extra_at + parts[10]
    if start + entry.packed > end:
        raise OverlapError
    extra = read_extra(content[extra_at:start])
    if content[name_at:extra_at] != entry.raw_name or (parts[2], parts[3]) != (entry.flags, entry.method):
        raise BrokenArchiveError("lokal")
    size, packed = widen([parts[8], parts[7]], extra)
    _agree(entry, (parts[6], packed, size), content[start + entry.packed : end])
    return start


def _agree(entry: Entry, local: tuple[int, int, int], rest: bytes) -> None:
    """The local numbers, or those of the descriptor after the packed bytes, are the directory's."""
    truth = (entry.crc, entry.packed, entry.size)
    if not entry.flags & DESCRIPTOR_FLAG:
        if local != truth:
            raise BrokenArchiveError("lokal")
        if rest:
            raise BrokenArchiveError("celah")
        return
    if any(value not in (0, FULL32, true) for value, true in zip(local, truth, strict=True)):
        raise BrokenArchiveError("lokal")
    wide = max(truth[1:]) > FULL32
    if all(
        (wide and form == "<3I") or mark + struct.pack(form, *truth) != rest for form, mark in _DESCRIPTORS
    ):
        raise BrokenArchiveError("lokal")
