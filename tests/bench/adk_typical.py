"""The typical build as contestant, in a process of its own: `python -m tests.bench.adk_typical`."""

import time

from tests.bench.adk_runs import Found, measure  # first: it sets Django up
from tests.bench.measure import report

from tests.bench import typical  # isort: skip


def theirs(satker: str, name: str, content: bytes) -> tuple[float, Found]:
    """CPU seconds from the file to the BAR, and what was found."""
    start = time.process_time()
    found = typical.reconcile(satker, name, content)
    return time.process_time() - start, found


if __name__ == "__main__":
    report(measure(theirs))
