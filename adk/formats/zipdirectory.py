"""The end record and the central directory of a zip, read by bytes.

Every length is checked against the file before it is used. Sources: PKWARE APPNOTE 6.3 sections 4.3 to 4.5.
"""

import struct
from dataclasses import dataclass

LOCAL_MARK = b"PK\x03\x04"
CENTRAL_MARK = b"PK\x01\x02"
END_MARK = b"PK\x05\x06"
SPANNED_MARK = b"PK\x07\x08"
END64_MARK = b"PK\x06\x06"
LOCATOR64_MARK = b"PK\x06\x07"

_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR64 = struct.Struct("<4sIQI")
_CENTRAL = struct.Struct("<4s6H3I5H2I")

COMMENT_MAX = 0xFFFF
FULL16 = 0xFFFF
FULL32 = 0xFFFFFFFF
ZIP64_EXTRA = 0x0001
UNICODE_PATH_EXTRA = 0x7075


class BrokenArchiveError(Exception):
    """The zip contradicts itself or the file; `args[0]` names the reason in sentences.CATALOGUE."""


@dataclass(frozen=True)
class Entry:
    """One central directory entry; sizes and offset in bytes, zip64 already resolved."""

    raw_name: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    attributes: int
    extra: dict[int, bytes]


@dataclass(frozen=True)
class Directory:
    """Where the central directory lies and how many entries it announces."""

    offset: int
    size: int
    count: int


def read_extra(raw: bytes) -> dict[int, bytes]:
    """The extra field by header id. Raises BrokenArchiveError when it does not parse or repeats zip64."""
    fields: dict[int, bytes] = {}
    position = 0
    while position < len(raw):
        if position + 4 > len(raw):
            raise BrokenArchiveError("direktori")
        kind, length = struct.unpack_from("<HH", raw, position)
        position += 4
        if position + length > len(raw) or (kind == ZIP64_EXTRA and kind in fields):
            raise BrokenArchiveError("direktori")
        fields[kind] = raw[position : position + length]
        position += length
    return fields


def widen(values: list[int], extra: dict[int, bytes]) -> list[int]:
    """Replace each 0xFFFFFFFF by the next 64-bit number of the zip64 extra field, as far as it has one."""
    wide = extra.get(ZIP64_EXTRA, b"")
    numbers = [struct.unpack_from("<Q", wide, at)[0] for at in range(0, len(wide) - 7, 8)]
    return [numbers.pop(0) if value == FULL32 and numbers else value for value in values]


def read_directory(content: bytes) -> tuple[Directory, int]:
    """Find the end record. Returns the directory and the offset where the end records begin.

    Raises BrokenArchiveError when there is none that closes the file exactly.
    """
    end = _find_end(content)
    _, disk, start_disk, here, count, size, offset, _ = _END.unpack_from(content, end)
    tail = end
    if FULL16 in (here, count) or FULL32 in (size, offset) or _has_locator(content, end):
        tail, disk, start_disk, here, count, size, offset = _read_end64(content, end)
    if disk or start_disk or here != count or offset + size != tail:
        raise BrokenArchiveError("direktori")
    return Directory(offset, size, count), tail


def _find_end(content: bytes) -> int:
    end = len(content)
    lowest = max(0, len(content) - _END.size - COMMENT_MAX)
    while (end := content.rfind(END_MARK, lowest, end)) >= 0:
        if end + _END.size <= len(content):
            comment = struct.unpack_from("<H", content, end + 20)[0]
            if end + _END.size + comment == len(content):
                return end
    raise BrokenArchiveError("terpotong")


def _has_locator(content: bytes, end: int) -> bool:
    return end >= _LOCATOR64.size and content[end - _LOCATOR64.size :][:4] == LOCATOR64_MARK


def _read_end64(content: bytes, end: int) -> tuple[int, int, int, int, int, int, int]:
    if not _has_locator(content, end):
        raise BrokenArchiveError("direktori")
    _, locator_disk, at, disks = _LOCATOR64.unpack_from(content, end - _LOCATOR64.size)
    if (
        locator_disk
        or disks > 1
        or at + _END64.size > end - _LOCATOR64.size
        or content[at : at + 4] != END64_MARK
    ):
        raise BrokenArchiveError("direktori")
    _, length, _, _, disk, start_disk, here, count, size, offset = _END64.unpack_from(content, at)
    if at + 12 + length != end - _LOCATOR64.size:
        raise BrokenArchiveError("direktori")
    return at, disk, start_disk, here, count, size, offset


def read_entries(content: bytes, directory: Directory, tail: int) -> list[Entry]:
    """The central directory entries. Raises BrokenArchiveError unless they fill the directory exactly."""
    entries = []
    position = directory.offset
    for _ in range(directory.count):
        entry, position = _read_entry(content, position, tail)
        entries.append(entry)
    if position != tail:
        raise BrokenArchiveError("direktori")
    return entries


def _read_entry(content: bytes, position: int, tail: int) -> tuple[Entry, int]:
    if position + _CENTRAL.size > tail or content[position : position + 4] != CENTRAL_MARK:
        raise BrokenArchiveError("direktori")
    parts = _CENTRAL.unpack_from(content, position)
    flags, method, crc, packed, size = parts[3], parts[4], parts[7], parts[8], parts[9]
    name_length, extra_length, comment_length, disk = parts[10:14]
    name_at = position + _CENTRAL.size
    extra_at = name_at + name_length
    after = extra_at + extra_length + comment_length
    if after > tail or disk not in (0, FULL16):
        raise BrokenArchiveError("direktori")
    raw_name = content[name_at:extra_at]
    extra = read_extra(content[extra_at : extra_at + extra_length])
    size, packed, offset = widen([size, packed, parts[16]], extra)
    name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "backslashreplace")
    return Entry(raw_name, name, flags, method, crc, packed, size, offset, parts[15], extra), after
