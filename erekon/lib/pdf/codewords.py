"""The codewords of a QR symbol that holds bytes: the library works bit by bit and divides polynomials one coefficient
at a time, which took longer than everything else in a stamp. Its tables and its drawing of the symbol stay.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, zip_longest

from qrcode import base, util

_MODE_BITS = 4
_MOST_ZEROS = 4  # that end the content, where there is room for them
_FILLING = bytes([util.PAD0, util.PAD1])
_BYTES = 256


def codewords(content: bytes, version: int, level: int) -> list[int]:
    """What stands in the symbol, content and error correction by block; as `qrcode.util.create_data` finds it.

    The content must fit the version at this level.
    """
    blocks = base.rs_blocks(version, level)
    filled = _filled(content, version, sum(block.data_count for block in blocks))
    parts, corrections, start = [], [], 0
    for block in blocks:
        parts.append(filled[start : start + block.data_count])
        corrections.append(_correction(parts[-1], block.total_count - block.data_count))
        start += block.data_count
    return [*_in_turn(parts), *_in_turn(corrections)]


def _filled(content: bytes, version: int, room: int) -> bytes:
    """Mode, length, content, closing zeros and filling: as many bytes as the version has room for."""
    counted = util.length_in_bits(util.MODE_8BIT_BYTE, version)  # type: ignore[arg-type]  # the stub knows no constant
    head = util.MODE_8BIT_BYTE << counted | len(content)
    length = _MODE_BITS + counted + 8 * len(content)
    zeros = min(_MOST_ZEROS, 8 * room - length)
    zeros += -(length + zeros) % 8
    number = (head << 8 * len(content) | int.from_bytes(content)) << zeros
    written = number.to_bytes((length + zeros) // 8)
    return (written + _FILLING * room)[:room]


def _in_turn(parts: Sequence[bytes]) -> list[int]:
    """The first byte of each part, the second of each, and so on; shorter parts drop out."""
    return [byte for byte in chain.from_iterable(zip_longest(*parts)) if byte is not None]


def _correction(part: bytes, count: int) -> bytes:
    """Reed and Solomon's check bytes: the remainder by the generator, a byte at a time."""
    multiples, above = _multiples(count), 8 * (count - 1)
    kept = (1 << above) - 1
    rest = 0
    for byte in part:
        rest = (rest & kept) << 8 ^ multiples[byte ^ rest >> above]
    return rest.to_bytes(count)


@lru_cache(64)
def _multiples(count: int) -> list[int]:
    """The generator of so many check bytes, its leading one left out, times each byte."""
    generator = base.Polynomial([1], 0)
    for power in range(count):
        generator *= base.Polynomial([1, base.gexp(power)], 0)
    logs = [base.glog(each) for each in list(generator)[1:]]
    return [0] + [
        int.from_bytes(bytes(base.gexp(log + base.glog(byte)) for log in logs)) for byte in range(1, _BYTES)
    ]
