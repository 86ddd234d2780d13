"""The codewords of a symbol are the library's own, whatever its version, level and filling."""

import random

import pytest
from qrcode import util
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from erekon.lib.pdf.codewords import codewords

LEVELS = (ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q, ERROR_CORRECT_H)


def most(version: int, level: int) -> int:
    """Bytes that a symbol holds."""
    head = 4 + util.length_in_bits(util.MODE_8BIT_BYTE, version)
    return (util.BIT_LIMIT_TABLE[level][version] - head) // 8


@pytest.mark.parametrize("version", [1, 2, 7, 9, 10, 15, 20, 26, 27, 40])
@pytest.mark.parametrize("level", LEVELS)
def test_they_are_what_the_library_finds(version: int, level: int) -> None:
    room = most(version, level)
    for size in {0, 1, room // 2, room - 1, room}:
        content = random.Random(version * size).randbytes(size)
        data = util.QRData(content, mode=util.MODE_8BIT_BYTE)
        assert codewords(content, version, level) == util.create_data(version, level, [data])
