"""Hints about a document that one side does not have: R10, R11, R7, R1, R2."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reconciliation.matching.hints.hint import Hint
from tests.oracle.hints.evidence import DEPOSIT, SP2D_OR_CUT, DetailLine, Scene
from tests.oracle.hints.making import hint_of


def through_another_kppn(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R10: no deposit, and a SiAP row of the satker went through a KPPN other than its own."""
    for line in lines:
        if line.of_kind(DEPOSIT):
            continue
        rows = (row for row in line.siap_rows if row.satker == scene.satker)
        others = {row.kppn for row in rows} - {scene.kppn, b""}
        if others:
            yield hint_of(scene, line, "R10", {"n": line.number, "kppn": _joined(others)})


def revision_unrecorded(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R11: a document of the DIPA that one side only has; leading where it is all that is missing."""
    if not scene.budget_allotted:
        return
    by_document: dict[object, list[DetailLine]] = defaultdict(list)
    for line in lines:
        if line.only_siap or line.only_sai:
            by_document[line.document].append(line)
    for same in by_document.values():
        whole = all(scene.coa_gaps.get(line.coa) == line.gap for line in same)
        for line in same:
            revision = _revision(line)
            variant = ("SiAP" if line.only_siap else "SAI") + (" ke" if revision else "")
            yield hint_of(
                scene, line, "R11", {"n": line.number, "ke": revision}, variant=variant, leading=whole
            )


def _revision(line: DetailLine) -> str:
    """The latest revision among its rows (10 comes after 9); blank where no row gives a number."""
    given = (row.revision for row in (*line.siap_rows, *line.sai_rows))
    numbers = [int(revision) for revision in given if revision.isdigit()]
    return str(max(numbers)) if numbers else ""


def _joined(codes: set[bytes]) -> str:
    return ", ".join(code.decode("cp1252") for code in sorted(codes))


def deposit_unrecorded(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R7: a deposit in SiAP only; names the KPPN it came through where a row says so."""
    for line in lines:
        if line.only_siap and line.of_kind(DEPOSIT):
            kppn = _joined({row.kppn for row in line.siap_rows} - {b""})
            variant = "" if kppn else "tanpa KPPN"
            yield hint_of(scene, line, "R7", {"n": line.number, "kppn": kppn}, variant=variant)


def payment_unrecorded(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R1: an SP2D or a cut in SiAP only."""
    for line in lines:
        if line.only_siap and line.of_kind(*SP2D_OR_CUT) and not scene.budget_allotted:
            yield hint_of(scene, line, "R1", {"n": line.number})


def unknown_to_treasury(scene: Scene, lines: Sequence[DetailLine]) -> Iterator[Hint]:
    """R2: a document in SAI only."""
    for line in lines:
        if line.only_sai:
            yield hint_of(scene, line, "R2", {"n": line.number})
