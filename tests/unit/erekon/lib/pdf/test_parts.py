import pytest

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


def test_a_full_token_fits_a_symbol() -> None:
    assert len(qr_rows("https://erekon-lk.example/v/" + "A" * 900)) < 130
    assert Qr("x", 50).wrap(0, 0) == (50, 50)


def test_a_heading_keeps_its_face_only_when_it_has_every_letter() -> None:
    assert heading_face("BERITA ACARA") == HEADING
    assert heading_face("KPPN ÑUÑEZ") == BOLD


def test_accented_latin_prints_and_other_scripts_become_boxes() -> None:
    assert printable("Ñuñez Şëń ≠ −") == "Ñuñez Şëń ≠ −"
    assert printable("日本") == "\u25a1\u25a1"
