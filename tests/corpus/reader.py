"""What a person needs to read in a finding, judged by its sentence."""

import re

from adk.formats.findings import Finding
from adk.formats.sentences import STEPS_TO_REPAIR, render

EXPECTATION = re.compile(
    r"seharusnya|batasnya|paling banyak|padahal|bukan |berbeda|berubah|terlalu|mitra|Satker Anda|Akun Anda|kumulatif mulai",
    re.IGNORECASE,
)
NEXT_STEP = re.compile(
    r"Buat ulang|Perbaiki|Kirim|Pilih|pilih|Ambil|Periksa|periksa|Hapus|Posting|Pastikan|Kembalikan|unggah|Unggah"
)
INDONESIAN = re.compile(
    r"\b(berkas|baris|isi|tabel|kolom|kepala|nama|jumlah|akun|ini|ada|di|dari)\b", re.IGNORECASE
)
BY_ROW = {"NILAI", "TANGGAL", "KODE_AKUN", "KARAKTER", "DUPLIKAT", "AKUN_TIDAK_DIKENAL"}
BY_MEMBER = {
    "STRUKTUR_DBF",
    "HEADER_BARIS",
    "TABEL_KOSONG",
    "KONTROL",
    "BUKAN_KUMULATIF",
    "ARSIP_TERENKRIPSI",
    *BY_ROW,
}


def faults(finding: Finding) -> list[str]:
    """What a finding leaves a reader to guess."""
    sentence = render(finding.code, finding.params)
    found = str(finding.params.get("isi", ""))
    by_row = finding.code in BY_ROW and finding.params.get("hal") != "jumlah"
    wants = {
        "Indonesian": INDONESIAN.search(sentence),
        "an expectation": finding.severity == "peringatan" or EXPECTATION.search(sentence),
        "a next step": NEXT_STEP.search(sentence),
        "the value found": finding.params.get("hal") == "kosong"
        or found in sentence
        or finding.code.startswith("PERIODE"),
        "the member": finding.code not in BY_MEMBER or finding.member,
        "the row": not by_row or (finding.row and f"{finding.row}" in sentence),
        "the field": not by_row or finding.code == "DUPLIKAT" or finding.field,
        "no control characters": sentence.isprintable(),
        "steps": finding.severity == "peringatan" or STEPS_TO_REPAIR[finding.code],
    }
    return [f"{finding.code} {finding.params.get('hal')}: {want}" for want, good in wants.items() if not good]
