"""Seeded pairs of lines arrays for measuring the matcher: most documents agree, some do not."""

import sys
from pathlib import Path

import numpy as np
import polars as pl

from reconciliation.matching.lines import LINES_DTYPE, Lines
from tests.bench.measure import KEY, SATKER, report

_ACCOUNTS = [
    b"511111",
    b"511119",
    b"521111",
    b"521211",
    b"522111",
    b"523121",
    b"524111",
    b"532111",
    b"533111",
]
_ACTIVITIES = [b"1045", b"1046", b"1047", b"1048"]
_OUTPUTS = [b"001", b"951", b"994"]


def pair(count: int, seed: int = 1) -> tuple[Lines, Lines]:
    """SiAP and SAI of `count` rows each, in different orders; about 1 % of SAI differs or is missing."""
    chance = np.random.default_rng(seed)
    siap = np.zeros(count, dtype=LINES_DTYPE)
    for name, text in {
        "kdsatker": SATKER.encode(),
        "kdbaes1": b"01504",
        "kdkppn": b"116",
        "kddekon": b"KD",
        "kdwilayah": b"1203",
        "kdprogram": b"0811",
        "kdsdcp": b"010",
        "register": b"00000000",
        "kdtrn": b"3",
        "kdkem": b"0",
        "perk": b"115612",
        "kddk": b"D",
        "jnsdok": b"301",
        "periode": b"01",
    }.items():
        siap[name] = text
    siap["kdmakmap"] = chance.choice(_ACCOUNTS, count)
    siap["kdgiat"] = chance.choice(_ACTIVITIES, count)
    siap["kdoutput"] = chance.choice(_OUTPUTS, count)
    # Documents of one to three rows, numbered as SP2D are.
    numbers = np.arange(count) * 2 // 3
    siap["nodok"] = np.char.add(b"2611613010", np.char.zfill(numbers.astype("S9"), 9))
    dates = (20260100 + numbers % 9 * 100 + 1 + numbers % 28).astype("S8")
    siap["tgldok"], siap["tglpost"] = dates, dates
    siap["rphreal"] = chance.integers(1_000, 10**9, count)
    sai = siap[chance.permutation(count)]
    changed = chance.choice(count, max(count // 100, 1), replace=False)
    sai["rphreal"][changed[::2]] += 70_000
    sai["nodok"][changed[1::2]] = b"LAIN"
    return siap, sai


def write(folder: Path, count: int) -> None:
    """The rows as each contestant reads them: lines arrays, and key columns as text in Parquet."""
    for name, lines in zip(("siap", "sai"), pair(count), strict=True):
        np.save(folder / f"{name}.npy", lines)
        texts = {column: lines[column].astype(str) for column in KEY}
        pl.DataFrame(texts | {"rphreal": lines["rphreal"]}).write_parquet(folder / f"{name}.parquet")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
    report({})
