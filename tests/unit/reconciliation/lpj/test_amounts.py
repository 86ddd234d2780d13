"""Amounts as people type them."""

import pytest

from reconciliation.lpj.amounts import BadAmount, Fault, check_amount, read_amount
from reconciliation.lpj.sentences import FAULTS


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", None),
        ("   ", None),
        ("\u00a0", None),
        ("0", 0),
        ("5000", 5000),
        ("1.250.000", 1_250_000),
        ("Rp 5.000", 5000),
        ("Rp5.000", 5000),
        ("rp. 5.000", 5000),
        (" 1 250 000 ", 1_250_000),
        ("000", 0),
        ("-0", 0),
        ("999.999.999.999.999", 999_999_999_999_999),
        ("00000000000000000005", 5),
    ],
)
def test_readable_amount_is_read(text: str, amount: int | None) -> None:
    assert read_amount(text, signed=False) == amount


@pytest.mark.parametrize("text", ["-500", "\u2212500", "(500)", "Rp -500", "-Rp 500", "(Rp 500)"])
def test_negative_amount_is_read_where_the_row_allows_it_and_refused_elsewhere(text: str) -> None:
    assert read_amount(text, signed=True) == -500
    with pytest.raises(BadAmount) as refused:
        read_amount(text, signed=False)
    assert refused.value.fault is Fault.NEGATIF


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("lima ribu", Fault.BUKAN_ANGKA),
        ("12a", Fault.BUKAN_ANGKA),
        ("1e5", Fault.BUKAN_ANGKA),
        ("--5", Fault.BUKAN_ANGKA),
        ("Rp", Fault.BUKAN_ANGKA),
        ("-", Fault.BUKAN_ANGKA),
        (".", Fault.BUKAN_ANGKA),
        ("()", Fault.BUKAN_ANGKA),
        ("=1+1", Fault.BUKAN_ANGKA),
        ("\u0661\u0662", Fault.BUKAN_ANGKA),
        ("\u00b2", Fault.BUKAN_ANGKA),
        ("5\x00", Fault.BUKAN_ANGKA),
        ("5.000,00", Fault.PECAHAN),
        ("1,250,000", Fault.PECAHAN),
        ("0,5", Fault.PECAHAN),
        ("5000.50", Fault.TITIK),
        ("1.25", Fault.TITIK),
        ("12.5000", Fault.TITIK),
        (".500", Fault.TITIK),
        ("12345678901234567890", Fault.TERLALU_BESAR),
        ("1.000.000.000.000.000", Fault.TERLALU_BESAR),
        ("9" * 5000, Fault.TERLALU_BESAR),
        ("x" * 5000, Fault.BUKAN_ANGKA),
    ],
)
def test_unreadable_amount_says_why(text: str, fault: Fault) -> None:
    for signed in (True, False):
        with pytest.raises(BadAmount) as refused:
            read_amount(text, signed=signed)
        assert refused.value.fault is fault


def test_number_is_held_to_the_same_limits() -> None:
    assert check_amount(10**15 - 1, signed=False) == 10**15 - 1
    assert check_amount(-5, signed=True) == -5
    for amount, fault in (
        (10**15, Fault.TERLALU_BESAR),
        (-(10**40), Fault.TERLALU_BESAR),
        (-5, Fault.NEGATIF),
    ):
        with pytest.raises(BadAmount) as refused:
            check_amount(amount, signed=False)
        assert refused.value.fault is fault


def test_every_fault_has_its_sentence() -> None:
    assert set(FAULTS) == set(Fault)
