import contextlib
import hashlib
import io
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, cast

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from bar.documents.content import build_content
from bar.documents.facts import BarFacts
from bar.documents.pdf import Unsigned, VoidNote, render_draft, render_unsigned, render_voided_cover
from erekon.lib.pdf import sheet
from erekon.lib.pdf.faces import Face
from erekon.lib.pdf.fonts import BOLD, REGULAR
from tests.unit.bar.documents.builders import ADDRESS, DIFFERING, EQUAL, HOSTILE

VOID = VoidNote(date(2020, 11, 3), "S-77/2020", date(2020, 11, 2), "BAR-230/WPB.08/KP.03/2020")
AFRESH = """
import hashlib
from tests.unit.bar.documents.test_pdf import bar
from tests.unit.bar.documents.builders import DIFFERING
print(hashlib.sha256(bar(DIFFERING)).hexdigest())
"""


def unsigned(facts: BarFacts) -> Unsigned:
    return render_unsigned(build_content(facts), verify_address=ADDRESS)


def bar(facts: BarFacts) -> bytes:
    return unsigned(facts).pdf


def draft(facts: BarFacts) -> bytes:
    return render_draft(build_content(facts), verify_address=ADDRESS)


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


def test_the_text_of_a_bar_is_the_golden_one() -> None:
    front, annex = pages(bar(EQUAL))
    assert GOLDEN_FRONT in front
    assert "Pengembalian Belanja (70.000) (70.000) 0 = Sama" in front
    assert "Kas pada Badan Layanan Umum 0 0 0 - Tidak berlaku" in front
    assert "Kepala Seksi Verifikasi dan Akuntansi KPPN 912 Tirta Raya" in front
    assert "LAMPIRAN I Laporan Hasil Rekonsiliasi (ringkasan)" in annex
    assert "SHA-256 ADK " + "ab" * 32 in annex


def test_the_files_behind_an_explanation_are_named_in_the_second_attachment() -> None:
    told = replace(DIFFERING.explanations[0], evidence=(("nota.pdf", "9f3a71c204bed85e" + "0" * 48),))
    with_file = pages(bar(replace(DIFFERING, explanations=(told,))))[-1]
    assert "Bukti: nota.pdf (SHA-256 9F3A71C204BED85E)" in with_file
    assert "Bukti:" not in pages(bar(DIFFERING))[-1]


def test_a_content_frozen_before_there_were_files_still_prints() -> None:
    content = build_content(DIFFERING)
    for row in content["selisih"]:
        del row["penjelasan"]["bukti"]
    assert render_draft(content, verify_address=ADDRESS) == draft(DIFFERING)


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
    assert "8 Oktober 2020 Kuasa Pengguna Anggaran" in front
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


def test_a_draft_is_marked_on_every_page_and_what_is_to_be_signed_on_none() -> None:
    assert all("DRAFT - belum ditandatangani" in text for text in pages(draft(DIFFERING)))
    assert not any("DRAFT" in text for text in pages(bar(DIFFERING)))


def test_a_draft_names_the_signers_and_says_that_nobody_signed() -> None:
    front = pages(draft(EQUAL))[0]
    assert "Bambang Setiawan NIP 197505051998041002 Belum ditandatangani" in front
    assert "Hendra Suryana NIP 198012122005011003 Belum ditandatangani" in front


@pytest.mark.parametrize("facts", [EQUAL, DIFFERING, HOSTILE])
def test_both_places_are_free_on_the_page_they_are_said_to_be(facts: BarFacts) -> None:
    document = unsigned(facts)
    reader = PdfReader(io.BytesIO(document.pdf))
    assert set(document.places) == {"KPA", "KASI_VERA"}
    for spot in document.places.values():
        inside: list[str] = []

        def note(text: str, cm: Any, tm: Any, _font: Any, _size: Any, *, spot=spot, inside=inside) -> None:
            across, up = cm[4] + tm[4], cm[5] + tm[5]
            if text.strip() and spot.left <= across < spot.right and spot.bottom <= up < spot.top:
                inside.append(text)

        page = reader.pages[spot.page]
        page.extract_text(visitor_text=note)
        assert not inside
        assert 0 <= spot.bottom < spot.top <= page.mediabox.height
        assert 0 <= spot.left < spot.right <= page.mediabox.width


def threads_at_one_face(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many threads at most cut a face at the same time, while eight draw documents with letters of their own.

    reportlab reads a face through one cursor: two at once get each other's letters.
    """
    inside, most, cut = [0], [0], Face._prepare

    def watched(face: Face, *arguments: Any) -> Any:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.01)
        try:
            return cut(face, *arguments)
        finally:
            inside[0] -= 1

    for name in (REGULAR, BOLD):
        face = cast(Face, pdfmetrics.getFont(name))
        monkeypatch.setattr(face, "_prepared", partial(watched, face))
    letters = [chr(0xC0 + number) for number in range(16)]
    every = [replace(EQUAL, satker=replace(EQUAL.satker, name=f"Balai {letter}")) for letter in letters]
    alone = [bar(facts) for facts in every]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(bar, every))
    assert most[0] > 1 or together == alone
    return most[0]


def test_threads_that_render_together_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert threads_at_one_face(monkeypatch) == 1


def test_without_the_lock_they_meet_at_a_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_ONE_AT_A_TIME", contextlib.nullcontext())
    assert threads_at_one_face(monkeypatch) > 1


def test_the_cover_of_a_voided_bar_names_letter_and_successor() -> None:
    (cover,) = pages(render_voided_cover(build_content(EQUAL), voided=VOID, verify_address=ADDRESS))
    assert "DIBATALKAN pada 3 November 2020" in cover
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
