"""One element read out of a stored outcome is the same as in the whole of it."""

import pytest

from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.results import pack_outcome, unpack_element, unpack_outcome
from tests.bench.worlds import pair
from tests.integration.pages.large_world import outcome_of


@pytest.fixture(scope="module")
def stored() -> bytes:
    return pack_outcome(outcome_of(*pair(3_000)))


@pytest.mark.parametrize("code", [element.code for element in ELEMENTS])
def test_every_element_is_the_same_as_in_the_whole(stored, code):
    whole, one = unpack_outcome(stored).element(code), unpack_element(stored, code)
    assert one is not None
    assert (one.coa.tobytes(), one.detail.tobytes()) == (whole.coa.tobytes(), whole.detail.tobytes())
    assert (one.hints, one.akun_different, one.gap) == (whole.hints, whole.akun_different, whole.gap)


def test_with_an_account_its_hints_alone_are_made(stored):
    whole = unpack_outcome(stored).element("BLJ")
    akun = whole.coa["akun"][whole.detail["coa"]]
    one = unpack_element(stored, "BLJ", "521111")
    assert one is not None
    assert one.hints == tuple(hint for hint in whole.hints if akun[hint.position] == b"521111")
    assert 0 < len(one.hints) < len(whole.hints)


def test_no_element_has_an_unknown_code(stored):
    assert unpack_element(stored, "XXX") is None


def test_bytes_of_another_version_are_refused(stored):
    with pytest.raises(ValueError, match="not an outcome"):
        unpack_element(stored.replace(b'"version":2', b'"version":9', 1), "BLJ")
    with pytest.raises(ValueError, match="not an outcome"):
        unpack_element(stored.replace(b"('akun', '|S6')", b"('akun', '|S7')", 1), "BLJ")
