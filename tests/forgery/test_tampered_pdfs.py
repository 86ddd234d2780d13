"""Copies of BARs in every condition: the honest ones are SAH, and no other one ever is."""

from datetime import timedelta
from random import Random

import pytest

from bar.documents.status_list import Voided
from bar.signing.certificates import parsed
from bar.signing.pades import certify, countersign
from bar.signing.revocations import revocation_list
from bar.signing.timestamps import LongTerm
from bar.verify.judging import judge
from bar.verify.verdicts import Verdict
from tests.availability import soaking
from tests.forgery.bytes_changed import flipped, last_gap
from tests.forgery.cases import Case
from tests.forgery.mint import KASI_VERA, KPA, NOW, SIGNED, Mint, Wish, verify_id
from tests.unit.bar.signing.tsa import LocalTsa

HONEST = 20


@pytest.mark.once
def test_every_honest_copy_is_sah(mint: Mint) -> None:
    status = mint.status()
    found = [judge(mint.sealed(Wish(number)), mint.anchors(), status) for number in range(1, HONEST + 1)]
    assert [each.sentence for each in found if each.verdict is not Verdict.SAH] == []
    assert len(found) == HONEST


@pytest.mark.once
def test_no_tampered_copy_is_sah_and_each_has_its_verdict(mint: Mint, tampered: list[Case]) -> None:
    anchors = mint.anchors()
    found = {each.name: judge(each.pdf, anchors, each.status) for each in tampered}
    wrong = [
        (each.name, found[each.name]) for each in tampered if found[each.name].verdict is not each.verdict
    ]
    assert wrong == []
    assert len(found) == len(tampered) >= 40


@pytest.mark.once
def test_no_bit_of_a_signature_can_be_changed(mint: Mint) -> None:
    """Parts of its CMS are under no signature; EREKON_SOAK=1 tries every byte."""
    sealed, anchors = mint.sealed(Wish()), mint.anchors()
    start, end = last_gap(sealed)
    held = bytes.fromhex(sealed[start:end].decode())
    length = len(held.rstrip(b"\x00"))
    assert judge(sealed, anchors).verdict is Verdict.SAH
    for place in places(length):
        for bits in (0x01, 0x20):
            changed = flipped(held, place, bits).hex().upper().encode()
            found = judge(sealed[:start] + changed + sealed[end:], anchors)
            assert found.verdict is not Verdict.SAH, (place, bits)


def places(length: int) -> list[int]:
    return list(range(length)) if soaking() else sorted(Random(7).sample(range(length), 12))


def test_a_voided_bar_is_dibatalkan_with_letter_and_successor(mint: Mint) -> None:
    voided = Voided(verify_id(1), NOW, "S-12/2026", NOW.date(), "BAR-2/KPPN.912/2020")
    found = judge(mint.sealed(Wish()), mint.anchors(), mint.status(voided))
    assert found.verdict is Verdict.DIBATALKAN
    assert "S-12/2026" in found.sentence
    assert "BAR-2/KPPN.912/2020" in found.sentence
    assert judge(mint.sealed(Wish(2)), mint.anchors(), mint.status(voided)).verdict is Verdict.SAH


def test_a_certificate_revoked_after_signing_still_counts(mint: Mint) -> None:
    later = mint.status(revoked={mint.kpa.serial: SIGNED + timedelta(seconds=1)})
    assert judge(mint.sealed(Wish()), mint.anchors(), later).verdict is Verdict.SAH


def test_without_a_status_list_the_sentence_says_what_was_not_asked(mint: Mint) -> None:
    assert "belum diperiksa" in judge(mint.sealed(Wish()), mint.anchors()).sentence


def test_a_bar_with_trusted_times_and_revocation_data_is_sah(mint: Mint) -> None:
    tsa, wish, bar = LocalTsa(), Wish(), mint.unsigned()
    root = parsed(mint.authority().ca_pem())
    long_term = LongTerm(
        tsa.stamper, [root, tsa.root], lambda at: [revocation_list(mint.authority(), []), tsa.list]
    )
    certified = certify(bar.pdf, bar.places, mint.layer(wish, KPA), long_term)
    sealed = countersign(certified, mint.layer(wish, KASI_VERA), long_term)
    assert judge(sealed, mint.anchors(), mint.status()).sentence.startswith("BAR-1/")
    assert judge(certified, mint.anchors()).verdict is Verdict.ISI_BERBEDA
