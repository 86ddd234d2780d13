"""One DBF table read by bytes: its header checked, its rows a view on the member's buffer."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from adk.formats.columns import DELETE, SPACE, Bytes2D, Text, trimmed
from adk.formats.container import Raw
from adk.formats.findings import Findings, shown
from adk.formats.kinds import kind_of
from adk.formats.layout import Field
from adk.formats.rowwise import refuse_rows

VISUAL_FOXPRO, PLAIN = 0x30, 0x03
BACKLINK = 263
HEAD, DESCRIPTOR = 32, 32
FIELD_END, FILE_END = 0x0D, 0x1A
MEMO_FLAG = 0x02
READABLE_KINDS = frozenset("CNFDLTIYBVQ0")
LIVE, DELETED = b" ", b"*"
MARK = "*mark"
BLOCK = 1024
LOADED_WIDTH = (
    64  # wider columns than any layout has are taken one at a time: together they could be a gigabyte
)
ROWS_MAX = 3_000_000  # an expanded gigabyte of real rows holds 2.5 million


@dataclass
class Table:
    """The live rows of one member. `numbers` are their 1-based physical rows."""

    member: str
    fields: dict[str, Field]
    offsets: dict[str, int]
    records: npt.NDArray[Any]
    numbers: npt.NDArray[np.int32]
    matrix: Bytes2D  # every physical row as bytes, deletion mark first
    raw: Raw
    _columns: dict[str, Text] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.records)

    def raw_column(self, name: str) -> Text:
        """A column as it stands in the file, contiguous; a loaded one is handed over, not kept."""
        loaded = self._columns.pop(name, None)
        return np.ascontiguousarray(self.records[name]) if loaded is None else loaded

    def load(self, names: Iterable[str]) -> None:
        """Take many columns out of the rows in one pass, block by block: rows are read from memory only once."""
        wanted = [name for name in names if name in self.fields and self.fields[name].width <= LOADED_WIDTH]
        columns = {name: np.empty(len(self), self.records.dtype[name]) for name in wanted}
        for start in range(0, len(self), BLOCK):
            block = self.records[start : start + BLOCK]
            for name, column in columns.items():
                column[start : start + BLOCK] = block[name]
        self._columns |= columns

    def is_plain(self) -> bool:
        """Whether every byte of every row is printable ASCII, so that no character needs a look."""
        return not self.matrix.size or bool(self.matrix.min() >= SPACE and self.matrix.max() < DELETE)

    def text(self, name: str) -> Text:
        """A column without blanks on either end; an absent one is blank."""
        if name not in self.fields:
            return np.zeros(len(self), dtype="S1")
        return trimmed(self.raw_column(name))


def read_table(
    member: str, raw: Raw, layout: tuple[Field, ...], used: tuple[str, ...], findings: Findings
) -> Table | None:
    """Check header, fields and row count; None when findings refuse the table.

    Only fields of `layout` are kept; those in `used` must be there once and of the layout's type.
    """
    found = _read_fields(member, raw, findings)
    if found is None:
        return None
    offsets = _offsets(found)
    header, width = struct.unpack_from("<HH", raw, 8)
    if offsets[-1] != width:
        findings.refuse("STRUKTUR_DBF", member=member, hal="panjang", header=width, hitung=offsets[-1])
        return None
    before = findings.total
    kept = _keep(
        member, list(zip(found, offsets[:-1], strict=True)), layout=layout, used=used, findings=findings
    )
    count = _count_rows(member, raw, header, width, findings)
    if count is None or findings.total > before:
        return None
    return _table(member, raw, kept, (header, width, count), findings)


def _read_fields(member: str, raw: Raw, findings: Findings) -> list[Field] | None:
    """The field list in file order, or None with a finding."""
    if len(raw) < HEAD + 1 or raw[0] not in (VISUAL_FOXPRO, PLAIN):
        version = f"versi 0x{raw[0]:02X}" if raw else "kosong"
        findings.refuse("STRUKTUR_DBF", member=member, hal="versi", isi=kind_of(raw) or version)
        return None
    header = struct.unpack_from("<H", raw, 8)[0]
    if raw[28] & MEMO_FLAG:
        findings.refuse("STRUKTUR_DBF", member=member, hal="memo")
        return None
    end = header - 1
    if raw[0] == VISUAL_FOXPRO and (end - BACKLINK - HEAD) % DESCRIPTOR == 0 and end > BACKLINK + HEAD:
        end -= BACKLINK
    if end <= HEAD or (end - HEAD) % DESCRIPTOR or header > len(raw) or raw[end] != FIELD_END:
        findings.refuse("STRUKTUR_DBF", member=member, hal="header")
        return None
    found = [_field(bytes(raw[at : at + DESCRIPTOR])) for at in range(HEAD, end, DESCRIPTOR)]
    for one in found:
        if one.kind not in READABLE_KINDS or not one.width or not one.name:
            findings.refuse(
                "STRUKTUR_DBF",
                member=member,
                field=one.name,
                hal="tipe",
                kolom=one.name,
                tipe=shown(one.kind),
            )
            return None
    return found


@lru_cache(maxsize=1024)
def _field(descriptor: bytes) -> Field:
    name = descriptor[:11].split(b"\0")[0]
    return Field(shown(name).upper(), shown(descriptor[11:12]), descriptor[16], descriptor[17])


def _offsets(found: list[Field]) -> list[int]:
    """Where each field begins in a row, and the row's length at the end; byte 0 is the deletion mark."""
    offsets = [1]
    for one in found:
        offsets.append(offsets[-1] + one.width)
    return offsets


def _keep(
    member: str,
    found: list[tuple[Field, int]],
    *,
    layout: tuple[Field, ...],
    used: tuple[str, ...],
    findings: Findings,
) -> dict[str, tuple[Field, int]]:
    """The fields of the layout with their offsets, used ones verified."""
    known = {one.name: one for one in layout}
    kept: dict[str, tuple[Field, int]] = {}
    for one, offset in found:
        if one.name in kept and one.name in used:
            findings.refuse("STRUKTUR_DBF", member=member, field=one.name, hal="ganda", kolom=one.name)
        if one.name in known:
            kept.setdefault(one.name, (one, offset))
    for name in used:
        wanted = known[name]
        if name not in kept:
            findings.refuse("STRUKTUR_DBF", member=member, field=name, hal="hilang", kolom=name)
        elif kept[name][0].kind != wanted.kind or (
            wanted.kind == "D" and kept[name][0].width != wanted.width
        ):
            findings.refuse(
                "STRUKTUR_DBF", member=member, field=name, hal="tipe", kolom=name, tipe=kept[name][0].kind
            )
    return kept


def _count_rows(member: str, raw: Raw, header: int, width: int, findings: Findings) -> int | None:
    """The header's row count when the file is exactly that long, with or without the end mark."""
    count: int = struct.unpack_from("<I", raw, 4)[0]
    end = header + count * width
    if count > ROWS_MAX:
        findings.refuse("STRUKTUR_DBF", member=member, hal="baris", isi=count, batas=ROWS_MAX)
        return None
    if len(raw) == end or (len(raw) == end + 1 and raw[end] == FILE_END):
        return count
    findings.refuse("HEADER_BARIS", member=member, header=count, hitung=(len(raw) - header) // width)
    return None


def _table(
    member: str,
    raw: Raw,
    kept: dict[str, tuple[Field, int]],
    shape: tuple[int, int, int],
    findings: Findings,
) -> Table | None:
    header, width, count = shape
    dtype = np.dtype(
        {
            "names": [MARK, *kept],
            "formats": ["S1", *(f"S{one.width}" for one, _ in kept.values())],
            "offsets": [0, *(offset for _, offset in kept.values())],
            "itemsize": width,
        }
    )
    records = np.frombuffer(raw, dtype=dtype, count=count, offset=header)
    matrix = np.frombuffer(raw, dtype=np.uint8, count=count * width, offset=header).reshape(count, width)
    marks = np.ascontiguousarray(records[MARK])
    live = marks == LIVE
    unknown = ~live & (marks != DELETED)
    if unknown.any():
        refuse_rows(findings, "STRUKTUR_DBF", unknown, member=member, hal="tanda")
        return None
    numbers = np.flatnonzero(live).astype(np.int32) + np.int32(1)
    fields = {name: one for name, (one, _) in kept.items()}
    offsets = {name: offset for name, (_, offset) in kept.items()}
    return Table(member, fields, offsets, records if live.all() else records[live], numbers, matrix, raw)
