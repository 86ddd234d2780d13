import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from reconciliation.form_letter.content import FOLLOW_UPS, FormFacts, Line, Told, build_form
from reconciliation.form_letter.pdf import render_form

TOLD = Told(
    location="SIAP",
    location_words="Di data KPPN (SiAP)",
    reason_words="Salah data SiAP, menunggu koreksi KPPN",
    text="SiAP mencatat 425131, seharusnya 425121. Surat koreksi S-41 diajukan 5 Okt.",
    decision_words="Menunggu Vera",
    author="Ratna Widyastuti",
)
FACTS = FormFacts(
    ba="Kementerian Kelautan dan Perikanan",
    es1="Direktorat Jenderal Perikanan Tangkap",
    satker_code="498765",
    satker_name="Balai Pengelola Perikanan Sagara",
    place="Lampung",
    office="KPPN Tirta Raya (912)",
    period="September 2020",
    upload_number=2,
    received_at=datetime(2020, 10, 7, 8, 10, tzinfo=UTC),
    adk_sha256="ab" * 32,
    siap_per=datetime(2020, 10, 7, 1, 0, tzinfo=UTC),
    closes_at=datetime(2020, 10, 9, 16, 59, tzinfo=UTC),
    zone="Asia/Jakarta",
    made_on=date(2020, 10, 8),
    content_hash="9f3a71c204bed85e" + "00" * 24,
    signer="Bambang Setiawan",
    signer_nip="197505051998041002",
    lines=(
        Line("Belanja", "521811", "Belanja Barang Persediaan", 318_540_000, 316_000_000, None),
        Line("Pendapatan", "425131", "Pendapatan Sewa", 1_200_000, 0, TOLD, ("Surat-koreksi-S-41.pdf", "foto.jpg")),
    ),
)  # fmt: skip
GOLDEN = (
    "KEMENTERIAN KELAUTAN DAN PERIKANAN DIREKTORAT JENDERAL PERIKANAN TANGKAP BALAI PENGELOLA PERIKANAN SAGARA "
    "Kode satker 498765 FORMULIR PENJELASAN SELISIH Rekonsiliasi sampai dengan September 2020 "
    "Yth. Kepala Seksi Verifikasi dan Akuntansi KPPN Tirta Raya (912) "
    "Sehubungan dengan hasil rekonsiliasi sampai dengan September 2020, kami sampaikan penjelasan atas 2 selisih "
    "berikut (dalam rupiah, kumulatif; selisih = SiAP \u2212 SAI). 1 di antaranya belum dijelaskan. "
    "Satuan kerja 498765 Balai Pengelola Perikanan Sagara ADK unggahan ke-2, 7 Oktober 2020, 15.10 WIB "
    "SHA-256 ADK " + "ab" * 32 + " Data SiAP per 7 Oktober 2020, 08.00 WIB "
    "1 Belanja 521811 Belanja Barang Persediaan "
    "SiAP (KPPN): 318.540.000 SAI (satker): 316.000.000 Selisih: 2.540.000 Penjelasan: Belum dijelaskan. "
    "2 Pendapatan 425131 Pendapatan Sewa SiAP (KPPN): 1.200.000 SAI (satker): 0 Selisih: 1.200.000 "
    "Letak dan penyebab: Di data KPPN (SiAP); Salah data SiAP, menunggu koreksi KPPN. "
    "Penjelasan: SiAP mencatat 425131, seharusnya 425121. Surat koreksi S-41 diajukan 5 Okt. "
    "Tindak lanjut: KPPN mengoreksi data SiAP; satker memantau hasilnya. Batas: rekonsiliasi periode berikutnya. "
    "Ditulis oleh: Ratna Widyastuti Keputusan KPPN: Menunggu Vera Bukti: Surat-koreksi-S-41.pdf; foto.jpg "
    "Penjelasan ini dibuat berdasarkan data dan dokumen pada satuan kerja kami, dan dapat dipertanggungjawabkan. "
    "Lampung, 8 Oktober 2020 Kuasa Pengguna Anggaran 498765 Balai Pengelola Perikanan Sagara "
    "Bambang Setiawan NIP 197505051998041002"
)
MARKUP = "<b>Budi</b> & <font color='red'>\u202e\x00\x07José</font> {{7*7}} %s </para> <img src='file:///etc/passwd'/>"


def printed(facts: FormFacts) -> list[str]:
    """The text of each page, white space folded."""
    pages = PdfReader(io.BytesIO(render_form(build_form(facts)))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_the_text_of_the_form_is_the_golden_one() -> None:
    (page,) = printed(FACTS)
    assert GOLDEN in page
    assert "Sidik isi SHA-256 9F3A71C204BED85E" in page


def test_equal_content_gives_equal_bytes_and_another_content_others() -> None:
    assert render_form(build_form(FACTS)) == render_form(build_form(replace(FACTS)))
    assert render_form(build_form(FACTS)) != render_form(build_form(replace(FACTS, signer="Orang lain")))
    content = build_form(FACTS)
    assert render_form(json.loads(json.dumps(content))) == render_form(content)


def test_a_promise_to_repair_names_the_closing_of_the_window() -> None:
    promise = replace(TOLD, location="SATKER", location_words="Di satker, akan diperbaiki")
    (page,) = printed(replace(FACTS, lines=(replace(FACTS.lines[1], told=promise),)))
    assert "mengunggah ulang ADK. Batas: 9 Oktober 2020, 23.59 WIB." in page


def test_without_a_difference_the_form_says_so() -> None:
    (page,) = printed(replace(FACTS, lines=(), signer="", signer_nip=""))
    assert "tidak memuat selisih yang perlu dijelaskan" in page
    assert "(belum ditetapkan)" in page


def test_text_of_strangers_is_printed_and_never_obeyed() -> None:
    hostile = replace(TOLD, text=MARKUP + " kata" * 1500, author=MARKUP)
    lines = tuple(
        replace(FACTS.lines[1], told=hostile, akun_name=MARKUP * 3, evidence=(MARKUP,) * 3) for _ in range(20)
    )
    pages = printed(replace(FACTS, satker_name="A" * 300 + MARKUP, lines=lines, signer=MARKUP, siap_per=None))
    assert len(pages) > 10
    assert "<b>Budi</b> & <font color='red'>José</font> {{7*7}} %s </para>" in " ".join(pages)


def test_the_largest_amounts_stay_on_their_line() -> None:
    line = replace(FACTS.lines[1], siap=-(2**63), sai=2**63 - 1)
    assert "SiAP (KPPN): (9.223.372.036.854.775.808) SAI" in printed(replace(FACTS, lines=(line,)))[0]


@pytest.mark.parametrize("location", ["SATKER", "SIAP", "BEDA_PERIODE", "LAINNYA"])
def test_every_place_of_a_mistake_has_its_follow_up(location: str) -> None:
    assert FOLLOW_UPS[location]
