"""The comparison alone against datacompy on Polars: `python -m tests.bench.compare [rows]`.

Both sides of the contest read the same two .npy files in a process of their own and report CPU seconds of
the comparison and their peak resident memory; the documents that differ must be the same. Prints one JSON
row.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import datacompy
import numpy as np
import polars as pl

from reconciliation.matching.engine import compare
from reconciliation.matching.lines import Lines, empty_opening
from tests.bench.worlds import MONTH, SATKER, YEAR, pair

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
GOAL_SECONDS, GOAL_RATIO, GOAL_BYTES = 1.0, 0.6, 10**9


def engine(siap: Lines, sai: Lines) -> list[int]:
    """Documents equal, differing, only in SiAP, only in SAI, and both totals."""
    outcome = compare(siap, sai, empty_opening(), year=YEAR, month=MONTH, satker=SATKER)
    belanja = outcome.element("BLJ")
    return [*belanja.detail_counts, belanja.siap, belanja.sai]


def rival(siap: pl.DataFrame, sai: pl.DataFrame) -> list[int]:
    """The same figures as the typical build finds them: sum per key, then datacompy's outer join."""
    sums = [side.group_by(KEY).agg(pl.col("rphreal").sum()) for side in (siap, sai)]
    found = datacompy.PolarsCompare(*sums, join_columns=list(KEY))
    common = found.intersect_rows
    equal = int(common["rphreal_match"].sum())
    totals = [int(side["rphreal"].sum()) for side in sums]
    return [equal, common.height - equal, found.df1_unq_rows.height, found.df2_unq_rows.height, *totals]


def frame(lines: Lines) -> pl.DataFrame:
    """The rival's own form of the rows: its key columns as text, outside the time measured."""
    texts = {name: lines[name].astype(str) for name in KEY}
    return pl.DataFrame(texts | {"rphreal": lines["rphreal"]})


def prepare(folder: Path, count: int) -> None:
    """Write the rows in both contestants' own forms."""
    for name, lines in zip(("siap", "sai"), pair(count), strict=True):
        np.save(folder / f"{name}.npy", lines)
        frame(lines).write_parquet(folder / f"{name}.parquet")


def measure(which: str, folder: Path) -> dict[str, Any]:
    """Run one contestant in this process: median CPU seconds, peak bytes, and what it found."""
    if which == "engine":
        sides: tuple[Any, Any] = (np.load(folder / "siap.npy"), np.load(folder / "sai.npy"))
    else:
        sides = (pl.read_parquet(folder / "siap.parquet"), pl.read_parquet(folder / "sai.parquet"))
    run = engine if which == "engine" else rival
    seconds, found = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        found = run(*sides)
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"cpu": median(seconds), "bytes": peak, "found": found}


def child(*arguments: str) -> dict[str, Any]:
    """What a process of this module printed on its last line."""
    command = [sys.executable, "-m", "tests.bench.compare", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def contest(count: int) -> dict[str, Any]:
    """Both contestants over the same rows, as a row of the bench."""
    with tempfile.TemporaryDirectory() as name:
        child("prepare", name, str(count))
        ours, theirs = child("engine", name), child("rival", name)
    if ours["found"] != theirs["found"]:
        raise SystemExit(f"results differ: {ours['found']} and {theirs['found']}")
    ratio, share = ours["cpu"] / theirs["cpu"], ours["bytes"] / theirs["bytes"]
    within = ours["cpu"] <= GOAL_SECONDS and ours["bytes"] <= GOAL_BYTES
    return {
        "name": "compare",
        "value": round(ours["cpu"], 3),
        "unit": "cpu s",
        "rival": round(theirs["cpu"], 3),
        "ratio": round(ratio, 3),
        "goal": "<= 1.0 CPU s; <= 0.6 of rival",
        "ok": within and ratio <= GOAL_RATIO and share <= GOAL_RATIO,
        "rows": count,
        "bytes": ours["bytes"],
        "rival_bytes": theirs["bytes"],
        "found": ours["found"],
    }


def report(found: dict[str, Any]) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps(found) + "\n")


def main(arguments: list[str]) -> None:
    """Print the bench row, or run one part of it for `child`."""
    if arguments and arguments[0] == "prepare":
        prepare(Path(arguments[1]), int(arguments[2]))
        report({})
    elif arguments and arguments[0] in ("engine", "rival"):
        report(measure(arguments[0], Path(arguments[1])))
    else:
        report(contest(int(arguments[0]) if arguments else 1_000_000))


if __name__ == "__main__":
    main(sys.argv[1:])
