"""The sentences of a BAR, each decided here once and frozen with its content."""

from collections.abc import Sequence
from itertools import chain

from bar.documents.facts import BarFacts, Element
from erekon.lib.indonesian import date_in_words, long_moment, month_name

TITLE = "BERITA ACARA REKONSILIASI"
SUBTITLE = "Data Transaksi Keuangan antara UAKPA dan {unit}"
NUMBER_PENDING = "(ditetapkan saat persetujuan KPPN)"
PERSON_PENDING = "(belum ditetapkan)"
SIGNATURE_KIND = "tanda tangan elektronik tidak tersertifikasi"

LOCATIONS = {
    "SATKER": "Data satker (SAI)",
    "SIAP": "Data KPPN (SiAP)",
    "BEDA_PERIODE": "Beda periode pembukuan",
    "LAINNYA": "Lainnya",
}
REASONS = {
    "SALAH_SIAP": "Kesalahan data SiAP, menunggu koreksi KPPN",
    "BEDA_TANGGAL_BUKU": "Beda tanggal pembukuan koreksi",
    "KPPN_LAIN": "Transaksi melalui KPPN lain",
    "REVISI_DIPA": "Revisi DIPA dalam proses",
    "TERPUSAT": "Setoran pada rekonsiliasi terpusat",
    "RETUR_VOID": "Retur atau pembatalan SP2D",
    "LAINNYA": "Sebab lain",
}
DECISIONS = {"DITERIMA": "Diterima KPPN", "DITOLAK": "Ditolak KPPN", "": "Belum diputuskan KPPN"}


def period_label(facts: BarFacts) -> str:
    """`September 2020`."""
    return f"{month_name(facts.month)} {facts.year}"


def opening(facts: BarFacts) -> str:
    """The clause before the parties: the day in words and the period compared."""
    return (
        f"Pada hari {date_in_words(facts.made_on)}, bertempat di {facts.place}, melalui aplikasi e-Rekon-LK "
        f"telah direkonsiliasi data transaksi keuangan sampai dengan {period_label(facts)} "
        f"Tahun Anggaran {facts.year} antara:"
    )


def element_note(element: Element) -> str:
    """The Keterangan of a row of the result table."""
    if not element.applicable:
        return "Tidak berlaku"
    if element.equal:
        return "Sama"
    return "Beda rupiah" if not element.rupiah_equal else "Beda CoA"


def outcome(elements: Sequence[Element]) -> str:
    """What the comparison came to, in one sentence."""
    differing = [element.label for element in elements if not element.equal]
    if not differing:
        return "Seluruh elemen yang direkonsiliasi menunjukkan nilai yang sama menurut SAI dan SiAP."
    return (
        f"Masih terdapat selisih pada {len(differing)} dari "
        f"{sum(element.applicable for element in elements)} elemen, yaitu {join_names(differing)}; "
        "penyebab dan keputusannya diuraikan pada Lampiran II."
    )


def join_names(names: Sequence[str]) -> str:
    """`A`, `A dan B`, `A, B, dan C`."""
    if len(names) <= 2:  # noqa: PLR2004
        return " dan ".join(names)
    return ", ".join(chain(names[:-1], [f"dan {names[-1]}"]))


def clauses(facts: BarFacts) -> list[str]:
    """The numbered clauses under the result table."""
    zone = facts.kppn.zone
    lines = [
        f"Data SAI berasal dari ADK unggahan ke-{facts.upload.number} yang diterima "
        f"{long_moment(facts.upload.received_at, zone)}; data SiAP menurut keadaan "
        f"{long_moment(facts.siap_per, zone)}.",
        outcome(facts.elements),
        f"Laporan Hasil Rekonsiliasi nomor proses {facts.run_number} merupakan bagian yang tidak terpisahkan "
        "dari berita acara ini (Lampiran I).",
        "Bila kemudian ditemukan kekeliruan, para pihak memperbaiki data; berita acara ini dapat dibatalkan "
        f"atas permohonan tertulis PIHAK PERTAMA kepada {'KPPN' if facts.kppn.local else 'PIHAK KEDUA'}.",
    ]
    if facts.replaces:
        lines.append(f"Berita acara ini menggantikan {facts.replaces} yang telah dibatalkan.")
    return lines
