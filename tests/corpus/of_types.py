"""Family: files that are something else."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from random import Random

from adk.formats.container import SIZE_MAX
from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.case import MAIN, UPLOAD, Case, honest
from tests.unit.adk.formats.cast import satker


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(__file__, "KPPN_KD0150836351609.026")
    return buffer.getvalue()


def _office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


def _table() -> bytes:
    return satker().tables["main"].build()


FOREIGN = {
    "one byte": b"P",
    "two letters": b"PK",
    "three bytes": b"PK\x03",
    "another PK record": b"PK\x01\x02" + bytes(60),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
    "gif": b"GIF89a" + bytes(40),
    "windows program": b"MZ\x90\x00" + bytes(200),
    "linux program": b"\x7fELF" + bytes(60),
    "rar 4": b"Rar!\x1a\x07\x00" + bytes(40),
    "rar 5": b"Rar!\x1a\x07\x01\x00" + bytes(40),
    "7-zip": b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "gzip": gzip.compress(b"x" * 100, mtime=0),
    "bzip2": bz2.compress(b"x" * 100),
    "xz": lzma.compress(b"x" * 100),
    "cabinet": b"MSCF" + bytes(40),
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "html": b"<!DOCTYPE html><html></html>",
    "xml": b"<?xml version='1.0'?><x/>",
    "json": b'{"gl": []}',
    "csv": b"KDSATKER;RPHREAL\n363516;1\n",
    "utf-16 text": "PK\x03\x04".encode("utf-16"),
    "text with byte order mark": b"\xef\xbb\xbfPK\x03\x04",
    "zeros": bytes(4096),
    "noise": Random(5).randbytes(4096),
    "newline before the zip": b"\n" + honest()[1],
    "self-extracting zip": b"MZ" + bytes(510) + honest()[1],
    "zip in base64": b"UEsDBBQAAAAIAA==",
    "the table without its zip": _table(),
    "tar": _tar(),
}
ZIPPED = {
    "workbook": ("ARSIP_BERBAHAYA", _office("[Content_Types].xml", "xl/workbook.xml")),
    "document": ("ARSIP_BERBAHAYA", _office("[Content_Types].xml", "word/document.xml")),
    "java archive": ("ARSIP_BERBAHAYA", _office("META-INF/MANIFEST.MF")),
    "zip in a zip": ("ISI_TIDAK_SESUAI", write_zip([ZipMember(UPLOAD.encode(), honest()[1])])),
    "text under the right name": ("STRUKTUR_DBF", write_zip([ZipMember(MAIN, b"KDSATKER;RPHREAL")])),
    "zip under the right name": ("STRUKTUR_DBF", write_zip([ZipMember(MAIN, honest()[1])])),
    "empty member": ("STRUKTUR_DBF", write_zip([ZipMember(MAIN, b"")])),
}
TYPES = [
    Case("types", "empty", "UKURAN_NOL", lambda: (UPLOAD, b"")),
    Case("types", "too large", "TOLAK_UKURAN", lambda: (UPLOAD, bytes(SIZE_MAX + 1))),
    *(Case("types", name, "BUKAN_ZIP", lambda raw=raw: (UPLOAD, raw)) for name, raw in FOREIGN.items()),
    *(Case("types", name, code, lambda raw=raw: (UPLOAD, raw)) for name, (code, raw) in ZIPPED.items()),
]
