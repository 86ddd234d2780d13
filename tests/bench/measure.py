"""Measuring one contestant in its own process."""

import json
import resource
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

# The whole key of the Detail grain under Belanja.
KEY = (
    "kdmakmap",
    "kdbaes1",
    "kddekon",
    "kdprogram",
    "kdgiat",
    "kdoutput",
    "kdsdcp",
    "kdwilayah",
    "register",
    "jnsdok",
    "nodok",
    "tgldok",
)
ROUNDS = 3
# The case that the rows belong to.
SATKER, YEAR, MONTH = "503202", 2026, 9


def measured(run: Callable[[], list[int]]) -> dict[str, Any]:
    """Median CPU seconds of some rounds, the process's peak bytes, and what the last round found."""
    seconds, found = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = run()
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"cpu": median(seconds), "bytes": peak, "found": found}


def report(found: dict[str, Any]) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps(found) + "\n")
