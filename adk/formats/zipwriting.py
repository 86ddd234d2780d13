"""Writes zips deterministic to the byte, with every legal form a sender may choose."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from adk.formats.zipdirectory import (
    CENTRAL_MARK,
    END64_MARK,
    END_MARK,
    FULL32,
    LOCAL_MARK,
    LOCATOR64_MARK,
    SPANNED_MARK,
)

STORED, DEFLATED = 0, 8
DESCRIPTOR_FLAG = 0x08
_DATE = 0x5C21  # 1 January 2026: the same content always gives the same bytes


@dataclass(frozen=True)
class ZipMember:
    """One member to write: how it is packed, and which optional forms its headers take."""

    name: bytes
    content: bytes
    method: int = DEFLATED
    descriptor: bool = False
    zip64: bool = False
    flags: int = 0
    attributes: int = 0
    claimed_size: int | None = None  # a lie about the unpacked size, told in every header

    def packed(self) -> bytes:
        """The bytes that go into the archive."""
        if self.method != DEFLATED:
            return self.content
        engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        return engine.compress(self.content) + engine.flush()


def write_zip(members: Sequence[ZipMember], comment: bytes = b"", *, zip64: bool = False) -> bytes:
    """A zip of the members in order. `zip64` adds the 64-bit end records."""
    body, central = b"", b""
    for member in members:
        packed = member.packed()
        central += _central(member, len(packed), len(body))
        body += _local(member, len(packed)) + packed + _descriptor(member, len(packed))
    tail = b""
    if zip64:
        at = len(body) + len(central)
        numbers = (44, 45, 45, 0, 0, len(members), len(members), len(central), len(body))
        tail = END64_MARK + struct.pack("<Q2H2I4Q", *numbers) + LOCATOR64_MARK + struct.pack("<IQI", 0, at, 1)
    count, size, offset = (0xFFFF, FULL32, FULL32) if zip64 else (len(members), len(central), len(body))
    end = END_MARK + struct.pack("<4H2IH", 0, 0, count, count, size, offset, len(comment))
    return body + central + tail + end + comment


def _numbers(member: ZipMember, packed: int) -> tuple[int, int, int]:
    size = len(member.content) if member.claimed_size is None else member.claimed_size
    return zlib.crc32(member.content), packed, size


def _local(member: ZipMember, packed: int) -> bytes:
    crc, small, large = (0, 0, 0) if member.descriptor else _numbers(member, packed)
    extra = b""
    if member.zip64:
        extra = struct.pack("<2H2Q", 1, 16, large, small)
        small = large = FULL32
    flags = member.flags | (DESCRIPTOR_FLAG if member.descriptor else 0)
    fixed = struct.pack(
        "<5H3I2H", 20, flags, member.method, 0, _DATE, crc, small, large, len(member.name), len(extra)
    )
    return LOCAL_MARK + fixed + member.name + extra


def _descriptor(member: ZipMember, packed: int) -> bytes:
    if not member.descriptor:
        return b""
    return SPANNED_MARK + struct.pack("<IQQ" if member.zip64 else "<3I", *_numbers(member, packed))


def _central(member: ZipMember, packed: int, offset: int) -> bytes:
    crc, small, large = _numbers(member, packed)
    extra = b""
    if member.zip64:
        extra = struct.pack("<2H3Q", 1, 24, large, small, offset)
        small = large = offset = FULL32
    flags = member.flags | (DESCRIPTOR_FLAG if member.descriptor else 0)
    sizes = (crc, small, large, len(member.name), len(extra), 0, 0, 0)
    fixed = struct.pack(
        "<6H3I5H2I", 20, 20, flags, member.method, 0, _DATE, *sizes, member.attributes, offset
    )
    return CENTRAL_MARK + fixed + member.name + extra
