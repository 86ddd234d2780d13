"""What a file is that should have been something else, in words that its sender knows."""

BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "berkas .zip"),
    (b"Rar!\x1a\x07", "arsip RAR"),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip GZip"),
    (b"BZh", "arsip BZip2"),
    (b"\xfd7zXZ\x00", "arsip XZ"),
    (b"MSCF", "arsip CAB"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program Linux"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dokumen Office lama"),
    (b"<", "halaman web atau XML"),
)
_TABLE_VERSIONS = b"\x03\x30"
_TABLE_HEAD = 32
_SAMPLE = 64
_MONTHS, _DAYS = range(1, 13), range(1, 32)  # bytes 2 and 3 of a table date it
_NO_TEXT = frozenset(range(0x20)) - set(b"\t\r\n")


def kind_of(content: bytes | bytearray | memoryview) -> str | None:
    """The kind of file by its first bytes; None when it is none of the well-known ones."""
    head = bytes(content[:_SAMPLE])
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if len(head) > _TABLE_HEAD and head[0] in _TABLE_VERSIONS and head[2] in _MONTHS and head[3] in _DAYS:
        return "tabel DBF"
    return "teks" if head and not set(head) & _NO_TEXT else None
