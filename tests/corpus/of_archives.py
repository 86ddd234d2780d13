"""Family: the structure of the archive."""

import struct
from collections.abc import Callable
from dataclasses import replace

from adk.formats.mistakes_archive import ARCHIVE
from adk.formats.zipdirectory import CENTRAL_MARK, END_MARK
from adk.formats.zipwriting import ZipMember
from tests.corpus.case import Case, drafted, honest, spoilt
from tests.corpus.patches import central, ending, local

Change = Callable[[bytes], bytes]
LENGTH = len(honest()[1])
BROKEN, LOCKED, DANGER = "ARSIP_RUSAK", "ARSIP_TERENKRIPSI", "ARSIP_BERBAHAYA"


def _both(*changes: Change) -> Change:
    def change(content: bytes) -> bytes:
        for one in changes:
            content = one(content)
        return content

    return change


def _extra(raw: bytes) -> Change:
    """An extra field on the first local header, the offsets after it moved along."""

    def change(content: bytes) -> bytes:
        name_length = struct.unpack_from("<H", content, 26)[0]
        at, step = 30 + name_length, len(raw)
        content = content[:28] + struct.pack("<H", step) + content[30:at] + raw + content[at:]
        moved = bytearray(content)
        position = content.index(CENTRAL_MARK)
        directory = position
        first = True
        while content[position : position + 4] == CENTRAL_MARK:
            offset = struct.unpack_from("<I", moved, position + 42)[0]
            struct.pack_into("<I", moved, position + 42, offset if first else offset + step)
            first = False
            position += 46 + sum(struct.unpack_from("<3H", content, position + 28))
        struct.pack_into("<I", moved, content.index(END_MARK) + 16, directory)
        return bytes(moved)

    return change


def _packed_spoilt(at: int) -> Change:
    def change(content: bytes) -> bytes:
        where = 30 + struct.unpack_from("<H", content, 26)[0] + at
        return content[:where] + bytes([content[where] ^ 0xFF]) + content[where + 1 :]

    return change


def _zip64(change: Change):
    def spoil(draft) -> None:
        draft.zip64 = True
        draft.members_done.append(lambda members: [replace(one, zip64=True) for one in members])
        draft.bytes_done.append(change)

    return drafted(spoil)


def _described(change: Change):
    def spoil(draft) -> None:
        draft.members_done.append(lambda members: [replace(one, descriptor=True) for one in members])
        draft.bytes_done.append(change)

    return drafted(spoil)


def _descriptor(offset: int) -> Change:
    def change(content: bytes) -> bytes:
        at = content.index(b"PK\x07\x08") + offset
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

    return change


def _after(mark: bytes, offset: int, form: str, value: int) -> Change:
    def change(content: bytes) -> bytes:
        raw = bytearray(content)
        struct.pack_into(form, raw, content.index(mark) + offset, value)
        return bytes(raw)

    return change


def _claims(size: int):
    def lie(members: list[ZipMember]) -> list[ZipMember]:
        return [replace(members[0], claimed_size=len(members[0].content) + size), *members[1:]]

    return drafted(lambda draft: draft.members_done.append(lie))


CHANGES: dict[str, tuple[str, Change]] = {
    **{f"cut at {n}/16": (BROKEN, lambda raw, n=n: raw[: LENGTH * n // 16]) for n in range(1, 16)},
    "one byte short": (BROKEN, lambda raw: raw[:-1]),
    "cut inside the end record": (BROKEN, lambda raw: raw[:-10]),
    "only its mark": (BROKEN, lambda raw: raw[:4]),
    "one byte more": (BROKEN, lambda raw: raw + b"\0"),
    "two archives in a row": (BROKEN, lambda raw: raw + raw),
    "a page after the end": (BROKEN, lambda raw: raw + b"<html>" * 100),
    "an end record alone, promising": (BROKEN, lambda raw: raw[-22:]),
    "comment longer than announced": (BROKEN, ending("<H", 20, 0xFFFF)),
    "on the second disk": (BROKEN, ending("<H", 4, 1)),
    "directory on the second disk": (BROKEN, ending("<H", 6, 1)),
    "fewer here than in all": (BROKEN, ending("<H", 8, 1)),
    "one entry fewer": (BROKEN, _both(ending("<H", 8, 2), ending("<H", 10, 2))),
    "one entry more": (BROKEN, _both(ending("<H", 8, 4), ending("<H", 10, 4))),
    "sixty thousand entries": (DANGER, _both(ending("<H", 8, 60000), ending("<H", 10, 60000))),
    "directory too small": (BROKEN, ending("<I", 12, 1)),
    "directory too large": (BROKEN, ending("<I", 12, 2**31)),
    "directory elsewhere": (BROKEN, ending("<I", 16, 0)),
    "directory beyond the file": (BROKEN, ending("<I", 16, 2**31)),
    "64-bit count without its record": (BROKEN, _both(ending("<H", 8, 0xFFFF), ending("<H", 10, 0xFFFF))),
    "64-bit offset without its record": (BROKEN, ending("<I", 16, 0xFFFFFFFF)),
    "no mark on the directory": (BROKEN, central("<I", 0, 0)),
    "entry name runs out of the directory": (BROKEN, central("<H", 28, 0xFFFF)),
    "entry extra runs out of the directory": (BROKEN, central("<H", 30, 0xFFFF)),
    "entry comment runs out of the directory": (BROKEN, central("<H", 32, 0xFFFF)),
    "entry on the third disk": (BROKEN, central("<H", 34, 2)),
    "entry offset beyond the file": (BROKEN, central("<I", 42, 2**31)),
    "entry offset in the middle": (BROKEN, central("<I", 42, 7)),
    "entry offset that asks for 64 bits": (BROKEN, central("<I", 42, 0xFFFFFFFF)),
    "CRC differs in the directory": (BROKEN, central("<I", 16, 1)),
    "CRC differs in the header": (BROKEN, local("<I", 14, 1)),
    "CRC wrong in both": (BROKEN, _both(central("<I", 16, 1), local("<I", 14, 1))),
    "packed size differs in the header": (BROKEN, local("<I", 18, 1)),
    "packed size small in both": (DANGER, _both(central("<I", 20, 9), local("<I", 18, 9))),
    "packed size runs into the next entry": (DANGER, central("<I", 20, LENGTH - 400)),
    "size differs in the header": (BROKEN, local("<I", 22, 1)),
    "size differs in the directory": (BROKEN, central("<I", 24, 1)),
    "size zero in both": (BROKEN, _both(central("<I", 24, 0), local("<I", 22, 0))),
    "size of 4 GB in both": (DANGER, _both(central("<I", 24, 0xFFFFFFF0), local("<I", 22, 0xFFFFFFF0))),
    "size that asks for 64 bits": (DANGER, central("<I", 24, 0xFFFFFFFF)),
    "name differs in the header": (BROKEN, local("<B", 30, ord("X"))),
    "name length differs in the header": (BROKEN, local("<H", 26, 3)),
    "name of 65535 bytes in the header": (DANGER, local("<H", 26, 0xFFFF)),
    "extra longer than the file": (DANGER, local("<H", 28, 0xFFFF)),
    "no mark on the header": (BROKEN, local("<I", 0, 0, which=1)),
    "method differs in the header": (BROKEN, local("<H", 8, 0)),
    "flags differ in the header": (BROKEN, local("<H", 6, 0x800)),
    "stored, it says, but deflated": (BROKEN, _both(central("<H", 10, 0), local("<H", 8, 0))),
    "header locked, directory not": (BROKEN, local("<H", 6, 1)),
    "locked by the directory alone": (LOCKED, central("<H", 8, 1)),
    "strong encryption": (LOCKED, central("<H", 8, 0x41)),
    "locked directory": (LOCKED, central("<H", 8, 0x2000)),
    "second member locked": (LOCKED, central("<H", 8, 1, which=1)),
    "AES": (LOCKED, central("<H", 10, 99)),
    **{
        f"method {method}": (BROKEN, _both(central("<H", 10, method), local("<H", 8, method)))
        for method in (1, 2, 6, 7, 9, 10, 12, 14, 20, 93, 95, 96, 97, 98, 1000)
    },
    "extra field that does not parse": (BROKEN, _extra(b"\x01\x00\xff\xff")),
    "extra field of three bytes": (BROKEN, _extra(b"\x01\x00\x00")),
    "64-bit extra field twice": (BROKEN, _extra(b"\x01\x00\x00\x00" * 2)),
    **{f"packed byte {at} changed": (BROKEN, _packed_spoilt(at)) for at in (0, 1, 5, 40, 90)},
    "first entry named twice": (DANGER, central("<I", 42, 0, which=1)),
}
WIDE: dict[str, tuple[str, Change]] = {
    "64-bit record without its mark": (BROKEN, _after(b"PK\x06\x06", 0, "<I", 0)),
    "64-bit record of another length": (BROKEN, _after(b"PK\x06\x06", 4, "<Q", 45)),
    "64-bit record of endless length": (BROKEN, _after(b"PK\x06\x06", 4, "<Q", 2**63)),
    "64-bit record on another disk": (BROKEN, _after(b"PK\x06\x06", 16, "<I", 1)),
    "64-bit count too great": (BROKEN, _after(b"PK\x06\x06", 32, "<Q", 2**60)),
    "64-bit counts both too great": (
        DANGER,
        _both(_after(b"PK\x06\x06", 24, "<Q", 2**60), _after(b"PK\x06\x06", 32, "<Q", 2**60)),
    ),
    "64-bit directory size": (BROKEN, _after(b"PK\x06\x06", 40, "<Q", 2**60)),
    "64-bit directory offset": (BROKEN, _after(b"PK\x06\x06", 48, "<Q", 2**64 - 1)),
    "locator points away": (BROKEN, _after(b"PK\x06\x07", 8, "<Q", 2**64 - 1)),
    "locator points at itself": (BROKEN, _after(b"PK\x06\x07", 8, "<Q", LENGTH)),
    "locator on another disk": (BROKEN, _after(b"PK\x06\x07", 4, "<I", 1)),
    "locator of nine disks": (BROKEN, _after(b"PK\x06\x07", 16, "<I", 9)),
}
DESCRIBED: dict[str, tuple[str, Change]] = {
    f"descriptor lies about its {part}": (BROKEN, _descriptor(offset))
    for part, offset in {"CRC": 4, "packed size": 8, "size": 12}.items()
}

ARCHIVES = [
    *(Case("archive structure", name, code, spoilt(change)) for name, (code, change) in CHANGES.items()),
    *(Case("archive structure", name, code, _zip64(change)) for name, (code, change) in WIDE.items()),
    *(
        Case("archive structure", name, code, _described(change))
        for name, (code, change) in DESCRIBED.items()
    ),
    *(
        Case("archive structure", f"size told {size:+d}", BROKEN, _claims(size))
        for size in (-1, 1, -400, 400)
    ),
    *(
        Case("archive structure", name, ARCHIVE[name][0], drafted(ARCHIVE[name][1]))
        for name in ("celah", "tumpang_tindih", "bom_rasio", "bom_besar", "ukuran_bohong")
    ),
]
