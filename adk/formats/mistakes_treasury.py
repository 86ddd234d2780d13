"""Mistakes in a KPPN ADK."""

from adk.formats.drafts import Draft
from adk.formats.mistakes_archive import Spoil
from adk.formats.mistakes_table import put


def _cell(table: str, name: str, value: object, *, seal: bool = True) -> Spoil:
    """A value in a table's last row; HEADER follows unless it is the thing to spoil."""

    def spoil(draft: Draft) -> None:
        draft.tables[table].rows[-1][name] = value
        if seal:
            draft.seal()

    return spoil


def _name(draft: Draft) -> None:
    draft.filename = "kiriman.zip"


def _name_kppn(draft: Draft) -> None:
    draft.filename = f"KPPN999{draft.filename[7:]}"


def _name_date(draft: Draft) -> None:
    draft.filename = f"{draft.filename[:8]}20260230.zip"


def _no_recap(draft: Draft) -> None:
    del draft.tables["rekap"]


def _two_headers(draft: Draft) -> None:
    draft.tables["header"].rows *= 2


def _broken_table(draft: Draft) -> None:
    def change(raw: bytes) -> bytes:
        buffer = bytearray(raw)
        put(0, 0xF5)(buffer)
        return bytes(buffer)

    draft.table_done["lak"] = change


def _correction(draft: Draft) -> None:
    """Two rows that correct one transaction and do not cancel."""
    rows = draft.tables["lak"].rows
    first, second = dict(rows[-1]), dict(rows[-1])
    rows += [
        {**first, "IDTRN": "K1", "KOREKSI": "LAMA", "RPHREAL": -5},
        {**second, "IDTRN": "K2", "KOREKSI": "LAMA", "RPHREAL": 6},
    ]
    draft.seal()


def _same_identifier(draft: Draft) -> None:
    rows = draft.tables["lak"].rows
    rows.append(dict(rows[-1]))
    draft.seal()


TREASURY: dict[str, tuple[str, Spoil]] = {
    "kppn_nama_asing": ("ISI_TIDAK_SESUAI", _name),
    "kppn_tanpa_rekap": ("ISI_TIDAK_SESUAI", _no_recap),
    "kppn_dbf_versi": ("STRUKTUR_DBF", _broken_table),
    "kppn_nama_kppn_lain": ("KODE_KPPN", _name_kppn),
    "kppn_header_kppn_lain": ("KODE_KPPN", _cell("header", "KDKPPN", "999")),
    "kppn_nama_tanggal": ("TANGGAL", _name_date),
    "kppn_header_tanggal": ("TANGGAL", _cell("header", "TANGGAL", "20200101")),
    "kppn_posting_mundur": ("TANGGAL", _cell("lak", "TGLPOST", "20200101")),
    "kppn_posting_maju": ("TANGGAL", _cell("lak", "TGLPOST", "20991231")),
    "kppn_tanggal_dokumen": ("TANGGAL", _cell("lak", "TGLDOK1", "20260231")),
    "kppn_header_dua": ("HEADER_BARIS", _two_headers),
    "kppn_header_jumlah": ("HEADER_BARIS", _cell("header", "JMLLAK", 999, seal=False)),
    "kppn_header_debet": ("HEADER_BARIS", _cell("header", "TOTDEBET", 1, seal=False)),
    "kppn_tanpa_mingguan": ("LKP_MINGGUAN", _cell("header", "LKPMINGGU", "N")),
    "kppn_saldo": ("LKP_SALDO", _cell("lkp", "SALDOAKHIR", 1)),
    "kppn_koreksi": ("KOREKSI_JUMLAH", _correction),
    "kppn_rupiah": ("NILAI", _cell("lak", "RPHREAL", "1.5")),
    "kppn_sebab": ("NILAI", _cell("lak", "SEBAB", "X")),
    "kppn_karakter": ("NILAI", _cell("lak", "URAIAN", b"a\x00b")),
    "kppn_idtrn_ganda": ("NILAI", _same_identifier),
}
