"""Laws of the comparison, on generated rows, and its equality with the plain-Python reference."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.matching.engine import compare
from reconciliation.matching.lines import OPENING_DTYPE, empty_opening
from reconciliation.matching.outcome import ONLY_SAI, ONLY_SIAP, Outcome
from reconciliation.matching.terpusat import TerpusatRule
from tests.oracle.reference import BUDGET, Reference, budget_element
from tests.oracle.rows import lines_of, text
from tests.oracle.shape import plain
from tests.oracle.strategies import EITHER_WAY, MONTH, OPENINGS, SATKER, YEAR, rows, sides

RULES = st.lists(
    st.builds(
        TerpusatRule,
        ba=st.just("015"),
        es1=st.sampled_from(["04", "05"]),
        satker_pusat=st.sampled_from([SATKER, "333333"]),
        akun_from=st.sampled_from(["41", "425111", "425112"]),
        akun_to=st.sampled_from(["41", "425112"]),
        counterpart=st.just("183"),
    ),
    max_size=2,
)
SYMMETRIC = rows(**EITHER_WAY)
few = settings(max_examples=40, deadline=None)
Rows = list[dict[str, str]]


def run(
    siap: Rows,
    sai: Rows,
    opening: list[tuple[str, int]] | None = None,
    rules: list[TerpusatRule] | None = None,
) -> Outcome:
    balances = np.array([(akun.encode(), saldo) for akun, saldo in opening or []], dtype=OPENING_DTYPE)
    return compare(
        lines_of(siap), lines_of(sai), balances, year=YEAR, month=MONTH, satker=SATKER, terpusat=rules or []
    )


@settings(max_examples=150, deadline=None)
@given(sides(), sides(), OPENINGS, RULES)
def test_the_engine_says_what_the_plain_reference_says(
    siap: Rows, sai: Rows, opening: list[tuple[str, int]], rules: list[TerpusatRule]
) -> None:
    reference = Reference(YEAR, MONTH, SATKER, rules)
    reference.add("siap", siap)
    reference.add("sai", sai)
    reference.add_opening(opening)
    assert plain(run(siap, sai, opening, rules)) == reference.result()


@few
@given(sides(), sides(), OPENINGS, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(
    siap: Rows, sai: Rows, opening: list[tuple[str, int]], chance: random.Random
) -> None:
    expected = run(siap, sai, opening)
    chance.shuffle(siap)
    chance.shuffle(sai)
    found = run(siap, sai, opening)
    assert plain(found) == plain(expected)
    for mine, other in zip(found.elements, expected.elements, strict=True):
        assert np.array_equal(mine.coa, other.coa)
        assert np.array_equal(mine.detail, other.detail)


def mirrored(triple: tuple[int, int, int]) -> tuple[int, int, int]:
    siap, sai, status = triple
    return sai, siap, {ONLY_SIAP: ONLY_SAI, ONLY_SAI: ONLY_SIAP}.get(status, status)


@few
@given(st.lists(SYMMETRIC, max_size=6), st.lists(SYMMETRIC, max_size=6))
def test_swapping_the_sides_mirrors_the_outcome(siap: Rows, sai: Rows) -> None:
    one, other = plain(run(siap, sai)), plain(run(sai, siap))
    assert one["verdict"] == other["verdict"]
    for code, element in one["elements"].items():
        for grain in ("coa", "detail"):
            swapped = {key: mirrored(line) for key, line in other["elements"][code][grain].items()}
            assert element[grain] == swapped


@few
@given(st.lists(SYMMETRIC, max_size=8))
def test_a_side_matched_with_itself_has_no_difference(side: Rows) -> None:
    outcome = run(side, side)
    assert outcome.verdict == "SAMA"
    assert all(element.coa_counts.different == 0 for element in outcome.elements)
    assert all(element.detail_counts.different == 0 for element in outcome.elements)


@few
@given(st.lists(SYMMETRIC, min_size=1, max_size=6), st.lists(SYMMETRIC, max_size=6))
def test_a_twin_on_both_sides_keeps_the_verdict(siap: Rows, sai: Rows) -> None:
    assert run([*siap, siap[0]], [*sai, siap[0]]).verdict == run(siap, sai).verdict


@few
@given(sides())
def test_every_rupiah_lands_in_its_elements_or_outside(side: Rows) -> None:
    outcome = run([], side)
    mine = [row for row in side if text(row, "kdsatker") == SATKER and text(row, "periode") <= f"{MONTH:02d}"]
    tax = [
        row
        for row in mine
        if budget_element(row) in ("PND", "PPND") and (text(row, "kdmakmap") or text(row, "perk"))[:2] == "41"
    ]
    budget = sum(abs_sign(outcome, code) for code in BUDGET)
    expected = sum(int(row["RPHREAL"]) for row in mine if budget_element(row) and row not in tax)
    assert budget == expected
    assert outcome.outside.sai_rows + rows_taken(mine, tax) == len(mine)
    assert sum(account.sai_total for account in outcome.outside.accounts) == outcome.outside.sai_total


def abs_sign(outcome: Outcome, code: str) -> int:
    """An element's SAI total with the ledger's own sign."""
    total = outcome.element(code).sai
    return -total if code in ("PGU", "EST", "PND", "PPND", "PNDMPH") else total


def rows_taken(mine: Rows, tax: Rows) -> int:
    cash = ("1116", "1119", "111822")
    return sum(
        (budget_element(row) is not None and row not in tax)
        or text(row, "perk").startswith(cash)
        or text(row, "perk1").startswith(cash)
        for row in mine
    )


def test_two_empty_sides_are_equal_and_nothing_applies() -> None:
    outcome = compare(lines_of([]), lines_of([]), empty_opening(), year=YEAR, month=12, satker=SATKER)
    assert outcome.verdict == "SAMA"
    assert not any(element.applicable for element in outcome.elements)
    assert outcome.outside.accounts == ()
