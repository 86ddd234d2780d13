"""The comparison by datacompy on Polars, in a process of its own: `python -m tests.bench.rivals folder`."""

import sys
from pathlib import Path

import datacompy
import polars as pl

from tests.bench.measure import KEY, measured, report


def rival(siap: pl.DataFrame, sai: pl.DataFrame) -> list[int]:
    """The same figures as the typical build finds them: sum per key, then datacompy's outer join."""
    sums = [side.group_by(KEY).agg(pl.col("rphreal").sum()) for side in (siap, sai)]
    found = datacompy.PolarsCompare(*sums, join_columns=list(KEY))
    common = found.intersect_rows
    equal = int(common["rphreal_match"].sum())
    totals = [int(side["rphreal"].sum()) for side in sums]
    return [equal, common.height - equal, found.df1_unq_rows.height, found.df2_unq_rows.height, *totals]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    siap, sai = (pl.read_parquet(folder / f"{side}.parquet") for side in ("siap", "sai"))
    report(measured(lambda: rival(siap, sai)))
