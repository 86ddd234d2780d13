"""One DBF table read by bytes: its header checked field by field before any row is looked at."""

import struct
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from adk.formats.findings import Findings, shown
from adk.formats.kinds import kind_of
from adk.formats.layout import Field
from adk.formats.rowwise import refuse_rows
from adk.formats.tables import Physical, Table
from adk.formats.unpacked import Raw, Unpacked

VISUAL_FOXPRO, PLAIN = 0x30, 0x03
BACKLINK = 263
HEAD, DESCRIPTOR = 32, 32
FIELD_END, FILE_END = 0x0D, 0x1A
MEMO_FLAG = 0x02
READABLE_KINDS = frozenset("CNFDLTIYBVQ0")
LIVE, DELETED = b" ", b"*"
MARK = "*mark"
ROWS_MAX = 3_000_000  # an expanded gigabyte of real rows holds 2.5 million


def read_table(
    member: str, content: Raw | Unpacked, layout: tuple[Field, ...], used: tuple[str, ...], findings: Findings
) -> Table | None:
    """Check header, fields and row count; None when findings refuse the table.

    Only fields of `layout` are kept; those in `used` must be there once and of the layout's type.
    """
    raw = content.view if isinstance(content, Unpacked) else memoryview(content)
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
    source = content if isinstance(content, Unpacked) else None
    physical = Physical(np.frombuffer(raw, _dtype(kept, width), count, header), header, source)
    numbers = _live_rows(member, physical, findings)
    if numbers is None:
        return None
    fields = {name: one for name, (one, _) in kept.items()}
    return Table(member, fields, {name: at for name, (_, at) in kept.items()}, physical, numbers)


def _read_fields(member: str, raw: memoryview, findings: Findings) -> list[Field] | None:
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


def _count_rows(member: str, raw: memoryview, header: int, width: int, findings: Findings) -> int | None:
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


def _dtype(kept: dict[str, tuple[Field, int]], width: int) -> np.dtype[np.void]:
    return np.dtype(
        {
            "names": [MARK, *kept],
            "formats": ["S1", *(f"S{one.width}" for one, _ in kept.values())],
            "offsets": [0, *(offset for _, offset in kept.values())],
            "itemsize": width,
        }
    )


def _live_rows(member: str, physical: Physical, findings: Findings) -> npt.NDArray[np.int32] | None:
    """The 1-based numbers of the rows that are not deleted; None when a mark is neither."""
    count = len(physical.records)
    marks = np.empty(count, dtype="S1")
    for start, block in physical.blocks():
        marks[start : start + len(block)] = block[MARK]
    live = marks == LIVE
    unknown = ~live & (marks != DELETED)
    if unknown.any():
        refuse_rows(findings, "STRUKTUR_DBF", unknown, member=member, hal="tanda")
        return None
    numbers = np.arange(1, count + 1, dtype=np.int32)
    return numbers if live.all() else numbers[live]
