"""Hints in words."""

import string

import pytest

from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.sentences import CATALOGUE, render, title
from tests.unit.reconciliation.matching.hints.books import allotment, hints, row


@pytest.mark.parametrize(("code", "variant"), sorted(CATALOGUE))
def test_every_sentence_guesses_and_says_what_to_do(code: str, variant: str) -> None:
    sentence = CATALOGUE[code, variant]
    names = [name for _, name, _, _ in string.Formatter().parse(sentence.text) if name]
    hint = Hint(code, "BLJ", 0, 1, variant, tuple((name, f"<{name}>") for name in names))
    text = render(hint)
    assert "kemungkinan" in text.lower()
    assert text.count(".") >= 2
    assert all(f"<{name}>" in text for name in names)
    assert title(hint).startswith("Kemungkinan ")


def test_a_swap_names_its_digits() -> None:
    (hint,) = hints([row(2_100_000)], [row(2_010_000)])
    assert render(hint).startswith(
        "Beda 90.000 dan habis dibagi 9: angka 10 (SiAP) dan 01 (SAI) kemungkinan tertukar."
    )


def test_a_revision_is_named_by_its_number() -> None:
    (hint,) = hints([allotment(70, "DIPA-7", REVISIKE="02")], [])
    assert render(hint).startswith("Revisi DIPA ke-2 (DIPA-7) kemungkinan belum direkam")


def test_a_document_without_a_number_is_called_so() -> None:
    (hint,) = hints([row(70, "")], [])
    assert "tanpa nomor" in render(hint)
