"""Hints in words."""

import string

import pytest

from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.sentences import CATALOGUE, render, title
from tests.unit.reconciliation.matching.hints.books import Books, allotment, hints, receipt, row

NEXT = {"TGLPOST": "20261005"}


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


@pytest.mark.parametrize(
    ("siap", "sai", "ahead", "said"),
    [
        (
            [],
            [row(70)],
            [row(70, **NEXT)],
            "Dokumen D1 kemungkinan baru dibukukan KPPN pada bulan berikutnya.",
        ),
        (
            [row(70)],
            [],
            [row(-70, **NEXT)],
            "Dokumen D1 dibatalkan KPPN pada bulan berikutnya: kemungkinan karena itu tidak ada di SAI.",
        ),
        (
            [row(60)],
            [row(70)],
            [row(10, **NEXT)],
            "Dokumen D1 menjadi sama oleh pembukuan KPPN pada bulan berikutnya: kemungkinan beda tanggal",
        ),
        (
            [row(150)],
            [row(50), row(100, KDMAKMAP="522111")],
            [],
            "Sebagian rupiah dokumen ini (100) kemungkinan tercatat pada akun atau segmen yang salah: "
            "SiAP akun 521111, SAI akun 522111.",
        ),
        ([receipt(70, KDKPPN="")], [], [], "Setoran ada di SiAP tanpa kode KPPN, kemungkinan belum direkam"),
        (
            [receipt(70), receipt(-70, TGLPOST="20260713")],
            [receipt(70)],
            [],
            "Setoran NTPN N1 kemungkinan dibatalkan di bulan yang berbeda.",
        ),
    ],
)
def test_what_is_said_is_true_of_the_rows(siap: Books, sai: Books, ahead: Books, said: str) -> None:
    assert render(hints(siap, sai, ahead)[0]).startswith(said)


def test_a_document_without_a_number_is_called_so() -> None:
    (hint,) = hints([row(70, "")], [])
    assert "tanpa nomor" in render(hint)
