"""The order of the hints, and what they never do."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from reconciliation.matching.classify import Case
from reconciliation.matching.hints.evidence import scenes
from reconciliation.matching.hints.finding import HINTS, with_hints
from reconciliation.matching.outcome import EQUAL, ElementOutcome
from reconciliation.matching.results import pack_outcome, unpack_outcome
from reconciliation.matching.sentences import render
from tests.oracle.rows import lines_of
from tests.oracle.strategies import MONTH, SATKER, YEAR, sides
from tests.unit.reconciliation.matching.hints.books import allotment, codes, hinted, row
from tests.unit.reconciliation.matching.test_laws import Rows, run

some = settings(max_examples=60, deadline=None)


def explained(siap: Rows, sai: Rows, ahead: Rows) -> Any:
    outcome = run(siap, sai)
    case = Case(YEAR, MONTH, SATKER)
    return outcome, with_hints(outcome, lines_of(siap), lines_of(sai), lines_of(ahead), case=case, kppn="116")


def figures(element: ElementOutcome) -> list[Any]:
    own = (getattr(element, one.name) for one in fields(element) if one.name != "hints")
    return [part.tobytes() if isinstance(part, np.ndarray) else part for part in own]


@some
@given(sides(), sides(), sides())
def test_a_differing_line_has_one_hint_at_most_and_no_figure_changes(
    siap: Rows, sai: Rows, ahead: Rows
) -> None:
    before, after = explained(siap, sai, ahead)
    assert [figures(one) for one in after.elements] == [figures(one) for one in before.elements]
    assert (after.verdict, after.outside) == (before.verdict, before.outside)
    for element in after.elements:
        positions = [hint.position for hint in element.hints]
        assert positions == sorted(set(positions))
        for hint in element.hints:
            line = element.detail[hint.position]
            assert line["status"] != EQUAL
            assert hint.explains == abs(int(line["siap"]) - int(line["sai"])) > 0
            assert hint.element == element.code
            assert "kemungkinan" in render(hint)
            for other in hint.others:
                partner = element.hints[positions.index(other)]
                assert partner.code == hint.code
                assert hint.position in partner.others
        assert element.hinted <= element.gap
        assert bool(element.gap) == bool(element.coa_counts.different + element.detail_counts.different)


@some
@given(sides(), sides(), sides())
def test_hints_do_not_depend_on_the_order_of_rows_and_survive_storage(
    siap: Rows, sai: Rows, ahead: Rows
) -> None:
    _, one = explained(siap, sai, ahead)
    _, other = explained(siap[::-1], sai[::-1], ahead[::-1])
    assert [element.hints for element in one.elements] == [element.hints for element in other.elements]
    again = unpack_outcome(pack_outcome(one))
    assert [element.hints for element in again.elements] == [element.hints for element in one.elements]


@some
@given(sides(), sides())
def test_every_row_beneath_a_differing_line_is_found(siap: Rows, sai: Rows) -> None:
    outcome, empty = run(siap, sai), lines_of([])
    books = lines_of(siap), lines_of(sai), empty
    for scene in scenes(outcome, books, Case(YEAR, MONTH, SATKER), "116"):
        for line in scene.lines:
            assert sum(found.amount for found in line.siap_rows) == line.siap
            assert sum(found.amount for found in line.sai_rows) == line.sai


def test_equal_books_are_left_alone() -> None:
    outcome, after = explained([row(70)], [row(70)], [row(5)])
    assert after is outcome


def test_the_table_is_tried_in_the_order_of_the_design() -> None:
    wanted = ["R6", "R3", "R4", "R5", "R8", "R13", "R9", "R12", "R10", "R11", "R7", "R1", "R2"]
    assert [finder.__doc__.split(":")[0] for finder in HINTS if finder.__doc__] == wanted


NEXT = {"TGLPOST": "20261005"}


@pytest.mark.parametrize(
    ("siap", "sai", "ahead", "wanted"),
    [
        # 12 against 12 + 9: no twins, the digits alone.
        ([row(12)], [row(12), row(9)], [], ["R3"]),
        ([row(9, KDKPPN="140")], [row(9), row(9)], [], ["R6"]),
        ([row(21, KDKPPN="140")], [row(12)], [], ["R3"]),
        ([row(5, KDKPPN="140")], [row(-5)], [], ["R4"]),
        ([row(5, KDKPPN="140")], [row(5, KDGIAT="1046")], [], ["R5", "R5"]),
        ([row(5, KDKPPN="140")], [row(5, KDBAES1="01508")], [], ["R8", "R8"]),
        ([row(5, "W", KDKPPN="140")], [row(2, "A"), row(3, "B")], [row(2, "A", **NEXT)], ["R13"] * 3),
        ([row(5), row(-5, TGLPOST="20260713", KDKPPN="140")], [row(5)], [row(5, **NEXT)], ["R9"]),
        ([row(5, KDKPPN="140")], [], [row(-5, **NEXT)], ["R12"]),
        ([allotment(5, KDKPPN="140")], [], [], ["R10"]),
        ([], [allotment(5)], [], ["R11"]),
        ([allotment(5, JNSDOK1="305")], [], [], ["R11"]),
    ],
)
def test_an_earlier_hint_of_the_table_wins(siap: Rows, sai: Rows, ahead: Rows, wanted: list[str]) -> None:
    assert codes(siap, sai, ahead) == wanted


def test_what_is_explained_is_counted_against_what_differs() -> None:
    siap = [row(70, "A"), row(9, "X", JNSDOK1="309")]
    element = hinted(siap, [row(30, "B")]).element("BLJ")
    assert (element.hinted, element.gap) == (100, 109)
