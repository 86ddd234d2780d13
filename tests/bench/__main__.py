"""`python -m tests.bench`: every row of the bench beside its rival; the last line is JSON."""

import json
import sys
from functools import partial

from tests.bench import adk, compare, gate, giant, page, sign

MILLION = 1_000_000


def main() -> None:
    """Print the rows as they are ready, then all of them on one line."""
    rows = []
    for row in (
        gate.contest,
        adk.contest,
        sign.contest,
        partial(compare.contest, MILLION),
        giant.contest,
        page.contest,
    ):
        found = row()
        rows.append(found)
        good = "ok" if found["ok"] else "NOT REACHED"
        sys.stdout.write(
            f"{found['name']:<8} {found['value']:>9} {found['unit']:<7} rival {found['rival'] or '-':>9} "
            f"ratio {found['ratio'] or '-':>7}  {found['goal']}: {good}\n"
        )
        sys.stdout.flush()
    sys.stdout.write(json.dumps({"bench": rows}) + "\n")


if __name__ == "__main__":
    main()
