"""JPG and PNG: whole to the last byte, nothing behind them, and small enough to be drawn."""

import io
import struct

from PIL import Image

from erekon.lib.attachments.refusing import MOST_PIXELS, refused

WORDS = {"jpg": "JPG", "png": "PNG"}
_PILLOW = {"jpg": "JPEG", "png": "PNG"}
_PNG_HEAD, _CHUNK = 8, 12
_JPEG_RESTART, _JPEG_START, _JPEG_END, _JPEG_SCAN = 0xD0, 0xD8, 0xD9, 0xDA


def check_picture(content: bytes, kind: str) -> None:
    """Raise the refusal of a picture that is torn, carries something behind it, or would burst when drawn."""
    try:
        end = _END[kind](content)
    except (IndexError, ValueError, struct.error):
        raise refused("BUKTI_RUSAK", jenis=WORDS[kind]) from None
    if content[end:].strip(b"\0"):
        raise refused("BUKTI_GANDA", jenis=WORDS[kind])
    _check_drawing(content, kind)


def _check_drawing(content: bytes, kind: str) -> None:
    """Decode the picture once, at the smallest scale that its coding allows."""
    try:
        with Image.open(io.BytesIO(content), formats=[_PILLOW[kind]]) as picture:
            width, height = picture.size
            if width * height <= MOST_PIXELS:
                picture.draft("L", (width // 8, height // 8))
                picture.load()
    except Image.DecompressionBombError:
        width = height = MOST_PIXELS
    except Exception as error:
        raise refused("BUKTI_RUSAK", jenis=WORDS[kind]) from error
    if width * height > MOST_PIXELS:
        raise refused("BUKTI_PIKSEL", lebar=width, tinggi=height)


def _png_end(content: bytes) -> int:
    """Where the chunk IEND ends."""
    place, name = _PNG_HEAD, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, place)
        place += length + _CHUNK
    if place > len(content):
        raise ValueError
    return place


def _jpeg_end(content: bytes) -> int:
    """Where the last picture ends: cameras append previews, each a whole JPG."""
    place = _one_jpeg(content, 0)
    while content[place : place + 2] == b"\xff\xd8":
        place = _one_jpeg(content, place)
    return place


def _one_jpeg(content: bytes, start: int) -> int:
    """Segment by segment from the start marker to behind the end marker."""
    place = start + 2
    while True:
        if content[place] != 0xFF:  # noqa: PLR2004  every marker begins so
            raise ValueError
        marker = content[place + 1]
        if marker == 0xFF:  # noqa: PLR2004  fill byte
            place += 1
        elif marker == _JPEG_END:
            return place + 2
        else:
            place += 2 + struct.unpack_from(">H", content, place + 2)[0]
            if marker == _JPEG_SCAN:
                place = _scan_end(content, place)


def _scan_end(content: bytes, place: int) -> int:
    """The next marker behind coded pixels: FF followed by neither 00 (a pixel) nor D0 to D7 (a restart)."""
    while True:
        place = content.index(b"\xff", place)
        after = content[place + 1]
        if after and not _JPEG_RESTART <= after < _JPEG_START:
            return place
        place += 2


_END = {"png": _png_end, "jpg": _jpeg_end}
