"""Forged tokens: none is believed, alone or inside a sealed BAR; and no bit of a true one can be changed."""

from pathlib import Path

import pytest

from bar.documents.status_list import read_status_list
from bar.documents.token import TokenProblem, read_token
from bar.verify.judging import judge
from bar.verify.verdicts import Verdict
from tests.availability import soaking
from tests.forgery.mint import HOST, Mint, Wish, verify_id
from tests.forgery.tokens import forged

EVERY = 9  # of the forged tokens, put inside a sealed BAR
LONGEST = 1_500  # that a QR holds


def test_no_forged_token_is_believed(mint: Mint) -> None:
    keys = mint.anchors().keys
    tried = dict(forged(mint))
    believed = [name for name, text in tried.items() if not isinstance(read_token(text, keys), TokenProblem)]
    assert believed == []
    assert len(tried) >= 60
    assert read_token(mint.token(Wish()), keys) == mint.claims(Wish())


@pytest.mark.once
def test_a_sealed_bar_with_a_forged_token_is_never_sah(mint: Mint) -> None:
    anchors, plain = mint.anchors(), f"{HOST}/v/{verify_id(1)}"
    fitting = [(name, text) for name, text in forged(mint) if len(text) < LONGEST]
    for name, text in fitting[:: 1 if soaking() else EVERY]:
        pdf = mint.sealed(Wish(contacts=(None, f"{plain}#{text}")))
        assert judge(pdf, anchors).verdict in {Verdict.ISI_BERBEDA, Verdict.TIDAK_DIKENAL}, name


def test_no_bit_of_a_token_can_be_changed(mint: Mint) -> None:
    keys, token = mint.anchors().keys, mint.token(Wish())
    for place in range(len(token)):
        for bit in range(8):
            changed = token[:place] + chr(ord(token[place]) ^ (1 << bit)) + token[place + 1 :]
            assert isinstance(read_token(changed, keys), TokenProblem), (place, bit)


def test_a_token_of_a_key_that_signs_no_more_is_still_believed(mint: Mint, tmp_path: Path) -> None:
    older = Mint(tmp_path / "lama", "lama")
    keys = {**mint.anchors().keys, **older.anchors().keys}
    assert read_token(older.token(Wish()), keys) == older.claims(Wish())
    assert read_token(older.token(Wish()), mint.anchors().keys) is TokenProblem.UNKNOWN_KEY


def test_the_token_of_a_bar_passes_for_no_status_list(mint: Mint) -> None:
    assert read_status_list(mint.token(Wish()), mint.anchors().keys) is TokenProblem.HEADER


def test_no_bit_of_a_status_list_can_be_changed(mint: Mint) -> None:
    keys, text = mint.anchors().keys, mint.status_text(revoked={mint.kpa.serial: mint.authority().now})
    for place in range(len(text)):
        changed = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
        assert isinstance(read_status_list(changed, keys), TokenProblem), place
