import pytest
import zxingcpp
from PIL import Image

from erekon.lib.pdf import parts
from erekon.lib.pdf.fonts import BOLD, HEADING, heading_face, printable
from erekon.lib.pdf.parts import Qr, _runs, qr_rows


def test_qr_rows_are_square_and_begin_with_a_finder_without_border() -> None:
    rows = qr_rows("https://erekon-lk.example/v/7K2M")
    assert {len(row) for row in rows} == {len(rows)}
    assert rows[0][:8] == [True] * 7 + [False]
    assert rows[1][:8] == [True, False, False, False, False, False, True, False]


@pytest.mark.parametrize("row", [[], [True], [False], [True, True, False, True], [False, True, True, True]])
def test_runs_cover_the_dark_modules_and_no_other(row: list[bool]) -> None:
    drawn = [False] * len(row)
    for start, length in _runs(row):
        for place in range(start, start + length):
            drawn[place] = True
    assert drawn == row


def read_back(rows: list[list[bool]]) -> str:
    """What a scanner reads, with the quiet zone and modules of four points."""
    size = len(rows) + 8
    image = Image.new("L", (size, size), 255)
    for down, row in enumerate(rows, 4):
        for across, dark in enumerate(row, 4):
            image.putpixel((across, down), 0 if dark else 255)
    (found,) = zxingcpp.read_barcodes(image.resize((size * 4, size * 4), Image.Resampling.NEAREST))
    return found.text


@pytest.mark.parametrize("mask", range(8))
def test_a_scanner_reads_every_mask(monkeypatch: pytest.MonkeyPatch, mask: int) -> None:
    monkeypatch.setattr(parts, "_MASK", mask)
    payloads = ("https://erekon-lk.example/v/7K2M", "https://erekon-lk.example/v/7K2M#" + "eyJhbGciOi." * 60)
    drawn = [qr_rows(payload) for payload in payloads]
    assert [read_back(rows) for rows in drawn] == list(payloads)


def test_a_full_token_fits_a_symbol() -> None:
    assert len(qr_rows("https://erekon-lk.example/v/" + "A" * 900)) < 130
    assert Qr("x", 50).wrap(0, 0) == (50, 50)


@pytest.mark.parametrize("length", [1, 40, 299, 301, 700, 1000])
def test_a_scanner_reads_symbols_of_every_length(length: int) -> None:
    payload = ("https://erekon-lk.example/v/7K2M#" + "eyJhbGciOi." * 90)[:length]
    assert read_back(qr_rows(payload)) == payload


def test_a_heading_keeps_its_face_only_when_it_has_every_letter() -> None:
    assert heading_face("BERITA ACARA") == HEADING
    assert heading_face("KPPN ÑUÑEZ") == BOLD


def test_accented_latin_prints_and_other_scripts_become_boxes() -> None:
    assert printable("Ñuñez Şëń ≠ −") == "Ñuñez Şëń ≠ −"
    assert printable("日本") == "\u25a1\u25a1"
