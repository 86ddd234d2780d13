"""One median ADK, from the gate to the draft BAR, beside a typical build: `python -m tests.bench.adk`.

Each contestant works through the same ADKs in a process of its own, on the same SQLite database, in turns; measured
is the CPU time per ADK, all of it in that process. What both found must be equal. `pace` is how many times as long
the rival takes on this machine as on the one that the goals were set on. Prints one JSON row.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.compare import child
from tests.bench.measure import report
from tests.bench.turns import Contestant, in_turns

GOAL_MS, GOAL_RATIO = 40.0, 20.0
RIVAL_MS = 840.0  # what the typical build takes on the machine that the goals were set on
SECRET = "only-for-the-bench-" + "0" * 40


def contest() -> dict[str, Any]:
    """Both contestants over the same ADKs, as a row of the bench."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("SECRET_KEY", SECRET)
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "MEDIA_ROOT": f"{folder}/media"}
        child("adk_runs", "seed", folder)
        files = sorted(Path(folder).glob("KPPN_*.zip"))
        theirs, ours = in_turns(files, Contestant("adk_typical"), Contestant("adk_runs", "ours"))
    if ours["found"] != theirs["found"]:
        raise SystemExit(f"results differ: {ours['found']} and {theirs['found']}")
    ratio, pace = theirs["ms"] / ours["ms"], theirs["ms"] / RIVAL_MS
    return {
        "name": "adk",
        "value": round(ours["ms"], 1),
        "unit": "cpu ms",
        "rival": round(theirs["ms"], 1),
        "ratio": round(ratio, 1),
        "goal": "<= 40 ms CPU where the rival takes 840; rival >= 20 x",
        "ok": ours["ms"] <= GOAL_MS * pace and ratio >= GOAL_RATIO,
        "pace": round(pace, 2),
        "lines": ours["lines"],
        "adks": ours["adks"],
    }


if __name__ == "__main__":
    report(contest())
