"""Zip bombs, each with the code that must stop it before it goes off."""

import struct
import zlib
from collections.abc import Callable
from random import Random

from adk.formats.zipdirectory import CENTRAL_MARK, END_MARK, LOCAL_MARK
from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.case import MAIN

MEGABYTE = 2**20
LAST_BLOCK = b"\x03\x00"


def _zeros(count: int) -> bytes:
    """A deflate stream of so many megabytes of zeros, made without holding them."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = engine.compress(bytes(MEGABYTE)) + engine.flush(zlib.Z_FULL_FLUSH)
    return block * count + LAST_BLOCK


def _told(stream: bytes, size: int, *, flags: int = 0, tail: bytes = b"") -> bytes:
    """An archive of one deflated stream that tells `size` as its unpacked size."""
    numbers = struct.pack("<3I2H", 0, len(stream), size, len(MAIN), 0)
    blank = struct.pack("<3I2H", 0, 0, 0, len(MAIN), 0)
    head = LOCAL_MARK + struct.pack("<5H", 20, flags, 8, 0, 0x5C21) + (blank if flags else numbers) + MAIN
    body = head + stream + tail
    entry = CENTRAL_MARK + struct.pack("<6H", 20, 20, flags, 8, 0, 0x5C21) + numbers + bytes(14) + MAIN
    return body + entry + END_MARK + struct.pack("<4H2IH", 0, 0, 1, 1, len(entry), len(body), 0)


def nested() -> bytes:
    """Zips in zips, each the only member of the next; the innermost would be 64 MB."""
    content = _told(_zeros(64), 64 * MEGABYTE)
    for _ in range(6):
        content = write_zip([ZipMember(MAIN, content)])
    return content


def high_ratio() -> bytes:
    """256 MB of zeros in a quarter of a megabyte, truthfully told."""
    return _told(_zeros(256), 256 * MEGABYTE)


def overlapping() -> bytes:
    """Five entries that all unpack the same kernel."""
    kernel = write_zip([ZipMember(MAIN, Random(3).randbytes(MEGABYTE))])
    at = kernel.index(CENTRAL_MARK, MEGABYTE)
    size = 46 + len(MAIN)
    directory = kernel[at : at + size] * 5
    return kernel[:at] + directory + END_MARK + struct.pack("<4H2IH", 0, 0, 5, 5, len(directory), at, 0)


def huge_claim() -> bytes:
    """A small stored noise that tells to unpack to 4 GB."""
    return _told(Random(4).randbytes(30 * MEGABYTE), 2**32 - 2)


def crowd() -> bytes:
    """Fifty thousand members."""
    count = 50_000
    head = LOCAL_MARK + struct.pack("<5H3I2H", 20, 0, 0, 0, 0x5C21, 0, 0, 0, 1, 0) + b"x"
    entries = b"".join(
        CENTRAL_MARK
        + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0x5C21, 0, 0, 0, 1, 0, 0, 0, 0, 0, n * 31)
        + b"x"
        for n in range(count)
    )
    end = END_MARK + struct.pack("<4H2IH", 0, 0, count, count, len(entries), 31 * count, 0)
    return head * count + entries + end


def quine_like() -> bytes:
    """An archive whose stored member is the archive's own beginning: its span holds its own header."""
    body = write_zip([ZipMember(MAIN, bytes(400), method=0)])
    at = body.index(CENTRAL_MARK)
    raw = bytearray(body)
    struct.pack_into("<I", raw, at + 42, 0)
    for where in (18, 22):
        struct.pack_into("<I", raw, where, at + 46)
        struct.pack_into("<I", raw, at + where + 2, at + 46)
    return bytes(raw)


def wide_lie() -> bytes:
    """A 64-bit size of 2^62 behind a modest one."""
    content = write_zip([ZipMember(MAIN, bytes(5000), zip64=True)], zip64=True)
    raw = bytearray(content)
    at = content.index(CENTRAL_MARK) + 46 + len(MAIN) + 4
    for where in (30 + len(MAIN) + 4, at):
        struct.pack_into("<Q", raw, where, 2**62)
    return bytes(raw)


def descriptor_lie() -> bytes:
    """A streamed member of 512 MB whose descriptor and directory tell 4096 bytes."""
    stream = _zeros(512)
    return _told(stream, 4096, flags=8, tail=b"PK\x07\x08" + struct.pack("<3I", 0, len(stream), 4096))


def long_stream() -> bytes:
    """A stream of 512 MB that tells 100 bytes per packed byte, so that no ratio looks wrong."""
    stream = _zeros(512)
    return _told(stream, len(stream) * 100)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nested": ("STRUKTUR_DBF", nested),
    "high ratio": ("ARSIP_BERBAHAYA", high_ratio),
    "overlapping": ("ARSIP_BERBAHAYA", overlapping),
    "huge claim": ("ARSIP_BERBAHAYA", huge_claim),
    "crowd": ("ARSIP_BERBAHAYA", crowd),
    "quine-like": ("ARSIP_BERBAHAYA", quine_like),
    "64-bit lie": ("ARSIP_BERBAHAYA", wide_lie),
    "descriptor lie": ("ARSIP_RUSAK", descriptor_lie),
    "long stream": ("ARSIP_RUSAK", long_stream),
}
