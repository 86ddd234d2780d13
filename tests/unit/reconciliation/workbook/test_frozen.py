"""The frozen content: what comes back renders the same bytes, on both roads."""

from dataclasses import replace

import pytest

from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import pack_outcome, unpack_outcome
from reconciliation.workbook.frozen import freeze, thaw
from reconciliation.workbook.paper import render_paper
from reconciliation.workbook.render import render_workbook
from tests.unit.reconciliation.workbook.contents import DIFFERING
from tests.unit.reconciliation.workbook.payloads import PAYLOADS

FULL = replace(
    DIFFERING,
    coa_causes={("BLJ", 0): "sebab baris"},
    detail_causes={("BLJ", 0): "sebab dokumen", ("BLJ", 1): PAYLOADS[-1]},
    explanations={("BLJ", "521111"): "satu", ("MUP", "825111"): "dua"},
    about=(("a", "b"), ("c", "\ud800")),
)


def stored(sha256: str) -> Outcome:
    assert sha256 == "ab" * 32
    return unpack_outcome(pack_outcome(DIFFERING.outcome))


def test_what_comes_back_renders_the_same_workbook_and_the_same_pdf() -> None:
    again = thaw(freeze(FULL, outcome="ab" * 32), stored)
    assert render_workbook(again) == render_workbook(FULL)
    assert render_paper(again, fingerprint="cd") == render_paper(FULL, fingerprint="cd")


def test_equal_content_gives_equal_bytes_whatever_its_order() -> None:
    turned = replace(
        FULL,
        explanations=dict(reversed(FULL.explanations.items())),
        detail_causes=dict(reversed(FULL.detail_causes.items())),
    )
    assert freeze(turned, outcome="ab") == freeze(FULL, outcome="ab")
    assert freeze(FULL, outcome="cd") != freeze(FULL, outcome="ab")


@pytest.mark.parametrize("frozen", [b"[]", b"{}", b'{"version":2}'])
def test_another_version_is_refused(frozen: bytes) -> None:
    with pytest.raises(ValueError, match="not an LHR content"):
        thaw(frozen, stored)
