"""Unpacking agrees with zlib stream by stream, whole ones and spoilt ones, and never goes beyond what was announced."""

import zlib
from collections import Counter
from random import Random

import pytest

from adk.formats import inflating
from adk.formats.inflating import OtherBytesError, inflated

STREAMS, SPOILT = 150, 40
# zlib refuses a code that names fewer symbols than it could, even where the stream never uses the others.
UNUSED = ("invalid distances set", "invalid literal/lengths set", "invalid code lengths set")


def by_zlib(packed: bytes, size: int) -> bytes | str:
    """The unpacked bytes when the stream is whole, alone and of this size; else why not."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        found = engine.decompress(packed, size + 1)
    except zlib.error as error:
        return str(error)
    whole = engine.eof and not engine.unused_data and len(found) == size
    return found if whole else "cut off, longer or followed by more"


def by_us(packed: bytes, size: int, crc: int) -> bytes | None:
    try:
        return b"".join(inflated(memoryview(packed), size, crc))
    except OtherBytesError:
        return None


def stream(random: Random) -> tuple[bytes, bytes]:
    """Some content and a stream of it, by any level and strategy, with or without a flush in the middle."""
    words = [bytes(random.choices(b"0123456789 ABCDEFK", k=random.randrange(2, 30))) for _ in range(40)]
    content = b"".join(random.choices(words, k=random.randrange(400))) + random.randbytes(random.randrange(9))
    engine = zlib.compressobj(random.randrange(10), zlib.DEFLATED, -15, 8, random.choice([0, 0, 1, 2, 3, 4]))
    half = len(content) // 2
    packed = engine.compress(content[:half]) + engine.flush(random.choice([0, 2, 3]))
    return content, packed + engine.compress(content[half:]) + engine.flush()


def spoil(packed: bytes, random: Random) -> bytes:
    """Change, drop or add a few bytes, mostly near the beginning, where the codes stand."""
    raw = bytearray(packed)
    for _ in range(random.randrange(1, 4)):
        place = random.randrange(min(len(raw), 80) or 1)
        match random.randrange(4):
            case 0:
                raw[place : place + 1] = bytes([random.randrange(256)])
            case 1:
                del raw[place : place + random.randrange(1, 4)]
            case 2:
                raw[place:place] = random.randbytes(2)
            case 3:
                raw = raw[: random.randrange(len(raw) + 1)] + random.randbytes(random.randrange(3))
    return bytes(raw)


@pytest.mark.parametrize("step", [1, 100, inflating.OUTPUT_STEP])
def test_every_stream_is_judged_as_zlib_judges_it(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflating, "INPUT_STEP", step)
    monkeypatch.setattr(inflating, "OUTPUT_STEP", step)
    random, said = Random(step), Counter()
    for _ in range(STREAMS if step > 1 else 20):
        content, packed = stream(random)
        assert by_us(packed, len(content), zlib.crc32(content)) == content
        for _ in range(SPOILT):
            bad = spoil(packed, random)
            told = by_zlib(bad, len(content))
            if isinstance(told, bytes):
                said["taken"] += 1
                assert by_us(bad, len(told), zlib.crc32(told)) == told
                assert by_us(bad, len(told), zlib.crc32(told) ^ 1) is None
            elif not told.endswith(UNUSED):
                said["refused"] += 1
                assert _any_bytes(bad, len(content)) is None, told
    assert min(said["taken"], said["refused"]) > 20, said


def _any_bytes(packed: bytes, size: int) -> bytes | None:
    """What the stream unpacks to when no CRC is asked of it."""
    pieces: list[bytes] = []
    try:
        for piece in inflated(memoryview(packed), size, -1):
            pieces.append(piece)  # noqa: PERF402 - kept when the generator raises
    except OtherBytesError as refused:
        return b"".join(pieces) if "CRC" in str(refused) and sum(map(len, pieces)) == size else None
    return b"".join(pieces)


def test_stream_of_a_wrong_length_gives_no_byte_too_many() -> None:
    packed = zlib.compress(bytes(10**6), wbits=-15)
    for size in (0, 1, 999_999):
        given: list[bytes] = []
        with pytest.raises(OtherBytesError, match="longer"):
            given.extend(inflated(memoryview(packed), size, zlib.crc32(bytes(size))))
        assert sum(map(len, given)) <= size
    with pytest.raises(OtherBytesError, match="shorter"):
        list(inflated(memoryview(packed), 10**6 + 1, 0))


@pytest.mark.parametrize("tail", [b"x", b"\x00", b"\x03\x00"])
def test_bytes_after_the_stream_are_refused(tail: bytes) -> None:
    packed = zlib.compress(b"isi", wbits=-15)
    with pytest.raises(OtherBytesError, match="after"):
        list(inflated(memoryview(packed + tail), 3, zlib.crc32(b"isi")))
