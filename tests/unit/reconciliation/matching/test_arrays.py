import io
from typing import Any

import numpy as np
import pytest

from reconciliation.matching.arrays import array_parts, read_array
from reconciliation.matching.lines import LINES_DTYPE, OPENING_DTYPE, empty_opening, pack, unpack
from reconciliation.matching.outcome import COA_DTYPE, DETAIL_DTYPE


@pytest.mark.parametrize("count", [0, 1, 7, 99_999])
@pytest.mark.parametrize("dtype", [LINES_DTYPE, OPENING_DTYPE, COA_DTYPE, DETAIL_DTYPE])
def test_the_bytes_are_numpys_own(dtype: "np.dtype[Any]", count: int) -> None:
    array = np.zeros(count, dtype)
    ours, numpys = io.BytesIO(b"".join(array_parts(array, dtype))), io.BytesIO()
    np.lib.format.write_array(numpys, array, allow_pickle=False)  # type: ignore[no-untyped-call]
    assert ours.getvalue() == numpys.getvalue()
    assert np.lib.format.read_array(ours, allow_pickle=False).dtype == dtype  # type: ignore[no-untyped-call]


def test_arrays_are_read_one_after_another() -> None:
    lines, opening = np.zeros(3, LINES_DTYPE), np.zeros(2, OPENING_DTYPE)
    lines["nodok"], opening["saldo"] = b"A", [1, -1]
    read, again = unpack(pack(lines, opening))
    assert (read == lines).all()
    assert (again == opening).all()
    strided = np.zeros(6, LINES_DTYPE)[::2]
    assert unpack(pack(strided, empty_opening()))[0].size == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"junk", b"\x93NUMPY\x01\x00\xff\xff", b"\x93NUMPY\x01\x00\x76\x00{'shape': (9" + b"9" * 90],
)
def test_what_is_no_array_of_this_type_is_told(content: bytes) -> None:
    assert read_array(io.BytesIO(content), LINES_DTYPE) is None
    with pytest.raises(ValueError, match="lines file"):
        unpack(content)


def test_an_array_of_another_type_or_cut_short_is_told() -> None:
    packed = pack(np.zeros(5, LINES_DTYPE), empty_opening())
    assert read_array(io.BytesIO(packed), OPENING_DTYPE) is None
    for end in (20, 200, len(packed) - 150):
        assert read_array(io.BytesIO(packed[:end]), LINES_DTYPE) is None
