"""Which digits differ between two figures, and the printed figure cut there."""

from hypothesis import given
from hypothesis import strategies as st

from erekon.lib.digits import pieces, places_apart
from erekon.lib.rupiah import format_rupiah


def shown(one: int, other: int) -> list[tuple[str, bool]]:
    return [tuple(part) for part in pieces(format_rupiah(one), places_apart(one, other))]


def test_swapped_digits_are_cut_out_of_both_figures():
    assert shown(2_100_000, 2_010_000) == [("2.", False), ("10", True), ("0.000", False)]
    assert shown(2_010_000, 2_100_000) == [("2.", False), ("01", True), ("0.000", False)]


def test_a_dot_between_two_differing_digits_goes_with_them():
    assert shown(1_234_567, 1_243_567)[1] == ("34", True)
    assert shown(1_234_567, 1_235_467)[1] == ("4.5", True)


def test_brackets_stay_outside():
    assert shown(-54_000, -45_000) == [("(", False), ("54", True), (".000)", False)]


def test_figures_of_other_length_have_nothing_in_common_to_compare():
    assert places_apart(100, 1000) == ()
    assert shown(100, 1000) == [("100", False)]


@given(st.integers(-(2**63), 2**63), st.integers(-(2**63), 2**63))
def test_the_pieces_put_together_are_the_printed_figure(one, other):
    assert "".join(text for text, _ in shown(one, other)) == format_rupiah(one)
