"""Each row beside the elements that take it: what the export of all rows says agrees with the comparison."""

from reconciliation.matching.classify import Case
from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.taken import OUTSIDE, elements_taking
from tests.oracle.rows import lines_of
from tests.unit.reconciliation.workbook.contents import SATKER, content, row

CASE = Case(2026, 9, SATKER)
ROWS = [
    row(1),
    row(2, KDMAKMAP="815111", PERKSAI="111611"),
    row(3, KDTRN="0", KDMAKMAP="", PERKSAI="111611", PERKSAI1="111911"),
    row(4, KDTRN="0", KDMAKMAP="", PERKSAI="117111"),
    row(5, KDSATKER="222222"),
    row(6, PERIODE="12", TGLPOST="20261231"),
    row(7, KDTRN="0", KDMAKMAP="", PERKSAI="111611", PERKSAI1="111611"),
]


def test_a_row_stands_with_its_budget_element_and_those_of_its_cash_legs() -> None:
    for siap in (True, False):
        taken = elements_taking(lines_of(ROWS), CASE, siap=siap)
        assert taken.tolist() == ["BLJ", "MUP KASBP", "KASBP KASBLU", OUTSIDE, "", "", "KASBP"]


def test_no_rows_give_none() -> None:
    assert elements_taking(lines_of([]), CASE, siap=True).tolist() == []


def test_every_element_of_the_comparison_has_rows_that_say_so() -> None:
    outcome = content(ROWS, []).outcome
    said = {code for text in elements_taking(lines_of(ROWS), CASE, siap=True) for code in text.split()}
    assert said & {element.code for element in ELEMENTS} == {
        element.code for element in outcome.elements if element.applicable
    }
    assert outcome.outside.siap_rows == 1
