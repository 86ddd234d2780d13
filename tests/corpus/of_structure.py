"""Family: DBF structure."""

import struct
from collections.abc import Callable

from adk.formats import layout
from adk.formats.drafts import Draft
from adk.formats.mistakes_table import on_fields, on_raw
from tests.corpus.case import Case, drafted

STRUCTURE, COUNT = "STRUKTUR_DBF", "HEADER_BARIS"
FIELDS = {one.name: one for one in layout.GL}


def _number(form: str, offset: int, value: int, key: str = "main"):
    def change(raw: bytearray) -> None:
        struct.pack_into(form, raw, offset, value)

    return drafted(on_raw(change, key))


def _without(name: str):
    return drafted(on_fields(lambda fields: [one for one in fields if one.name != name]))


def _retyped(name: str):
    kind = "N" if FIELDS[name].kind == "C" else "C"
    return drafted(
        on_fields(lambda fields: [one._replace(kind=kind) if one.name == name else one for one in fields])
    )


def _twice(name: str):
    return drafted(on_fields(lambda fields: [*fields, FIELDS[name]]))


def _raw(change: Callable[[bytearray], bytearray], key: str = "main"):
    return drafted(on_raw(change, key))


def _descriptor(field: int, offset: int, value: int):
    return _number("<B", 32 + 32 * field + offset, value)


def _short_date(draft: Draft) -> None:
    for one in draft.tables["main"].rows:
        one["TGLPOST"] = ""
    on_fields(lambda fields: [one._replace(width=6) if one.name == "TGLPOST" else one for one in fields])(
        draft
    )


def _mark(value: int):
    def change(raw: bytearray) -> None:
        raw[int.from_bytes(raw[8:10], "little")] = value

    return drafted(on_raw(change))


WIDTH = 1 + sum(one.width for one in layout.GL)
DBF_STRUCTURE = [
    *(Case("DBF structure", f"{name} missing", STRUCTURE, _without(name)) for name in layout.GL_USED),
    *(Case("DBF structure", f"{name} of another type", STRUCTURE, _retyped(name)) for name in layout.GL_USED),
    *(Case("DBF structure", f"{name} twice", STRUCTURE, _twice(name)) for name in layout.GL_USED),
    *(
        Case("DBF structure", f"version {version:#x}", STRUCTURE, _number("<B", 0, version))
        for version in (0x00, 0x02, 0x04, 0x31, 0x32, 0x43, 0x83, 0x8B, 0xCB, 0xF5, 0xFB, 0xFF)
    ),
    Case("DBF structure", "memo flag", STRUCTURE, _number("<B", 28, 2)),
    Case("DBF structure", "header of 0 bytes", STRUCTURE, _number("<H", 8, 0)),
    Case("DBF structure", "header of 32 bytes", STRUCTURE, _number("<H", 8, 32)),
    Case("DBF structure", "header one byte longer", STRUCTURE, _number("<H", 8, 2281)),
    Case("DBF structure", "header of 65535 bytes", STRUCTURE, _number("<H", 8, 0xFFFF)),
    Case("DBF structure", "row of 0 bytes", STRUCTURE, _number("<H", 10, 0)),
    Case("DBF structure", "row of 1 byte", STRUCTURE, _number("<H", 10, 1)),
    Case("DBF structure", "row one byte longer", STRUCTURE, _number("<H", 10, WIDTH + 1)),
    Case("DBF structure", "row of 65535 bytes", STRUCTURE, _number("<H", 10, 0xFFFF)),
    Case("DBF structure", "field of width 0", STRUCTURE, _descriptor(3, 16, 0)),
    Case("DBF structure", "field wider than the row", STRUCTURE, _descriptor(3, 16, 255)),
    Case("DBF structure", "field without a name", STRUCTURE, _descriptor(3, 0, 0)),
    Case("DBF structure", "field of type M", STRUCTURE, _descriptor(5, 11, ord("M"))),
    Case("DBF structure", "field of type NUL", STRUCTURE, _descriptor(5, 11, 0)),
    Case("DBF structure", "no end of the field list", STRUCTURE, _number("<B", 32 + 32 * 62, 0)),
    Case("DBF structure", "end of the field list too early", STRUCTURE, _number("<H", 8, 32 + 32 * 10 + 1)),
    Case("DBF structure", "date of six characters", STRUCTURE, drafted(_short_date)),
    *(Case("DBF structure", f"deletion mark {v:#x}", STRUCTURE, _mark(v)) for v in (0, 1, 0x2B, 0x30, 0xFF)),
    *(
        Case("DBF structure", f"{count} rows announced", code, _number("<I", 4, count))
        for count, code in {
            0: COUNT,
            3: COUNT,
            5: COUNT,
            1000: COUNT,
            3_000_000: COUNT,
            3_000_001: STRUCTURE,
            2**31: STRUCTURE,
            2**32 - 1: STRUCTURE,
        }.items()
    ),
    Case("DBF structure", "last row cut", COUNT, _raw(lambda raw: raw[:-2])),
    Case("DBF structure", "one row too many", COUNT, _raw(lambda raw: raw[:-1] + b" " * WIDTH)),
    Case("DBF structure", "two end marks", COUNT, _raw(lambda raw: raw + b"\x1a")),
    Case("DBF structure", "another end mark", COUNT, _raw(lambda raw: raw[:-1] + b"\x00")),
    Case("DBF structure", "a page behind the end mark", COUNT, _raw(lambda raw: raw + b"<html>")),
    *(
        Case("DBF structure", f"table of {n} bytes", STRUCTURE, _raw(lambda raw, n=n: raw[:n]))
        for n in (1, 31, 32, 33, 64, 2000)
    ),
    *(
        Case("DBF structure", f"{key} {what}", STRUCTURE, make)
        for key in ("control", "opening")
        for what, make in {
            "without a header": _raw(lambda raw: raw[:20], key),
            "of version 0xF5": _number("<B", 0, 0xF5, key),
            "with rows of 0 bytes": _number("<H", 10, 0, key),
        }.items()
    ),
    Case("DBF structure", "rows missing in the opening balances", COUNT, _number("<I", 4, 9, "opening")),
]
