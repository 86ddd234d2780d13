"""Outcomes as bytes."""

import pytest
from hypothesis import given, settings

from reconciliation.matching.results import pack_outcome, unpack_outcome
from tests.oracle.shape import plain
from tests.oracle.strategies import sides
from tests.unit.reconciliation.matching.test_laws import Rows, run


@settings(max_examples=30, deadline=None)
@given(sides(), sides())
def test_what_is_unpacked_is_what_was_packed(siap: Rows, sai: Rows) -> None:
    outcome = run(siap, sai, [("111611", 7)])
    again = unpack_outcome(pack_outcome(outcome))
    assert plain(again) == plain(outcome)
    assert again.outside == outcome.outside


@settings(max_examples=30, deadline=None)
@given(sides(), sides())
def test_equal_outcomes_give_equal_bytes(siap: Rows, sai: Rows) -> None:
    assert pack_outcome(run(siap, sai)) == pack_outcome(run(siap[::-1], sai[::-1]))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not an outcome"):
        unpack_outcome(b'{"version":0}\n')
