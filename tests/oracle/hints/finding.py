"""Which hint each differing Detail line gets: the first of the table that fits, at most one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reconciliation.matching.classify import Case
from reconciliation.matching.hints.hint import Hint
from reconciliation.matching.lines import Lines
from reconciliation.matching.outcome import Outcome
from tests.oracle.hints.amounts import digits_swapped, sign_turned, twice_in_sai
from tests.oracle.hints.evidence import DetailLine, Scene, scenes
from tests.oracle.hints.missing import (
    deposit_unrecorded,
    payment_unrecorded,
    revision_unrecorded,
    through_another_kppn,
    unknown_to_treasury,
)
from tests.oracle.hints.segments import other_eselon, other_segment
from tests.oracle.hints.splitting import split_or_joined
from tests.oracle.hints.timing import posted_later, void_in_another_month

Finder = Callable[[Scene, Sequence[DetailLine]], Iterator[Hint]]

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
    found = {scene.element.code: hints_of(scene) for scene in scenes(outcome, (siap, sai, ahead), case, kppn)}
    elements = tuple(
        replace(element, hints=found.get(element.code, element.hints)) for element in outcome.elements
    )
    return replace(outcome, elements=elements)


def differs(outcome: Outcome) -> bool:
    """Whether a document of any element differs."""
    return any(element.detail_counts.different for element in outcome.elements)


def hints_of(scene: Scene) -> tuple[Hint, ...]:
    """The hints of one element, ordered by Detail line; corrections are tried with R12 before all others."""
    found: dict[int, Hint] = {}
    for finder in (_of_corrections, *HINTS):
        left = [line for line in scene.lines if line.position not in found]
        for hint in finder(scene, left):
            found.setdefault(hint.position, hint)
    return tuple(found[position] for position in sorted(found))


def _of_corrections(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    return posted_later(scene, [line for line in lines if line.corrected])
