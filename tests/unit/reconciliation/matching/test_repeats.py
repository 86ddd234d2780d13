"""One key many times over: the figures and hints are the oracle's, however often it stands."""

from random import Random

import numpy as np
import pytest

from reconciliation.matching.classify import Case
from reconciliation.matching.engine import compare
from reconciliation.matching.hints.finding import with_hints
from reconciliation.matching.lines import empty_lines, empty_opening
from tests.bench.hard import repeated
from tests.bench.measure import MONTH as BENCH_MONTH
from tests.bench.measure import SATKER as BENCH_SATKER
from tests.bench.measure import YEAR as BENCH_YEAR
from tests.oracle.hints import finding as oracle
from tests.oracle.reference import Reference
from tests.oracle.rows import lines_of
from tests.oracle.shape import plain
from tests.oracle.strategies import MONTH, SATKER, YEAR
from tests.unit.reconciliation.matching.hints.books import row


@pytest.mark.parametrize("keys", [1, 5, 40])
def test_repeated_keys_are_those_of_the_oracle(keys: int) -> None:
    chance = Random(keys)
    siap = [row(chance.randrange(1, 10**9), f"D{number % keys}") for number in range(600)]
    sai = [*chance.sample(siap, 597), row(7, "D0"), row(7, "D0")]
    mine, theirs = lines_of(siap), lines_of(sai)
    ours = compare(mine, theirs, empty_opening(), year=YEAR, month=MONTH, satker=SATKER)
    reference = Reference(YEAR, MONTH, SATKER, [])
    reference.add("siap", siap)
    reference.add("sai", sai)
    assert plain(ours) == reference.result()
    assert sum(ours.element("BLJ").detail_counts) == keys
    case = Case(YEAR, MONTH, SATKER)
    found, wanted = (
        find(ours, mine, theirs, empty_lines(), case=case, kppn="116")
        for find in (with_hints, oracle.with_hints)
    )
    assert [one.hints for one in found.elements] == [one.hints for one in wanted.elements]


def test_a_quarter_of_a_million_rows_of_one_key_keep_every_rupiah() -> None:
    siap, sai = repeated(249_000, 1)
    outcome = compare(siap, sai, empty_opening(), year=BENCH_YEAR, month=BENCH_MONTH, satker=BENCH_SATKER)
    ours = outcome.element("BLJ")
    (line,) = ours.detail
    assert int(line["siap"]) == sum(siap["rphreal"].tolist())
    assert int(line["sai"]) == sum(sai["rphreal"].tolist())
    assert np.count_nonzero(ours.coa["status"]) == 1
