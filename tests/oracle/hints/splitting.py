"""The hint about one document of one side that is several of the other: R13."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import comb

from reconciliation.matching.hints.hint import Hint
from tests.oracle.hints.evidence import DetailLine, Scene
from tests.oracle.hints.making import hint_of

Parts = tuple[DetailLine, ...]

MOST_PARTS = 5
# Sums tried per CoA line and side; larger subsets than it allows are not looked for.
MOST_SUMS = 150_000
# Sums tried per element: a file that is wrong everywhere must not hold the matcher.
MOST_SUMS_OF_ELEMENT = 1_000_000


def split_or_joined(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R13: two to five documents of one side add up to one of the other, in one way only."""
    by_coa: dict[int, list[DetailLine]] = defaultdict(list)
    for line in lines:
        if (line.only_siap or line.only_sai) and line.gap:
            by_coa[line.coa].append(line)
    budget = MOST_SUMS_OF_ELEMENT
    for same in sorted(by_coa.values(), key=len):
        sides = [line for line in same if line.only_siap], [line for line in same if line.only_sai]
        found = []
        for wholes, parts in (sides, sides[::-1]):
            most, sums = _affordable(len(parts), min(budget, MOST_SUMS)) if wholes else (0, 0)
            budget -= sums
            found += _solutions(wholes, parts, most)
        yield from _hints(scene, found)


def _affordable(count: int, sums: int) -> tuple[int, int]:
    """How many parts a solution may have, and what looking for them costs at most."""
    most, spent = 1, 0
    for size in range(2, min(count, MOST_PARTS) + 1):
        if spent + comb(count, size) > sums:
            break
        most, spent = size, spent + comb(count, size)
    return most, spent


def _solutions(
    wholes: list[DetailLine], parts: list[DetailLine], most: int
) -> list[tuple[DetailLine, Parts]]:
    """Every whole with every set of two to `most` parts that adds up to it."""
    by_amount: dict[int, list[DetailLine]] = defaultdict(list)
    for whole in wholes:
        by_amount[-whole.gap].append(whole)
    found = []
    stack: list[tuple[int, int, Parts]] = [(0, 0, ())]
    while stack:
        start, total, chosen = stack.pop()
        for at in range(start, len(parts) if len(chosen) < most else start):
            more = (*chosen, parts[at])
            amount = total + parts[at].gap
            stack.append((at + 1, amount, more))
            if len(more) > 1:
                found += [(whole, more) for whole in by_amount.get(amount, ())]
    return found


def _hints(scene: Scene, found: list[tuple[DetailLine, Parts]]) -> Iterator[Hint]:
    """Hints for the solutions that share no document with another one."""
    used = Counter(line.position for whole, parts in found for line in (whole, *parts))
    for whole, parts in found:
        every = (whole, *parts)
        if any(used[line.position] > 1 for line in every):
            continue
        words = {"whole": whole.number, "parts": ", ".join(sorted(part.number for part in parts))}
        for line in every:
            others = tuple(sorted(other.position for other in every if other is not line))
            variant = "dipecah" if whole.only_siap else "digabung"
            yield hint_of(scene, line, "R13", words, variant=variant, others=others)
