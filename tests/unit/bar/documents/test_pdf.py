import hashlib
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from bar.documents.content import build_content
from bar.documents.facts import BarFacts
from bar.documents.pdf import VoidNote, render_bar, render_voided_cover
from tests.unit.bar.documents.builders import ADDRESS, DIFFERING, EQUAL, HOSTILE, KPA_QR, QR, SIGNATURES

VOID = VoidNote(date(2020, 11, 3), "S-77/2020", date(2020, 11, 2), "BAR-230/WPB.08/KP.03/2020")
AFRESH = """
import hashlib
from tests.unit.bar.documents.test_pdf import bar
from tests.unit.bar.documents.builders import DIFFERING
print(hashlib.sha256(bar(DIFFERING)).hexdigest())
"""


def bar(facts: BarFacts, **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "signatures": SIGNATURES,
        "draft": False,
        "qr_url": QR,
        "kpa_qr_url": KPA_QR,
        "verify_address": ADDRESS,
    }
    return render_bar(build_content(facts), **(given | changes))


def pages(document: bytes) -> list[str]:
    """The text of each page, white space folded."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages]


GOLDEN_FRONT = (
    "KEMENTERIAN KEUANGAN REPUBLIK INDONESIA DIREKTORAT JENDERAL PERBENDAHARAAN "
    "KANTOR WILAYAH DJPb PROVINSI LAMPUNG KPPN 912 TIRTA RAYA Jalan Gatot Subroto 91, Tirta Raya "
    "BERITA ACARA REKONSILIASI Data Transaksi Keuangan antara UAKPA dan UAKBUN-Daerah "
    "Nomor BAR-214/WPB.08/KP.03/2020 "
    "Pada hari Kamis tanggal delapan bulan Oktober tahun dua ribu dua puluh, bertempat di Tirta Raya, melalui "
    "aplikasi e-Rekon-LK telah direkonsiliasi data transaksi keuangan sampai dengan September 2020 "
    "Tahun Anggaran 2020 antara: "
    "1. Bambang Setiawan, NIP 197505051998041002, Kuasa Pengguna Anggaran 498765 Balai Pengelola Perikanan Sagara, "
    "selaku UAKPA; BA 032 Kementerian Kelautan dan Perikanan, Eselon I 03 Direktorat Jenderal Perikanan Tangkap, "
    "kewenangan KD, lokasi 1251, selanjutnya disebut PIHAK PERTAMA; "
    "2. Hendra Suryana, NIP 198012122005011003, Kepala Seksi Verifikasi dan Akuntansi KPPN 912 Tirta Raya, "
    "selaku UAKBUN-Daerah, selanjutnya disebut PIHAK KEDUA; "
    "dengan hasil sebagai berikut (dalam rupiah, kumulatif; selisih = SiAP \u2212 SAI): "
    "Elemen SiAP SAI Selisih Keterangan Pagu Belanja 18.642.500.000 18.642.500.000 0 = Sama"
)
GOLDEN_SIGNATURE = (
    "Ditandatangani secara elektronik 8 Oktober 2020, 09.05 WIB Kunci kv-0b77e1d4 "
    "ECDSA P-256 3046 3046 3046 3046 3046 3046 3046 3046 \u2026 Tanda tangan elektronik tidak tersertifikasi "
    "Hendra Suryana NIP 198012122005011003"
)


def test_the_text_of_a_bar_is_the_golden_one() -> None:
    front, annex = pages(bar(EQUAL))
    assert GOLDEN_FRONT in front
    assert "Pengembalian Belanja (70.000) (70.000) 0 = Sama" in front
    assert "Kas pada Badan Layanan Umum 0 0 0 - Tidak berlaku" in front
    assert GOLDEN_SIGNATURE in front
    assert "LAMPIRAN I Laporan Hasil Rekonsiliasi (ringkasan)" in annex
    assert "SHA-256 ADK " + "ab" * 32 in annex


def test_equal_content_gives_equal_bytes() -> None:
    assert bar(DIFFERING) == bar(DIFFERING)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Jayapura", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", AFRESH], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == hashlib.sha256(bar(DIFFERING)).hexdigest()


def test_a_bar_without_differences_has_its_own_page_and_one_attachment() -> None:
    front, annex = pages(bar(EQUAL))
    assert "Hendra Suryana NIP" in front
    assert annex.count("LAMPIRAN") == 1


def test_long_but_ordinary_names_still_leave_the_bar_on_one_page() -> None:
    satker = replace(
        EQUAL.satker,
        name="Balai Besar Pengembangan dan Pengendalian Hasil Perikanan Samudera Nusantara Bagian Timur",
    )
    kppn = replace(EQUAL.kppn, name="KPPN Khusus Pinjaman dan Hibah serta Penerimaan")
    assert len(pages(bar(replace(EQUAL, satker=satker, kppn=kppn)))) == 2


def test_every_page_carries_number_page_hash_and_address() -> None:
    texts = pages(bar(DIFFERING))
    assert len(texts) == 3
    for number, text in enumerate(texts, 1):
        assert f"BAR-214/WPB.08/KP.03/2020 \u00b7 Halaman {number} dari 3" in text
        assert "Sidik SHA-256 9F3A 71C2 04BE D85E" in text
        assert ADDRESS in text


def test_explanations_are_the_second_attachment() -> None:
    annex = pages(bar(DIFFERING))[2]
    assert "LAMPIRAN II Penjelasan Selisih" in annex
    assert "1 Belanja 521211 Belanja Bahan 1.200.000 1.270.000 (70.000)" in annex
    assert "Surat koreksi S-52 tanggal 6 Oktober 2020." in annex
    assert annex.count("Keputusan: Diterima KPPN") == 3


def test_a_draft_is_marked_on_every_page_and_a_signed_bar_on_none() -> None:
    assert all("DRAFT - belum ditandatangani" in text for text in pages(bar(DIFFERING, draft=True)))
    assert not any("DRAFT" in text for text in pages(bar(DIFFERING)))


def test_a_draft_carries_neither_qr_nor_signatures_whatever_is_given() -> None:
    drafted = bar(DIFFERING, draft=True)
    assert drafted == bar(DIFFERING, draft=True, signatures=(), qr_url=None, kpa_qr_url=None)
    assert "Kunci" not in pages(drafted)[0]


def test_one_signature_leaves_the_other_place_open() -> None:
    front = pages(bar(EQUAL, signatures=SIGNATURES[:1], qr_url=None))[0]
    assert "Kunci kpa-5f1c9a20" in front
    assert front.count("Belum ditandatangani") == 1


def test_a_signature_without_qr_still_shows_its_proof() -> None:
    assert GOLDEN_SIGNATURE in pages(bar(EQUAL, qr_url=None))[0]


def test_another_providers_signature_says_what_it_is() -> None:
    certified = replace(SIGNATURES[0], kind="tanda tangan elektronik tersertifikasi BSrE")
    front = pages(bar(EQUAL, signatures=(certified,)))[0]
    assert "Tanda tangan elektronik tersertifikasi BSrE" in front
    assert "tidak tersertifikasi" not in front


def test_threads_that_render_together_do_not_disturb_each_other() -> None:
    alone = {facts: bar(facts) for facts in (EQUAL, DIFFERING)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda facts: (facts, bar(facts)), [EQUAL, DIFFERING] * 4))
    assert all(document == alone[facts] for facts, document in together)


def test_a_voided_bar_says_so_on_every_page() -> None:
    assert all("DIBATALKAN pada 3 November 2020" in text for text in pages(bar(EQUAL, voided=VOID)))


def test_the_cover_of_a_voided_bar_names_letter_and_successor() -> None:
    (cover,) = pages(render_voided_cover(build_content(EQUAL), voided=VOID, verify_address=ADDRESS))
    assert "Dasar: surat S-77/2020 tanggal 2 November 2020" in cover
    assert "Digantikan oleh: BAR-230/WPB.08/KP.03/2020" in cover
    lone = replace(VOID, replaced_by=None)
    (cover,) = pages(render_voided_cover(build_content(EQUAL), voided=lone, verify_address=ADDRESS))
    assert "belum ada penggantinya" in cover


def test_metadata_names_title_author_and_language() -> None:
    reader = PdfReader(io.BytesIO(bar(EQUAL)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Berita Acara Rekonsiliasi BAR-214/WPB.08/KP.03/2020"
    assert reader.metadata.author == "KPPN 912 Tirta Raya"
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"


def test_every_font_is_embedded() -> None:
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(bar(DIFFERING))).pages
        for font in page["/Resources"]["/Font"].get_object().values()
    ]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"].get_object()


def test_hostile_text_is_printed_not_obeyed() -> None:
    document = bar(HOSTILE)
    whole = " ".join(pages(document))
    assert "<b>Budi</b> & <font color='red'>José Ñuñez</font> {{7*7}} %s" in whole
    assert "file:///etc/passwd" in whole
    assert not any(
        mark in document
        for mark in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile", b"/Subtype /Image")
    )


def test_letters_that_no_face_has_become_boxes() -> None:
    assert "\u25a1\u25a1" in pages(bar(HOSTILE))[0]


def test_the_longest_rupiah_never_break_over_two_lines() -> None:
    largest = tuple(replace(each, siap=2**63 - 1, sai=-(2**63)) for each in EQUAL.elements)
    front, annex = pages(bar(replace(EQUAL, elements=largest)))
    figures = "9.223.372.036.854.775.807 (9.223.372.036.854.775.808) 18.446.744.073.709.551.615"
    assert front.count(figures) == annex.count(figures) == 11
