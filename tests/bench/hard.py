"""Books that are hard on the matcher, hints included: `python -m tests.bench.hard`. Prints one JSON line.

`unequal` are the CPU seconds for 200,000 lines of which none equals one of the other side; `repeats` says how many
times the cost of distinct keys it takes when 500 keys stand 498 times each, and when every line has one key.
"""

import sys
import time
from statistics import median
from typing import Any

import numpy as np

from reconciliation.matching.classify import Case
from reconciliation.matching.engine import compare
from reconciliation.matching.hints.finding import with_hints
from reconciliation.matching.lines import Lines, empty_lines, empty_opening
from tests.bench.measure import MONTH, ROUNDS, SATKER, YEAR, report
from tests.bench.worlds import pair

GOAL_SECONDS, GOAL_TIMES = 3.0, 3.0
UNEQUAL, KEYS, TIMES = 200_000, 500, 498


def seconds(siap: Lines, sai: Lines) -> float:
    """Median CPU seconds of comparing two sides and finding the likely causes."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        outcome = compare(siap, sai, empty_opening(), year=YEAR, month=MONTH, satker=SATKER)
        with_hints(outcome, siap, sai, empty_lines(), case=Case(YEAR, MONTH, SATKER), kppn="116")
        spent.append(time.process_time() - start)
    return median(spent)


def unequal(count: int) -> tuple[Lines, Lines]:
    """Sides of which no document stands on both."""
    siap, sai = pair(count)
    sai["nodok"] = np.char.add(b"X", sai["nodok"])
    return siap, sai


def repeated(count: int, keys: int) -> tuple[Lines, Lines]:
    """Sides of so many rows that fall on a few keys."""
    sides = pair(count)
    first = sides[0][0].copy()
    for side in sides:
        for name in ("kdmakmap", "kdgiat", "kdoutput", "tgldok"):
            side[name] = first[name]
        side["nodok"] = (np.arange(count) % keys).astype("S9")
    return sides


def measure(pace: float = 1.0) -> dict[str, Any]:
    """Both figures, and whether they are within their goals."""
    distinct = seconds(*pair(KEYS * TIMES))
    times = max(seconds(*repeated(KEYS * TIMES, keys)) for keys in (KEYS, 1)) / distinct
    spent = seconds(*unequal(UNEQUAL))
    within = times <= GOAL_TIMES and spent <= GOAL_SECONDS * pace
    return {"unequal": round(spent, 2), "repeats": round(times, 2), "ok": within}


if __name__ == "__main__":
    report(measure(*map(float, sys.argv[1:])))
