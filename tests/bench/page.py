"""A page for a signed-in user, over the whole stack but the socket: `python -m tests.bench.page`.

Home, history and Hasil Rekon of a case of 2,000 lines with an earlier upload beside it; measured are the questions to
the database and the CPU time of the process, median of many calls; the worst page counts. `large` is Hasil Rekon of a
case of 200,000 lines, about one row in a hundred different. No rival: what others' pages show is not the same.
"""

import os
import tempfile
from typing import Any

from tests.bench.adk import SECRET
from tests.bench.compare import child
from tests.bench.measure import report

GOAL_MS, GOAL_QUERIES, GOAL_LARGE_MS = 25.0, 30, 300.0


def contest(pace: float = 1.0) -> dict[str, Any]:
    """The pages as a row of the bench."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("SECRET_KEY", SECRET)
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "MEDIA_ROOT": f"{folder}/media"}
        found = child("page_runs", folder)
    usual = [one for name, one in found.items() if not name.startswith("large")]
    worst, queries = max(one["ms"] for one in usual), max(one["queries"] for one in found.values())
    large = max(one["ms"] for name, one in found.items() if name.startswith("large"))
    return {
        "name": "page",
        "value": worst,
        "unit": "cpu ms",
        "rival": "-",
        "ratio": "-",
        "goal": "<= 25 ms CPU, <= 30 queries; 200,000 lines <= 300 ms CPU",
        "ok": worst <= GOAL_MS * pace and queries <= GOAL_QUERIES and large <= GOAL_LARGE_MS * pace,
        "queries": queries,
        "pages": found,
    }


if __name__ == "__main__":
    report(contest())
