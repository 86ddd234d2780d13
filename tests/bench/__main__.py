"""`python -m tests.bench`: every row of the bench beside its rival; the last line is JSON.

Goals in CPU time are those of one machine. `adk` comes first: how long its rival takes here tells the pace of this
machine, and the other rows are held to their goals at that pace.
"""

import json
import sys
from functools import partial
from itertools import chain

from tests.bench import adk, compare, gate, giant, page, sign

MILLION = 1_000_000


def main() -> None:
    """Print the rows as they are ready, then all of them on one line."""
    rows = []
    first = adk.contest()
    others = (
        gate.contest,
        sign.contest,
        partial(compare.contest, MILLION),
        giant.contest,
        page.contest,
    )
    for found in chain([first], (row(pace=first["pace"]) for row in others)):
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
