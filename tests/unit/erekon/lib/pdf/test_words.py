from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from erekon.lib.pdf.fonts import BOLD, REGULAR
from erekon.lib.pdf.lines import broken
from erekon.lib.pdf.text import BODY, TABLE, block, labelled
from erekon.lib.pdf.words import Words

SIZE = BODY.fontSize
SIGNS = st.text("abc ij.,WM0123456789", max_size=120).map(lambda text: " ".join(text.split()))


def words_of(part: Words) -> str:
    return " ".join(words for line in part._lines for _, _, words in line.pieces)


@given(SIGNS, st.floats(30, 400))
def test_no_word_is_lost_and_no_line_too_wide(text: str, room: float) -> None:
    lines = broken(((REGULAR, text),), SIZE, room)
    said = " ".join(words for line in lines for _, _, words in line.pieces)
    assert said.replace(" ", "") == text.replace(" ", "")
    for line in lines:
        blanks = sum(words.count(" ") for _, _, words in line.pieces)
        assert line.width <= room + blanks * stringWidth(" ", REGULAR, SIZE) * 0.05 + 1e-6


def test_a_label_and_its_text_stand_on_one_line_in_two_faces() -> None:
    (line,) = broken(((BOLD, "Letak:"), (REGULAR, "Data satker")), SIZE, 400)
    (_, first, label), (start, second, text) = line.pieces
    assert (first, label, second, text) == (BOLD, "Letak:", REGULAR, "Data satker")
    assert start > stringWidth("Letak:", BOLD, SIZE)


def test_a_word_wider_than_its_room_goes_on_in_the_next_line() -> None:
    lines = broken(((REGULAR, "9" * 60),), SIZE, 100)
    assert len(lines) > 1
    assert "".join(words for line in lines for _, _, words in line.pieces) == "9" * 60


def test_nothing_takes_no_room() -> None:
    assert block("").wrap(100) == (100, 0)
    assert labelled("", "").wrap(100) == (100, 0)


def test_a_paragraph_splits_between_lines_and_keeps_every_word() -> None:
    whole = block("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh " * 4)
    whole.wrap(150)
    upper, lower = whole.split(500, 3.5 * BODY.leading)  # a frame may ask with another width
    assert isinstance(upper, Words)
    assert isinstance(lower, Words)
    assert upper.wrap(150)[1] == 3 * BODY.leading
    assert f"{words_of(upper)} {words_of(lower)}" == words_of(whole)


def test_a_paragraph_never_leaves_a_single_line_behind() -> None:
    whole = block("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh", TABLE)
    whole.wrap(60)
    assert whole.split(60, 1.9 * TABLE.leading) == []
    assert whole.split(60, 99 * TABLE.leading) == [whole]
