"""The LHR on paper: its text, its pages, and that what strangers wrote stays inside its box."""

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4

from erekon.lib.pdf.sheet import MARGIN
from reconciliation.matching.outcome import Outcome
from reconciliation.workbook.content import WorkbookContent
from reconciliation.workbook.paper import ALL_LINES, render_paper
from tests.unit.reconciliation.workbook.contents import DIFFERING, HEADER, content, row

SAME = content([row(5)], [row(5)])
AFRESH = """
import hashlib
from tests.unit.reconciliation.workbook.test_paper import paper
from tests.unit.reconciliation.workbook.contents import DIFFERING
print(hashlib.sha256(paper(DIFFERING)).hexdigest())
"""


def paper(shown: WorkbookContent, **options: Any) -> bytes:
    return render_paper(shown, fingerprint="9f3a71c204bed85e" * 4, **options)


def pages(document: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages]


def whole(shown: WorkbookContent, **options: Any) -> str:
    return " ".join(pages(paper(shown, **options)))


def test_the_text_is_that_of_the_workbook() -> None:
    text = whole(replace(DIFFERING, detail_causes={("BLJ", 0): "Kemungkinan tercatat dua kali."}))
    assert text.startswith("LAPORAN HASIL REKONSILIASI 111111 Contoh September 2026 KPPN 116 Contoh")
    assert "Nomor proses 7 Hasil Tidak semua sama" in text
    assert "3 BLJ Belanja 150 70.150 (70.000) ≠ ≠ 1" in text
    assert "KASBPM Kas di Bendahara Pengeluaran – Mutasi 9 0 9" in text
    assert "BLJ 521111 Belanja Keperluan Perkantoran. Menunggu koreksi KPPN" in text
    assert "MUP, belum ada penjelasan: 825111." in text
    assert "BLJ · Belanja Akun dan segmen SiAP SAI Selisih Status" in text
    assert "521119 BA+ES1 01504 · Kewenangan KD 50 50 0 = Jumlah 150 70.150 (70.000)" in text
    assert "BLJ 521111 Belanja Keperluan Perkantoran 301 · SP2D1 · 05-01-2026" in text
    assert "Kemungkinan tercatat dua kali." in text
    assert "PERINGATAN DUPLIKAT (3) indikasi posting ganda" in text
    assert "INFO Versi aturan 1" in text


def test_differences_stand_before_equal_lines() -> None:
    text = whole(DIFFERING)
    assert text.index("100 70.100 (70.000) ≠") < text.index("50 50 0 =")


def test_an_equal_case_says_so_and_has_nothing_to_explain() -> None:
    text = whole(SAME)
    assert "Hasil Semua sama" in text
    assert "Tidak ada dokumen yang berbeda." in text
    assert "PENJELASAN SELISIH" not in text


def test_every_page_says_which_it_is_and_of_what_content() -> None:
    many = content([row(n, f"N{n}", KDGIAT=f"{n:04d}") for n in range(1, 60)], [])
    texts = pages(paper(many))
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert f"LHR 111111, unggahan ke-2, proses 7 · Halaman {number} dari {len(texts)}" in text
        assert "Sidik isi 9F3A 71C2 04BE D85E" in text
    # A table that goes on has its head on each page.
    assert sum("SiAP SAI Selisih Status" in text for text in texts) >= len(texts) - 1


def test_equal_content_gives_equal_bytes() -> None:
    assert paper(DIFFERING) == paper(replace(DIFFERING))
    assert paper(DIFFERING) != paper(replace(DIFFERING, header=replace(HEADER, run_number="8")))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Jayapura", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", AFRESH], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == hashlib.sha256(paper(DIFFERING)).hexdigest()


def large() -> WorkbookContent:
    count = ALL_LINES + 20
    siap = [row(n, f"N{n}", KDGIAT=f"{n:04d}") for n in range(1, count)]
    sai = [{**one, "RPHREAL": "7"} if number < 12 else one for number, one in enumerate(siap)]
    return content(siap, sai)


def test_of_a_large_case_only_what_differs_is_printed_and_the_paper_says_so() -> None:
    shown = large()
    text = whole(shown)
    blj = shown.outcome.element("BLJ")
    assert f"{blj.coa_counts.equal} baris yang sama tidak dirinci di sini; ada di LHR Excel." in text
    assert text.count(" = ") == 1  # of the sentence that says what Selisih is
    assert text.count("≠") == 2 + blj.coa_counts.different + blj.detail_counts.different
    assert f"Jumlah {blj.siap:,}".replace(",", ".") in text


def test_a_paper_too_long_is_cut_and_says_so() -> None:
    text = whole(large(), most_rows=15)
    assert "Dimuat 4 dari 11 baris; selengkapnya ada di LHR Excel." in text


def outside_the_frame(document: bytes) -> list[tuple[str, float]]:
    """Texts that begin or end outside the margins, by where each was drawn."""
    found = []
    for page in PdfReader(io.BytesIO(document)).pages:

        def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
            left = cm[4] + tm[4]
            if text.strip() and not MARGIN - 1 <= left <= A4[0] - MARGIN + 1:
                found.append((text, left))

        page.extract_text(visitor_text=visit)
    return found


def hostile(letters: str) -> WorkbookContent:
    number = letters[:40].encode("cp1252", "replace").decode()
    longest = content(
        [row(2**62, number, KDMAKMAP="521111", KDGIAT="WWWW", KDOUTPUT="WWW", REGISTER="W" * 8)],
        [row(-(2**61), number, KDMAKMAP="521111", KDGIAT="WWWX", KDOUTPUT="WWW", REGISTER="W" * 8)],
    )
    return replace(
        longest,
        header=replace(HEADER, satker=f"111111 {letters * 8}", kppn=letters * 8),
        account_names={"521111": letters * 5},
        coa_causes={("BLJ", 0): letters * 30, ("BLJ", 1): letters * 30},
        detail_causes={("BLJ", 0): letters * 30, ("BLJ", 1): letters * 30},
        explanations={("BLJ", "521111"): letters * 60},
        warnings=tuple(replace(DIFFERING.warnings[0], message=letters * 12) for _ in range(5)),
        about=((letters, letters * 20),),
    )


@pytest.mark.parametrize("letters", ["W" * 40, "<b>x</b></para><img src='file:///x'/> & %", "日本" * 20])
def test_the_longest_texts_of_strangers_break_no_page_and_stay_inside_it(letters: str) -> None:
    document = paper(hostile(letters))
    assert outside_the_frame(document) == []
    assert "4.611.686.018.427.387.904" in " ".join(pages(document))
    if letters.startswith("<b>"):
        assert "<b>x</b></para>" in " ".join(pages(document))


def test_every_font_is_embedded_and_the_paper_names_itself() -> None:
    reader = PdfReader(io.BytesIO(paper(DIFFERING)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Laporan Hasil Rekonsiliasi 111111 Contoh"
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


def test_the_outcome_is_not_changed_by_printing() -> None:
    before: Outcome = DIFFERING.outcome
    paper(DIFFERING)
    assert DIFFERING.outcome is before
