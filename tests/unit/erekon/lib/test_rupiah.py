import pytest

from erekon.lib.rupiah import format_rupiah


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (0, "0"),
        (999, "999"),
        (1_234, "1.234"),
        (-70_000, "(70.000)"),
        (-(2**63), "(9.223.372.036.854.775.808)"),
    ],
)
def test_rupiah_have_dot_thousands_and_negatives_in_brackets(amount: int, printed: str) -> None:
    assert format_rupiah(amount) == printed
