"""The comparison alone against datacompy on Polars: `python -m tests.bench.compare [rows]`.

Each contestant reads the same rows, in its own form, in a process of its own; measured are CPU seconds of
the comparison and peak resident memory, rows included. What they found must be equal. Beside it stand books that are
hard on the matcher, see `tests/bench/hard.py`. Prints one JSON row.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from reconciliation.matching.engine import compare
from reconciliation.matching.lines import Lines, empty_opening
from tests.bench.measure import MONTH, SATKER, YEAR, measured, report

GOAL_SECONDS, GOAL_RATIO, GOAL_BYTES = 1.0, 0.6, 10**9


def engine(siap: Lines, sai: Lines) -> list[int]:
    """Documents equal, differing, only in SiAP, only in SAI, and both totals."""
    outcome = compare(siap, sai, empty_opening(), year=YEAR, month=MONTH, satker=SATKER)
    belanja = outcome.element("BLJ")
    return [*belanja.detail_counts, belanja.siap, belanja.sai]


def child(module: str, *arguments: str) -> dict[str, Any]:
    """What a process of one of the bench's modules printed on its last line."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def contest(count: int, pace: float = 1.0) -> dict[str, Any]:
    """Both contestants over the same rows, as a row of the bench."""
    with tempfile.TemporaryDirectory() as name:
        child("worlds", name, str(count))
        ours, theirs = child("compare", name), child("rivals", name)
    if ours["found"] != theirs["found"]:
        raise SystemExit(f"results differ: {ours['found']} and {theirs['found']}")
    hard = child("hard", str(pace))
    ratio, share = ours["cpu"] / theirs["cpu"], ours["bytes"] / theirs["bytes"]
    within = ours["cpu"] <= GOAL_SECONDS * pace and ours["bytes"] <= GOAL_BYTES
    return {
        "name": "compare",
        "value": round(ours["cpu"], 3),
        "unit": "cpu s",
        "rival": round(theirs["cpu"], 3),
        "ratio": round(ratio, 3),
        "goal": "<= 1.0 CPU s; <= 0.6 of rival",
        "ok": within and ratio <= GOAL_RATIO and share <= GOAL_RATIO and hard["ok"],
        "rows": count,
        "bytes": ours["bytes"],
        "rival_bytes": theirs["bytes"],
        "unequal": hard["unequal"],
        "repeats": hard["repeats"],
        "found": ours["found"],
    }


def main(argument: str) -> None:
    """Print the bench row of so many rows; or, given a folder, be the engine's contestant."""
    if argument.isdigit():
        report(contest(int(argument)))
    else:
        siap, sai = (np.load(Path(argument) / f"{side}.npy") for side in ("siap", "sai"))
        report(measured(lambda: engine(siap, sai)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "1000000")
