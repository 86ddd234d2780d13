"""Which hint each differing Detail line gets: the first of the table that fits, at most one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from reconciliation.matching.classify import Case
from reconciliation.matching.hints.amounts import digits_swapped, sign_turned, twice_in_sai
from reconciliation.matching.hints.evidence import Scene, scenes
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.hints.missing import (
    deposit_unrecorded,
    payment_unrecorded,
    revision_unrecorded,
    through_another_kppn,
    unknown_to_treasury,
)
from reconciliation.matching.hints.segments import other_eselon, other_segment
from reconciliation.matching.hints.splitting import split_or_joined
from reconciliation.matching.hints.table import Chosen
from reconciliation.matching.hints.timing import corrected, posted_later, void_in_another_month
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import Outcome
from reconciliation.matching.pausing import uncollected

Finder = Callable[[Scene, Chosen], Iterator[Hint]]

# Specific before general: the order decides.
HINTS: tuple[Finder, ...] = (
    twice_in_sai,  # R6
    digits_swapped,  # R3
    sign_turned,  # R4
    other_segment,  # R5
    other_eselon,  # R8
    split_or_joined,  # R13
    void_in_another_month,  # R9
    posted_later,  # R12
    through_another_kppn,  # R10
    revision_unrecorded,  # R11
    deposit_unrecorded,  # R7
    payment_unrecorded,  # R1
    unknown_to_treasury,  # R2
)


def with_hints(outcome: Outcome, siap: Lines, sai: Lines, ahead: Lines, *, case: Case, kppn: str) -> Outcome:
    """The outcome with a likely cause on its differing Detail lines; no figure of it changes.

    `siap`, `sai` and `case` are what was compared; `ahead` may hold SiAP rows posted in the month after, any
    others in it are left out. `kppn` is the satker's own. Returns the outcome itself when no document differs.
    """
    if not differs(outcome):
        return outcome
    with uncollected():
        found = {
            scene.element.code: hints_of(scene) for scene in scenes(outcome, (siap, sai, ahead), case, kppn)
        }
    elements = tuple(
        replace(element, hints=found[element.code]) if element.code in found else element
        for element in outcome.elements
    )
    return replace(outcome, elements=elements)


def differs(outcome: Outcome) -> bool:
    """Whether a document of any element differs."""
    return any(element.detail_counts.different for element in outcome.elements)


def hints_of(scene: Scene) -> tuple[Hint, ...]:
    """The hints of one element, ordered by Detail line; corrections are tried with R12 before all others."""
    found: dict[int, Hint] = {}
    at = scene.table.at
    left = np.ones(at.size, dtype=np.bool_)
    for finder in (_of_corrections, *HINTS):
        new: dict[int, Hint] = {}
        for hint in finder(scene, Chosen(scene.table, np.flatnonzero(left))):
            new.setdefault(hint.position, hint)
        if new:
            found.update(new)
            left[np.searchsorted(at, np.fromiter(new, dtype=at.dtype, count=len(new)))] = False
    return tuple(found[position] for position in sorted(found))


def _of_corrections(scene: Scene, lines: Chosen) -> Iterator[Hint]:
    return posted_later(scene, lines.where(corrected(lines)))
