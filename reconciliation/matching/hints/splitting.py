"""The hint about one document of one side that is several of the other: R13."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

import numpy as np

from reconciliation.matching.columns import Rows
from reconciliation.matching.grouping import boundaries
from reconciliation.matching.hints.evidence import Scene
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.making import hint_of
from reconciliation.matching.hints.table import Chosen, Table

Parts = tuple[int, ...]
Gaps = dict[int, int]  # number of a line: SiAP - SAI

MOST_PARTS = 5
# Sums tried per CoA line and side; larger subsets than it allows are not looked for.
MOST_SUMS = 150_000
# Sums tried per element: a file that is wrong everywhere must not hold the matcher.
MOST_SUMS_OF_ELEMENT = 1_000_000
_LEAST = 3  # lines of a solution
_FEW = 300  # sums that are tried one by one


def split_or_joined(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    """R13: two to five documents of one side add up to one of the other, in one way only."""
    table = lines.table
    only = lines.where(table.only_siap | table.only_sai).where(table.siap != table.sai).numbers
    budget = MOST_SUMS_OF_ELEMENT
    for same in sorted(_groups(table, only), key=len):
        pairs = zip(table.siap[same].tolist(), table.sai[same].tolist(), strict=True)
        gaps = {line: siap - sai for line, (siap, sai) in zip(same.tolist(), pairs, strict=True)}
        sides = same[table.only_siap[same]].tolist(), same[table.only_sai[same]].tolist()
        used: Counter[int] = Counter()
        found: list[tuple[int, Parts]] = []
        for wholes, parts in (sides, sides[::-1]):
            most, sums = _affordable(len(parts), min(budget, MOST_SUMS))
            budget -= sums
            found += _solutions(gaps, wholes, parts, most, used)
        yield from _hints(scene, found, used)


def _groups(table: Table, only: Rows) -> Iterator[Rows]:
    """The lines of each CoA line that has enough of them, of both sides; lines of one CoA line stand together."""
    if not only.size:
        return
    starts = np.flatnonzero(boundaries(table.detail["coa"][only]))
    ends = np.append(starts[1:], only.size)
    mine = np.add.reduceat(table.only_siap[only].astype(np.int64), starts)
    sizes = ends - starts
    for at in np.flatnonzero((sizes >= _LEAST) & (mine > 0) & (mine < sizes)).tolist():
        yield only[starts[at] : ends[at]]


def _affordable(count: int, sums: int) -> tuple[int, int]:
    """How many parts a solution may have, and what looking for them costs at most."""
    most, spent = 1, 0
    for size in range(2, min(count, MOST_PARTS) + 1):
        if spent + comb(count, size) > sums:
            break
        most, spent = size, spent + comb(count, size)
    return most, spent


def _solutions(
    gaps: Gaps, wholes: Sequence[int], parts: Sequence[int], most: int, used: "Counter[int]"
) -> list[tuple[int, Parts]]:
    """Every whole with a set of two to `most` parts that adds up to it and that no other whole may claim.

    Counts in `used` in how many solutions a line stands, those included that several wholes may claim.
    """
    by_amount: dict[int, list[int]] = defaultdict(list)
    for whole in wholes:
        by_amount[-gaps[whole]].append(whole)
    found, claims = [], Counter[int]()
    for size in range(2, most + 1):
        for chosen in _sets(gaps, parts, size, by_amount):
            amount = sum(gaps[part] for part in chosen)
            claimed = by_amount.get(amount, ())
            claims[amount] += 1
            for part in chosen:
                used[part] += len(claimed)
            if len(claimed) == 1:
                found.append((claimed[0], chosen))
    for amount, times in claims.items():
        for whole in by_amount.get(amount, ()):
            used[whole] += times
    return found


def _sets(gaps: Gaps, parts: Sequence[int], size: int, wanted: dict[int, list[int]]) -> Iterator[Parts]:
    """The sets of so many parts whose sum may be wanted."""
    if comb(len(parts), size) <= _FEW:
        yield from (one for one in combinations(parts, size) if sum(gaps[part] for part in one) in wanted)
        return
    amounts = np.array([gaps[part] for part in parts])
    chosen, sums = np.arange(amounts.size)[:, None], amounts
    for _ in range(size - 1):
        # Each set is followed by every later part. A sum beyond 64 bits only lets a set through or not: no line
        # of a side, whose amounts add up within 64 bits, makes one.
        room = amounts.size - 1 - chosen[:, -1]
        before = np.repeat(np.arange(room.size), room)
        behind = np.arange(before.size) - np.repeat(np.cumsum(room) - room, room)
        added = chosen[before, -1] + 1 + behind
        chosen, sums = np.column_stack([chosen[before], added]), sums[before] + amounts[added]
    hit = np.isin(sums, np.array(list(wanted)))
    yield from map(tuple, np.asarray(parts)[chosen[hit]].tolist())


def _hints(scene: Scene, found: list[tuple[int, Parts]], used: "Counter[int]") -> Iterator[Hint]:
    """Hints for the solutions that share no document with another one."""
    for numbers in ((whole, *parts) for whole, parts in found):
        if any(used[number] > 1 for number in numbers):
            continue
        whole, *parts = every = scene.table.lines(np.array(numbers))
        words = {"whole": whole.number, "parts": ", ".join(sorted(part.number for part in parts))}
        for line in every:
            others = tuple(sorted(other.position for other in every if other is not line))
            variant = "dipecah" if whole.only_siap else "digabung"
            yield hint_of(scene, line, "R13", words, variant=variant, others=others)
