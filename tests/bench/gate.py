"""The gate alone, check and load, beside dbfread reading the same member: `python -m tests.bench.gate`.

Each size and each contestant has a process of its own; measured are CPU seconds and the process's peak memory, the
uploaded file included. Both must find the same rows and the same sum. Prints one JSON row.
"""

import io
import struct
import sys
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from dbfread import DBF

from adk.formats import layout
from adk.formats.dbfwriting import write_table
from adk.formats.gate import Expected, References, inspect
from tests.bench.compare import child
from tests.bench.measure import measured, report

SMALL, LARGE, GIANT = 2_000, 200_000, 2_000_000
GOALS = {SMALL: 0.006, LARGE: 0.150, GIANT: 4.0}
GOAL_BYTES = 10**9
NAME = "KPPN_KD0150836351609"
EXPECTED = Expected(2026, 9, 1, "363516", "015", "08", "KD", "116")
REFERENCES = References(
    accounts=frozenset({"521111", "425131", "115612"}),
    kppn=frozenset({"116"}),
    sdcp=frozenset({"010"}),
    lokasi=frozenset({"12"}),
)
KEYS: dict[str, object] = {
    "KDBAES1": "01508",
    "KDSATKER": "363516",
    "KDDEKON": "KD",
    "KDKPPN": "116",
    "THNANG": 2026,
    "KDWILAYAH": "1203",
    "KDPROGRAM": "0811",
    "KDGIAT": "1045",
    "KDOUTPUT": "994",
    "KDKEM": "0",
    "PERKSAI": "115612",
    "KDSDCP": "010",
    "JNSDOK1": "301",
    "REGISTER": "00000000",
    "TGLPOST": "20260106",
}
DOCUMENT_WIDTH = 12
WARM_UP = 5  # a worker's first small file pays for imports and caches, the next thousand do not


def _row(number: int, random: Random) -> dict[str, object]:
    credit = number % 10 == 0
    return {
        **KEYS,
        "KDTRN": "2" if number % 20 == 0 else "3",
        "KDDK": "K" if credit else "D",
        "KDMAKMAP": random.choice(["521111", "425131", ""]),
        "RPHREAL": random.randrange(1, 10**9) * (-1 if credit else 1),
        "PERIODE": f"{random.randrange(1, 10):02d}",
        "NODOK1": "0" * DOCUMENT_WIDTH,
        "TGLDOK1": f"2026{random.randrange(1, 10):02d}{random.randrange(1, 29):02d}",
    }


def member(count: int) -> bytes:
    """A valid main member: two thousand rows over and over, each under its own document number."""
    random = Random(7)
    raw = write_table(layout.GL, [_row(number, random) for number in range(SMALL)])
    header, width = struct.unpack_from("<HH", raw, 8)
    rows = np.frombuffer(raw, np.uint8, SMALL * width, header).reshape(SMALL, width)
    rows = np.tile(rows, (count // SMALL, 1))
    names = [one.name for one in layout.GL]
    last = sum(one.width for one in layout.GL[: names.index("NODOK1")]) + DOCUMENT_WIDTH
    number = np.arange(count)
    for place in range(DOCUMENT_WIDTH):
        rows[:, last - place] = number % 10 + ord("0")
        number //= 10
    return raw[:4] + struct.pack("<I", count) + raw[8:header] + rows.tobytes() + b"\x1a"


def make(folder: Path) -> None:
    """The three ADKs."""
    for count in GOALS:
        raw = member(count)
        with zipfile.ZipFile(folder / f"{count}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{NAME}.026", raw)


def ours(content: bytes) -> list[int]:
    """Rows and their sum by the gate."""
    result = inspect(content, f"{NAME}.zip", EXPECTED, REFERENCES)
    if result.lines is None or result.findings:
        raise SystemExit(f"not accepted: {result.findings[:3]}")
    return [result.rows, int(result.lines["rphreal"].sum())]


def theirs(path: Path, content: bytes) -> list[int]:
    """Rows and their sum by zipfile and dbfread, which checks nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path.write_bytes(archive.read(f"{NAME}.026"))
    amounts = [int(row["RPHREAL"]) for row in DBF(str(path), encoding="cp1252")]
    return [len(amounts), sum(amounts)]


def contest(pace: float = 1.0) -> dict[str, Any]:
    """The gate at three sizes and its rival at two, as a row of the bench."""
    with tempfile.TemporaryDirectory() as folder:
        child("gate", "make", folder)
        mine = {count: child("gate", "ours", folder, str(count)) for count in GOALS}
        rival = {count: child("gate", "theirs", folder, str(count)) for count in (SMALL, LARGE)}
    for count, found in rival.items():
        if found["found"] != mine[count]["found"]:
            raise SystemExit(f"results differ at {count} rows")
    within = all(mine[count]["cpu"] <= goal * pace for count, goal in GOALS.items())
    return {
        "name": "gate",
        "value": round(mine[SMALL]["cpu"] * 1000, 1),
        "unit": "ms CPU",
        "rival": round(rival[SMALL]["cpu"] * 1000, 1),
        "ratio": round(rival[SMALL]["cpu"] / mine[SMALL]["cpu"], 1),
        "goal": "<= 6 ms at 2,000 rows; <= 150 ms at 200,000; <= 4 s and <= 1 GB at 2,000,000",
        "ok": within and mine[GIANT]["bytes"] <= GOAL_BYTES,
        "ms_200k": round(mine[LARGE]["cpu"] * 1000, 1),
        "rival_ms_200k": round(rival[LARGE]["cpu"] * 1000, 1),
        "seconds_2m": round(mine[GIANT]["cpu"], 2),
        "bytes_2m": mine[GIANT]["bytes"],
    }


def main(action: str = "contest", folder: str = "", count: str = "") -> None:
    """Print the row of the bench; or make the files, or be one contestant over one of them."""
    where = Path(folder)
    if action == "make":
        make(where)
        report({"made": len(GOALS)})
        return
    if action == "contest":
        report(contest())
        return
    content = (where / f"{count}.zip").read_bytes()
    run = partial(ours, content) if action == "ours" else partial(theirs, where / "x.dbf", content)
    for _ in range(WARM_UP if int(count) == SMALL else 0):
        run()
    report(measured(run))


if __name__ == "__main__":
    main(*sys.argv[1:])
