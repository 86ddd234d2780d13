"""What a browser needs to check a file before sending it: the gate's own sentences, months and expectations.

The browser judges by name and header only, never more strictly than the gate, and says what the gate would
say: there is one catalogue. The gate judges every file all the same.
"""

from dataclasses import asdict
from typing import Any

from adk.formats.container import MEMBERS_MAX
from adk.formats.intake import Expected
from adk.formats.kinds import BEGINNINGS
from adk.formats.sentences import CATALOGUE
from erekon.lib.indonesian import MONTHS

# Codes (with their `hal`) that the header, the list of members and the names alone can decide.
DECIDED_IN_THE_BROWSER = (
    "UKURAN_NOL",
    "TOLAK_UKURAN",
    "BUKAN_ZIP",
    "BUKAN_ZIP.jenis",
    "ARSIP_RUSAK.terpotong",
    "ARSIP_RUSAK.direktori",
    "ARSIP_TERENKRIPSI",
    "ARSIP_BERBAHAYA.jumlah",
    "ISI_TIDAK_SESUAI.asing",
    "ISI_TIDAK_SESUAI.ganda",
    "ISI_TIDAK_SESUAI.utama",
    "ISI_TIDAK_SESUAI.nama",
    "PERIODE_TIDAK_DIPERKENANKAN",
    "PERIODE.nama",
    "TAHUN.nama",
    "KODE_SATKER.satker",
    "KODE_SATKER.ba",
    "KODE_SATKER.es1",
    "KODE_SATKER.kewenangan",
    "STRUKTUR_DBF.versi",
    "STRUKTUR_DBF.panjang",
    "HEADER_BARIS",
    "BUKAN_KUMULATIF",
)


def precheck_document(expected: Expected, *, limit_bytes: int) -> dict[str, Any]:
    """The sentences, the month names and what this satker's file must be, as plain JSON values."""
    return {
        "sentences": {key: CATALOGUE[key] for key in DECIDED_IN_THE_BROWSER},
        "months": list(MONTHS),
        "kinds": [[beginning.hex(), kind] for beginning, kind in BEGINNINGS],
        "expected": asdict(expected),
        "limit": limit_bytes,
        "members": MEMBERS_MAX,
    }


def precheck_titles(expected: Expected) -> tuple[str, ...]:
    """The five checks in the order of the gate, as the page lists them."""
    return (
        "Berkas .zip dan bisa dibuka",
        "Isinya satu kiriman SAIBA",
        f"Kiriman kumulatif s.d. {MONTHS[expected.month - 1]} {expected.year}",
        f"Kode satker {expected.satker}",
        "Susunan tabel",
    )
