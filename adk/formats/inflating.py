"""A deflate stream unpacked in small pieces, never beyond what was announced."""

from collections.abc import Iterator

from isal.igzip_lib import DECOMP_DEFLATE, IgzipDecompressor, IsalError
from isal.isal_zlib import crc32

INPUT_STEP = 2**16
OUTPUT_STEP = 2**18
_STREAM_ERROR: type[Exception] = IsalError  # type: ignore[assignment]  # its stub calls it an instance


class OtherBytesError(Exception):
    """The stream is none, or it unpacks to something else than was announced."""


def inflated(packed: memoryview, size: int, crc: int) -> Iterator[bytes]:
    """The unpacked bytes in pieces, so that neither input nor output is ever copied as a whole.

    Each piece's CRC is taken while it is still in the cache. Raises OtherBytesError unless the stream ends where
    `packed` does and its bytes have this size and CRC; never gives more than `size` bytes.
    """
    engine = IgzipDecompressor(flag=DECOMP_DEFLATE)
    filled = fed = found = 0
    while not engine.eof:
        source = packed[fed : fed + INPUT_STEP] if engine.needs_input else b""
        fed += len(source)
        if engine.needs_input and not source:
            raise OtherBytesError("cut off")
        piece = _next_piece(engine, source, min(OUTPUT_STEP, size - filled + 1))
        filled += len(piece)
        if filled > size:
            raise OtherBytesError("longer")
        found = crc32(piece, found)
        yield piece
    if engine.unused_data or fed < len(packed):
        raise OtherBytesError("bytes after its end")
    if filled != size or found != crc:
        raise OtherBytesError("shorter, or another CRC")


def _next_piece(engine: IgzipDecompressor, source: memoryview | bytes, most: int) -> bytes:
    try:
        return engine.decompress(source, most)
    except _STREAM_ERROR as error:
        raise OtherBytesError(str(error)) from error
