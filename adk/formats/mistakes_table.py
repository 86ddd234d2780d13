"""Mistakes in a satker ADK's names, headers, rows and values."""

from collections.abc import Callable

from adk.formats import layout
from adk.formats.drafts import Draft, Row, TableDraft, opening_rows
from adk.formats.layout import Field
from adk.formats.mistakes_archive import Spoil
from adk.formats.naming import OPENING_MEMBER

BIG = 2**63 - 1


def _rename(change: Callable[[str], str]) -> Spoil:
    """Change the main member's stem and the upload's name alike."""

    def spoil(draft: Draft) -> None:
        main = draft.tables["main"]
        stem, _, extension = main.name.rpartition(".")
        main.name = f"{change(stem)}.{extension}"
        draft.filename = f"{change(stem)}.zip"

    return spoil


def _another_year(draft: Draft) -> None:
    main = draft.tables["main"]
    main.name = f"{main.name[:-2]}{(int(main.name[-2:]) + 1) % 100:02d}"


def on_raw(change: Callable[[bytearray], bytearray | None], key: str = "main") -> Spoil:
    """A mistake in a finished table; a change that returns None worked in place."""

    def changed(raw: bytes) -> bytes:
        buffer = bytearray(raw)
        return bytes(change(buffer) or buffer)

    def spoil(draft: Draft) -> None:
        draft.table_done[key] = changed

    return spoil


def put(at: int, value: int) -> Callable[[bytearray], None]:
    """Write one byte in place."""

    def change(raw: bytearray) -> None:
        raw[at] = value

    return change


def _bad_mark(raw: bytearray) -> None:
    raw[int.from_bytes(raw[8:10], "little")] = ord("?")


def on_fields(change: Callable[[list[Field]], list[Field]]) -> Spoil:
    """A change of the main table's field list; control totals follow."""

    def spoil(draft: Draft) -> None:
        draft.tables["main"].fields = change(list(draft.tables["main"].fields))
        draft.seal()

    return spoil


def _without(name: str) -> Callable[[list[Field]], list[Field]]:
    return lambda fields: [one for one in fields if one.name != name]


def _as_kind(name: str, kind: str) -> Callable[[list[Field]], list[Field]]:
    return lambda fields: [one._replace(kind=kind) if one.name == name else one for one in fields]


def row_value(name: str, value: object) -> Spoil:
    """A value in the last row; control totals follow."""

    def spoil(draft: Draft) -> None:
        draft.tables["main"].rows[-1][name] = value
        draft.seal()

    return spoil


def _rows(change: Callable[[list[Row]], list[Row]]) -> Spoil:
    def spoil(draft: Draft) -> None:
        draft.tables["main"].rows = change(draft.tables["main"].rows)
        draft.seal()

    return spoil


def _single_month(rows: list[Row]) -> list[Row]:
    last = max(str(row["PERIODE"]) for row in rows)
    return [{**row, "PERIODE": last} for row in rows if str(row.get("KDTRN")) != "2"]


def _control(name: str, value: object) -> Spoil:
    def spoil(draft: Draft) -> None:
        draft.tables["control"].rows[0][name] = value

    return spoil


def _control_twice(draft: Draft) -> None:
    draft.tables["control"].rows.append(draft.tables["control"].rows[0])


def _opening(**changes: object) -> Spoil:
    def spoil(draft: Draft) -> None:
        satker = str(draft.tables["main"].rows[0]["KDSATKER"])
        rows = [{**row, **changes} for row in opening_rows({"111611": 1}, satker)]
        draft.tables["opening"] = TableDraft(OPENING_MEMBER, layout.OPENING, rows)

    return spoil


def _too_much(rows: list[Row]) -> list[Row]:
    return [*rows, {**rows[-1], "RPHREAL": BIG}, {**rows[-1], "RPHREAL": BIG}]


def _memo(draft: Draft) -> None:
    on_raw(put(28, 0x02))(draft)


TABLE: dict[str, tuple[str, Spoil]] = {
    "bulan_terlalu_awal": ("PERIODE_TIDAK_DIPERKENANKAN", _rename(lambda stem: stem[:-2] + "01")),
    "bulan_lain": ("PERIODE", _rename(lambda stem: stem[:-2] + "12")),
    "tahun_lain": ("TAHUN", _another_year),
    "satker_lain": ("KODE_SATKER", _rename(lambda stem: stem[:12] + "999999" + stem[-2:])),
    "ba_lain": ("KODE_SATKER", _rename(lambda stem: stem[:7] + "999" + stem[10:])),
    "kewenangan_lain": ("KODE_SATKER", _rename(lambda stem: stem[:5] + "UB" + stem[7:])),
    "dbf_versi": ("STRUKTUR_DBF", on_raw(put(0, 0xF5))),
    "dbf_memo": ("STRUKTUR_DBF", _memo),
    "dbf_kepala_terpotong": ("STRUKTUR_DBF", on_raw(lambda raw: raw[:100])),
    "dbf_panjang_nol": ("STRUKTUR_DBF", on_raw(put(10, 0))),
    "dbf_tanda_hapus": ("STRUKTUR_DBF", on_raw(_bad_mark)),
    "kolom_hilang": ("STRUKTUR_DBF", on_fields(_without("KDSDCP"))),
    "kolom_ganda": ("STRUKTUR_DBF", on_fields(lambda fields: [*fields, Field("KDTRN", "C", 1)])),
    "kolom_salah_tipe": ("STRUKTUR_DBF", on_fields(_as_kind("RPHREAL", "C"))),
    "baris_kurang": ("HEADER_BARIS", on_raw(lambda raw: raw[:-100])),
    "baris_lebih": ("HEADER_BARIS", on_raw(lambda raw: raw + b"lebih")),
    "jumlah_baris_salah": ("HEADER_BARIS", on_raw(put(4, 250))),
    "tanpa_baris": ("TABEL_KOSONG", _rows(lambda _: [])),
    "semua_terhapus": ("TABEL_KOSONG", _rows(lambda rows: [{**row, "*deleted": True} for row in rows])),
    "baris_satker_lain": ("KODE_SATKER", row_value("KDSATKER", "999999")),
    "baris_tahun_lain": ("TAHUN", row_value("THNANG", "1999")),
    "baris_bulan_lain": ("PERIODE", row_value("PERIODE", "13")),
    "satu_bulan": ("BUKAN_KUMULATIF", _rows(_single_month)),
    "kendali_bukan_kumulatif": ("BUKAN_KUMULATIF", _control("KUMULATIF", "T")),
    "kendali_dua_baris": ("KONTROL", _control_twice),
    "kendali_jumlah": ("KONTROL", _control("JMLREC", 12345)),
    "kendali_debet": ("KONTROL", _control("TOTDEBET", 1)),
    "kendali_satker": ("KONTROL", _control("KDSATKER", "999999")),
    "kendali_kppn": ("KONTROL", _control("KDKPPN", "999")),
    "kendali_sidik": ("KONTROL", _control("SHA256", "0" * 64)),
    "rupiah_pecahan": ("NILAI", row_value("RPHREAL", "1000.50")),
    "rupiah_kosong": ("NILAI", row_value("RPHREAL", "")),
    "rupiah_dua_puluh_angka": ("NILAI", row_value("RPHREAL", "1" * 20)),
    "rupiah_di_luar_int64": ("NILAI", row_value("RPHREAL", str(BIG + 1))),
    "rupiah_jumlah_besar": ("NILAI", _rows(_too_much)),
    "kdtrn_asing": ("NILAI", row_value("KDTRN", "9")),
    "kdkem_asing": ("NILAI", row_value("KDKEM", "2")),
    "kddk_kosong": ("NILAI", row_value("KDDK", "")),
    "tanggal_tidak_ada": ("TANGGAL", row_value("TGLPOST", "20260230")),
    "akun_huruf": ("KODE_AKUN", row_value("PERKSAI1", "5211A1")),
    "akun_awalan_sembilan": ("KODE_AKUN", row_value("KDMAKMAP", "921111")),
    "akun_kosong_dua": (
        "KODE_AKUN",
        _rows(lambda rows: [{**row, "KDMAKMAP": "", "PERKSAI": ""} for row in rows]),
    ),
    "karakter_kendali": ("KARAKTER", row_value("NODOK1", b"SP\x00DIPA")),
    "karakter_tak_terdefinisi": ("KARAKTER", row_value("NODOK1", b"SP\x81DIPA")),
    "sawal_satker_lain": ("KODE_SATKER", _opening(KDSATKER="999999")),
    "sawal_akun": ("KODE_AKUN", _opening(KDPERK="")),
    "sawal_nilai": ("NILAI", _opening(SALDO="1,5")),
    "akun_tidak_dikenal": ("AKUN_TIDAK_DIKENAL", row_value("KDMAKMAP", "599999")),
    "baris_kembar": ("DUPLIKAT", _rows(lambda rows: [*rows, {**rows[-1], "USID": "lain"}])),
    "kppn_lain": ("REFERENSI", row_value("KDKPPN", "999")),
    "sdcp_asing": ("REFERENSI", row_value("KDSDCP", "999")),
    "lokasi_asing": ("REFERENSI", row_value("KDWILAYAH", "9900")),
}
