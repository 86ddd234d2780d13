"""Odd but legal: what a gate must let pass."""

from dataclasses import replace

from adk.formats.dbf import PLAIN
from adk.formats.dbfwriting import TableStyle
from adk.formats.drafts import Draft
from adk.formats.layout import Field
from adk.formats.mistakes_archive import Spoil, on_bytes, on_members
from adk.formats.mistakes_table import on_fields, row_value
from adk.formats.zipwriting import STORED


def _style(style: TableStyle) -> Spoil:
    def spoil(draft: Draft) -> None:
        for table in draft.tables.values():
            table.style = style
        draft.seal()

    return spoil


def _as_table_name(draft: Draft) -> None:
    main = draft.tables["main"]
    main.name = f"T_GL{main.name[-2:]}00.DBF"


def _copy_name(draft: Draft) -> None:
    _as_table_name(draft)
    draft.filename = draft.filename.replace(".zip", " - Copy (1).ZIP")


def _foreign_upload_name(draft: Draft) -> None:
    draft.filename = "unduhan.bin"


def _lower_case(draft: Draft) -> None:
    for table in draft.tables.values():
        table.name = table.name.lower()


def _deleted_row(draft: Draft) -> None:
    rows = draft.tables["main"].rows
    rows.insert(0, {**rows[0], "KDSATKER": "999999", "RPHREAL": "rusak", "*deleted": True})
    draft.seal()


def _zip64(draft: Draft) -> None:
    draft.zip64 = True
    draft.members_done.append(lambda members: [replace(one, zip64=True) for one in members])


def _wide(fields: list[Field]) -> list[Field]:
    return [one._replace(width=one.width + 9) if one.kind == "C" else one for one in fields]


def _no_control(draft: Draft) -> None:
    draft.tables.pop("control", None)


def _comment(content: bytes) -> bytes:
    return content[:-2] + b"\x07\x00catatan"


TRAITS: dict[str, Spoil] = {
    "tanpa_kompresi": on_members(lambda members: [replace(one, method=STORED) for one in members]),
    "descriptor": on_members(lambda members: [replace(one, descriptor=True) for one in members]),
    "descriptor_zip64": on_members(
        lambda members: [replace(one, descriptor=True, zip64=True) for one in members]
    ),
    "zip64": _zip64,
    "komentar_zip": on_bytes(_comment),
    "urutan_berkas_terbalik": on_members(lambda members: members[::-1]),
    "kolom_terbalik": on_fields(lambda fields: fields[::-1]),
    "kolom_tambahan": on_fields(lambda fields: [Field("BARU", "C", 9), *fields, Field("LOGIS", "L", 1)]),
    "kolom_lebar": on_fields(_wide),
    "kolom_sisa_hilang": on_fields(
        lambda fields: [one for one in fields if one.name not in ("USID", "REVISIKE")]
    ),
    "tanpa_tanda_akhir": _style(TableStyle(end_mark=False)),
    "tanpa_backlink": _style(TableStyle(backlink=False)),
    "dbf_polos": _style(TableStyle(version=PLAIN)),
    "beraksen": row_value("NODOK1", "sp2d é š ÿ"),
    "kdkem_kosong": row_value("KDKEM", ""),
    "tanggal_kosong": row_value("TGLDOK1", ""),
    "nilai_rata_kiri": row_value("RPHREAL", b"-7".ljust(20)),
    "nilai_terbesar": row_value("RPHREAL", 2**62 + 1),
    "nama_tabel": _as_table_name,
    "nama_salinan": _copy_name,
    "nama_unggahan_asing": _foreign_upload_name,
    "huruf_kecil": _lower_case,
    "baris_terhapus": _deleted_row,
    "tanpa_kendali": _no_control,
}
