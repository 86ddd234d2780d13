"""The process of the bench `page`: `python -m tests.bench.page_runs DIR`."""

import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import office  # first: it sets Django up
from tests.bench.measure import report

from accounts.models import Satker  # isort: skip
from adk.services.checking import check_next  # isort: skip
from adk.services.receiving import Received, receive_upload  # isort: skip
from django.db import connection  # isort: skip
from django.test import Client  # isort: skip
from erekon.lib import clock  # isort: skip
from erekon.portal.gathering import gather  # isort: skip
from erekon.portal.making.adk import satker_adk  # isort: skip
from reconciliation.models import Reconciliation  # isort: skip
from reconciliation.services.matching import match_next  # isort: skip
from reconciliation.services.publishing import publish_next  # isort: skip
from tests.integration.pages.large_world import outcomes, put_in_place  # isort: skip

PERIOD = f"{office.YEAR}-{office.MONTH:02d}"
CODE = office.SATKERS[0]
RESULT = f"/rekon/{CODE}/{PERIOD}"
ROUNDS = 30


def send(mistakes: tuple[str, ...]) -> None:
    """One ADK from upload to result."""
    owner = Satker.objects.get(pk=CODE)
    name, content = satker_adk(owner, office.YEAR, office.MONTH, mistakes=mistakes)
    file = Received(name, content, clock.now())
    receive_upload(user=office.operator(), satker=owner, period=PERIOD, file=file, now=clock.now())
    for step in (check_next, match_next, publish_next):
        step(now=clock.now())


class Questions:
    """Counts what is asked of the database."""

    count = 0

    def __call__(self, execute: Any, *asked: Any) -> Any:
        """One more."""
        self.count += 1
        return execute(*asked)


def visited(client: Client, address: str) -> dict[str, Any]:
    """Median CPU milliseconds and the questions of one page."""
    questions = Questions()
    with connection.execute_wrapper(questions):
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        client.get(address)
        spent.append((time.process_time() - start) * 1000)
    return {"ms": round(median(spent), 1), "queries": questions.count, "bytes": len(answer.content)}


def main(folder: Path) -> None:
    """Seed, send two ADKs, visit; then the same page with results of 200,000 lines."""
    gather()  # pages name their static files by their prints
    office.seed(folder)
    send(("angka_tertukar", "sp2d_hilang"))
    send(("angka_tertukar", "akun_salah"))
    client = Client(SERVER_NAME="localhost")
    client.force_login(office.operator())
    found = {name: visited(client, name) for name in ("/", "/riwayat", f"{RESULT}?ke=0", RESULT)}
    case = Reconciliation.objects.get(satker=CODE)
    for run, outcome in zip(case.runs.order_by("submission__number"), outcomes(), strict=True):
        put_in_place(run, outcome)
    every = f"{RESULT}?elemen=BLJ&akun=521111&semua=1&baris=400"
    for name in (f"{RESULT}?ke=0", RESULT, every):
        found[f"large {name}"] = visited(client, name)
    report(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
