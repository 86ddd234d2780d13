"""A giant ADK, from the gate to the draft BAR, beside a typical build: `python -m tests.bench.giant`.

As the bench `adk`, with one ADK of 200,000 lines after two of 2,000 that pay for imports and caches. Beside the CPU
seconds stands the peak of the process's memory. Prints one JSON row.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.adk import SECRET
from tests.bench.compare import child
from tests.bench.measure import report
from tests.bench.turns import Contestant, in_turns

LINES = 200_000
GOAL_SECONDS, GOAL_BYTES = 1.0, 250 * 10**6


def contest(pace: float = 1.0) -> dict[str, Any]:
    """Both contestants over the same giant, as a row of the bench."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("SECRET_KEY", SECRET)
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "EREKON_BENCH_GIANT": str(LINES),
        }
        child("adk_runs", "seed", folder)
        files = sorted(Path(folder).glob("KPPN_*.zip"))
        theirs, ours = in_turns(files, Contestant("adk_typical"), Contestant("adk_runs", "ours"))
        del os.environ["EREKON_BENCH_GIANT"]
    if ours["found"] != theirs["found"]:
        raise SystemExit(f"results differ: {ours['found']} and {theirs['found']}")
    seconds, rival = ours["ms"] / 1000, theirs["ms"] / 1000
    return {
        "name": "giant",
        "value": round(seconds, 2),
        "unit": "cpu s",
        "rival": round(rival, 2),
        "ratio": round(rival / seconds, 1),
        "goal": "<= 1 CPU s; <= 250 MB",
        "ok": seconds <= GOAL_SECONDS * pace and ours["bytes"] <= GOAL_BYTES,
        "lines": ours["lines"],
        "bytes": ours["bytes"],
        "bytes_before": ours["bytes_before"],
        "rival_bytes": theirs["bytes"],
    }


if __name__ == "__main__":
    report(contest())
