"""Numbers changed in the headers of a finished zip."""

import struct
from collections.abc import Callable

from adk.formats.zipdirectory import CENTRAL_MARK, END_MARK, LOCAL_MARK


def set_numbers(
    mark: bytes, form: str, offset: int, value: int, *, which: int = 0
) -> Callable[[bytes], bytes]:
    """Write one little-endian number into the header number `which` that begins with `mark`."""

    def change(content: bytes) -> bytes:
        at = -1
        for _ in range(which + 1):
            at = content.index(mark, at + 1)
        raw = bytearray(content)
        struct.pack_into(form, raw, at + offset, value)
        return bytes(raw)

    return change


def local(form: str, offset: int, value: int, *, which: int = 0) -> Callable[[bytes], bytes]:
    """Change a number in a local header."""
    return set_numbers(LOCAL_MARK, form, offset, value, which=which)


def central(form: str, offset: int, value: int, *, which: int = 0) -> Callable[[bytes], bytes]:
    """Change a number in a central directory entry."""
    return set_numbers(CENTRAL_MARK, form, offset, value, which=which)


def ending(form: str, offset: int, value: int) -> Callable[[bytes], bytes]:
    """Change a number in the end record."""
    return set_numbers(END_MARK, form, offset, value)
