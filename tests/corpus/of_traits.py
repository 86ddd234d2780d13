"""Family: odd but legal."""

from dataclasses import replace

from adk.formats import layout
from adk.formats.dbf import PLAIN
from adk.formats.dbfwriting import TableStyle
from adk.formats.drafts import Draft
from adk.formats.layout import Field
from adk.formats.mistakes_table import on_fields, on_raw
from adk.formats.traits import TRAITS
from tests.corpus.case import Case, drafted, with_row
from tests.corpus.of_names import uploaded_as
from tests.unit.adk.formats.cast import row, satker

COPIES = [
    "KPPN_KD0150836351609.zip",
    "KPPN_KD0150836351609.ZIP",
    "kppn_kd0150836351609.zip",
    "KPPN_KD0150836351609 (1).zip",
    "KPPN_KD0150836351609(12).zip",
    "KPPN_KD0150836351609 - Copy.zip",
    "KPPN_KD0150836351609 - Copy (2).zip",
    "KPPN_KD0150836351609 - Salinan.zip",
    "KPPN_KD0150836351609 - Salinan (3).zip",
    "Salinan/KPPN_KD0150836351609.zip",
    "KPPN_KD0150836351609_1.zip",
    "KPPN_KD0150836351609 kirim ulang.zip",
    "C:\\fakepath\\KPPN_KD0150836351609.zip",
    " KPPN_KD0150836351609.zip ",
]
OPTIONAL = [one.name for one in layout.GL if one.name not in layout.GL_USED]
NUMBERS = [0, 1, -1, 2**53 + 1, -(2**53) - 1, 2**62, b"7".ljust(20), b"  -7".ljust(20), b"0007", b"-0"]


def _without(*names: str):
    return drafted(on_fields(lambda fields: [one for one in fields if one.name not in names]))


def _style(style: TableStyle):
    def change(draft: Draft) -> None:
        for table in draft.tables.values():
            table.style = style
        draft.seal()

    return drafted(change)


def _head(offset: int, value: bytes):
    """Bytes of the header that no reader should mind; the control's digest follows."""

    def change(raw: bytearray) -> None:
        raw[offset : offset + len(value)] = value

    def spoil(draft: Draft) -> None:
        on_raw(change)(draft)
        draft.seal()

    return drafted(spoil)


def _mixed(draft: Draft) -> None:
    draft.members_done.append(
        lambda members: [
            replace(one, descriptor=n == 0, method=0 if n == 1 else 8, zip64=n == 2)
            for n, one in enumerate(members)
        ]
    )


def _utf8_flag(draft: Draft) -> None:
    draft.members_done.append(lambda members: [replace(one, flags=0x800) for one in members])


def _deleted(draft: Draft) -> None:
    rows = draft.tables["main"].rows
    rubbish = {**rows[0], "KDSATKER": "999999", "RPHREAL": "rusak", "PERIODE": "77", "*deleted": True}
    draft.tables["main"].rows = [one for real in rows for one in (rubbish, real, rubbish)]
    draft.seal()


def _no_digest(draft: Draft) -> None:
    draft.tables["control"].rows[0]["SHA256"] = ""


def _capital_digest(draft: Draft) -> None:
    first = draft.tables["control"].rows[0]
    first["SHA256"] = str(first["SHA256"]).upper()


EXTRAS = [Field("TAMBAHAN", "C", 254), Field("LOGIS", "L", 1), Field("BULAT", "I", 4), Field("WAKTU", "T", 8)]
ODD = [
    *(Case("odd but legal", name, None, drafted(spoil)) for name, spoil in TRAITS.items()),
    *(
        Case("odd but legal", f"upload {name!r}", None, lambda name=name: uploaded_as(name))
        for name in COPIES
    ),
    *(Case("odd but legal", f"without {name}", None, _without(name)) for name in OPTIONAL),
    Case("odd but legal", "only the used columns", None, _without(*OPTIONAL)),
    *(
        Case(
            "odd but legal",
            f"extra column of type {one.kind}",
            None,
            drafted(on_fields(lambda all_, one=one: [*all_, one])),
        )
        for one in EXTRAS
    ),
    Case("odd but legal", "extra columns first", None, drafted(on_fields(lambda all_: [*EXTRAS, *all_]))),
    *(Case("odd but legal", f"RPHREAL {value!r}", None, with_row(RPHREAL=value)) for value in NUMBERS),
    *(
        Case(
            "odd but legal",
            f"version {version:#x}, backlink {link}, end mark {end}",
            None,
            _style(TableStyle(version, link, end)),
        )
        for version in (PLAIN, 0x30)
        for link in (False, True)
        for end in (False, True)
    ),
    Case("odd but legal", "another date in the header", None, _head(1, b"\x63\x0d\x20")),
    Case("odd but legal", "another code page in the header", None, _head(29, b"\xc9")),
    Case("odd but legal", "noise in the reserved bytes", None, _head(12, b"\xff" * 14)),
    *(
        Case("odd but legal", f"byte {byte:#x} in a text", None, with_row(NODOK1=b"A" + bytes([byte]) + b"B"))
        for byte in (0x80, 0x99, 0xA0, 0xAD, 0xC9, 0xDF, 0xE9, 0xFF)
    ),
    *(
        Case("odd but legal", f"date {day}", None, with_row(TGLPOST=day))
        for day in ("", "20240229", "00010101", "99991231")
    ),
    Case("odd but legal", "every member packed another way", None, drafted(_mixed)),
    Case("odd but legal", "names in UTF-8", None, drafted(_utf8_flag)),
    Case("odd but legal", "rubbish in deleted rows", None, drafted(_deleted)),
    Case("odd but legal", "no digest in the control table", None, drafted(_no_digest)),
    Case("odd but legal", "digest in capitals", None, drafted(_capital_digest)),
    Case("odd but legal", "no account of the budget", None, with_row(KDMAKMAP="")),
    Case("odd but legal", "no account of the books", None, with_row(PERKSAI="")),
    Case(
        "odd but legal",
        "a thousand rows",
        None,
        lambda: satker([row(n, KDTRN="2") for n in range(1000)]).build(),
    ),
]
