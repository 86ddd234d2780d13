import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from erekon.lib.plaintext import inert


def test_direction_marks_controls_and_surrogates_disappear() -> None:
    assert inert("Bu\u202edi\x00 \x07San\ud800toso\u200b") == "Budi Santoso"


def test_line_ends_keep_words_apart() -> None:
    assert inert(" satu\r\ndua\ttiga\u2028empat ") == "satu dua tiga empat"


def test_accents_are_composed() -> None:
    assert inert("Jose\u0301") == "Jos\u00e9"


@given(st.text(st.characters()))
def test_nothing_invisible_survives_and_it_encodes(text: str) -> None:
    clean = inert(text)
    assert not any(unicodedata.category(sign).startswith("C") for sign in clean)
    clean.encode("utf-8")
