"""Arrays in NumPy's own format, with its header worked out once per shape: two dozen headers stand in an outcome, and
reading one as NumPy does, as Python source, takes longer than reading its lines.
"""

import io
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

_DIGITS = 19  # of a number that an array can count to
Array = npt.NDArray[Any]


def array_parts(array: Array, dtype: "np.dtype[Any]") -> tuple[bytes, Any]:
    """Header and lines of an array of this type, to be joined: byte for byte what `numpy.lib.format.write_array` writes."""
    lines = np.ascontiguousarray(array, dtype=dtype)
    return _header(dtype, array.size), lines.view(np.uint8).data if lines.size else b""


def read_array(buffer: io.BytesIO, dtype: "np.dtype[Any]") -> Array | None:
    """The array that comes next, read-only; None when it has another type or ends too early."""
    content, start = buffer.getvalue(), buffer.tell()  # the bytes that were given, not a copy
    end = 10 + int.from_bytes(content[start + 8 : start + 10], "little")
    header = content[start : start + end]
    count = _count(header)
    if header != _header(dtype, count):
        return None
    start += end
    if len(content) - start < count * dtype.itemsize:
        return None
    buffer.seek(start + count * dtype.itemsize)
    return np.frombuffer(content, dtype, count, start)


@lru_cache(4096)
def _header(dtype: "np.dtype[Any]", count: int) -> bytes:
    """Everything before the lines of a flat array of so many."""
    out = io.BytesIO()
    form: Any = np.lib.format
    described = {"descr": form.dtype_to_descr(dtype), "fortran_order": False, "shape": (count,)}
    form.write_array_header_1_0(out, described)
    return out.getvalue()


def _count(header: bytes) -> int:
    """The number in the shape; 0 where there is none."""
    digits = header.rpartition(b"'shape': (")[2].partition(b",")[0]
    return int(digits) if digits.isdigit() and len(digits) < _DIGITS else 0
