"""The letters by their text: each is one page, says what it must, and obeys nothing of what it prints."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from erekon.lib.letters.letter import Letter, Letterhead, Signer, render_letter
from erekon.lib.letters.minutes import TITLES, Kind, MinutesFacts, minutes
from erekon.lib.letters.reset import ResetFacts, reset_request
from erekon.lib.letters.sanctions import SanctionFacts, lifting_letter, sanction_letter

HEAD = Letterhead(
    ("KEMENTERIAN KEUANGAN REPUBLIK INDONESIA", "DIREKTORAT JENDERAL PERBENDAHARAAN"),
    "KPPN 912 TIRTA RAYA",
    "Jalan Gatot Subroto 91, Tirta Raya",
)
KEPALA = Signer("Kepala Kantor", "Sri Wahyuni", "197001011995032001")
SATKER = "498765 Balai Pengelola Perikanan Sagara"
RESET = ResetFacts(
    ba="KEMENTERIAN KELAUTAN DAN PERIKANAN",
    es1="DIREKTORAT JENDERAL PERIKANAN TANGKAP",
    satker=SATKER,
    kppn="KPPN 912 Tirta Raya",
    bar_number="BAR-214/WPB.08/KP.03/2020",
    bar_date=date(2020, 10, 8),
    period="September 2020",
    kpa="Bambang Setiawan",
    kpa_nip="197505051998041002",
)
SANCTION = SanctionFacts(
    head=HEAD,
    place="Tirta Raya",
    number="S-31/WPB.08/KP.03/2020",
    made_on=date(2020, 10, 16),
    satker=SATKER,
    period="September 2020",
    kepala=KEPALA,
    copies=("Kepala Kanwil DJPb Provinsi Lampung",),
)
MINUTES = MinutesFacts(
    head=HEAD,
    office="KPPN 912 Tirta Raya",
    place="Tirta Raya",
    number="BA-7/WPB.08/KP.03/2020",
    made_on=date(2020, 10, 8),
    days=(date(2020, 9, 17), date(2020, 9, 16), date(2020, 9, 21)),
    reason="Aturan posting jurnal baru ditetapkan kantor pusat.",
    order="ND-99999 tanggal 7 Oktober 2020",
    supervisor=Signer("Supervisor", "Wayan Putra", "198801012010121001"),
    kepala=KEPALA,
)
LETTERS = {
    "reset": reset_request(RESET),
    "sanction": sanction_letter(SANCTION, due=date(2020, 10, 14), since=date(2020, 10, 15)),
    "lifting": lifting_letter(
        SANCTION,
        sanction="S-30/WPB.08/KP.03/2020",
        sanctioned_on=date(2020, 10, 15),
        bar="BAR-230/WPB.08/KP.03/2020",
        since=date(2020, 10, 16),
    ),
    **{kind.value: minutes(kind, replace(MINUTES, backup_of=date(2020, 9, 15))) for kind in Kind},
}


def text_of(letter: Letter) -> str:
    (page,) = PdfReader(io.BytesIO(render_letter(letter))).pages
    return " ".join(page.extract_text().split())


GOLDEN = {
    "reset": (
        "KEMENTERIAN KELAUTAN DAN PERIKANAN DIREKTORAT JENDERAL PERIKANAN TANGKAP "
        "498765 Balai Pengelola Perikanan Sagara",
        "Hal : Permohonan reset Berita Acara Rekonsiliasi September 2020 Yth. Kepala KPPN 912 Tirta Raya",
        "Nomor BAR : BAR-214/WPB.08/KP.03/2020 tanggal 8 Oktober 2020 Periode : sampai dengan September 2020",
        "Kuasa Pengguna Anggaran Bambang Setiawan NIP 197505051998041002",
    ),
    "sanction": (
        "Nomor : S-31/WPB.08/KP.03/2020 Tirta Raya, 16 Oktober 2020 Sifat : Segera "
        "Hal : Pemberitahuan pengenaan sanksi rekonsiliasi September 2020",
        "Sampai dengan 14 Oktober 2020, Berita Acara Rekonsiliasi satuan kerja berikut belum terbit:",
        "Terhitung mulai 15 Oktober 2020, Surat Perintah Membayar (SPM) yang diajukan satuan kerja tersebut "
        "kami kembalikan, kecuali: 1. SPM-LS Belanja Pegawai; 2. SPM-LS Kontraktual kepada pihak ketiga; "
        "3. SPM Pengembalian.",
        "Kepala Kantor Sri Wahyuni NIP 197001011995032001",
        "Tembusan: 1. Kepala Kanwil DJPb Provinsi Lampung",
    ),
    "lifting": (
        "Menunjuk surat kami nomor S-30/WPB.08/KP.03/2020 tanggal 15 Oktober 2020, dengan ini kami beritahukan "
        "bahwa Berita Acara Rekonsiliasi nomor BAR-230/WPB.08/KP.03/2020 telah terbit",
        "Terhitung mulai 16 Oktober 2020, sanksi pengembalian SPM atas satuan kerja tersebut kami cabut.",
    ),
    "KIRIM_ULANG": (
        "BERITA ACARA KIRIM ULANG DATA Nomor BA-7/WPB.08/KP.03/2020 Pada hari Kamis tanggal delapan bulan Oktober "
        "tahun dua ribu dua puluh, bertempat di KPPN 912 Tirta Raya, telah dilakukan kirim ulang data",
        "Tanggal pembukuan : 16 September 2020 s.d. 17 September 2020, 21 September 2020",
        "Nota dinas : ND-99999 tanggal 7 Oktober 2020",
        "Supervisor Wayan Putra NIP 198801012010121001 Kepala Kantor Sri Wahyuni NIP 197001011995032001",
    ),
    "POSTING_KIRIM_ULANG": ("telah dilakukan posting dan kirim ulang data buku besar",),
    "RESTORE": ("Cadangan data : keadaan 15 September 2020 Tanggal pembukuan",),
}


@pytest.mark.parametrize("name", LETTERS)
def test_the_text_of_a_letter_is_the_golden_one_on_one_page(name: str) -> None:
    text = text_of(LETTERS[name])
    for part in GOLDEN[name]:
        assert part in text
    assert "Halaman 1 dari 1" in text


@pytest.mark.parametrize("name", LETTERS)
def test_equal_letters_give_equal_bytes(name: str) -> None:
    assert render_letter(LETTERS[name]) == render_letter(replace(LETTERS[name]))


def test_every_kind_of_minutes_has_a_title() -> None:
    assert set(TITLES) == set(Kind)


def test_a_restore_without_its_backup_is_refused() -> None:
    with pytest.raises(ValueError, match="backup"):
        minutes(Kind.RESTORE, MINUTES)


def test_a_template_without_kpa_leaves_the_name_to_the_pen() -> None:
    text = text_of(reset_request(replace(RESET, kpa="", kpa_nip="", bar_date=None)))
    assert "Kuasa Pengguna Anggaran ....................................." in text
    assert "Nomor BAR : BAR-214/WPB.08/KP.03/2020 Periode" in text


def test_hostile_names_are_printed_not_obeyed() -> None:
    hostile = "<b>x</b> & <img src='file:///etc/passwd'/>\x00 " + "W" * 300
    document = render_letter(reset_request(replace(RESET, satker=hostile, kpa=hostile, kppn=hostile)))
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages)
    assert "<b>x</b> & <img src='file:///etc/passwd'/>" in text
    assert not any(mark in document for mark in (b"/JavaScript", b"/URI", b"/Launch", b"/Subtype /Image"))
