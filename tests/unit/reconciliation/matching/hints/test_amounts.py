"""R6, R3 and R4: both sides have the document, with another amount."""

import pytest

from tests.unit.reconciliation.matching.hints.books import codes, hints, row, words


def test_twins_in_sai_that_are_the_difference_were_recorded_twice() -> None:
    (hint,) = hints([row(70)], [row(70), row(70)])
    assert (hint.code, hint.element, hint.explains, words(hint)) == ("R6", "BLJ", 70, {"n": "D1"})


def test_a_row_recorded_three_times_may_be_once_or_twice_too_often() -> None:
    assert codes([row(70)], [row(70)] * 3) == ["R6"]
    assert codes([row(70), row(70)], [row(70)] * 3) == ["R6"]


def test_two_kinds_of_twins_may_make_the_difference_together() -> None:
    assert codes([row(70), row(5)], [row(70), row(70), row(5), row(5)]) == ["R6"]


def test_rows_that_differ_in_a_column_are_no_twins() -> None:
    assert codes([row(70)], [row(70), row(70, PERIODE="06")]) == []


def test_twins_that_are_not_the_difference_explain_nothing() -> None:
    assert codes([row(71)], [row(70), row(70)]) == []


@pytest.mark.parametrize(
    ("siap", "sai", "a", "b"),
    [(2_100_000, 2_010_000, "10", "01"), (7_540_000, 7_450_000, "54", "45"), (1_023, 3_021, "1023", "3021")],
)
def test_digits_in_another_order_are_named(siap: int, sai: int, a: str, b: str) -> None:
    (hint,) = hints([row(siap)], [row(sai)])
    assert (hint.code, hint.explains) == ("R3", abs(siap - sai))
    assert words(hint) == {"n": f"{abs(siap - sai):,}".replace(",", "."), "a": a, "b": b}


def test_a_difference_divisible_by_nine_with_other_digits_is_no_swap() -> None:
    assert codes([row(100)], [row(91)]) == []


def test_the_same_amount_with_the_other_sign_is_a_turned_sign() -> None:
    (hint,) = hints([row(70)], [row(-70)])
    assert (hint.code, hint.explains) == ("R4", 140)


def test_a_turned_sign_needs_both_sides() -> None:
    assert codes([row(70)], []) == ["R1"]
