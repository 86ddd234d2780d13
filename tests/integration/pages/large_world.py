"""A result of as many lines as a case may have, put in the place of a small one's."""

from functools import cache

import numpy as np

from erekon.lib import files
from reconciliation.matching.classify import Case
from reconciliation.matching.engine import compare
from reconciliation.matching.hints.finding import with_hints
from reconciliation.matching.lines import Lines, empty_lines, empty_opening
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.results import pack_outcome
from reconciliation.models import MatchRun
from reconciliation.services.results import write_results
from tests.bench.worlds import pair

LARGE = 200_000
SATKER, BAES1 = "503202", "01504"


def large_pair(count: int = LARGE, seed: int = 1) -> tuple[Lines, Lines]:
    """SiAP and SAI; about one row in a hundred differs, one of them by swapped digits."""
    siap, sai = pair(count, seed)
    # The third row is the only one of its document.
    there = int(np.flatnonzero(sai["nodok"] == siap["nodok"][2])[0])
    siap["rphreal"][2], sai["rphreal"][there] = 754_000_000_000_000, 745_000_000_000_000
    return siap, sai


@cache
def outcomes() -> tuple[Outcome, Outcome]:
    """The result of an upload of that size, and of an earlier one in which 2,000 more rows differed."""
    siap, sai = large_pair()
    earlier = sai.copy()
    earlier["rphreal"][:2_000] += 1
    return outcome_of(siap, earlier), outcome_of(siap, sai)


def outcome_of(siap: Lines, sai: Lines) -> Outcome:
    """The comparison of these rows, with likely causes."""
    case = Case(2026, 9, SATKER, (), BAES1)
    opening = empty_opening()
    outcome = compare(siap, sai, opening, year=2026, month=9, satker=SATKER, terpusat=(), baes1=BAES1)
    return with_hints(outcome, siap, sai, empty_lines(), case=case, kppn="116")


def put_in_place(run: MatchRun, outcome: Outcome) -> None:
    """Give the run this result."""
    write_results(run, outcome)
    MatchRun.objects.filter(pk=run.pk).update(outcome=files.store(pack_outcome(outcome)))
