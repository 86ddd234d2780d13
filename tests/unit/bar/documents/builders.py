"""A BAR of the offices that appear on the drawings, and its variations."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bar.documents.facts import (
    BarFacts,
    Difference,
    Element,
    Explanation,
    KppnParty,
    Person,
    SatkerParty,
    UploadFacts,
)
from bar.documents.stamps import SignatureBlock

CONTENT_HASH = "9f3a71c204bed85e" * 4
TOKEN = "eyJhbGciOiJFZERTQSJ9." + "Q" * 560 + "." + "A" * 86
QR = f"https://erekon-lk.example/v/7K2M9QHD7K2M9QHD7K2M9QHD7K#{TOKEN}"
KPA_QR = "https://erekon-lk.example/v/7K2M9QHD7K2M9QHD7K2M9QHD7K"
ADDRESS = "erekon-lk.example/v lalu ketik 7K2M-9QHD-7K2M-9QHD-7K2M-9QHD-7K"

ELEMENTS = tuple(
    Element(code, label, amount, amount, rupiah_equal=True, coa_equal=True, applicable=applicable)
    for code, label, amount, applicable in (
        ("PGU", "Pagu Belanja", 18_642_500_000, True),
        ("EST", "Estimasi Pendapatan yang Dialokasikan", 245_000_000, True),
        ("BLJ", "Belanja", 12_806_858_450, True),
        ("PBLJ", "Pengembalian Belanja", -70_000, True),
        ("PND", "Pendapatan", 187_450_000, True),
        ("PPND", "Pengembalian Pendapatan", 0, True),
        ("MUP", "Mutasi Uang Persediaan", 150_000_000, True),
        ("KASBP", "Kas di Bendahara Pengeluaran", 48_215_300, True),
        ("KASBLU", "Kas pada Badan Layanan Umum", 0, False),
        ("KASHB", "Kas Lainnya di K/L dari Hibah", 0, True),
        ("PNDMPH", "Pengesahan Hibah Barang/Jasa/Surat Berharga", 0, False),
    )
)

EQUAL = BarFacts(
    number="BAR-214/WPB.08/KP.03/2020",
    replaces=None,
    year=2020,
    month=9,
    place="Tirta Raya",
    made_on=date(2020, 10, 8),
    satker=SatkerParty(
        "498765", "Balai Pengelola Perikanan Sagara", "032", "Kementerian Kelautan dan Perikanan",
        "03", "Direktorat Jenderal Perikanan Tangkap", "KD", "1251",
        Person("Bambang Setiawan", "197505051998041002"),
    ),
    kppn=KppnParty(
        "912", "KPPN Tirta Raya", "Jalan Gatot Subroto 91, Tirta Raya", "Kanwil DJPb Provinsi Lampung",
        "Asia/Jakarta", Person("Hendra Suryana", "198012122005011003"),
    ),
    upload=UploadFacts(2, datetime(2020, 10, 7, 8, 10, tzinfo=UTC), "ab" * 32),
    siap_per=datetime(2020, 10, 7, 1, 0, tzinfo=UTC),
    run_number=3121,
    content_hash=CONTENT_HASH,
    elements=ELEMENTS,
)  # fmt: skip

_DIFFERING = {
    "PND": Element("PND", "Pendapatan", 187_450_000, 187_450_000, True, False, True, 2),
    "BLJ": Element("BLJ", "Belanja", 12_806_858_450, 12_806_928_450, False, False, True, 1),
}

DIFFERING = replace(
    EQUAL,
    replaces="BAR-198/WPB.08/KP.03/2020",
    elements=tuple(_DIFFERING.get(element.code, element) for element in ELEMENTS),
    differences=(
        Difference("BLJ", "521211", "Belanja Bahan", 1_200_000, 1_270_000),
        Difference("PND", "425121", "Pendapatan dari Penjualan Hasil Perikanan", 0, 1_200_000),
        Difference("PND", "425131", "Pendapatan Sewa Tanah, Gedung, dan Bangunan", 1_200_000, 0),
    ),
    explanations=(
        Explanation("BLJ", "521211", "BEDA_PERIODE", "BEDA_TANGGAL_BUKU", "Koreksi KPPN dibukukan bulan berikutnya, surat S-51 tanggal 5 Oktober 2020.", "DITERIMA"),
        Explanation("PND", "425121", "SIAP", "SALAH_SIAP", "SiAP mencatat akun 425131 yang seharusnya 425121 sebesar 1.200.000. Surat koreksi S-52 tanggal 6 Oktober 2020.", "DITERIMA"),
        Explanation("PND", "425131", "SIAP", "SALAH_SIAP", "Lihat akun 425121.", "DITERIMA"),
    ),
)  # fmt: skip

_MARKUP = "<b>Budi</b> & <font color='red'>\u202e\x00\x07José Ñuñez</font> {{7*7}} %s </para> <img src='file:///etc/passwd'/>"
HOSTILE = replace(
    DIFFERING,
    satker=replace(
        EQUAL.satker, name="A" * 300 + " " + _MARKUP, kpa=Person("Dr. " + "Panjang " * 30 + _MARKUP, "197505051998041002")
    ),
    kppn=replace(EQUAL.kppn, name=_MARKUP, address="\n\n" + "日本 " * 40),
    explanations=tuple(replace(each, text=_MARKUP + " kata" * 1500) for each in DIFFERING.explanations),
)  # fmt: skip

SIGNATURES = (
    SignatureBlock("KPA", "Bambang Setiawan", "197505051998041002", datetime(2020, 10, 8, 0, 43, tzinfo=UTC), "kpa-5f1c9a20", KPA_QR),
    SignatureBlock("KASI_VERA", "Hendra Suryana", "198012122005011003", datetime(2020, 10, 8, 2, 5, tzinfo=UTC), "kv-0b77e1d4", QR),
)  # fmt: skip
