"""The table of elements."""

from reconciliation.matching.elements import ELEMENTS
from reconciliation.matching.engine import compare
from reconciliation.matching.lines import empty_lines, empty_opening
from tests.oracle.reference import CASH, KEY_A, NEGATED, ORDER


def test_elements_stand_in_the_order_of_the_bar() -> None:
    outcome = compare(empty_lines(), empty_lines(), empty_opening(), year=2026, month=9, satker="111111")
    assert tuple(element.code for element in ELEMENTS) == ORDER
    assert tuple(element.code for element in outcome.elements) == ORDER


def test_each_element_has_its_key_and_sign() -> None:
    kinds = {element.code: element.key for element in ELEMENTS}
    assert kinds == {code: "C" if code in CASH else "A" if code in KEY_A else "B" for code in ORDER}
    assert {element.code for element in ELEMENTS if element.sign < 0} == NEGATED
    assert {element.code for element in ELEMENTS if element.cash} == set(CASH)


def test_labels_are_those_of_the_bar() -> None:
    labels = {element.code: element.label for element in ELEMENTS}
    assert labels["EST"] == "Estimasi Pendapatan yang Dialokasikan"
    assert labels["KASHB"] == "Kas Lainnya di K/L dari Hibah"
    assert labels["PNDMPH"] == "Pengesahan Hibah Barang/Jasa/Surat Berharga"
