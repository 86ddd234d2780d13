"""Parsing of columns is exact, vectorised and total."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adk.formats.columns import (
    debit_credit,
    exact_sum,
    foreign_characters,
    is_one_of,
    trimmed,
    unreal_dates,
    upper,
    whole_numbers,
)


def column(*values: bytes, width: int = 20) -> np.ndarray:
    return np.array([value.ljust(width) for value in values], dtype=f"S{width}")


@pytest.mark.parametrize("number", [0, 1, -1, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63)])
def test_amount_keeps_every_digit(number: int) -> None:
    for form in (str(number).encode().rjust(20), str(number).encode().ljust(20)):
        amounts, bad = whole_numbers(np.array([form], dtype="S20"))
        assert (int(amounts[0]), bool(bad[0])) == (number, False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"-",
        b"--1",
        b"1-",
        b"1 2",
        b"- 1",
        b"+1",
        b"1.0",
        b"1,0",
        b"1e3",
        b"9223372036854775808",
        b"0" * 20,
        b"\x001",
    ],
)
def test_what_is_no_whole_number_is_bad(raw: bytes) -> None:
    amounts, bad = whole_numbers(column(raw, b"7"))
    assert bad.tolist() == [True, False]
    assert amounts.tolist() == [0, 7]


@given(st.lists(st.binary(min_size=0, max_size=6), min_size=1, max_size=8))
def test_amounts_agree_with_the_slow_rule(values: list[bytes]) -> None:
    raw = column(*values, width=6)
    amounts, bad = whole_numbers(raw)
    for value, amount, wrong in zip(values, amounts.tolist(), bad.tolist(), strict=True):
        text = value.ljust(6).strip(b" ")
        good = text.removeprefix(b"-").isdigit()
        assert wrong is not good
        assert amount == (int(text) if good else 0)


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=30))
def test_sums_never_wrap(numbers: list[int]) -> None:
    amounts = np.array(numbers, dtype=np.int64)
    assert exact_sum(amounts) == sum(numbers)
    assert debit_credit(amounts) == (sum(n for n in numbers if n > 0), -sum(n for n in numbers if n < 0))


@given(st.lists(st.binary(max_size=5).map(lambda raw: raw.replace(b"\0", b" ")), min_size=1, max_size=6))
def test_trimming_takes_blanks_off_both_ends(values: list[bytes]) -> None:
    assert trimmed(column(*values, width=5)).tolist() == [value.strip(b" ") for value in values]


@given(st.lists(st.integers(0, 99_999_999).map(lambda n: f"{n:08d}"), min_size=1, max_size=6))
def test_only_days_of_the_calendar_are_real(values: list[str]) -> None:
    def unreal(text: str) -> bool:
        try:
            datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            return True
        return False

    assert unreal_dates(np.array(values, dtype="S8")).tolist() == [unreal(value) for value in values]


def test_leap_days_follow_the_gregorian_rule() -> None:
    days = np.array(
        [b"20240229", b"19000229", b"20000229", b"20230229", b"", b"2024-2-9", b"20240"], dtype="S8"
    )
    assert unreal_dates(days).tolist() == [False, True, False, True, False, True, True]


def test_capitals_follow_cp1252() -> None:
    raw = "sp2d é š ÿ ß µ".encode("cp1252")
    assert upper(np.array([raw], dtype="S20"))[0] == "SP2D É Š Ÿ ß µ".encode("cp1252")


@pytest.mark.parametrize("byte", [*range(0x20), 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_foreign_byte_is_found(byte: int) -> None:
    assert foreign_characters(np.array([b"a" + bytes([byte]) + b"b", b"abc"], dtype="S3")).tolist() == [
        True,
        False,
    ]


def test_long_text_is_looked_up_like_short() -> None:
    assert is_one_of(np.array([b"1234567890", b"x"], dtype="S10"), [b"1234567890"]).tolist() == [True, False]
    assert is_one_of(np.array([b"12", b"1"], dtype="S2"), [b"12", b"123456789"]).tolist() == [True, False]
