"""Writes DBF tables of any layout, deterministic to the byte."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adk.formats.dbf import BACKLINK, FIELD_END, FILE_END, PLAIN, VISUAL_FOXPRO
from adk.formats.layout import Field

__all__ = ["PLAIN", "VISUAL_FOXPRO", "TableStyle", "write_table"]

DELETED_KEY = "*deleted"
_CODE_PAGE = 0x03  # Windows ANSI, cp1252


@dataclass(frozen=True)
class TableStyle:
    """How a table is written; the default is what Visual FoxPro writes."""

    version: int = VISUAL_FOXPRO
    backlink: bool = True
    end_mark: bool = True


def write_table(
    fields: Sequence[Field], rows: Sequence[Mapping[str, object]], style: TableStyle | None = None
) -> bytes:
    """A table of `rows` by upper-case field name; absent values are blank, `*deleted` marks a row deleted.

    Text is cp1252 (or bytes, written as they are), dates are YYYYMMDD or a `datetime.date`. Raises ValueError
    when a value does not fit its field.
    """
    style = style or TableStyle()
    body = b"".join(_row(fields, row) for row in rows)
    width = 1 + sum(one.width for one in fields)
    descriptors, offset = [], 1
    for one in fields:
        descriptors.append(_descriptor(one, offset))
        offset += one.width
    link = bytes(BACKLINK) if style.backlink and style.version == VISUAL_FOXPRO else b""
    header = 32 + 32 * len(fields) + 1 + len(link)
    head = struct.pack("<4BIHH16xBBH", style.version, 26, 1, 1, len(rows), header, width, 0, _CODE_PAGE, 0)
    end = bytes([FILE_END]) if style.end_mark else b""
    return head + b"".join(descriptors) + bytes([FIELD_END]) + link + body + end


def _descriptor(one: Field, offset: int) -> bytes:
    return struct.pack(
        "<11scIBB14x", one.name.encode("ascii"), one.kind.encode("ascii"), offset, one.width, one.decimals
    )


def _row(fields: Sequence[Field], row: Mapping[str, object]) -> bytes:
    mark = b"*" if row.get(DELETED_KEY) else b" "
    return mark + b"".join(_cell(one, row.get(one.name)) for one in fields)


def _cell(one: Field, value: object) -> bytes:
    raw = _raw(value)
    if len(raw) > one.width:
        raise ValueError(f"{one.name} holds {one.width} characters, got {len(raw)}")
    return raw.rjust(one.width) if one.kind == "N" else raw.ljust(one.width)


def _raw(value: object) -> bytes:
    if value is None:
        return b""
    if isinstance(value, bytes):
        return value
    return (
        str(value).replace("-", "").encode("cp1252")
        if hasattr(value, "isoformat")
        else str(value).encode("cp1252")
    )
