"""Rows are ordered as sorting their whole bytes orders them, however few or many places tell them apart."""

import hashlib

import numpy as np
import pytest

from reconciliation.matching.lines import LINES_DTYPE, rows_hash
from reconciliation.matching.ordering import BLOCK, byte_order


@pytest.mark.parametrize("count", [0, 1, 2, 15, 17, 300, BLOCK + 5])
@pytest.mark.parametrize(("places", "letters"), [(0, 2), (1, 2), (3, 2), (11, 3), (24, 256), (24, 2)])
def test_the_order_is_that_of_the_bytes(count: int, places: int, letters: int) -> None:
    chance = np.random.default_rng(count + places + letters)
    matrix = np.full((count, 24), 7, dtype=np.uint8)
    where = chance.permutation(24)[:places]
    matrix[:, where] = chance.integers(0, letters, (count, places))
    ordered = matrix[byte_order(matrix)]
    assert [bytes(row) for row in ordered] == sorted(bytes(row) for row in matrix)


def test_the_hash_of_rows_is_that_of_their_sorted_bytes() -> None:
    chance = np.random.default_rng(7)
    rows = np.zeros(5_000, dtype=LINES_DTYPE)
    rows["nodok"] = chance.integers(0, 3_000, rows.size).astype("S40")
    rows["rphreal"] = chance.integers(-5, 5, rows.size)
    every = sorted(row.tobytes() for row in rows)
    assert rows_hash(rows) == hashlib.sha256(b"".join(every)).hexdigest()
