"""The sums of accounts, beside the same in plain Python."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings

from reconciliation.matching.accounts import AccountSums, account_sums
from reconciliation.matching.engine import compare
from reconciliation.matching.lines import empty_opening
from reconciliation.matching.outcome import DIFFERING, EQUAL, ElementOutcome
from tests.oracle.rows import lines_of
from tests.oracle.strategies import MONTH, SATKER, YEAR, sides

MOST = 2**63 - 1


def plainly(element: ElementOutcome) -> list[AccountSums]:
    found: dict[str, list[int]] = {}
    for line in element.coa:
        siap, sai = int(line["siap"]), int(line["sai"])
        sums = found.setdefault(line["akun"].decode("cp1252"), [0] * 6)
        figures = (siap, sai, 1, siap, sai, abs(siap - sai))
        counted = (1, 1, *[int(line["status"] != EQUAL)] * 4)
        for at, (figure, times) in enumerate(zip(figures, counted, strict=True)):
            sums[at] += figure * times
    return [AccountSums(akun, *found[akun]) for akun in sorted(found, key=lambda code: code.encode("cp1252"))]


def outcome_of(siap: list[dict[str, str]], sai: list[dict[str, str]]) -> Any:
    sides_of = lines_of(siap), lines_of(sai), empty_opening()
    return compare(*sides_of, year=YEAR, month=MONTH, satker=SATKER)


@settings(max_examples=80, deadline=None)
@given(sides(), sides())
def test_the_sums_are_those_of_plain_python(siap: list[dict[str, str]], sai: list[dict[str, str]]) -> None:
    for element in outcome_of(siap, sai).elements:
        assert account_sums(element) == plainly(element)
        assert tuple(one.akun for one in account_sums(element) if one.lines) == element.akun_different


def test_sides_that_lie_further_apart_than_a_signed_number_holds() -> None:
    element = outcome_of([], []).element("BLJ")
    coa = np.zeros(2, dtype=element.coa.dtype)
    coa["akun"], coa["status"] = b"521111", (DIFFERING, EQUAL)
    coa["siap"], coa["sai"] = (MOST, 0), (-MOST, 0)
    (found,) = account_sums(replace(element, coa=coa))
    assert found == AccountSums("521111", MOST, -MOST, 1, MOST, -MOST, 2 * MOST)
