"""Our contestant of the benches `adk` and `giant`, in a process of its own: `python -m tests.bench.adk_runs seed DIR`, `… ours`."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import office  # first: it sets Django up
from tests.bench.measure import report

from accounts.models import Satker  # isort: skip
from adk.services.checking import check_next  # isort: skip
from adk.services.receiving import Received, receive_upload  # isort: skip
from bar.queries import pdf_of  # isort: skip
from erekon.lib import clock  # isort: skip
from erekon.lib.prepared import Prepared, Slot  # isort: skip
from erekon.lib.settling import settle  # isort: skip
from reconciliation.models import ElementResult, Reconciliation  # isort: skip
from reconciliation.services.matching import match_next  # isort: skip
from reconciliation.services.publishing import publish_next  # isort: skip

Found = list[list[Any]]
PERIOD = f"{office.YEAR}-{office.MONTH:02d}"
_CASE = Prepared(
    lambda: Reconciliation.objects.select_related("period", "satker", "office", "run").filter(
        satker=Slot("satker")
    )
)
WARM_UP = 2  # the first ADKs of a process pay for its imports and caches


def ours(satker: str, name: str, content: bytes) -> tuple[float, Found]:
    """CPU seconds from the gate to the draft BAR by the services that a worker calls, and what was found."""
    file = Received(name, content, clock.now())
    owner = Satker.objects.get(pk=satker)
    receive_upload(user=office.operator(), satker=owner, period=PERIOD, file=file, now=clock.now())
    start = time.process_time()
    check_next(now=clock.now(), straight_on=True)
    match_next(now=clock.now(), straight_on=True)  # a giant's steps are not so quick as to follow at once
    publish_next(now=clock.now())
    case = _CASE.get(satker=satker)
    pdf = pdf_of(case, now=clock.now())
    spent = time.process_time() - start
    if not pdf.startswith(b"%PDF-"):
        raise SystemExit("no BAR")
    rows = ElementResult.objects.filter(run=case.run, applicable=True).order_by("position")
    found = [[row.code, row.siap, row.sai, row.coa_different] for row in rows if row.coa_lines]
    return spent, found


def measure(run: Callable[[str, str, bytes], tuple[float, Found]]) -> dict[str, Any]:
    """Work through the ADKs whose paths come on standard input, saying so after each, and sum up when they end.

    Median CPU milliseconds per ADK after the warm-up, and everything found.
    """
    peak_before, done = 0, []
    for line in sys.stdin:
        file = Path(line.strip())
        peak_before = _peak()
        done.append(run(file.stem[12:18], file.name, file.read_bytes()))
        report({"done": file.name})
        sys.stdout.flush()
    spent = [seconds * 1000 for seconds, _ in done[WARM_UP:]]
    return {
        "ms": median(spent),
        "found": [found for _, found in done],
        "lines": office.GIANT or office.LINES,
        "bytes": _peak(),
        "bytes_before": peak_before,
        "adks": len(spent),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(action: str, *folder: str) -> None:
    """Be what the action says."""
    if action == "seed":
        office.seed(Path(folder[0]))
        report({"seeded": len(office.SATKERS)})
    else:
        settle()  # as a worker's process does when it begins
        report(measure(ours))


if __name__ == "__main__":
    main(*sys.argv[1:])
