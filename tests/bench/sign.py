"""Both signatures of a BAR with their PINs, and the sealed PDF, by the services that the pages call."""

import os
import tempfile
from typing import Any

from tests.bench.adk import SECRET
from tests.bench.compare import child
from tests.bench.measure import report

GOAL = 70.0


def contest(pace: float = 1.0) -> dict[str, Any]:
    """The row `sign`, measured on SQLite in an empty folder; it has no rival."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("SECRET_KEY", SECRET)
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "MEDIA_ROOT": f"{folder}/media"}
        found = child("sign_runs")
    return {
        "name": "sign",
        "value": round(found["both"], 1),
        "unit": "ms CPU",
        "rival": None,
        "ratio": None,
        "goal": f"<= {GOAL:.0f} ms CPU for both signatures with PIN",
        "ok": found["both"] <= GOAL * pace,
        "first": round(found["first"], 1),
        "bars": found["bars"],
    }


if __name__ == "__main__":
    report(contest())
