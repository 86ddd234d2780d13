"""A column that holds one value in all rows takes no room, and every question about it is answered as if it did."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adk.formats import columns, tables
from adk.formats.dbf import read_table
from adk.formats.dbfwriting import write_table
from adk.formats.findings import Findings
from adk.formats.layout import Field
from adk.formats.tables import Table

LAYOUT = (Field("SAMA", "C", 6), Field("LAMBAT", "C", 4), Field("BEDA", "C", 3), Field("KOSONG", "C", 8))
ROWS, BLOCK = 100, 16
QUESTIONS = {
    "trimmed": columns.trimmed,
    "upper": columns.upper,
    "lengths": columns.lengths,
    "digits_only": lambda column: columns.digits_only(column, 3),
    "differing": lambda column: columns.differing(column, b"123"),
    "is_one_of": lambda column: columns.is_one_of(column, [b"123", b"", b"A"]),
    "rows_where": lambda column: columns.rows_where(column, lambda values: values == b"123"),
    "unreal_dates": columns.unreal_dates,
    "foreign_characters": columns.foreign_characters,
    "as_words": lambda column: np.stack(columns.as_words(column)),
    "whole_numbers": lambda column: np.stack(columns.whole_numbers(column)),
}


def table(late: int, *, deleted: frozenset[int] = frozenset()) -> Table:
    """A hundred rows: SAMA never changes, LAMBAT does at row `late`, BEDA always."""
    rows = [
        {"SAMA": "521111", "LAMBAT": "baru" if number >= late else "lama", "BEDA": f"{number:03d}"}
        | ({"*deleted": True, "SAMA": "x"} if number in deleted else {})
        for number in range(ROWS)
    ]
    found = read_table(
        "T.DBF", bytearray(write_table(LAYOUT, rows)), LAYOUT, tuple(one.name for one in LAYOUT), Findings()
    )
    assert found is not None
    return found


@pytest.mark.parametrize("late", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, ROWS - 1, ROWS])
@pytest.mark.parametrize("deleted", [frozenset(), frozenset({0, 20, 99}), frozenset(range(16, 48))])
def test_loaded_columns_are_the_file_s(
    late: int, deleted: frozenset[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BLOCK", BLOCK)
    plain, loaded = table(late, deleted=deleted), table(late, deleted=deleted)
    loaded.load(one.name for one in LAYOUT)
    for one in LAYOUT:
        expected, found = plain.raw_column(one.name), loaded.raw_column(one.name)
        assert found.dtype == expected.dtype
        assert found.tolist() == expected.tolist()
        assert columns.is_uniform(found) is (len(set(expected.tolist())) == 1)


def test_rows_are_plain_or_not_whichever_block_holds_the_odd_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", BLOCK)
    for odd in (None, 0, 15, 16, 50, 98, 99):
        rows = [{"BEDA": b"\xe9" if number == odd else "a"} for number in range(ROWS)]
        content = bytearray(write_table(LAYOUT, rows))
        for loads in (False, True):
            found = read_table("T.DBF", content, LAYOUT, ("BEDA",), Findings())
            assert found is not None
            if loads:
                found.load(["BEDA"])
            assert found.is_plain() is (odd is None)


@pytest.mark.parametrize("question", QUESTIONS)
@given(value=st.binary(max_size=8) | st.sampled_from([b"123", b" 123 ", b"20260131", b"20260231", b"a", b""]))
def test_uniform_column_is_answered_like_its_rows(question: str, value: bytes) -> None:
    width = 8 if question == "unreal_dates" else max(len(value), 1)
    short = np.array([value.ljust(width)], dtype=f"S{width}")
    uniform = np.broadcast_to(short, 5)
    ask = QUESTIONS[question]
    assert columns.is_uniform(uniform)
    assert np.array_equal(ask(uniform), ask(np.array(uniform)))
