import pytest

from erekon.lib.attachments import checking
from erekon.lib.attachments.checking import checked, safe_name
from erekon.lib.attachments.looking import look
from erekon.lib.attachments.refusing import LIMIT
from erekon.lib.refusals import Refusal
from tests import evidence_files as made

GOOD = {
    "surat.pdf": made.pdf(),
    "foto.png": made.picture("PNG"),
    "foto.jpg": made.picture("JPEG"),
    "foto.JPEG": made.picture("JPEG", progressive=True),
    "abu.png": made.picture("PNG", (300, 200)),
    "dua.jpg": made.picture("JPEG") + made.picture("JPEG", (8, 8)),
}
TORN = made.pdf()[: len(made.pdf()) // 2]
NO_PAGES = made.pdf().replace(b"/Type /Pages", b"/Type /Pagez").replace(b"/Kids", b"/Kidz")
BAD = {
    "kosong.pdf": (b"", "BUKTI_KOSONG"),
    "besar.pdf": (b"%PDF-" + b"0" * LIMIT, "BUKTI_BESAR"),
    "lembar.xlsx": (made.zipped(), "BUKTI_JENIS"),
    "skrip.pdf": (b"<script>alert(1)</script>", "BUKTI_JENIS"),
    "program.jpg": (b"MZ" + b"\0" * 200, "BUKTI_JENIS"),
    "gambar.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "BUKTI_JENIS"),
    "foto.pdf": (made.picture("PNG"), "BUKTI_AKHIRAN"),
    "surat.png": (made.pdf(), "BUKTI_AKHIRAN"),
    "surat.pdf.exe": (made.pdf(), "BUKTI_AKHIRAN"),
    "surat": (made.pdf(), "BUKTI_AKHIRAN"),
    "geser.pdf": (b"\n" + made.pdf(), "BUKTI_JENIS"),
    "terpotong.pdf": (TORN, "BUKTI_RUSAK"),
    "kepala.pdf": (b"%PDF-1.7\n%%EOF", "BUKTI_RUSAK"),
    "tanpa-halaman.pdf": (NO_PAGES, "BUKTI_RUSAK"),
    "terpotong.png": (made.picture("PNG")[:-30], "BUKTI_RUSAK"),
    "terpotong.jpg": (made.picture("JPEG")[:-30], "BUKTI_RUSAK"),
    "kepala.jpg": (b"\xff\xd8\xff\xe0", "BUKTI_RUSAK"),
    "isi-salah.png": (made.picture("PNG").replace(b"IDAT", b"IDAX"), "BUKTI_RUSAK"),
    "ekor.pdf": (made.pdf() + made.zipped(), "BUKTI_GANDA"),
    "ekor-panjang.pdf": (made.pdf() + b"MZ" * 2000, "BUKTI_GANDA"),
    "zip.pdf": (made.zip_inside_pdf(), "BUKTI_GANDA"),
    "ekor.png": (made.picture("PNG") + b"<script>alert(1)</script>", "BUKTI_GANDA"),
    "ekor.jpg": (made.picture("JPEG") + made.pdf(), "BUKTI_GANDA"),
    "zip.jpg": (made.picture("JPEG") + made.zipped(), "BUKTI_GANDA"),
    "sandi.pdf": (made.locked_pdf(), "BUKTI_TERSANDI"),
    "sandi-kosong.pdf": (made.locked_pdf(""), "BUKTI_TERSANDI"),
    "js.pdf": (made.pdf_with_script(), "BUKTI_AKTIF"),
    "js-samar.pdf": (made.pdf_with_hidden_script(), "BUKTI_AKTIF"),
    "js-padat.pdf": (made.pdf_with_packed_script(), "BUKTI_AKTIF"),
    "muatan.pdf": (made.pdf_with_file(), "BUKTI_AKTIF"),
    "jalan.pdf": (made.pdf_with_launch(), "BUKTI_AKTIF"),
    "piksel.png": (made.png_bomb(40_000, 40_000), "BUKTI_PIKSEL"),
    "piksel-lebih.png": (made.png_bomb(8_000, 5_001), "BUKTI_PIKSEL"),
    "baris.png": (made.png_bomb(2**31 - 1, 1), "BUKTI_PIKSEL"),
    "objek.pdf": (b"%PDF-1.4\n" + b"1 0 obj\nnull\nendobj\n" * 70_000 + b"%%EOF", "BUKTI_RUMIT"),
}
# What only the look inside can tell: bytes and ending are those of an honest file.
INSIDE = {
    "terpotong.pdf", "kepala.pdf", "tanpa-halaman.pdf", "terpotong.png", "terpotong.jpg", "kepala.jpg",
    "isi-salah.png", "ekor-panjang.pdf", "ekor.png", "ekor.jpg", "sandi.pdf", "sandi-kosong.pdf", "js.pdf",
    "js-samar.pdf", "js-padat.pdf", "muatan.pdf", "jalan.pdf", "piksel.png", "piksel-lebih.png", "baris.png",
    "objek.pdf",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look in this process: starting another for each file would take a quarter of a minute."""
    monkeypatch.setattr(checking, "look_apart", look)


def code_of(name: str, content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        checked(name, content)
    assert caught.value.code == "ISIAN"
    (entry,) = caught.value.errors
    assert entry["field"] == "file"
    assert "{" not in entry["message"]
    return entry["code"]


@pytest.mark.parametrize("name", GOOD)
def test_an_ordinary_file_is_taken_as_it_is(name: str) -> None:
    taken = checked(name, GOOD[name])
    assert taken.content == GOOD[name]
    assert taken.kind in {"pdf", "jpg", "png"}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_not_only_what_it_says_is_refused_with_its_cause(name: str) -> None:
    content, code = BAD[name]
    assert code_of(name, content) == code


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_without_the_look_inside_the_same_file_would_pass(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "look_apart", lambda kind, content: None)
    assert checked(name, BAD[name][0]).kind in {"pdf", "jpg", "png"}


def test_who_would_wait_too_long_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "PATIENCE", 0)
    with checking._ONE_AT_A_TIME, pytest.raises(Refusal) as caught:
        checked("surat.pdf", made.pdf())
    assert caught.value.code == "TERLALU_SERING"
    assert checked("surat.pdf", made.pdf()).kind == "pdf"


def test_a_refused_file_leaves_the_place_to_the_next() -> None:
    assert code_of("js.pdf", made.pdf_with_script()) == "BUKTI_AKTIF"
    assert checked("surat.pdf", made.pdf()).kind == "pdf"


def test_the_packed_script_stands_nowhere_in_the_plain_bytes() -> None:
    assert b"JavaScript" not in made.pdf_with_packed_script()
    assert b"/JS" not in made.pdf_with_packed_script()


@pytest.mark.parametrize(
    ("given", "kind", "safe"),
    [
        ("SP2D-7781.pdf", "pdf", "SP2D-7781.pdf"),
        ("..\\..\\windows\\Surat S/41.PDF", "pdf", "41.pdf"),
        ('a"; filename="x.exe.pdf', "pdf", "a__ filename=_x.exe.pdf"),
        ("foto.JPEG", "jpg", "foto.jpg"),
        ("\u202efdp.exe.pdf", "pdf", "fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.png", "png", "a Set-Cookie_ x.png"),
        (".pdf", "pdf", "bukti.pdf"),
        ("é" * 300 + ".pdf", "pdf", "é" * 100 + ".pdf"),
        ("", "png", "bukti.png"),
    ],
)
def test_a_name_is_safe_to_print_and_to_send(given: str, kind: str, safe: str) -> None:
    assert safe_name(given, kind) == safe
