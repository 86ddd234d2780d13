import io
from typing import Any

from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from erekon.lib.pdf.faces import COMMON
from erekon.lib.pdf.fonts import BOLD, HEADING, REGULAR, load_fonts
from erekon.lib.pdf.sheet import Sheet, render
from erekon.lib.pdf.text import block, heading

SHEET = Sheet("Judul", "Kantor", "Hal", "kaki", "kiri", "kanan")


def read(*texts: str) -> tuple[str, dict[str, bytes]]:
    """What a document says, and the bytes of its faces."""
    document = render([heading("JUDUL"), *map(block, texts)], SHEET)
    page = PdfReader(io.BytesIO(document)).pages[0]
    fonts: dict[str, Any] = page["/Resources"]["/Font"]  # type: ignore[assignment, index]
    faces = {
        font.get_object()["/BaseFont"]: font.get_object()["/FontDescriptor"]["/FontFile2"].get_data()
        for font in fonts.values()
    }
    return page.extract_text(), faces


def test_documents_of_common_letters_share_their_faces() -> None:
    _, one = read("Satu 100")
    _, two = read(f"Dua {COMMON}")
    assert one == two


def test_every_letter_of_the_face_is_read_back() -> None:
    letters = sorted(load_fonts()[REGULAR] - {0x20, 0xA0, 0xAD})
    text = " ".join(chr(letter) for letter in letters if chr(letter).isprintable())
    said, faces = read(text)
    assert len(faces) > 2  # more letters than one subset holds
    assert set(text) <= set(said)


def test_rare_letters_make_a_subset_that_leaves_the_common_one_alone() -> None:
    said, rare = read("Ñuñez Şëń Ω")
    assert "Ñuñez Şëń" in said
    again, common = read("Satu 100")
    assert "Satu 100" in again
    assert rare != common


def test_the_faces_know_every_printable_ascii_letter_they_claim() -> None:
    for name in (REGULAR, BOLD):
        assert load_fonts()[name] >= set(range(0x20, 0x7F))
    assert pdfmetrics.getFont(HEADING).face.charToGlyph
