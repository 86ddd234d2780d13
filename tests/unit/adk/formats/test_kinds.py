"""A foreign file is named in words that its sender knows."""

import pytest

from adk.formats.kinds import kind_of
from tests.unit.adk.formats.cast import satker


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "berkas .zip"),
        (b"Rar!\x1a\x07\x00", "arsip RAR"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dokumen Office lama"),
        (b"<html>", "halaman web atau XML"),
        (b"KDSATKER;RPHREAL\r\n", "teks"),
        (satker().tables["main"].build(), "tabel DBF"),
        (b"\x03\x00\x00\x00" + bytes(60), None),
        (b"\x00\x01", None),
        (b"", None),
    ],
)
def test_kind_is_told_by_the_first_bytes(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind
